// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Faces.h"

#include "simulator/internal/EventStreamFrame.h"
#include "simulator/internal/JsonRead.h"
#include "simulator/internal/Text.h"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace sb::simulator {
namespace json = boost::json;
namespace {

constexpr std::string_view kEventStream = "application/vnd.amazon.eventstream";

Prompt conversePrompt(const json::object& body, std::string_view model)
{
    Prompt prompt(model);
    if (const auto* system = body.if_contains("system"))
        prompt.addMessage("system", *system);
    if (const auto* messages = arrayOf(body, "messages")) {
        for (const json::value& message : *messages) {
            const auto* object = message.if_object();
            const auto* content = object != nullptr ? object->if_contains("content") : nullptr;
            if (content == nullptr)
                continue;
            prompt.addMessage(textOf(*object, "role"), *content);
            const auto* parts = content->if_array();
            if (parts != nullptr && !parts->empty() && parts->front().is_object() &&
                parts->front().get_object().contains("toolResult"))
                prompt.lastRole = "tool";
        }
    }
    if (const auto* config = objectOf(body, "toolConfig")) {
        if (const auto* tools = arrayOf(*config, "tools")) {
            for (const json::value& tool : *tools) {
                prompt.addStructured(tool);
                const auto* spec = tool.is_object() ? objectOf(tool.get_object(), "toolSpec") : nullptr;
                if (prompt.tool.empty() && spec != nullptr)
                    prompt.tool = textOf(*spec, "name");
            }
        }
        if (const auto* choice = objectOf(*config, "toolChoice"))
            prompt.toolDemanded = choice->contains("any") || choice->contains("tool");
    }
    if (const auto* inference = objectOf(body, "inferenceConfig"))
        prompt.maximum = numberOf(*inference, "maxTokens");
    return prompt;
}

std::string_view stopReason(const Answer& answer)
{
    switch (answer.finish) {
    case Answer::Finish::Stop:
        return "end_turn";
    case Answer::Finish::Length:
        return "max_tokens";
    case Answer::Finish::Tool:
        return "tool_use";
    }
    return "end_turn";
}

std::string usage(const Answer& answer, const Trigger& trigger)
{
    const auto total = answer.promptTokens + answer.completionTokens;
    std::string out = R"("usage":{"inputTokens":)" +
                      std::to_string(answer.promptTokens - answer.cacheRead - answer.cacheWrite) +
                      R"(,"outputTokens":)" + std::to_string(answer.completionTokens) + R"(,"totalTokens":)" +
                      std::to_string(trigger.oddUsage ? 1 : total);
    if (answer.cacheRead > 0 || answer.cacheWrite > 0)
        out += R"(,"cacheReadInputTokens":)" + std::to_string(answer.cacheRead) + R"(,"cacheWriteInputTokens":)" +
               std::to_string(answer.cacheWrite) + R"(,"cacheDetails":[{"ttl":"5m","inputTokens":)" +
               std::to_string(answer.cacheWrite) + "}]";
    return out + "}";
}

std::string toolUseId(const Prompt& prompt)
{
    std::string id = "tooluse_";
    appendHex(id, prompt.hash);
    return id;
}

void writeWhole(std::string& out, const Prompt& prompt, const Answer& answer, const Trigger& trigger)
{
    out = R"({"output":{"message":{"role":"assistant","content":[)";
    if (answer.reasoning > 0)
        out += R"({"reasoningContent":{"reasoningText":{"text":"Weighing the options.","signature":"c2ltdWxhdG9y"}}},)";
    if (answer.finish == Answer::Finish::Tool) {
        out += R"({"toolUse":{"toolUseId":")" + toolUseId(prompt) + R"(","name":)";
        appendQuoted(out, answer.toolName);
        out += R"(,"input":)" + answer.toolArguments + "}}";
    } else {
        out += R"({"text":)";
        appendQuoted(out, answer.text);
        out += '}';
    }
    out.append(R"(]}},"stopReason":")").append(stopReason(answer)).append("\"");
    if (!trigger.noUsage)
        out += ',' + usage(answer, trigger);
    out += R"(,"metrics":{"latencyMs":1}})";
}

