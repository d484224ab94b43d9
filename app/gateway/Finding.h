// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Ids.h"

#include <optional>
#include <string>

namespace sb::gateway {

/// What keeps a part of the configuration from being served, or from doing what its maker expects. Plain values: a
/// window words them in its language, logs take the English text.
struct Finding {
    enum class Severity {
        Warning, ///< served, but not as meant
        Error    ///< not served
    };
    enum class Subject { Service, Route, Key, Limit, Journal };
    enum class Problem {
        ContextPathUnusable,
        ContextPathTaken,
        EnvironmentMissing,
        UrlUnusable,
        HeaderUnusable,
        SecretUnreadable,
        SecretUnusable,
        TargetUnusable,
        NoUsableTarget,
        ConnectionMissing,
        ConnectionWithoutTarget,
        NotConfigured,
        SameDigest,
        Unreachable,
        Unpriced,
        JournalDamaged,
    };

    Severity severity = Severity::Warning;
    Subject subject = Subject::Service;
    std::string name;            ///< of the subject: context path, route, public key id, number of the limit
    std::string environmentName; ///< empty: all of them
    Problem problem = Problem::ContextPathUnusable;
    std::string detail = {};         ///< the value that is at fault: a path, a URL, a reference
    std::optional<Error> cause = {}; ///< why it could not be read
    ServiceId service = {};          ///< of one that is not served because of it; none: nothing is
    EnvironmentId environment = {};  ///< where; none: in all

    bool operator==(const Finding&) const = default;

    std::string object() const; ///< "service /openai in staging"
    std::string what() const;   ///< "its secret env:OPENAI_KEY cannot be read: ..."
};

} // namespace sb::gateway
