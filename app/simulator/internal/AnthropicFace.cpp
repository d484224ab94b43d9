// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Faces.h"

#include "simulator/internal/JsonRead.h"
#include "simulator/internal/Text.h"

namespace sb::simulator {
namespace json = boost::json;
namespace {

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

/// `"usage":{…}`; input excludes what the cache gave or took.
void appendUsage(std::string& out, const Answer& answer, const Trigger& trigger, std::int64_t outputTokens)
{
    out += R"("usage":{"input_tokens":)";
    appendNumber(out, answer.promptTokens - answer.cacheRead - answer.cacheWrite);
    out += R"(,"cache_creation_input_tokens":)";
    if (trigger.oddUsage)
        out += "null";
    else
        appendNumber(out, answer.cacheWrite);
    out += R"(,"cache_read_input_tokens":)";
    appendNumber(out, answer.cacheRead);
    if (!trigger.oddUsage) {
        out += R"(,"cache_creation":{"ephemeral_5m_input_tokens":)";
        appendNumber(out, answer.cacheWrite);
        out += R"(,"ephemeral_1h_input_tokens":0})";
    } else {
        out += R"(,"quantum_tokens":3)";
    }
    out += R"(,"output_tokens":)";
    appendNumber(out, outputTokens);
    out += R"(,"service_tier":"standard"})";
}

std::string thinkingText(const Answer& answer)
{
    return "Weighing the options over " + std::to_string(answer.reasoning) + " tokens.";
}

void appendToolUse(std::string& out, const Prompt& prompt, const Answer& answer, bool withInput)
{
    out += R"({"type":"tool_use","id":"toolu_)";
    appendHex(out, prompt.hash);
    out += R"(","name":)";
    appendQuoted(out, answer.toolName);
    out += R"(,"input":)";
    out += withInput ? std::string_view(answer.toolArguments) : "{}";
    out += '}';
}

void appendMessageHead(std::string& out, const Prompt& prompt)
{
    out += R"("id":"msg_)";
    appendHex(out, prompt.hash);
    out += R"(","type":"message","role":"assistant","model":)";
    appendQuoted(out, prompt.model);
}

std::optional<Reply> invalid(const Call& call)
{
    const auto wrong = [&call](std::string_view message) { return refusal(call.face, 400, message); };
    if (call.http.header("anthropic-version").empty())
        return wrong("anthropic-version: header is required");
    if (textOf(call.body, "model").empty())
        return wrong("model: Field required");
    const auto* messages = arrayOf(call.body, "messages");
    if (messages == nullptr || messages->empty())
        return wrong("messages: Field required");
    if (call.http.header("anthropic-version") >= "2026-10-21") {
        for (const std::string_view gone : {"temperature", "top_p", "top_k"}) {
            if (call.body.contains(gone))
                return wrong(std::string(gone) + ": Extra inputs are not permitted");
        }
    }
    return {};
}

} // namespace

Prompt anthropicPrompt(const json::object& body, std::string_view model)
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
                textOf(parts->front().get_object(), "type") == "tool_result")
                prompt.lastRole = "tool";
        }
    }
    if (const auto* tools = arrayOf(body, "tools")) {
        for (const json::value& tool : *tools) {
            prompt.addStructured(tool);
            if (prompt.tool.empty() && tool.is_object())
                prompt.tool = textOf(tool.get_object(), "name");
        }
    }
    if (const auto* choice = objectOf(body, "tool_choice")) {
        const std::string_view type = textOf(*choice, "type");
        prompt.toolDemanded = type == "any" || type == "tool";
        if (type == "tool")
            prompt.tool = textOf(*choice, "name");
        else if (type == "none")
            prompt.tool.clear();
    }
    prompt.maximum = numberOf(body, "max_tokens");
    prompt.stream = truthOf(body, "stream");
    return prompt;
}

void appendAnthropicMessage(std::string& out, const Prompt& prompt, const Answer& answer, const Trigger& trigger)
{
    out.reserve(out.size() + answer.text.size() + 700);
    out += '{';
    appendMessageHead(out, prompt);
    out += R"(,"content":[)";
    if (answer.reasoning > 0) {
        out += R"({"type":"thinking","thinking":)";
        appendQuoted(out, thinkingText(answer));
        out += R"(,"signature":"c2ltdWxhdG9y"},)";
    }
    if (answer.finish == Answer::Finish::Tool) {
        appendToolUse(out, prompt, answer, true);
    } else {
        out += R"({"type":"text","text":)";
        appendQuoted(out, answer.text);
        out += '}';
    }
    out.append(R"(],"stop_reason":")").append(stopReason(answer)).append(R"(","stop_sequence":null)");
    if (!trigger.noUsage) {
        out += ',';
        appendUsage(out, answer, trigger, answer.completionTokens);
    }
    out += '}';
}