class ConverseStream {
public:
    explicit ConverseStream(Reply& reply) : m_reply(reply) {}

    void write(const Prompt& prompt, const Answer& answer, const Trigger& trigger)
    {
        if (trigger.errorFirst)
            return exception(0);
        event("messageStart", R"({"role":"assistant"})", 0);
        int block = 0;
        if (answer.reasoning > 0) {
            delta(block, R"({"reasoningContent":{"text":"Weighing the options."}})", answer.reasoning);
            delta(block, R"({"reasoningContent":{"signature":"c2ltdWxhdG9y"}})", answer.reasoning);
            stop(block++, answer.reasoning);
        }
        if (answer.finish == Answer::Finish::Tool) {
            std::string start = R"({"contentBlockIndex":)" + std::to_string(block) +
                                R"(,"start":{"toolUse":{"toolUseId":")" + toolUseId(prompt) + R"(","name":)";
            appendQuoted(start, answer.toolName);
            event("contentBlockStart", start + "}}}", answer.reasoning);
            for (std::size_t i = 0; i < answer.toolArguments.size(); i += 8) {
                std::string inside = R"({"toolUse":{"input":)";
                appendQuoted(inside, std::string_view(answer.toolArguments).substr(i, 8));
                delta(block, inside + "}}", answer.completionTokens);
            }
        } else {
            const std::size_t words = wordsBeforeError(answer, trigger);
            std::string inside;
            for (std::size_t i = 0; i < words; ++i) {
                inside = R"({"text":)";
                appendQuoted(inside, answer.piece(i));
                inside += '}';
                delta(block, inside, answer.reasoning + static_cast<std::int64_t>(i) + 1);
            }
            if (trigger.errorMid)
                return exception(static_cast<std::int64_t>(words));
        }
        stop(block, answer.completionTokens);
        event("messageStop", R"({"stopReason":")" + std::string(stopReason(answer)) + "\"}", answer.completionTokens);
        std::string metadata = R"({"metrics":{"latencyMs":1})";
        if (!trigger.noUsage)
            metadata += ',' + usage(answer, trigger);
        event("metadata", metadata + "}", answer.completionTokens);
    }

private:
    void event(std::string_view name, std::string_view payload, std::int64_t tokens)
    {
        // The filler key "p" is what the service pads its payloads with.
        std::string padded(payload.substr(0, payload.size() - 1));
        padded += R"(,"p":"abcdefgh"})";
        appendFrame(m_reply.body, "event", name, padded);
        m_reply.endEvent(tokens);
    }

    void delta(int block, std::string_view inside, std::int64_t tokens)
    {
        m_payload = R"({"contentBlockIndex":)" + std::to_string(block) + R"(,"delta":)";
        m_payload.append(inside).append("}");
        event("contentBlockDelta", m_payload, tokens);
    }

    void stop(int block, std::int64_t tokens)
    {
        event("contentBlockStop", R"({"contentBlockIndex":)" + std::to_string(block) + "}", tokens);
    }

    void exception(std::int64_t tokens)
    {
        appendFrame(m_reply.body, "exception", "modelStreamErrorException",
                    R"({"message":"The system encountered an unexpected error during processing."})");
        m_reply.endEvent(tokens);
    }

    Reply& m_reply;
    std::string m_payload;
};

void addCountHeaders(Reply& reply, const Answer& answer)
{
    reply.header("x-amzn-bedrock-input-token-count", std::to_string(answer.promptTokens));
    reply.header("x-amzn-bedrock-output-token-count", std::to_string(answer.completionTokens));
}

std::string numbers(const std::vector<float>& vector)
{
    std::string out = "[";
    char digits[32];
    for (const float x : vector) {
        if (out.size() > 1)
            out += ',';
        out.append(digits, std::to_chars(digits, digits + sizeof digits, x).ptr);
    }
    return out + "]";
}

