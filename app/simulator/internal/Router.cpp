// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Router.h"

#include "simulator/internal/Faces.h"
#include "simulator/internal/JsonRead.h"
#include "simulator/internal/SigV4Check.h"
#include "simulator/internal/Text.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <array>

namespace sb::simulator {
namespace json = boost::json;
namespace {

std::string decoded(std::string_view text)
{
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool isMistralModel(std::string_view model)
{
    constexpr std::array<std::string_view, 9> kFamilies{"mistral-",   "ministral-",   "magistral-",
                                                        "codestral-", "devstral-",    "pixtral-",
                                                        "voxtral-",   "open-mistral", "open-mixtral"};
    for (const std::string_view family : kFamilies) {
        if (model.starts_with(family))
            return true;
    }
    return false;
}

std::string_view bearer(const HttpRequest& request)
{
    const std::string_view value = request.header("authorization");
    return value.starts_with("Bearer ") ? value.substr(7) : std::string_view{};
}

/// The operation a path names, with what the path itself says.
struct Target {
    enum class Operation {
        Unknown,
        Chat,
        Responses,
        Embeddings,
        Messages,
        CountTokens,
        Models,
        OneModel,
        Converse,
        ConverseStream,
        Invoke,
        InvokeStream,
        BedrockCountTokens
    };
    Face face = Face::OpenAi;
    Operation operation = Operation::Unknown;
    std::string model = {};
    bool classic = false; ///< Azure: needs api-version
};

Target openAiOperation(Face face, std::string_view rest)
{
    using enum Target::Operation;
    if (rest == "chat/completions")
        return {face, Chat};
    if (rest == "embeddings")
        return {face, Embeddings};
    if (rest == "models")
        return {face, Models};
    if (rest.starts_with("models/"))
        return {face, OneModel, decoded(rest.substr(7))};
    if (rest == "responses" && face != Face::Mistral)
        return {face, Responses};
    return {face};
}

Target readTarget(const HttpRequest& request)
{
    using enum Target::Operation;
    std::string_view path = request.path;
    const auto take = [&path](std::string_view prefix) {
        const bool there = path.starts_with(prefix);
        if (there)
            path.remove_prefix(prefix.size());
        return there;
    };
    if (take("/mistral/v1/"))
        return openAiOperation(Face::Mistral, path);
    if (take("/openai/deployments/")) {
        const auto slash = std::min(path.find('/'), path.size());
        Target target = openAiOperation(Face::AzureOpenAi, path.substr(std::min(slash + 1, path.size())));
        target.model = decoded(path.substr(0, slash));
        target.classic = true;
        return target;
    }
    if (take("/openai/v1/"))
        return openAiOperation(Face::AzureOpenAi, path);
    if (take("/openai/"))
        return {Face::AzureOpenAi, path == "responses" ? Responses : path == "models" ? Models : Unknown, {}, true};
    if (take("/model/")) {
        const auto slash = std::min(path.find('/'), path.size());
        const std::string_view action = path.substr(std::min(slash + 1, path.size()));
        Target target{Face::Bedrock, Unknown, decoded(path.substr(0, slash))};
        if (action == "converse")
            target.operation = Converse;
        else if (action == "converse-stream")
            target.operation = ConverseStream;
        else if (action == "invoke")
            target.operation = Invoke;
        else if (action == "invoke-with-response-stream")
            target.operation = InvokeStream;
        else if (action == "count-tokens")
            target.operation = BedrockCountTokens;
        return target;
    }
    if (path == "/foundation-models")
        return {Face::Bedrock, Models};
    if (take("/foundation-models/"))
        return {Face::Bedrock, OneModel, decoded(path)};
    if (!take("/v1/"))
        return {};
    const bool anthropic = !request.header("anthropic-version").empty() || !request.header("x-api-key").empty();
    if (path == "messages")
        return {Face::Anthropic, Messages};
    if (path == "messages/count_tokens")
        return {Face::Anthropic, CountTokens};
    return openAiOperation(anthropic && path.starts_with("models") ? Face::Anthropic : Face::OpenAi, path);
}

std::optional<Reply> refusedCredential(Face face, const HttpRequest& request, const std::string& key, Timestamp now)
{
    std::string_view sent = bearer(request);
    switch (face) {
    case Face::OpenAi:
    case Face::Mistral:
        break;
    case Face::AzureOpenAi:
        if (!request.header("api-key").empty())
            sent = request.header("api-key");
        break;
    case Face::Anthropic:
        if (!request.header("x-api-key").empty())
            sent = request.header("x-api-key");
        break;
    case Face::Bedrock:
        if (request.header("authorization").starts_with("AWS4-HMAC-SHA256 ")) {
            const std::string fault = checkSigV4(request, key, now);
            return fault.empty() ? std::optional<Reply>{} : refusal(face, 403, fault);
        }
        if (sent != key)
            return refusal(face, 403, "Authentication failed: Please make sure your API Key is valid.");
        return {};
    }
    if (sent == key)
        return {};
    switch (face) {
    case Face::Anthropic:
        return refusal(face, 401, "invalid x-api-key");
    case Face::AzureOpenAi:
        return refusal(face, 401, "Access denied due to invalid subscription key or wrong API endpoint.");
    default:
        return refusal(face, 401, sent.empty() ? "You didn't provide an API key." : "Incorrect API key provided.");
    }
}

Reply perform(const Target& target, const Call& call)
{
    using enum Target::Operation;
    switch (target.operation) {
    case Chat:
        return chatCompletion(call);
    case Responses:
        return responsesCreate(call);
    case Embeddings:
        return embeddings(call);
    case Messages:
        return anthropicMessages(call);
    case CountTokens:
        return anthropicCountTokens(call);
    case Converse:
        return bedrockConverse(call, false);
    case ConverseStream:
        return bedrockConverse(call, true);
    case Invoke:
        return bedrockInvoke(call, false);
    case InvokeStream:
        return bedrockInvoke(call, true);
    case BedrockCountTokens:
        return bedrockCountTokens(call);
    case Models:
    case OneModel:
    case Unknown:
        break;
    }
    return refusal(target.face, 404, "Not found", "not_found");
}

Reply replyTo(Target& target, const HttpRequest& request, const RouterOptions& options, Timestamp now)
{
    using enum Target::Operation;
    if (target.operation == Unknown)
        return refusal(target.face, 404,
                       "Unknown request URL: " + std::string(request.method) + " " + std::string(request.path),
                       "unknown_url");
    if (auto refused = refusedCredential(target.face, request, options.apiKey, now))
        return *std::move(refused);
    if (target.classic && request.parameter("api-version").empty())
        return refusal(target.face, 404, "Resource not found", "404");

    const bool reads = target.operation == Models || target.operation == OneModel;
    if (request.method != (reads ? "GET" : "POST"))
        return refusal(target.face, 405, "Method not allowed");
    if (target.operation == Models)
        return listModels(target.face);
    if (target.operation == OneModel)
        return oneModel(target.face, target.model);
    if (options.failRate > 0) {
        std::uint64_t chance = hashText(request.body);
        if (static_cast<double>(nextRandom(chance) >> 11U) * 0x1.0p-53 < options.failRate)
            return refusal(target.face, options.failStatus, "The simulator was told to fail.");
    }

    std::array<unsigned char, 16'384> buffer; // NOLINT: filled by the parser
    json::monotonic_resource memory(buffer.data(), buffer.size());
    json::error_code fault;
    const json::value body = json::parse(request.body, fault, &memory);
    if (fault || !body.is_object())
        return refusal(target.face, 400, "We could not parse the JSON body of your request.", "invalid_json");
    if (target.face == Face::OpenAi && isMistralModel(textOf(body.get_object(), "model")))
        target.face = Face::Mistral;
    return perform(target, {target.face, request, body.get_object(), target.model});
}

} // namespace

Reply route(const HttpRequest& request, const RouterOptions& options, Timestamp now)
{
    Target target = readTarget(request);
    Reply reply = replyTo(target, request, options, now);
    reply.face = target.face;
    return reply;
}

} // namespace sb::simulator
