// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "limits/LimitTable.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sb::gateway {

/// Every code of the contract's error table.
enum class ApiCode {
    InvalidRequest,
    ContextLengthExceeded,
    ContentFilter,
    InvalidApiKey,
    Forbidden,
    OriginNotAllowed,
    BudgetExceeded,
    NotFound,
    ModelNotFound,
    RequestTooLarge,
    PromptTokensExceeded,
    UnsupportedMediaType,
    MisdirectedRequest,
    TokenLimitExceeded,
    RequestLimitExceeded,
    UpstreamRateLimited,
    UpstreamError,
    UpstreamUnavailable,
    UpstreamTimeout,
    SecretUnavailable,
    GatewayOverloaded,
    LedgerUnavailable,
};

/// A request that we answer ourselves, with what the answer must say.
struct ApiError {
    ApiCode code = ApiCode::InvalidRequest;
    std::string message;    ///< for the person who reads the client's log
    int status = 0;         ///< 0: the code's own; HTTP's refusals (405, 408, 414 ...) set theirs
    std::string param = {}; ///< the member at fault, empty if none
    std::optional<std::chrono::milliseconds> retryAfter = {};
    bool neverRetry = false; ///< x-should-retry: false
    std::optional<limits::RateState> rate = {};
    bool closeConnection = false; ///< what follows on the connection cannot be trusted
    std::string allow = {};       ///< methods, of a 405

    int httpStatus() const;
};

/// The word of the contract; providers::errorBody puts it into the wire shape that was called.
std::string_view codeName(ApiCode code);
/// The code a word of the contract stands for; UpstreamError if it is none.
ApiCode codeFromName(std::string_view name);
std::string_view reasonPhrase(int status);

} // namespace sb::gateway
