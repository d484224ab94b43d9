// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/UpstreamError.h"

#include "protocol/JsonReader.h"

#include <algorithm>
#include <array>

namespace sb::providers {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

namespace {

constexpr std::size_t kMaxMessage = 1024;
constexpr std::size_t kMaxWord = 128;

/// What an error body says, whatever its form: nested under `error`, flat, `detail` as text or list, `message` alone.
struct Said {
    std::string type;
    std::string code;
    std::string innerCode;
    std::string message;
    std::string param;
};

std::string cut(std::string text, std::size_t most)
{
    if (text.size() > most) {
        text.resize(most);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80U) != 0)
            text.pop_back(); // no half characters
    }
    return text;
}

/// A string, or a number as text.
void keep(JsonReader& reader, std::string& into, std::size_t most)
{
    if (reader.peek() == Kind::Number)
        into = std::string(reader.number());
    else if (const std::optional<JsonString> value = reader.stringOrSkip())
        into = cut(value->text(), most);
}

/// FastAPI's list: [{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted"}]
void readDetailEntry(JsonReader& reader, Said& said)
{
    if (reader.peek() != Kind::Object) {
        keep(reader, said.message, kMaxMessage);
        return;
    }
    std::string message;
    std::string place;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.is("msg")) {
            keep(reader, message, kMaxMessage);
        } else if (key.is("loc") && reader.peek() == Kind::Array) {
            reader.array([&] {
                std::string part;
                keep(reader, part, kMaxWord);
                if (part != "body")
                    place += (place.empty() ? "" : ".") + part;
            });
        }
    });
    if (!said.message.empty())
        return; // the first entry speaks for all
    said.param = cut(place, kMaxWord);
    said.message = place.empty() ? message : place + ": " + message;
}

void readMembers(JsonReader& reader, Said& said)
{
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.is("error") || key.is("innererror")) {
            if (reader.peek() != Kind::Object) {
                keep(reader, said.message, kMaxMessage);
            } else if (key.is("error")) {
                readMembers(reader, said);
            } else {
                Said inner;
                readMembers(reader, inner);
                said.innerCode = inner.code;
            }
        } else if (key.is("message") || key.is("Message")) {
            if (reader.peek() == Kind::Object)
                readMembers(reader, said); // {"object":"error","message":{"detail":[...]}}
            else
                keep(reader, said.message, kMaxMessage);
        } else if (key.is("type") || key.is("__type")) {
            std::string type;
            keep(reader, type, kMaxWord);
            if (type != "error")
                said.type = type;
        } else if (key.is("code")) {
            keep(reader, said.code, kMaxWord);
        } else if (key.is("status") && reader.peek() == Kind::String) {
            keep(reader, said.type, kMaxWord);
        } else if (key.is("param")) {
            keep(reader, said.param, kMaxWord);
        } else if (key.is("detail")) {
            if (reader.peek() == Kind::Array)
                reader.array([&] { readDetailEntry(reader, said); });
            else
                readDetailEntry(reader, said);
        }
    });
}

