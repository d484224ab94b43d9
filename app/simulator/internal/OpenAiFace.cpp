// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Faces.h"

#include "simulator/internal/JsonRead.h"
#include "simulator/internal/Text.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <bit>

namespace sb::simulator {
namespace json = boost::json;
namespace {

constexpr std::string_view kCreated = "1767225600"; // fixed: equal requests get equal answers
constexpr std::string_view kFilterOk =
    R"({"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},)"
    R"("sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}})";

/// Mistral answers 422 to anything else.
constexpr std::array<std::string_view, 25> kMistralMembers{"model",
                                                           "messages",
                                                           "temperature",
                                                           "top_p",
                                                           "max_tokens",
                                                           "stream",
                                                           "stop",
                                                           "random_seed",
                                                           "metadata",
                                                           "response_format",
                                                           "tools",
                                                           "tool_choice",
                                                           "presence_penalty",
                                                           "frequency_penalty",
                                                           "n",
                                                           "prediction",
                                                           "parallel_tool_calls",
                                                           "prompt_mode",
                                                           "safe_prompt",
                                                           "guardrails",
                                                           "prompt_cache_key",
                                                           "reasoning_effort",
                                                           "service_tier",
                                                           "prefix",
                                                           "response_mode"};

void readTools(Prompt& prompt, const json::object& body)
{
    if (const auto* tools = arrayOf(body, "tools")) {
        for (const json::value& tool : *tools) {
            prompt.addStructured(tool);
            const auto* object = tool.if_object();
            if (object == nullptr || !prompt.tool.empty())
                continue;
            const auto* function = objectOf(*object, "function");
            prompt.tool = textOf(function != nullptr ? *function : *object, "name");
        }
    }
    const auto* choice = body.if_contains("tool_choice");
    if (choice == nullptr)
        return;
    if (const auto* word = choice->if_string()) {
        prompt.toolDemanded = *word == "required" || *word == "any";
        if (*word == "none")
            prompt.tool.clear();
    } else if (const auto* object = choice->if_object()) {
        const auto* function = objectOf(*object, "function");
        const std::string_view name = textOf(function != nullptr ? *function : *object, "name");
        if (!name.empty()) {
            prompt.tool = name;
            prompt.toolDemanded = true;
        }
    }
}

std::string_view finishReason(const Answer& answer)
{
    switch (answer.finish) {
    case Answer::Finish::Stop:
        return "stop";
    case Answer::Finish::Length:
        return "length";
    case Answer::Finish::Tool:
        return "tool_calls";
    }
    return "stop";
}

void appendUsage(std::string& out, Face face, const Answer& answer, const Trigger& trigger)
{
    out += R"("usage":{"prompt_tokens":)";
    appendNumber(out, answer.promptTokens);
    out += R"(,"completion_tokens":)";
    appendNumber(out, answer.completionTokens);
    out += R"(,"total_tokens":)";
    appendNumber(out, trigger.oddUsage ? answer.promptTokens : answer.promptTokens + answer.completionTokens);
    if (trigger.oddUsage)
        // More cached than there was, an unknown class, a null where a number belongs.
        out += R"(,"prompt_tokens_details":{"cached_tokens":)" + std::to_string(answer.promptTokens + 7) +
               R"(,"quantum_tokens":3},"completion_tokens_details":null})";
    else if (face == Face::Mistral) {
        if (answer.cacheRead > 0) {
            out += R"(,"prompt_tokens_details":{"cached_tokens":)";
            appendNumber(out, answer.cacheRead);
            out += '}';
        }
        out += '}';
    } else {
        out += R"(,"prompt_tokens_details":{"cached_tokens":)";
        appendNumber(out, answer.cacheRead);
        out += R"(,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":)";
        appendNumber(out, answer.reasoning);
        out += R"(,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}})";
    }
}

std::string toolCallId(Face face, const Prompt& prompt)
{
    std::string id = face == Face::Mistral ? "" : "call_";
    appendHex(id, prompt.hash);
    if (face == Face::Mistral)
        id.resize(9);
    return id;
}

void appendToolCall(std::string& out, Face face, const Prompt& prompt, const Answer& answer)
{
    out += R"({"id":")" + toolCallId(face, prompt) + R"(","type":"function","function":{"name":)";
    appendQuoted(out, answer.toolName);
    out += R"(,"arguments":)";
    appendQuoted(out, answer.toolArguments);
    out += R"(},"index":0})";
}

