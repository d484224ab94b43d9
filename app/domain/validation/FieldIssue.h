// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace sb {

/// What is wrong (or doubtful) with one input. Codes, not sentences: ui/kit/UiText and signalboxctl word them.
///
/// Codes of text fields: required, too_long (detail: the maximum), bad_characters, bad_format, taken, reserved.
/// Context path: bad_path_character (detail: the character), dash_at_end.
/// URL: bad_url, bad_scheme, user_info, query, fragment, placeholder (detail: the placeholder), bad_host, bad_port,
/// link_local, metadata_address, special_address, address_form (an IPv4 address wrapped in an IPv6 one), insecure;
/// warnings: insecure_accepted, private_address. Backend security: bad_header, forbidden_header (detail: its name),
/// bad_reference, bad_variable_name, auth_required, sigv4_unsupported, bad_region, bad_api_version (detail: good ones),
/// bad_deployment (detail: the line).
/// Counts: bad_number, not_positive, too_large, bad_amount; warnings: total_below_part, total_above_sum,
/// no_limit_in_production. Whole form: none_configured, unknown_environment.
/// Registration: secret_not_kept (detail: what the keychain or file system said).
struct FieldIssue {
    enum class Severity { Error, Warning };

    std::string field;       ///< "name", "context_path", "url", "environments/development/api_key"...
    std::string code;        ///< stable
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
