// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Faces.h"

#include "simulator/internal/JsonRead.h"
#include "simulator/internal/Text.h"

namespace sb::simulator {
namespace json = boost::json;
namespace {

Prompt readPrompt(const Call& call)
{
    Prompt prompt(call.model.empty() ? textOf(call.body, "model") : std::string_view(call.model));
    if (const std::string_view instructions = textOf(call.body, "instructions"); !instructions.empty())
        prompt.addText("developer", instructions);
    const json::value& input = *call.body.if_contains("input");
    if (const auto* text = input.if_string())
        prompt.addText("user", *text);
    if (const auto* items = input.if_array()) {
        for (const json::value& item : *items) {
            const auto* object = item.if_object();
            if (object == nullptr)
                continue;
            if (const auto* content = object->if_contains("content"))
                prompt.addMessage(textOf(*object, "role"), *content);
            else
                prompt.addStructured(item);
            if (textOf(*object, "type") == "function_call_output")
                prompt.lastRole = "tool";
        }
    }
    if (const auto* tools = arrayOf(call.body, "tools")) {
        for (const json::value& tool : *tools) {
            prompt.addStructured(tool);
            if (prompt.tool.empty() && tool.is_object())
                prompt.tool = textOf(tool.get_object(), "name");
        }
    }
    prompt.toolDemanded = textOf(call.body, "tool_choice") == "required";
    prompt.maximum = numberOf(call.body, "max_output_tokens");
    prompt.stream = truthOf(call.body, "stream");
    return prompt;
}

std::string itemId(const Prompt& prompt, const Answer& answer)
{
    std::string id = answer.finish == Answer::Finish::Tool ? "fc_" : "msg_";
    appendHex(id, prompt.hash);
    return id;
}

std::string textPart(std::string_view text)
{
    std::string out = R"({"type":"output_text","text":)";
    appendQuoted(out, text);
    return out + R"(,"annotations":[]})";
}

std::string item(const Prompt& prompt, const Answer& answer, std::string_view status, bool filled)
{
    std::string out = R"({"id":")" + itemId(prompt, answer) + R"(","status":")" + std::string(status) + "\",";
    if (answer.finish == Answer::Finish::Tool) {
        out += R"("type":"function_call","call_id":"call_)";
        appendHex(out, prompt.hash);
        out += R"(","name":)";
        appendQuoted(out, answer.toolName);
        out += R"(,"arguments":)";
        appendQuoted(out, filled ? std::string_view(answer.toolArguments) : std::string_view{});
        return out + '}';
    }
    out += R"("type":"message","role":"assistant","content":[)";
    if (filled)
        out += textPart(answer.text);
    return out + "]}";
}

std::string response(const Prompt& prompt, const Answer& answer, const Trigger& trigger, bool finished)
{
    const bool cut = answer.finish == Answer::Finish::Length;
    std::string out = R"({"id":"resp_)";
    appendHex(out, prompt.hash);
    out += R"(","object":"response","created_at":1767225600,"status":")";
    out += !finished ? "in_progress" : cut ? "incomplete" : "completed";
    out += R"(","error":null,"incomplete_details":)";
    out += finished && cut ? R"({"reason":"max_output_tokens"})" : "null";
    out += R"(,"model":)";
    appendQuoted(out, prompt.model);
    out += R"(,"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"output":[)";
    if (finished)
        out += item(prompt, answer, cut ? "incomplete" : "completed", true);
    out += R"(],"usage":)";
    if (!finished || trigger.noUsage)
        return out + "null}";
    out += R"({"input_tokens":)" + std::to_string(answer.promptTokens) +
           R"(,"input_tokens_details":{"cached_tokens":)" + std::to_string(answer.cacheRead) + R"(},"output_tokens":)" +
           std::to_string(answer.completionTokens) + R"(,"output_tokens_details":{"reasoning_tokens":)" +
           std::to_string(answer.reasoning) + R"(},"total_tokens":)" +
           std::to_string(answer.promptTokens + answer.completionTokens) + "}}";
    return out;
}

class ResponseStream {
public:
    ResponseStream(Reply& reply, const Prompt& prompt, const Answer& answer, const Trigger& trigger)
        : m_reply(reply), m_prompt(prompt), m_answer(answer), m_trigger(trigger), m_item(itemId(prompt, answer))
    {
    }

