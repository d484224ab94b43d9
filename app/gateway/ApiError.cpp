// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ApiError.h"

#include <array>

namespace sb::gateway {

namespace {

struct Row {
    ApiCode code;
    std::string_view name;
    int status;
};

// The one table of the gateway's answers to requests that it refuses. Rows are in the order of the enumeration.
constexpr std::array<Row, 22> kRows{{
    {ApiCode::InvalidRequest, "invalid_request", 400},
    {ApiCode::ContextLengthExceeded, "context_length_exceeded", 400},
    {ApiCode::ContentFilter, "content_filter", 400},
    {ApiCode::InvalidApiKey, "invalid_api_key", 401},
    {ApiCode::Forbidden, "forbidden", 403},
    {ApiCode::OriginNotAllowed, "origin_not_allowed", 403},
    {ApiCode::BudgetExceeded, "budget_exceeded", 403},
    {ApiCode::NotFound, "not_found", 404},
    {ApiCode::ModelNotFound, "model_not_found", 404},
    {ApiCode::RequestTooLarge, "request_too_large", 413},
    {ApiCode::PromptTokensExceeded, "prompt_tokens_exceeded", 413},
    {ApiCode::UnsupportedMediaType, "unsupported_media_type", 415},
    {ApiCode::MisdirectedRequest, "misdirected_request", 421},
    {ApiCode::TokenLimitExceeded, "token_limit_exceeded", 429},
    {ApiCode::RequestLimitExceeded, "request_limit_exceeded", 429},
    {ApiCode::UpstreamRateLimited, "upstream_rate_limited", 429},
    {ApiCode::UpstreamError, "upstream_error", 502},
    {ApiCode::UpstreamUnavailable, "upstream_unavailable", 503},
    {ApiCode::UpstreamTimeout, "upstream_timeout", 504},
    {ApiCode::SecretUnavailable, "secret_unavailable", 503},
    {ApiCode::GatewayOverloaded, "gateway_overloaded", 503},
    {ApiCode::LedgerUnavailable, "ledger_unavailable", 503},
}};

const Row& row(ApiCode code)
{
    return kRows[static_cast<std::size_t>(code)];
}

constexpr bool rowsAreInOrder()
{
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows[i].code) != i)
            return false;
    }
    return true;
}
static_assert(rowsAreInOrder());

} // namespace

int ApiError::httpStatus() const
{
    return status != 0 ? status : row(code).status;
}

std::string_view codeName(ApiCode code)
{
    return row(code).name;
}

ApiCode codeFromName(std::string_view name)
{
    for (const Row& candidate : kRows) {
        if (candidate.name == name)
            return candidate.code;
    }
    return ApiCode::UpstreamError;
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 424:
        return "Failed Dependency";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "";
    }
}

} // namespace sb::gateway
