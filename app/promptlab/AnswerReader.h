// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promptlab/LabRequest.h"
#include "protocol/EventStreamReader.h"
#include "protocol/SseReader.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace sb::promptlab {

/// Reads an answer as it arrives, for display: text and reasoning as they come, counts, how it ended. What is charged
/// is counted by the gateway, not here.
class AnswerReader {
public:
    AnswerReader(LabDialect dialect, const QByteArray& contentType);
    AnswerReader(const AnswerReader&) = delete;
    AnswerReader& operator=(const AnswerReader&) = delete;

    /// What became visible with these bytes.
    struct Delta {
        QString text;
        QString reasoning;
        bool isEmpty() const { return text.isEmpty() && reasoning.isEmpty(); }
    };
    Delta feed(const QByteArray& bytes);
    /// The body ended: reads answers that are not streamed.
    Delta finish();

    std::optional<std::uint64_t> tokensIn() const { return m_tokensIn; }   ///< cached ones included
    std::optional<std::uint64_t> tokensOut() const { return m_tokensOut; } ///< reasoning included
    const QString& finishReason() const { return m_finishReason; }         ///< in the provider's spelling
    const QString& error() const { return m_error; } ///< the provider's or the gateway's sentence, empty when none came
    const QString& errorCode() const { return m_errorCode; }
    bool isComplete() const { return m_complete; } ///< the end marker was seen
    int events() const { return m_events; }

private:
    void onSse(const protocol::SseEvent& event);
    void onMessage(const protocol::EventStreamMessage& message);
    void onOpenAi(const QJsonObject& chunk);
    void onAnthropic(const QJsonObject& event);
    void takeError(const QJsonObject& root);
    void takeAnthropicUsage(const QJsonObject& usage);
    void takeBedrockUsage(const QJsonObject& usage);

    LabDialect m_dialect;
    std::optional<protocol::SseReader> m_sse;
    std::optional<protocol::EventStreamReader> m_frames; ///< neither: one JSON document
    Delta m_delta;                                       ///< what the bytes being fed have made visible
    QByteArray m_whole;
    std::optional<std::uint64_t> m_tokensIn;
    std::optional<std::uint64_t> m_tokensOut;
    QString m_finishReason;
    QString m_error;
    QString m_errorCode;
    bool m_complete = false;
    int m_events = 0;
};

} // namespace sb::promptlab
