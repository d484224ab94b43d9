// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ErrorShape.h"

#include "protocol/EventStreamReader.h"
#include "protocol/JsonReader.h"

namespace sb::providers {

using protocol::toJsonString;

namespace {

std::string_view openAiType(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 403:
        return "permission_error";
    case 429:
        return "rate_limit_error";
    default:
        return status >= 500 ? "server_error" : "invalid_request_error";
    }
}

std::string_view anthropicType(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 413:
        return "request_too_large";
    case 429:
        return "rate_limit_error";
    case 503:
        return "overloaded_error";
    case 504:
        return "timeout_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

std::string_view amznType(int status)
{
    switch (status) {
    case 401:
    case 403:
        return "AccessDeniedException";
    case 404:
        return "ResourceNotFoundException";
    case 429:
        return "ThrottlingException";
    case 502:
        return "ModelErrorException";
    case 503:
        return "ServiceUnavailableException";
    case 504:
        return "ModelTimeoutException";
    default:
        return status >= 500 ? "InternalServerException" : "ValidationException";
    }
}

std::string openAiBody(std::string_view type, std::string_view code, std::string_view message, std::string_view param)
{
    return "{\"error\":{\"message\":" + toJsonString(message) + ",\"type\":" + toJsonString(type) +
           ",\"param\":" + (param.empty() ? std::string("null") : toJsonString(param)) +
           ",\"code\":" + toJsonString(code) + "}}";
}

std::string anthropicBody(std::string_view type, std::string_view code, std::string_view message)
{
    return "{\"type\":\"error\",\"error\":{\"type\":" + toJsonString(type) + ",\"message\":" + toJsonString(message) +
           ",\"code\":" + toJsonString(code) + "}}";
}

} // namespace

ErrorShape errorShapeOf(Dialect dialect, ProviderKind provider)
{
    switch (dialect) {
    case Dialect::AnthropicMessages:
        return ErrorShape::Anthropic;
    case Dialect::BedrockConverse:
    case Dialect::BedrockInvoke:
        return ErrorShape::Bedrock;
    case Dialect::OpenAiChat:
    case Dialect::OpenAiEmbeddings:
    case Dialect::OpenAiResponses:
        return ErrorShape::OpenAi;
    case Dialect::Opaque:
        break;
    }
    if (provider == ProviderKind::Anthropic)
        return ErrorShape::Anthropic;
    return provider == ProviderKind::AwsBedrock ? ErrorShape::Bedrock : ErrorShape::OpenAi;
}

ErrorBody errorBody(ErrorShape shape, int status, std::string_view code, std::string_view message,
                    std::string_view param)
{
    ErrorBody result;
    switch (shape) {
    case ErrorShape::OpenAi:
        result.body = openAiBody(openAiType(status), code, message, param);
        break;
    case ErrorShape::Anthropic:
        result.body = anthropicBody(anthropicType(status), code, message);
        break;
    case ErrorShape::Bedrock:
        result.body = "{\"message\":" + toJsonString(message) + ",\"code\":" + toJsonString(code) + "}";
        result.amznErrorType = amznType(status);
        break;
    }
    return result;
}

std::string inBandError(Dialect dialect, Framing framing, std::string_view code, std::string_view message)
{
    if (framing == Framing::AwsEventStream) {
        const std::string payload = "{\"message\":" + toJsonString(message) + "}";
        return protocol::encodeEventStreamMessage({{":exception-type", "modelStreamErrorException"},
                                                   {":content-type", "application/json"},
                                                   {":message-type", "exception"}},
                                                  payload);
    }
    if (framing == Framing::None)
        return {};
    switch (dialect) {
    case Dialect::OpenAiChat:
        return "data: " + openAiBody("server_error", code, message, {}) + "\n\n";
    case Dialect::OpenAiResponses:
        return "event: error\ndata: {\"type\":\"error\",\"code\":" + toJsonString(code) +
               ",\"message\":" + toJsonString(message) + ",\"param\":null}\n\n";
    case Dialect::AnthropicMessages:
        return "event: error\ndata: " + anthropicBody("api_error", code, message) + "\n\n";
    default:
        return {};
    }
}

} // namespace sb::providers