void anthropicEvents(const Prompt& prompt, const Answer& answer, const Trigger& trigger, const EventSink& sink)
{
    constexpr std::string_view kError =
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})";
    if (trigger.errorFirst)
        return sink("error", kError, 0);
    std::string text = R"({"type":"message_start","message":{)";
    appendMessageHead(text, prompt);
    text += R"(,"content":[],"stop_reason":null,"stop_sequence":null)";
    if (!trigger.noUsage) {
        text += ',';
        appendUsage(text, answer, trigger, 1);
    }
    sink("message_start", text + "}}", 0);

    int index = 0;
    std::string number = "0";
    const auto start = [&](std::string_view block) {
        text = R"({"type":"content_block_start","index":)" + number + R"(,"content_block":)";
        text.append(block).append("}");
        sink("content_block_start", text, 0);
    };
    const auto delta = [&](std::string_view type, std::string_view member, std::string_view value,
                           std::int64_t tokens) {
        text = R"({"type":"content_block_delta","index":)" + number + R"(,"delta":{"type":")";
        text.append(type).append(R"(",")").append(member).append("\":");
        appendQuoted(text, value);
        sink("content_block_delta", text + "}}", tokens);
    };
    const auto stop = [&](std::int64_t tokens) {
        sink("content_block_stop", R"({"type":"content_block_stop","index":)" + number + "}", tokens);
        number = std::to_string(++index);
    };

    if (answer.reasoning > 0) {
        start(R"({"type":"thinking","thinking":"","signature":""})");
        delta("thinking_delta", "thinking", thinkingText(answer), answer.reasoning);
        delta("signature_delta", "signature", "c2ltdWxhdG9y", answer.reasoning);
        stop(answer.reasoning);
    }
    if (answer.finish == Answer::Finish::Tool) {
        std::string block;
        appendToolUse(block, prompt, answer, false);
        start(block);
        for (std::size_t i = 0; i < answer.toolArguments.size(); i += 8)
            delta("input_json_delta", "partial_json", std::string_view(answer.toolArguments).substr(i, 8),
                  answer.completionTokens);
    } else {
        start(R"({"type":"text","text":""})");
        sink("ping", R"({"type":"ping"})", answer.reasoning);
        const std::size_t words = wordsBeforeError(answer, trigger);
        for (std::size_t i = 0; i < words; ++i)
            delta("text_delta", "text", answer.piece(i), answer.reasoning + static_cast<std::int64_t>(i) + 1);
        if (trigger.errorMid)
            return sink("error", kError, answer.reasoning + static_cast<std::int64_t>(words));
    }
    stop(answer.completionTokens);
    text = R"({"type":"message_delta","delta":{"stop_reason":")";
    text.append(stopReason(answer)).append(R"(","stop_sequence":null})");
    if (!trigger.noUsage) {
        text += ',';
        appendUsage(text, answer, trigger, answer.completionTokens);
    }
    sink("message_delta", text + "}", answer.completionTokens);
    sink("message_stop", R"({"type":"message_stop"})", answer.completionTokens);
}

Reply anthropicMessages(const Call& call)
{
    if (auto wrong = invalid(call))
        return *std::move(wrong);
    const Prompt prompt = anthropicPrompt(call.body, textOf(call.body, "model"));
    if (!prompt.maximum || *prompt.maximum < 1)
        return refusal(call.face, 400, "max_tokens: Field required");
    const Trigger trigger = Trigger::of(prompt.model);
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);
    const Answer said = answer(prompt, trigger);
    Reply reply = beginReply(call, prompt, said, trigger);
    if (!prompt.stream) {
        if (trigger.errorFirst || trigger.errorMid)
            return refusal(call.face, 529, "Overloaded");
        appendAnthropicMessage(reply.body, prompt, said, trigger);
        return reply;
    }
    reply.streamed = true;
    reply.contentType = "text/event-stream; charset=utf-8";
    reply.body.reserve(said.wordEnds.size() * 150 + 1500);
    reply.events.reserve(said.wordEnds.size() + 8);
    anthropicEvents(prompt, said, trigger, [&reply](std::string_view name, std::string_view text, std::int64_t tokens) {
        reply.body.append("event: ").append(name).append("\ndata: ").append(text).append("\n\n");
        reply.endEvent(tokens);
    });
    return reply;
}

Reply anthropicCountTokens(const Call& call)
{
    if (auto wrong = invalid(call))
        return *std::move(wrong);
    const Prompt prompt = anthropicPrompt(call.body, textOf(call.body, "model"));
    if (auto refused = triggeredRefusal(call.face, prompt, Trigger::of(prompt.model)))
        return *std::move(refused);
    Reply reply;
    reply.body = R"({"input_tokens":)" + std::to_string(prompt.tokens) + "}";
    return reply;
}

} // namespace sb::simulator