Said read(std::string_view body)
{
    Said said;
    JsonReader reader(body);
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return said;
    if (body[first] == '{') {
        readMembers(reader, said);
    } else if (body[first] == '[') { // Gemini wraps it
        bool isFirst = true;
        reader.array([&] {
            if (isFirst && reader.peek() == Kind::Object)
                readMembers(reader, said);
            isFirst = false;
        });
    }
    return said;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

bool containsAny(std::string_view text, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

bool isAny(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// Everything a verdict rests on, in lower case where words are compared.
struct Evidence {
    int status = 0;
    std::string code;
    std::string type;
    std::string innerCode;
    std::string message;

    bool says(std::initializer_list<std::string_view> words) const
    {
        return isAny(code, words) || isAny(type, words) || isAny(innerCode, words);
    }
    bool isAboutTheRequest() const { return status == 400 || status == 413 || status == 422; }
};

/// In this order: what a provider says in words beats its status.
UpstreamClass judge(ProviderKind provider, const Evidence& seen)
{
    if (seen.status == 402 ||
        seen.says({"insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
                   "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_hard_limit_reached",
                   "billing_not_active", "billing_error", "servicequotaexceededexception"}) ||
        (seen.isAboutTheRequest() && containsAny(seen.message, {"credit balance is too low"})))
        return UpstreamClass::Quota;
    if (seen.says({"context_length_exceeded", "model_context_window_exceeded"}) ||
        (seen.isAboutTheRequest() &&
         containsAny(seen.message, {"prompt is too long", "exceed context limit", "maximum context length",
                                    "input is too long", "too many tokens", "too large for model with"})))
        return UpstreamClass::Context;
    if (seen.says(
            {"content_filter", "content_policy_violation", "responsibleaipolicyviolation", "guardrail_intervened"}))
        return UpstreamClass::Policy;
    if (seen.says({"accessdeniedexception", "unrecognizedclientexception", "expiredtokenexception",
                   "invalidsignatureexception", "missingauthenticationtokenexception", "incompletesignatureexception",
                   "invalid_api_key", "authentication_error", "permission_error"}) ||
        seen.status == 401 || seen.status == 403 ||
        (seen.isAboutTheRequest() && containsAny(seen.message, {"api key not valid", "api_key_invalid"})))
        return UpstreamClass::Auth;
    if (seen.status == 404 ||
        seen.says({"model_not_found", "not_found_error", "resourcenotfoundexception", "deploymentnotfound",
                   "invalid_model"}) ||
        (provider == ProviderKind::AwsBedrock && seen.isAboutTheRequest() &&
         containsAny(seen.message, {"model identifier is invalid"})))
        return UpstreamClass::NotFound;
    if (seen.status == 503 || seen.status == 529 ||
        seen.says(
            {"overloaded_error", "server_is_overloaded", "service_unavailable_error", "serviceunavailableexception"}))
        return UpstreamClass::Overloaded;
    if (seen.status == 429 || seen.says({"rate_limit_exceeded", "rate_limit_error", "rate_limited", "slow_down",
                                         "throttlingexception", "modelnotreadyexception", "toomanyrequestsexception"}))
        return UpstreamClass::Rate;
    if (seen.status == 408 || seen.status == 504 || seen.says({"timeout_error", "modeltimeoutexception"}))
        return UpstreamClass::Timeout;
    if (seen.status >= 300 && seen.status < 400)
        return UpstreamClass::Transport;
    if (seen.says({"invalid_request_error", "validationexception", "request_too_large", "conflictexception"}) ||
        (seen.status >= 400 && seen.status < 500 && seen.status != 409 && seen.status != 424))
        return UpstreamClass::Invalid;
    return UpstreamClass::Server;
}

/// Status, contract code and sentence of a class.
struct Outcome {
    int status;
    std::string_view code;
    std::string_view sentence; ///< empty: the provider's own message is about the request and is passed on
};

Outcome outcomeOf(UpstreamClass kind)
{
    switch (kind) {
    case UpstreamClass::Invalid:
        return {400, "invalid_request", {}};
    case UpstreamClass::Context:
        return {400, "context_length_exceeded", {}};
    case UpstreamClass::Policy:
        return {400, "content_filter", {}};
    case UpstreamClass::NotFound:
        return {404, "model_not_found", {}};
    case UpstreamClass::Auth:
        return {502, "upstream_error", "The provider refused the credential the gateway uses."};
    case UpstreamClass::Rate:
        return {429, "upstream_rate_limited", "The provider's rate limit is reached."};
    case UpstreamClass::Quota:
        return {429, "upstream_rate_limited", "The quota or balance at the provider is used up."};
    case UpstreamClass::Overloaded:
        return {503, "upstream_unavailable", "The provider is overloaded."};
    case UpstreamClass::Timeout:
        return {504, "upstream_timeout", "The provider did not answer in time."};
    case UpstreamClass::Transport:
        return {502, "upstream_error", "The provider could not be reached."};
    case UpstreamClass::Server:
        break;
    }
    return {502, "upstream_error", "The provider failed."};
}

UpstreamError outcome(UpstreamClass kind, const Said& said)
{
    const Outcome to = outcomeOf(kind);
    UpstreamError error;
    error.kind = kind;
    error.status = to.status;
    error.code = to.code;
    if (!to.sentence.empty())
        error.message = to.sentence;
    else
        error.message = said.message.empty() ? std::string("The provider refused the request.") : said.message;
    error.param = to.sentence.empty() ? said.param : std::string();
    error.providerCode = !said.code.empty() ? said.code : said.type;
    if (kind == UpstreamClass::Quota)
        error.shouldRetry = false;
    return error;
}

/// "ValidationException:http://internal.amazon.com/..." and "com.amazon.coral#ValidationException".
std::string_view shortType(std::string_view type)
{
    type = type.substr(0, type.find(':'));
    const std::size_t hash = type.rfind('#');
    return hash == std::string_view::npos ? type : type.substr(hash + 1);
}

} // namespace

UpstreamError classifyError(ProviderKind provider, int status, const HeaderLookup& headers, std::string_view body,
                            Timestamp now)
{
    Said said = read(body);
    if (const std::optional<std::string_view> type = headers("x-amzn-errortype"))
        said.type = cut(std::string(shortType(*type)), kMaxWord);
    else
        said.type = std::string(shortType(said.type));

    Evidence seen;
    seen.status = status;
    seen.code = lowered(said.code);
    seen.type = lowered(said.type);
    seen.innerCode = lowered(said.innerCode);
    seen.message = lowered(said.message);
    UpstreamError error = outcome(judge(provider, seen), said);
    if (error.kind == UpstreamClass::Invalid && (status == 413 || seen.says({"request_too_large"}))) {
        error.status = 413;
        error.code = "request_too_large";
    }
    if (error.kind == UpstreamClass::Server || error.kind == UpstreamClass::Transport)
        error.message = "The provider answered with status " + std::to_string(status) + ".";
    if (error.kind == UpstreamClass::Rate || error.kind == UpstreamClass::Overloaded ||
        error.kind == UpstreamClass::Quota)
        error.retryAfter = retryHint(headers, now);
    if (const std::optional<std::string_view> word = headers("x-should-retry");
        word && (*word == "true" || *word == "false"))
        error.shouldRetry = *word == "true";
    return error;
}

UpstreamError classifyStreamError(ProviderKind provider, const StreamError& error)
{
    Said said;
    said.type = error.type;
    said.code = error.code;
    said.message = cut(error.message, kMaxMessage);
    Evidence seen;
    seen.code = lowered(said.code);
    seen.type = lowered(said.type);
    seen.message = lowered(said.message);
    // A bare number stands for the status it would have had.
    if (seen.code.size() == 3 && seen.code.find_first_not_of("0123456789") == std::string::npos)
        seen.status = (seen.code[0] - '0') * 100 + (seen.code[1] - '0') * 10 + (seen.code[2] - '0');
    else if (seen.says({"invalid_request_error", "validationexception"}))
        seen.status = 400;
    return outcome(judge(provider, seen), said);
}

UpstreamError transportError(UpstreamClass kind, std::string_view what)
{
    UpstreamError error = outcome(kind, {});
    if (!what.empty()) {
        error.message.pop_back(); // the full stop
        error.message = cut(error.message + ": " + std::string(what), kMaxMessage);
    }
    return error;
}

} // namespace sb::providers
