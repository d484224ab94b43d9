// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Faces.h"

#include "simulator/internal/Text.h"

#include <array>

namespace sb::simulator {
namespace {

constexpr std::array<std::string_view, 5> kModels{"sim-small", "sim-large", "sim-reasoning", "sim-cache", "sim-embed"};
constexpr std::int64_t kContextWindow = 128'000;

void appendModelRow(std::string& out, Face face, std::string_view id)
{
    switch (face) {
    case Face::Anthropic:
        out.append(R"({"type":"model","id":")")
            .append(id)
            .append(R"(","display_name":")")
            .append(id)
            .append(R"(","created_at":"2026-01-01T00:00:00Z","max_input_tokens":128000,"max_tokens":16384})");
        return;
    case Face::Bedrock:
        out.append(R"({"modelArn":"arn:aws:bedrock:us-east-1::foundation-model/)")
            .append(id)
            .append(R"(","modelId":")")
            .append(id)
            .append(R"(","modelName":")")
            .append(id)
            .append(R"(","providerName":"Simulator","inputModalities":["TEXT"],"outputModalities":["TEXT"],)")
            .append(R"("responseStreamingSupported":true,"inferenceTypesSupported":["ON_DEMAND"],)")
            .append(R"("modelLifecycle":{"status":"ACTIVE"}})");
        return;
    case Face::Mistral:
        out.append(R"({"id":")")
            .append(id)
            .append(R"(","object":"model","created":1767225600,"owned_by":"simulator","aliases":[],)")
            .append(R"("capabilities":{"completion_chat":true,"function_calling":true},"max_context_length":128000})");
        return;
    case Face::OpenAi:
    case Face::AzureOpenAi:
        out.append(R"({"id":")")
            .append(id)
            .append(R"(","object":"model","created":1767225600,"owned_by":"simulator"})");
        return;
    }
}

} // namespace

Reply beginReply(const Call& call, const Prompt& prompt, const Answer& answer, const Trigger& trigger)
{
    Reply reply;
    reply.fault = trigger.fault;
    reply.latency = trigger.latency;
    reply.tokensPerSecond = trigger.tokensPerSecond;
    reply.served = Served{.face = call.face,
                          .model = prompt.model,
                          .lastUser = prompt.lastUser.substr(0, 200),
                          .stream = prompt.stream,
                          .promptTokens = answer.promptTokens,
                          .cacheRead = answer.cacheRead,
                          .cacheWrite = answer.cacheWrite,
                          .reasoning = answer.reasoning,
                          .completionTokens = answer.completionTokens};
    return reply;
}

std::optional<Reply> triggeredRefusal(Face face, const Prompt& prompt, const Trigger& trigger)
{
    if (trigger.status == 404)
        return refusal(face, 404, "The model `" + prompt.model + "` does not exist or you do not have access to it.");
    if (trigger.status != 0)
        return refusal(face, trigger.status,
                       "The simulator was asked for status " + std::to_string(trigger.status) + ".");
    if (!trigger.contextOverflow && prompt.tokens <= kContextWindow)
        return {};
    const std::string tokens = std::to_string(prompt.tokens);
    switch (face) {
    case Face::Anthropic:
        return refusal(face, 400, "prompt is too long: " + tokens + " tokens > 128000 maximum");
    case Face::Bedrock:
        return refusal(face, 400, "Input is too long for requested model.");
    default:
        return refusal(face, 400,
                       "This model's maximum context length is 128000 tokens. However, your messages resulted in " +
                           tokens + " tokens.",
                       "context_length_exceeded", "messages");
    }
}

std::size_t wordsBeforeError(const Answer& answer, const Trigger& trigger)
{
    return trigger.errorMid ? answer.wordEnds.size() / 2 : answer.wordEnds.size();
}

Reply listModels(Face face)
{
    Reply reply;
    std::string& out = reply.body;
    if (face == Face::Bedrock)
        out = R"({"modelSummaries":[)";
    else
        out = face == Face::Anthropic ? R"({"data":[)" : R"({"object":"list","data":[)";
    for (std::size_t i = 0; i < kModels.size(); ++i) {
        if (i > 0)
            out += ',';
        appendModelRow(out, face, kModels[i]);
    }
    out += ']';
    if (face == Face::Anthropic)
        out.append(R"(,"has_more":false,"first_id":")")
            .append(kModels.front())
            .append(R"(","last_id":")")
            .append(kModels.back())
            .append("\"");
    out += '}';
    return reply;
}

Reply oneModel(Face face, std::string_view id)
{
    for (const std::string_view known : kModels) {
        if (known == id) {
            Reply reply;
            appendModelRow(reply.body, face, id);
            return reply;
        }
    }
    return refusal(face, 404, "The model '" + std::string(id) + "' does not exist");
}

} // namespace sb::simulator
