// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace sb {

/// What is wrong (or doubtful) with one input. Codes, not sentences: ui/kit/UiText and signalboxctl word them.
struct FieldIssue {
    enum class Severity { Error, Warning };

    std::string field; ///< "name", "context_path", "url", "environments/development/api_key"...
    std::string code;  ///< stable: "required", "too_long", "taken", "reserved", "bad_url"...
    std::string detail = {}; ///< a value the sentence needs, e.g. the limit that was exceeded
    Severity severity = Severity::Error;

    bool operator==(const FieldIssue&) const = default;
};

using FieldIssues = std::vector<FieldIssue>;

inline bool hasErrors(const FieldIssues& issues)
{
    for (const FieldIssue& issue : issues) {
        if (issue.severity == FieldIssue::Severity::Error)
            return true;
    }
    return false;
}

} // namespace sb
