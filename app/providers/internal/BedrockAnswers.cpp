// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/internal/AnswerReader.h"

#include <array>

namespace sb::providers::internal {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;

namespace {

constexpr auto kBase64 = [] {
    std::array<signed char, 256> table{};
    for (signed char& entry : table)
        entry = -1;
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<signed char>(i);
    return table;
}();

/// Up to the first character that is none of the alphabet.
std::string fromBase64(std::string_view text)
{
    std::string result;
    result.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const signed char value = kBase64[static_cast<unsigned char>(c)];
        if (value < 0)
            break;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffffU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            result += static_cast<char>(bits >> count & 0xffU);
        }
    }
    return result;
}

void overwrite(JsonReader& reader, UsageCounts::Count& count)
{
    if (const std::optional<std::int64_t> value = reader.integer())
        count = static_cast<std::uint64_t>(*value);
}

} // namespace

/// An event payload, or a whole answer when `eventType` is empty.
Observation AnswerReader::converse(std::string_view eventType, std::string_view json)
{
    Observation seen;
    JsonReader reader(json);
    if (reader.peek() != Kind::Object)
        return seen;
    bool hasUsage = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "usage") {
            hasUsage = readUsage(reader, m_counts);
        } else if (key.raw == "stopReason") {
            keepFinishReason(reader);
        } else if ((key.raw == "delta" || key.raw == "start") && reader.peek() == Kind::Object) {
            seen.content = converseBlock(reader) || seen.content;
        } else if (key.raw == "output" && reader.peek() == Kind::Object) {
            reader.object([&](const JsonString& member, std::size_t) {
                if (member.raw != "message" || reader.peek() != Kind::Object)
                    return;
                reader.object([&](const JsonString& inner, std::size_t) {
                    if (inner.raw != "content" || reader.peek() != Kind::Array)
                        return;
                    reader.array([&] {
                        if (reader.peek() == Kind::Object)
                            converseBlock(reader);
                    });
                });
            });
        }
    });
    m_stopped = m_stopped || eventType == "messageStop";
    seen.end = m_stopped && eventType == "metadata";
    if (hasUsage)
        usageRead(true);
    return seen;
}

bool AnswerReader::converseBlock(JsonReader& reader)
{
    bool content = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "text") {
            const std::uint64_t size = textSize(reader);
            m_facts.textBytes += size;
            content = content || size > 0;
        } else if (key.raw == "toolUse" && reader.peek() == Kind::Object) {
            content = true;
            reader.object([&](const JsonString& member, std::size_t) {
                if (member.raw == "name") {
                    m_facts.textBytes += textSize(reader);
                } else if (member.raw == "input") {
                    const std::size_t from = reader.offset();
                    if (reader.peek() == Kind::String) {
                        m_facts.textBytes += reader.string().size;
                    } else {
                        reader.skip();
                        m_facts.textBytes += reader.offset() - from;
                    }
                }
            });
        } else if (key.raw == "reasoningContent" && reader.peek() == Kind::Object) {
            reader.object([&](const JsonString& member, std::size_t) {
                if (member.raw != "text" && member.raw != "reasoningText")
                    return;
                const std::uint64_t size = textSize(reader);
                m_facts.reasoningBytes += size;
                content = content || size > 0;
            });
        }
    });
    return content;
}

/// {"bytes":"<base64 of an event of the model maker>"}. The last event carries the counts of all makers.
Observation AnswerReader::invokeChunk(std::string_view json)
{
    Observation seen;
    JsonReader outer(json);
    std::string event;
    if (outer.peek() == Kind::Object) {
        outer.object([&](const JsonString& key, std::size_t) {
            if (key.raw != "bytes")
                return;
            if (const std::optional<JsonString> bytes = outer.stringOrSkip())
                event = fromBase64(bytes->raw);
        });
    }
    if (event.empty())
        return seen;
    m_exclusiveInput = true; // as Anthropic counts, whose events these mostly are
    seen = anthropic({}, event);
    seen.end = false;
    if (m_facts.textBytes + m_facts.reasoningBytes == 0)
        seen.content = true; // another maker's event: any is a sign of life
    JsonReader reader(event);
    if (reader.peek() != Kind::Object)
        return seen;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw != "amazon-bedrock-invocationMetrics" || reader.peek() != Kind::Object)
            return;
        seen.end = true;
        UsageCounts metrics;
        reader.object([&](const JsonString& member, std::size_t) {
            if (member.raw == "inputTokenCount")
                overwrite(reader, metrics.input);
            else if (member.raw == "outputTokenCount")
                overwrite(reader, metrics.output);
            else if (member.raw == "cacheReadInputTokenCount")
                overwrite(reader, metrics.cacheRead);
            else if (member.raw == "cacheWriteInputTokenCount")
                overwrite(reader, metrics.cacheWrite);
        });
        // The maker's own counts know more classes; these fill what is missing.
        if (!m_counts.input)
            m_counts.input = metrics.input;
        if (!m_counts.output || !m_counts.isFinal)
            m_counts.output = metrics.output;
        if (!m_counts.cacheRead)
            m_counts.cacheRead = metrics.cacheRead;
        if (!m_counts.cacheWrite)
            m_counts.cacheWrite = metrics.cacheWrite;
    });
    if (seen.end)
        usageRead(true);
    return seen;
}

/// Claude's answer, one in OpenAI's form (gpt-oss, Mistral, Qwen), Nova's, Llama's, Titan's.
void AnswerReader::invokeAnswer(std::string_view json)
{
    JsonReader reader(json);
    if (reader.peek() != Kind::Object)
        return;
    bool exclusive = false;
    reader.object([&](const JsonString& key, std::size_t) {
        if (key.raw == "model") {
            keepModel(reader);
        } else if (key.raw == "usage") {
            const std::size_t from = reader.offset();
            readUsage(reader, m_counts);
            // Only OpenAI's form counts cached tokens inside the prompt, and only it says "prompt".
            exclusive = reader.between(from, reader.offset()).find("\"prompt_tokens\"") == std::string_view::npos;
        } else if (key.raw == "stop_reason") {
            keepFinishReason(reader);
        } else if (key.raw == "content" && reader.peek() == Kind::Array) {
            reader.array([&] {
                if (reader.peek() == Kind::Object)
                    anthropicBlock(reader);
            });
        } else if (key.raw == "choices" && reader.peek() == Kind::Array) {
            reader.array([&] {
                if (reader.peek() == Kind::Object)
                    chatChoice(reader);
            });
        } else if (key.raw == "generation" || key.raw == "outputText") {
            m_facts.textBytes += textSize(reader);
        } else if (key.raw == "prompt_token_count" || key.raw == "inputTextTokenCount") {
            overwrite(reader, m_counts.input);
        } else if (key.raw == "embedding" || key.raw == "embeddings") {
            m_counts.inputOnly = true;
        } else if (key.raw == "generation_token_count") {
            overwrite(reader, m_counts.output);
        }
    });
    m_exclusiveInput = exclusive;
}

} // namespace sb::providers::internal
