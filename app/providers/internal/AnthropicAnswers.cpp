// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/internal/AnswerReader.h"

namespace sb::providers::internal {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

Observation AnswerReader::anthropic(std::string_view type, std::string_view json)
{
    Observation seen;
    JsonReader reader(json);
    if (reader.peek() != Kind::Object)
        return seen;
    std::string kind(type);
    bool hasUsage = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "type") {
            if (const std::optional<JsonString> value = reader.stringOrSkip())
                kind = value->text();
        } else if (key.raw == "message" && reader.peek() == Kind::Object) {
            anthropicMessage(reader);
        } else if (key.raw == "content_block" && reader.peek() == Kind::Object) {
            seen.content = anthropicBlock(reader);
        } else if (key.raw == "delta" && reader.peek() == Kind::Object) {
            seen.content = anthropicDelta(reader);
        } else if (key.raw == "usage") {
            hasUsage = readUsage(reader, m_counts);
        } else if (key.raw == "error") {
            readError(reader);
        }
    });
    seen.end = kind == "message_stop";
    if (kind == "message_start")
        usageRead(false);
    else if (kind == "message_delta" && hasUsage)
        usageRead(true);
    return seen;
}

void AnswerReader::anthropicMessage(JsonReader& reader)
{
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "model") {
            keepModel(reader);
        } else if (key.raw == "usage") {
            readUsage(reader, m_counts);
        } else if (key.raw == "stop_reason") {
            keepFinishReason(reader);
        } else if (key.raw == "error") {
            readError(reader);
        } else if (key.raw == "content" && reader.peek() == Kind::Array) {
            reader.array([&] {
                if (reader.peek() == Kind::Object)
                    anthropicBlock(reader);
            });
        }
    });
}

bool AnswerReader::anthropicBlock(JsonReader& reader)
{
    bool content = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "text") {
            const std::uint64_t size = textSize(reader);
            m_facts.textBytes += size;
            content = content || size > 0;
        } else if (key.raw == "thinking") {
            const std::uint64_t size = textSize(reader);
            m_facts.reasoningBytes += size;
            content = content || size > 0;
        } else if (key.raw == "name") { // of a tool
            m_facts.textBytes += textSize(reader);
            content = true;
        } else if (key.raw == "input") {
            const std::size_t from = reader.offset();
            reader.skip();
            const std::size_t size = reader.offset() - from;
            m_facts.textBytes += size > 2 ? size : 0; // a streamed block opens with {}
        }
    });
    return content;
}

bool AnswerReader::anthropicDelta(JsonReader& reader)
{
    std::uint64_t size = 0;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "text" || key.raw == "partial_json") {
            const std::uint64_t part = textSize(reader);
            m_facts.textBytes += part;
            size += part;
        } else if (key.raw == "thinking") {
            const std::uint64_t part = textSize(reader);
            m_facts.reasoningBytes += part;
            size += part;
        } else if (key.raw == "stop_reason") {
            keepFinishReason(reader);
        }
    });
    return size > 0;
}

} // namespace sb::providers::internal