/// `"id":…,"object":…,"created":…,"model":…` without braces.
std::string identity(Face face, const Prompt& prompt, std::string_view object)
{
    std::string out = face == Face::Mistral ? R"("id":")" : R"("id":"chatcmpl-)";
    appendHex(out, prompt.hash);
    out.append(R"(","object":")").append(object).append(R"(","created":)").append(kCreated).append(R"(,"model":)");
    appendQuoted(out, prompt.model);
    if (face != Face::Mistral)
        out += R"(,"system_fingerprint":"fp_simulator")";
    return out;
}

void writeWhole(Reply& reply, Face face, const Prompt& prompt, const Answer& answer, const Trigger& trigger)
{
    std::string& out = reply.body;
    out.reserve(answer.text.size() + 900);
    out += '{' + identity(face, prompt, "chat.completion");
    if (face == Face::AzureOpenAi)
        out.append(R"(,"prompt_filter_results":[{"prompt_index":0,"content_filter_results":)")
            .append(kFilterOk)
            .append("}]");
    out += R"(,"choices":[{"index":0,"message":{"role":"assistant","content":)";
    if (answer.finish == Answer::Finish::Tool) {
        out += face == Face::Mistral ? R"("","tool_calls":[)" : R"(null,"tool_calls":[)";
        appendToolCall(out, face, prompt, answer);
        out += ']';
    } else {
        appendQuoted(out, answer.text);
    }
    out += face == Face::Mistral ? "}" : R"(,"refusal":null},"logprobs":null)";
    if (face == Face::AzureOpenAi)
        out.append(R"(,"content_filter_results":)").append(kFilterOk);
    out.append(R"(,"finish_reason":")").append(finishReason(answer)).append("\"}]");
    if (!trigger.noUsage) {
        out += ',';
        appendUsage(out, face, answer, trigger);
    }
    out += face == Face::Mistral ? "}" : R"(,"service_tier":"default"})";
}

class ChatStream {
public:
    ChatStream(Reply& reply, Face face, const Prompt& prompt, bool usageWanted, const Trigger& trigger)
        : m_reply(reply), m_face(face), m_prompt(prompt), m_trigger(trigger),
          m_usageWanted(usageWanted && face != Face::Mistral && !trigger.noUsage),
          m_head("data: {" + identity(face, prompt, "chat.completion.chunk"))
    {
    }

    void write(const Answer& answer)
    {
        if (m_face == Face::AzureOpenAi) {
            m_reply.body
                .append(R"(data: {"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":)")
                .append(R"([{"prompt_index":0,"content_filter_results":)")
                .append(kFilterOk)
                .append("}]}\n\n");
            m_reply.endEvent(0);
        }
        if (m_trigger.errorFirst)
            return writeError(0);
        delta(m_face == Face::Mistral ? R"("role":"assistant","content":"")"
                                      : R"("role":"assistant","content":"","refusal":null)",
              {}, 0);
        const std::size_t words = wordsBeforeError(answer, m_trigger);
        for (std::size_t i = 0; i < words; ++i) {
            m_piece = R"("content":)";
            appendQuoted(m_piece, answer.piece(i));
            delta(m_piece, {}, answer.reasoning + static_cast<std::int64_t>(i) + 1);
        }
        if (m_trigger.errorMid)
            return writeError(static_cast<std::int64_t>(words));
        if (answer.finish == Answer::Finish::Tool)
            writeToolCall(answer);
        finish(answer);
    }

private:
    void delta(std::string_view inside, std::string_view finishReasonText, std::int64_t tokens,
               const Answer* usage = nullptr)
    {
        std::string& out = m_reply.body;
        out.append(m_head).append(R"(,"choices":[{"index":0,"delta":{)").append(inside).append("}");
        if (m_face == Face::AzureOpenAi)
            out.append(R"(,"content_filter_results":)").append(inside.empty() ? "{}" : kFilterOk);
        if (m_face != Face::Mistral)
            out += R"(,"logprobs":null)";
        out += R"(,"finish_reason":)";
        if (finishReasonText.empty())
            out += "null}]";
        else
            out.append("\"").append(finishReasonText).append("\"}]");
        if (usage != nullptr) {
            out += ',';
            appendUsage(out, m_face, *usage, m_trigger);
        } else if (m_usageWanted) {
            out += R"(,"usage":null)";
        }
        out += "}\n\n";
        m_reply.endEvent(tokens);
    }

