// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Reply.h"

#include "simulator/internal/Text.h"

namespace sb::simulator {
namespace {

struct Words {
    std::string_view type;
    std::string_view code; ///< empty: null
};

Words openAiWords(int status)
{
    switch (status) {
    case 401:
        return {"invalid_request_error", "invalid_api_key"};
    case 402:
        return {"insufficient_quota", "credit_balance_exhausted"};
    case 403:
        return {"invalid_request_error", "unsupported_country_region_territory"};
    case 404:
        return {"invalid_request_error", "model_not_found"};
    case 429:
        return {"requests", "rate_limit_exceeded"};
    case 503:
        return {"service_unavailable_error", "server_is_overloaded"};
    default:
        return {status >= 500 ? "server_error" : "invalid_request_error", {}};
    }
}

std::string_view anthropicType(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 402:
        return "billing_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 409:
        return "conflict_error";
    case 413:
        return "request_too_large";
    case 429:
        return "rate_limit_error";
    case 504:
        return "timeout_error";
    case 529:
        return "overloaded_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

std::string_view bedrockType(int status)
{
    switch (status) {
    case 401:
    case 403:
        return "AccessDeniedException";
    case 404:
        return "ResourceNotFoundException";
    case 408:
        return "ModelTimeoutException";
    case 424:
        return "ModelErrorException";
    case 429:
        return "ThrottlingException";
    case 503:
        return "ServiceUnavailableException";
    default:
        return status >= 500 ? "InternalServerException" : "ValidationException";
    }
}

void appendNullable(std::string& out, std::string_view text)
{
    if (text.empty())
        out += "null";
    else
        appendQuoted(out, text);
}

void nestedError(Reply& reply, std::string_view message, std::string_view type, std::string_view param,
                 std::string_view code)
{
    reply.body = R"({"error":{"message":)";
    appendQuoted(reply.body, message);
    reply.body += R"(,"type":)";
    appendNullable(reply.body, type);
    reply.body += R"(,"param":)";
    appendNullable(reply.body, param);
    reply.body += R"(,"code":)";
    appendNullable(reply.body, code);
    reply.body += "}}";
}

void mistralError(Reply& reply, std::string_view message, std::string_view code)
{
    if (reply.status == 401) {
        reply.body = R"({"detail":"Unauthorized"})";
        return;
    }
    if (reply.status == 422) {
        reply.body = R"({"detail":[{"type":"extra_forbidden","loc":["body",)";
        appendQuoted(reply.body, code);
        reply.body += R"(],"msg":)";
        appendQuoted(reply.body, message);
        reply.body += "}]}";
        return;
    }
    const bool limited = reply.status == 429;
    reply.body = R"({"object":"error","message":)";
    appendQuoted(reply.body, message);
    reply.body += R"(,"type":)";
    appendQuoted(reply.body, limited               ? "rate_limited"
                             : reply.status >= 500 ? "internal_server_error"
                                                   : "invalid_request_error");
    reply.body += R"(,"param":null,"code":)";
    appendNullable(reply.body, limited ? "1300" : code);
    reply.body += R"(,"raw_status_code":)";
    appendNumber(reply.body, reply.status);
    reply.body += '}';
}

} // namespace

std::string_view faceName(Face face)
{
    switch (face) {
    case Face::OpenAi:
        return "openai";
    case Face::AzureOpenAi:
        return "azure-openai";
    case Face::Anthropic:
        return "anthropic";
    case Face::Mistral:
        return "mistral";
    case Face::Bedrock:
        return "aws-bedrock";
    }
    return {};
}

void Reply::header(std::string_view name, std::string_view value)
{
    headers.append(name).append(": ").append(value).append("\r\n");
}

Reply refusal(Face face, int status, std::string_view message, std::string_view code, std::string_view param)
{
    Reply reply;
    reply.status = status;
    switch (face) {
    case Face::OpenAi: {
        const Words words = openAiWords(status);
        nestedError(reply, message, words.type, param, code.empty() ? words.code : code);
        break;
    }
    case Face::AzureOpenAi: {
        const std::string number = std::to_string(status);
        const std::string_view fallback =
            status == 404 ? std::string_view("DeploymentNotFound") : std::string_view(number);
        reply.body = R"({"error":{"code":)";
        appendQuoted(reply.body, code.empty() ? fallback : code);
        reply.body += R"(,"message":)";
        appendQuoted(reply.body, message);
        reply.body += "}}";
        break;
    }
    case Face::Anthropic:
        reply.body = R"({"type":"error","error":{"type":)";
        appendQuoted(reply.body, anthropicType(status));
        reply.body += R"(,"message":)";
        appendQuoted(reply.body, message);
        reply.body += R"(},"request_id":null})";
        break;
    case Face::Mistral:
        mistralError(reply, message, code.empty() ? param : code);
        break;
    case Face::Bedrock:
        reply.body = R"({"message":)";
        appendQuoted(reply.body, message);
        reply.body += '}';
        reply.header("x-amzn-errortype", bedrockType(status));
        break;
    }
    if (status == 429 && face != Face::Bedrock)
        reply.header("retry-after", "1");
    return reply;
}

} // namespace sb::simulator