/// Titan's and Cohere's embeddings, told apart by their members.
Reply invokeEmbedding(const Call& call)
{
    Prompt prompt(call.model);
    const Trigger trigger = Trigger::of(prompt.model);
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);
    const auto dimensions =
        static_cast<std::size_t>(std::clamp<std::int64_t>(numberOf(call.body, "dimensions").value_or(256), 1, 4096));
    Answer counts;
    std::string body;
    if (const auto* texts = arrayOf(call.body, "texts")) {
        body = R"({"id":"sim","response_type":"embeddings_floats","embeddings":[)";
        for (std::size_t i = 0; i < texts->size(); ++i) {
            const auto* text = (*texts)[i].if_string();
            const std::string_view words = text != nullptr ? std::string_view(*text) : std::string_view{};
            counts.promptTokens += countWords(words);
            body.append(i > 0 ? "," : "").append(numbers(embed(prompt.model, words, dimensions)));
        }
        body += R"(],"texts":)" + json::serialize(*texts) + "}";
    } else {
        const std::string_view text = textOf(call.body, "inputText");
        counts.promptTokens = countWords(text);
        body = R"({"embedding":)" + numbers(embed(prompt.model, text, dimensions)) + R"(,"inputTextTokenCount":)" +
               std::to_string(counts.promptTokens) + "}";
    }
    Reply reply = beginReply(call, prompt, counts, trigger);
    reply.body = std::move(body);
    addCountHeaders(reply, counts);
    return reply;
}

} // namespace

Reply bedrockConverse(const Call& call, bool stream)
{
    Prompt prompt = conversePrompt(call.body, call.model);
    prompt.stream = stream;
    if (prompt.messages == 0)
        return refusal(call.face, 400, "A conversation must start with a user message.");
    const Trigger trigger = Trigger::of(prompt.model);
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);
    const Answer said = answer(prompt, trigger);
    Reply reply = beginReply(call, prompt, said, trigger);
    if (!stream) {
        if (trigger.errorFirst || trigger.errorMid)
            return refusal(call.face, 424, "The system encountered an unexpected error during processing.");
        writeWhole(reply.body, prompt, said, trigger);
        return reply;
    }
    reply.streamed = true;
    reply.contentType = kEventStream;
    ConverseStream(reply).write(prompt, said, trigger);
    return reply;
}

Reply bedrockInvoke(const Call& call, bool stream)
{
    if (call.body.contains("inputText") || call.body.contains("texts"))
        return invokeEmbedding(call);
    if (textOf(call.body, "anthropic_version") != "bedrock-2023-05-31")
        return refusal(call.face, 400, "Malformed input request: anthropic_version is required.");
    Prompt prompt = anthropicPrompt(call.body, call.model);
    prompt.stream = stream;
    if (!prompt.maximum || prompt.messages == 0)
        return refusal(call.face, 400, "Malformed input request: required key [max_tokens] or [messages] not found.");
    const Trigger trigger = Trigger::of(prompt.model);
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);
    const Answer said = answer(prompt, trigger);
    Reply reply = beginReply(call, prompt, said, trigger);
    if (!stream) {
        appendAnthropicMessage(reply.body, prompt, said, trigger);
        if (!trigger.noUsage)
            addCountHeaders(reply, said);
        return reply;
    }
    reply.streamed = true;
    reply.contentType = kEventStream;
    anthropicEvents(prompt, said, trigger, [&reply](std::string_view, std::string_view text, std::int64_t tokens) {
        appendFrame(reply.body, "event", "chunk", R"({"bytes":")" + base64(text) + R"("})");
        reply.endEvent(tokens);
    });
    return reply;
}

Reply bedrockCountTokens(const Call& call)
{
    const auto* input = objectOf(call.body, "input");
    const auto* converse = input != nullptr ? objectOf(*input, "converse") : nullptr;
    if (converse == nullptr)
        return refusal(call.face, 400, "The input is not supported for token counting.");
    Reply reply;
    reply.body = R"({"inputTokens":)" + std::to_string(conversePrompt(*converse, call.model).tokens) + "}";
    return reply;
}

} // namespace sb::simulator