    void writeToolCall(const Answer& answer)
    {
        if (m_face == Face::Mistral) { // whole in one delta
            m_piece = R"("tool_calls":[)";
            appendToolCall(m_piece, m_face, m_prompt, answer);
            m_piece += ']';
            return delta(m_piece, {}, answer.completionTokens);
        }
        m_piece = R"("tool_calls":[{"index":0,"id":")" + toolCallId(m_face, m_prompt) +
                  R"(","type":"function","function":{"name":)";
        appendQuoted(m_piece, answer.toolName);
        m_piece += R"(,"arguments":""}}])";
        delta(m_piece, {}, answer.completionTokens);
        const std::string_view arguments = answer.toolArguments;
        for (std::size_t i = 0; i < arguments.size(); i += 8) {
            m_piece = R"("tool_calls":[{"index":0,"function":{"arguments":)";
            appendQuoted(m_piece, arguments.substr(i, 8));
            m_piece += "}}]";
            delta(m_piece, {}, answer.completionTokens);
        }
    }

    void finish(const Answer& answer)
    {
        const bool onLastChunk = m_face == Face::Mistral && !m_trigger.noUsage;
        delta(m_face == Face::Mistral ? R"("content":"")" : "", finishReason(answer), answer.completionTokens,
              onLastChunk ? &answer : nullptr);
        if (m_usageWanted) {
            m_reply.body.append(m_head).append(R"(,"choices":[],)");
            appendUsage(m_reply.body, m_face, answer, m_trigger);
            m_reply.body += "}\n\n";
            m_reply.endEvent(answer.completionTokens);
        }
        m_reply.body += "data: [DONE]\n\n";
        m_reply.endEvent(answer.completionTokens);
    }

    void writeError(std::int64_t tokens)
    {
        m_reply.body += R"(data: {"error":{"message":"The server had an error while processing your request",)"
                        R"("type":"server_error","param":null,"code":null}})"
                        "\n\n";
        m_reply.endEvent(tokens);
    }

    Reply& m_reply;
    Face m_face;
    const Prompt& m_prompt;
    const Trigger& m_trigger;
    bool m_usageWanted;
    std::string m_head;
    std::string m_piece;
};

std::optional<Reply> missingMember(Face face, const json::object& body, const std::string& model)
{
    if (face == Face::Mistral) {
        for (const auto& member : body) {
            if (std::ranges::find(kMistralMembers, std::string_view(member.key())) == kMistralMembers.end())
                return refusal(face, 422, "Extra inputs are not permitted", member.key());
        }
    }
    if (model.empty())
        return refusal(face, 400, "you must provide a model parameter", {}, "model");
    const auto* messages = arrayOf(body, "messages");
    if (messages == nullptr || messages->empty())
        return refusal(face, 400, "Missing required parameter: 'messages'.", "missing_required_parameter", "messages");
    if (body.contains("max_tokens") && body.contains("max_completion_tokens"))
        return refusal(face, 400, "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
                       "invalid_parameter_combination", "max_tokens");
    return {};
}

void appendVector(std::string& out, const std::vector<float>& vector, bool asBase64)
{
    if (asBase64) {
        std::string bytes(vector.size() * 4, '\0');
        for (std::size_t i = 0; i < vector.size(); ++i) {
            const auto bits = std::bit_cast<std::uint32_t>(vector[i]);
            for (std::size_t k = 0; k < 4; ++k)
                bytes[4 * i + k] = static_cast<char>(bits >> (8 * k) & 0xFFU);
        }
        out += '"' + base64(bytes) + '"';
        return;
    }
    out += '[';
    char digits[32];
    for (std::size_t i = 0; i < vector.size(); ++i) {
        if (i > 0)
            out += ',';
        out.append(digits, std::to_chars(digits, digits + sizeof digits, vector[i]).ptr);
    }
    out += ']';
}

} // namespace

