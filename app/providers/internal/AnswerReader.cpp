// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/internal/AnswerReader.h"

namespace sb::providers::internal {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

namespace {

constexpr std::size_t kMaxWord = 256; // model names, codes
constexpr std::size_t kMaxMessage = 1024;

std::string bounded(const std::optional<JsonString>& text, std::size_t most)
{
    std::string result = text ? text->text() : std::string();
    if (result.size() > most) {
        result.resize(most);
        // Not in the middle of a character.
        while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xc0U) == 0x80U)
            result.pop_back();
        if (!result.empty() && (static_cast<unsigned char>(result.back()) & 0x80U) != 0)
            result.pop_back();
    }
    return result;
}

} // namespace

Observation AnswerReader::event(std::string_view type, std::string_view data)
{
    switch (m_dialect) {
    case Dialect::OpenAiChat: {
        if (data == "[DONE]") {
            Observation done;
            done.end = true;
            return done;
        }
        Observation seen = chat(data);
        if (type == "error" && !m_facts.error)
            setError("error", {}, data.substr(0, kMaxMessage));
        return seen;
    }
    case Dialect::OpenAiResponses:
        return responses(type, data);
    case Dialect::AnthropicMessages:
        return anthropic(type, data);
    default:
        return {};
    }
}

Observation AnswerReader::message(const protocol::EventStreamMessage& message)
{
    if (message.messageType == "exception" || message.messageType == "error") {
        std::string text(message.errorMessage);
        JsonReader reader(message.payload);
        if (!message.payload.empty() && reader.peek() == Kind::Object) {
            reader.object([&](const JsonString& key, std::size_t) {
                if (key.raw == "message" || key.raw == "Message")
                    text = bounded(reader.stringOrSkip(), kMaxMessage);
            });
        }
        setError(message.messageType == "exception" ? message.exceptionType : message.errorCode, {}, text);
        return {};
    }
    if (m_dialect == Dialect::BedrockConverse)
        return converse(message.eventType, message.payload);
    if (m_dialect == Dialect::BedrockInvoke && message.eventType == "chunk")
        return invokeChunk(message.payload);
    return {};
}

void AnswerReader::answer(std::string_view body)
{
    switch (m_dialect) {
    case Dialect::OpenAiChat:
    case Dialect::OpenAiEmbeddings:
        chat(body);
        break;
    case Dialect::OpenAiResponses: {
        JsonReader reader(body);
        if (reader.peek() == Kind::Object)
            responseObject(reader, true);
        break;
    }
    case Dialect::AnthropicMessages: {
        JsonReader reader(body);
        if (reader.peek() == Kind::Object)
            anthropicMessage(reader);
        break;
    }
    case Dialect::BedrockConverse:
        converse({}, body);
        break;
    case Dialect::BedrockInvoke:
        invokeAnswer(body);
        break;
    case Dialect::Opaque:
        return;
    }
    usageRead(true);
}

UsageCounts::Input AnswerReader::inputMeaning() const
{
    const bool exclusive =
        m_dialect == Dialect::AnthropicMessages || m_dialect == Dialect::BedrockConverse || m_exclusiveInput;
    return exclusive ? UsageCounts::Input::Exclusive : UsageCounts::Input::Inclusive;
}

void AnswerReader::usageRead(bool isFinal)
{
    m_counts.isFinal = m_counts.isFinal || isFinal;
    m_counts.inputOnly = m_counts.inputOnly || m_dialect == Dialect::OpenAiEmbeddings;
    m_facts.usage = m_counts.normalised(inputMeaning());
    m_facts.rawUsage = m_counts.raw;
}

void AnswerReader::setError(std::string_view type, std::string_view code, std::string_view message)
{
    m_facts.error = StreamError{std::string(type), std::string(code), std::string(message)};
}

void AnswerReader::readError(JsonReader& reader)
{
    if (reader.peek() == Kind::Null) {
        reader.skip();
        return;
    }
    StreamError error;
    if (reader.peek() == Kind::Object) {
        reader.object([&](const JsonString& key, std::size_t) {
            if (key.raw == "type") {
                error.type = bounded(reader.stringOrSkip(), kMaxWord);
            } else if (key.raw == "message") {
                error.message = bounded(reader.stringOrSkip(), kMaxMessage);
            } else if (key.raw == "code") {
                if (reader.peek() == Kind::Number)
                    error.code = std::string(reader.number());
                else
                    error.code = bounded(reader.stringOrSkip(), kMaxWord);
            }
        });
    } else {
        error.message = bounded(reader.stringOrSkip(), kMaxMessage);
    }
    m_facts.error = std::move(error);
}

void AnswerReader::keepModel(JsonReader& reader)
{
    const std::optional<JsonString> model = reader.stringOrSkip();
    if (m_facts.modelReported.empty() && model)
        m_facts.modelReported = bounded(model, kMaxWord);
}

void AnswerReader::keepFinishReason(JsonReader& reader)
{
    if (const std::optional<JsonString> reason = reader.stringOrSkip())
        m_facts.finishReason = bounded(reason, kMaxWord);
}

std::uint64_t AnswerReader::textSize(JsonReader& reader)
{
    switch (reader.peek()) {
    case Kind::String:
        return reader.string().size;
    case Kind::Array: {
        std::uint64_t size = 0;
        reader.array([&] { size += textSize(reader); });
        return size;
    }
    case Kind::Object: {
        std::uint64_t size = 0;
        reader.object([&](const JsonString& key, std::size_t) {
            if (key.raw == "text")
                size += textSize(reader);
            else if (key.raw == "thinking")
                m_facts.reasoningBytes += textSize(reader);
        });
        return size;
    }
    default:
        reader.skip();
        return 0;
    }
}

} // namespace sb::providers::internal