    void write()
    {
        if (m_trigger.errorFirst)
            return error(0);
        event("response.created", R"("response":)" + response(m_prompt, m_answer, m_trigger, false), 0);
        event("response.in_progress", R"("response":)" + response(m_prompt, m_answer, m_trigger, false), 0);
        event("response.output_item.added",
              R"("output_index":0,"item":)" + item(m_prompt, m_answer, "in_progress", false), 0);
        const bool done = m_answer.finish == Answer::Finish::Tool ? writeArguments() : writeText();
        if (!done)
            return;
        const std::int64_t all = m_answer.completionTokens;
        const bool cut = m_answer.finish == Answer::Finish::Length;
        event("response.output_item.done",
              R"("output_index":0,"item":)" + item(m_prompt, m_answer, cut ? "incomplete" : "completed", true), all);
        event(cut ? "response.incomplete" : "response.completed",
              R"("response":)" + response(m_prompt, m_answer, m_trigger, true), all);
    }

private:
    void event(std::string_view name, std::string_view members, std::int64_t tokens)
    {
        std::string& out = m_reply.body;
        out.append("event: ")
            .append(name)
            .append("\ndata: {\"type\":\"")
            .append(name)
            .append(R"(","sequence_number":)");
        appendNumber(out, m_sequence++);
        out.append(",").append(members).append("}\n\n");
        m_reply.endEvent(tokens);
    }

    std::string place(bool withContent) const
    {
        return R"("item_id":")" + m_item + R"(","output_index":0,)" + (withContent ? R"("content_index":0,)" : "");
    }

    bool writeText()
    {
        const std::string at = place(true);
        event("response.content_part.added", at + R"("part":)" + textPart({}), 0);
        const std::size_t words = wordsBeforeError(m_answer, m_trigger);
        std::string members;
        for (std::size_t i = 0; i < words; ++i) {
            members = at + R"("logprobs":[],"delta":)";
            appendQuoted(members, m_answer.piece(i));
            event("response.output_text.delta", members, m_answer.reasoning + static_cast<std::int64_t>(i) + 1);
        }
        if (m_trigger.errorMid) {
            error(static_cast<std::int64_t>(words));
            return false;
        }
        members = at + R"("logprobs":[],"text":)";
        appendQuoted(members, m_answer.text);
        event("response.output_text.done", members, m_answer.completionTokens);
        event("response.content_part.done", at + R"("part":)" + textPart(m_answer.text), m_answer.completionTokens);
        return true;
    }

    bool writeArguments()
    {
        std::string members = place(false) + R"("delta":)";
        appendQuoted(members, m_answer.toolArguments);
        event("response.function_call_arguments.delta", members, m_answer.completionTokens);
        members = place(false) + R"("arguments":)";
        appendQuoted(members, m_answer.toolArguments);
        event("response.function_call_arguments.done", members, m_answer.completionTokens);
        return true;
    }

    void error(std::int64_t tokens)
    {
        event("error",
              R"("code":"server_error","message":"The server had an error while processing your request","param":null)",
              tokens);
    }

    Reply& m_reply;
    const Prompt& m_prompt;
    const Answer& m_answer;
    const Trigger& m_trigger;
    std::string m_item;
    std::int64_t m_sequence = 0;
};

} // namespace

Reply responsesCreate(const Call& call)
{
    if (call.body.if_contains("input") == nullptr)
        return refusal(call.face, 400, "Missing required parameter: 'input'.", "missing_required_parameter", "input");
    const Prompt prompt = readPrompt(call);
    if (prompt.model.empty())
        return refusal(call.face, 400, "Missing required parameter: 'model'.", "missing_required_parameter", "model");
    const Trigger trigger = Trigger::of(prompt.model);
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);
    const Answer said = answer(prompt, trigger);
    Reply reply = beginReply(call, prompt, said, trigger);
    if (!prompt.stream) {
        if (trigger.errorFirst || trigger.errorMid)
            return refusal(call.face, 500, "The server had an error while processing your request");
        reply.body = response(prompt, said, trigger, true);
        return reply;
    }
    reply.streamed = true;
    reply.contentType = "text/event-stream; charset=utf-8";
    ResponseStream(reply, prompt, said, trigger).write();
    return reply;
}

} // namespace sb::simulator
