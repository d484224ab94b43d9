// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/EventStreamReader.h"
#include "providers/ResponseFacts.h"
#include "providers/internal/UsageReader.h"

#include <string_view>

namespace sb::providers::internal {

/// What one event, or a whole answer, said.
struct Observation {
    bool content = false;   ///< a piece of the answer: text, reasoning, tool call
    bool end = false;       ///< the dialect's end marker
    bool usageOnly = false; ///< OpenAI's extra chunk: usage and no choices
};

/// Collects the facts of one answer, streamed or not. One kind of reading per dialect; unknown members and events are
/// passed over, and text that is not JSON says nothing.
class AnswerReader {
public:
    explicit AnswerReader(Dialect dialect) : m_dialect(dialect) {}

    /// A server-sent event.
    Observation event(std::string_view type, std::string_view data);
    /// An event-stream message.
    Observation message(const protocol::EventStreamMessage& message);
    /// A whole answer that was not streamed.
    void answer(std::string_view body);

    ResponseFacts& facts() { return m_facts; }
    const ResponseFacts& facts() const { return m_facts; }

private:
    using JsonReader = protocol::JsonReader;

    // AnswerReader.cpp
    void readError(JsonReader& reader);
    void setError(std::string_view type, std::string_view code, std::string_view message);
    void keepModel(JsonReader& reader);
    void keepFinishReason(JsonReader& reader);
    std::uint64_t textSize(JsonReader& reader); ///< of a string, or of the texts in an array of blocks
    void usageRead(bool isFinal);
    UsageCounts::Input inputMeaning() const;

    // OpenAiAnswers.cpp
    Observation chat(std::string_view json);
    bool chatChoice(JsonReader& reader);
    bool chatMessage(JsonReader& reader);
    Observation responses(std::string_view type, std::string_view json);
    void responseObject(JsonReader& reader, bool countText);
    void responseItem(JsonReader& reader);

    // AnthropicAnswers.cpp
    Observation anthropic(std::string_view type, std::string_view json);
    void anthropicMessage(JsonReader& reader);
    bool anthropicBlock(JsonReader& reader);
    bool anthropicDelta(JsonReader& reader);

    // BedrockAnswers.cpp
    Observation converse(std::string_view eventType, std::string_view json);
    bool converseBlock(JsonReader& reader);
    Observation invokeChunk(std::string_view json);
    void invokeAnswer(std::string_view json);

    Dialect m_dialect;
    ResponseFacts m_facts;
    UsageCounts m_counts;
    bool m_exclusiveInput = false; ///< an InvokeModel answer that turned out to count like Anthropic
    bool m_stopped = false;        ///< Converse: messageStop was seen, metadata is to follow
};

} // namespace sb::providers::internal
