// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace sb {

/// What kind of failure an Error is. Three tables turn a code into words: gateway/ApiError (HTTP status and wire
/// shape), ui/kit/UiText (translated sentence and what to do) and the messages of signalboxctl.
enum class ErrorCode {
    InvalidArgument,
    NotFound,
    Conflict,
    PermissionDenied,
    Unauthenticated,
    LimitExceeded,
    BudgetExceeded,
    Timeout,
    Cancelled,
    Unavailable,
    Corrupt,
    Internal,
};

/// A failure as a value. `what` is English and meant for logs and details panes; `field` names the form field or YAML
/// key that is at fault (the names of domain/validation), empty when none is.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string what;
    std::string field = {};

    bool operator==(const Error&) const = default;
};

} // namespace sb
