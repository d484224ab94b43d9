// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/internal/AnswerReader.h"

namespace sb::providers::internal {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

/// A chunk, a whole chat answer, or an embeddings answer: the same members at the top, `delta` and `message` alike
/// inside.
Observation AnswerReader::chat(std::string_view json)
{
    Observation seen;
    JsonReader reader(json);
    if (reader.peek() != Kind::Object)
        return seen;
    bool hasChoices = false;
    bool hasUsage = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "choices" && reader.peek() == Kind::Array) {
            reader.array([&] {
                hasChoices = true;
                if (reader.peek() == Kind::Object)
                    seen.content = chatChoice(reader) || seen.content;
            });
        } else if (key.raw == "usage") {
            hasUsage = readUsage(reader, m_counts);
        } else if (key.raw == "model") {
            keepModel(reader);
        } else if (key.raw == "error") {
            readError(reader);
        }
    });
    if (hasUsage)
        usageRead(true);
    seen.usageOnly = hasUsage && !hasChoices && reader.ok();
    return seen;
}

bool AnswerReader::chatChoice(JsonReader& reader)
{
    bool content = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "delta" || key.raw == "message") {
            if (reader.peek() == Kind::Object)
                content = chatMessage(reader) || content;
        } else if (key.raw == "text") { // legacy completions
            const std::uint64_t size = textSize(reader);
            m_facts.textBytes += size;
            content = content || size > 0;
        } else if (key.raw == "finish_reason") {
            keepFinishReason(reader);
        }
    });
    return content;
}

bool AnswerReader::chatMessage(JsonReader& reader)
{
    const std::uint64_t before = m_facts.textBytes + m_facts.reasoningBytes;
    bool called = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "content" || key.raw == "refusal") {
            m_facts.textBytes += textSize(reader);
        } else if (key.raw == "reasoning_content" || key.raw == "reasoning") {
            m_facts.reasoningBytes += textSize(reader);
        } else if (key.raw == "tool_calls" && reader.peek() == Kind::Array) {
            reader.array([&] {
                called = true;
                if (reader.peek() != Kind::Object)
                    return;
                reader.object([&](const JsonString& member, std::size_t) {
                    if (member.raw != "function" || reader.peek() != Kind::Object)
                        return;
                    reader.object([&](const JsonString& inner, std::size_t) {
                        if (inner.raw == "name")
                            m_facts.textBytes += textSize(reader);
                        if (inner.raw != "arguments")
                            return;
                        const std::size_t from = reader.offset();
                        if (reader.peek() == Kind::String) {
                            m_facts.textBytes += reader.string().size;
                        } else { // Mistral may send an object
                            reader.skip();
                            m_facts.textBytes += reader.offset() - from;
                        }
                    });
                });
            });
        }
    });
    return called || m_facts.textBytes + m_facts.reasoningBytes > before;
}

Observation AnswerReader::responses(std::string_view type, std::string_view json)
{
    Observation seen;
    JsonReader reader(json);
    if (reader.peek() != Kind::Object)
        return seen;
    std::string kind(type);
    std::uint64_t delta = 0;
    StreamError flat; // event `error` has its members at the top
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "type") {
            if (const std::optional<JsonString> value = reader.stringOrSkip())
                kind = value->text();
        } else if (key.raw == "delta") {
            delta = textSize(reader);
        } else if (key.raw == "response" && reader.peek() == Kind::Object) {
            responseObject(reader, false);
        } else if (key.raw == "message") {
            if (const std::optional<JsonString> value = reader.stringOrSkip())
                flat.message = value->text().substr(0, 1024);
        } else if (key.raw == "code") {
            if (const std::optional<JsonString> value = reader.stringOrSkip())
                flat.code = value->text().substr(0, 256);
        } else if (key.raw == "error") {
            readError(reader);
        }
    });
    if (kind.starts_with("response.reasoning")) {
        if (kind.ends_with(".delta"))
            m_facts.reasoningBytes += delta;
    } else if (kind.ends_with(".delta")) {
        m_facts.textBytes += delta;
    }
    seen.content = kind.ends_with(".delta") && delta > 0;
    seen.end = kind == "response.completed" || kind == "response.incomplete" || kind == "response.failed";
    if (kind == "error" && !m_facts.error) {
        flat.type = "error";
        m_facts.error = std::move(flat);
    }
    if (seen.end && !m_counts.isEmpty())
        usageRead(true);
    return seen;
}

void AnswerReader::responseObject(JsonReader& reader, bool countText)
{
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "model") {
            keepModel(reader);
        } else if (key.raw == "usage") {
            readUsage(reader, m_counts);
        } else if (key.raw == "status") {
            keepFinishReason(reader);
        } else if (key.raw == "error") {
            readError(reader);
        } else if (key.raw == "output" && countText && reader.peek() == Kind::Array) {
            reader.array([&] {
                if (reader.peek() == Kind::Object)
                    responseItem(reader);
            });
        }
    });
}

void AnswerReader::responseItem(JsonReader& reader)
{
    std::uint64_t size = 0;
    bool isReasoning = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "type") {
            const std::optional<JsonString> type = reader.stringOrSkip();
            isReasoning = type && type->raw == "reasoning";
        } else if (key.raw == "content" || key.raw == "summary" || key.raw == "arguments") {
            size += textSize(reader);
        }
    });
    (isReasoning ? m_facts.reasoningBytes : m_facts.textBytes) += size;
}

} // namespace sb::providers::internal