Reply chatCompletion(const Call& call)
{
    const std::string_view named = textOf(call.body, "model");
    Prompt prompt(call.model.empty() ? named : std::string_view(call.model));
    const Trigger trigger = Trigger::of(prompt.model);
    if (auto missing = missingMember(call.face, call.body, prompt.model))
        return *std::move(missing);
    for (const json::value& message : *arrayOf(call.body, "messages")) {
        const auto* object = message.if_object();
        if (object == nullptr)
            return refusal(call.face, 400, "Invalid type for 'messages[0]': expected an object.", "invalid_type",
                           "messages");
        const auto* content = object->if_contains("content");
        prompt.addMessage(textOf(*object, "role"), content != nullptr ? *content : json::value{});
        if (const auto* calls = object->if_contains("tool_calls"))
            prompt.addStructured(*calls);
    }
    readTools(prompt, call.body);
    prompt.maximum = numberOf(call.body, "max_completion_tokens");
    if (!prompt.maximum)
        prompt.maximum = numberOf(call.body, "max_tokens");
    prompt.stream = truthOf(call.body, "stream");
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);

    const Answer said = answer(prompt, trigger);
    Reply reply = beginReply(call, prompt, said, trigger);
    if (!prompt.stream) {
        if (trigger.errorFirst || trigger.errorMid)
            return refusal(call.face, 500, "The server had an error while processing your request");
        writeWhole(reply, call.face, prompt, said, trigger);
        return reply;
    }
    const auto* options = objectOf(call.body, "stream_options");
    reply.streamed = true;
    reply.contentType = "text/event-stream";
    reply.body.reserve(said.wordEnds.size() * 260 + 1024);
    reply.events.reserve(said.wordEnds.size() + 6);
    ChatStream(reply, call.face, prompt, options != nullptr && truthOf(*options, "include_usage"), trigger).write(said);
    return reply;
}

Reply embeddings(const Call& call)
{
    const std::string_view named = textOf(call.body, "model");
    Prompt prompt(call.model.empty() ? named : std::string_view(call.model));
    const Trigger trigger = Trigger::of(prompt.model);
    const auto* input = call.body.if_contains("input");
    if (prompt.model.empty() || input == nullptr)
        return refusal(call.face, 400, "Missing required parameter.", "missing_required_parameter",
                       prompt.model.empty() ? "model" : "input");
    if (auto refused = triggeredRefusal(call.face, prompt, trigger))
        return *std::move(refused);
    const auto asked =
        numberOf(call.body, call.face == Face::Mistral ? "output_dimension" : "dimensions").value_or(256);
    const auto dimensions = static_cast<std::size_t>(std::clamp<std::int64_t>(asked, 1, 4096));
    const bool asBase64 = textOf(call.body, "encoding_format") == "base64";

    Reply body;
    std::int64_t tokens = 0;
    std::int64_t index = 0;
    body.body = R"({"object":"list","data":[)";
    const auto add = [&](std::string_view text, std::int64_t count) {
        if (index > 0)
            body.body += ',';
        body.body += R"({"object":"embedding","index":)";
        appendNumber(body.body, index++);
        body.body += R"(,"embedding":)";
        appendVector(body.body, embed(prompt.model, text, dimensions), asBase64);
        body.body += '}';
        tokens += count;
    };
    const auto addOne = [&](const json::value& one) {
        if (const auto* text = one.if_string())
            add(*text, countWords(*text));
        else if (const auto* ids = one.if_array())
            add(json::serialize(*ids), static_cast<std::int64_t>(ids->size()));
    };
    if (const auto* list = input->if_array(); list != nullptr && !list->empty() && !list->front().is_number()) {
        for (const json::value& one : *list)
            addOne(one);
    } else {
        addOne(*input);
    }
    Answer usage;
    usage.promptTokens = tokens;
    Reply reply = beginReply(call, prompt, usage, trigger);
    reply.body = std::move(body.body);
    reply.body += R"(],"model":)";
    appendQuoted(reply.body, prompt.model);
    if (!trigger.noUsage) {
        reply.body += R"(,"usage":{"prompt_tokens":)";
        appendNumber(reply.body, tokens);
        reply.body += R"(,"total_tokens":)";
        appendNumber(reply.body, tokens);
        reply.body += '}';
    }
    reply.body += '}';
    return reply;
}

} // namespace sb::simulator
