// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/AnswerReader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sb::promptlab {

namespace {

constexpr qsizetype kLargestDocument = 16 * 1024 * 1024;

std::optional<std::uint64_t> count(const QJsonObject& object, const char* name)
{
    const QJsonValue value = object.value(QLatin1String(name));
    return value.isDouble() && value.toInteger() >= 0 ? std::optional(static_cast<std::uint64_t>(value.toInteger()))
                                                      : std::nullopt;
}

QJsonObject parsed(std::string_view json)
{
    return QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size()))).object();
}

/// Mistral's reasoning models answer with a list of parts instead of a text.
void takeContent(const QJsonValue& content, AnswerReader::Delta& delta)
{
    if (content.isString()) {
        delta.text += content.toString();
        return;
    }
    for (const QJsonValue item : content.toArray()) {
        const QJsonObject part = item.toObject();
        if (part.value(QLatin1String("type")) == QLatin1String("thinking")) {
            for (const QJsonValue thought : part.value(QLatin1String("thinking")).toArray())
                delta.reasoning += thought.toObject().value(QLatin1String("text")).toString();
        } else {
            delta.text += part.value(QLatin1String("text")).toString();
        }
    }
}

} // namespace

AnswerReader::AnswerReader(LabDialect dialect, const QByteArray& contentType) : m_dialect(dialect)
{
    const QByteArray type = contentType.toLower();
    if (type.startsWith("text/event-stream")) {
        m_sse.emplace([this](const protocol::SseEvent& event) {
            onSse(event);
            return protocol::Relay::Drop; // the bytes are not passed on
        });
    } else if (type.startsWith("application/vnd.amazon.eventstream")) {
        m_frames.emplace([this](const protocol::EventStreamMessage& message) { onMessage(message); });
    }
}

AnswerReader::Delta AnswerReader::feed(const QByteArray& bytes)
{
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (m_sse)
        m_sse->feed(view);
    else if (m_frames)
        m_frames->feed(view);
    else if (m_whole.size() < kLargestDocument)
        m_whole += bytes;
    return std::exchange(m_delta, {});
}

AnswerReader::Delta AnswerReader::finish()
{
    if (m_sse || m_frames)
        return {};
    const QJsonObject root = QJsonDocument::fromJson(m_whole).object();
    if (root.isEmpty())
        return {};
    takeError(root);
    switch (m_dialect) {
    case LabDialect::OpenAiChat: {
        onOpenAi(root);
        const QJsonObject first = root.value(QLatin1String("choices")).toArray().first().toObject();
        takeContent(first.value(QLatin1String("message")).toObject().value(QLatin1String("content")), m_delta);
        break;
    }
    case LabDialect::AnthropicMessages:
        takeContent(root.value(QLatin1String("content")), m_delta);
        takeAnthropicUsage(root.value(QLatin1String("usage")).toObject());
        m_finishReason = root.value(QLatin1String("stop_reason")).toString();
        break;
    case LabDialect::BedrockConverse: {
        const QJsonObject message =
            root.value(QLatin1String("output")).toObject().value(QLatin1String("message")).toObject();
        takeContent(message.value(QLatin1String("content")), m_delta);
        takeBedrockUsage(root.value(QLatin1String("usage")).toObject());
        m_finishReason = root.value(QLatin1String("stopReason")).toString();
        break;
    }
    }
    m_complete = m_error.isEmpty();
    return std::exchange(m_delta, {});
}

void AnswerReader::onSse(const protocol::SseEvent& event)
{
    ++m_events;
    if (event.data == "[DONE]") {
        m_complete = true;
        return;
    }
    const QJsonObject data = parsed(event.data);
    if (m_dialect == LabDialect::AnthropicMessages) {
        onAnthropic(data);
    } else {
        takeError(data);
        onOpenAi(data);
    }
}

void AnswerReader::onMessage(const protocol::EventStreamMessage& message)
{
    ++m_events;
    const auto text = [](std::string_view view) {
        return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
    };
    const QJsonObject data = parsed(message.payload);
    if (message.messageType != "event") {
        m_errorCode = text(message.exceptionType.empty() ? message.errorCode : message.exceptionType);
        m_error = data.value(QLatin1String("message"))
                      .toString(message.errorMessage.empty() ? m_errorCode : text(message.errorMessage));
    } else if (message.eventType == "contentBlockDelta") {
        const QJsonObject piece = data.value(QLatin1String("delta")).toObject();
        m_delta.text += piece.value(QLatin1String("text")).toString();
        m_delta.reasoning +=
            piece.value(QLatin1String("reasoningContent")).toObject().value(QLatin1String("text")).toString();
    } else if (message.eventType == "messageStop") {
        m_finishReason = data.value(QLatin1String("stopReason")).toString();
    } else if (message.eventType == "metadata") {
        takeBedrockUsage(data.value(QLatin1String("usage")).toObject());
        m_complete = true;
    }
}

void AnswerReader::onOpenAi(const QJsonObject& chunk)
{
    const QJsonArray choices = chunk.value(QLatin1String("choices")).toArray();
    if (!choices.isEmpty()) {
        const QJsonObject choice = choices.first().toObject();
        const QJsonObject piece = choice.value(QLatin1String("delta")).toObject();
        takeContent(piece.value(QLatin1String("content")), m_delta);
        for (const char* name : {"reasoning_content", "reasoning"})
            m_delta.reasoning += piece.value(QLatin1String(name)).toString();
        if (choice.value(QLatin1String("finish_reason")).isString())
            m_finishReason = choice.value(QLatin1String("finish_reason")).toString();
    }
    const QJsonObject usage = chunk.value(QLatin1String("usage")).toObject();
    if (const auto in = count(usage, "prompt_tokens"))
        m_tokensIn = in;
    if (const auto out = count(usage, "completion_tokens"))
        m_tokensOut = out;
}

void AnswerReader::takeAnthropicUsage(const QJsonObject& usage)
{
    if (const auto input = count(usage, "input_tokens")) {
        m_tokensIn = *input + count(usage, "cache_read_input_tokens").value_or(0) +
                     count(usage, "cache_creation_input_tokens").value_or(0);
    }
    if (const auto output = count(usage, "output_tokens"))
        m_tokensOut = output;
}

void AnswerReader::onAnthropic(const QJsonObject& event)
{
    const QString type = event.value(QLatin1String("type")).toString();
    if (type == QLatin1String("error")) {
        takeError(event);
    } else if (type == QLatin1String("message_start")) {
        takeAnthropicUsage(event.value(QLatin1String("message")).toObject().value(QLatin1String("usage")).toObject());
    } else if (type == QLatin1String("content_block_delta")) {
        const QJsonObject piece = event.value(QLatin1String("delta")).toObject();
        m_delta.text += piece.value(QLatin1String("text")).toString();
        m_delta.reasoning += piece.value(QLatin1String("thinking")).toString();
    } else if (type == QLatin1String("message_delta")) {
        takeAnthropicUsage(event.value(QLatin1String("usage")).toObject());
        m_finishReason = event.value(QLatin1String("delta")).toObject().value(QLatin1String("stop_reason")).toString();
    } else if (type == QLatin1String("message_stop")) {
        m_complete = true;
    }
}

void AnswerReader::takeBedrockUsage(const QJsonObject& usage)
{
    if (const auto input = count(usage, "inputTokens"))
        m_tokensIn = *input + count(usage, "cacheReadInputTokens").value_or(0) +
                     count(usage, "cacheWriteInputTokens").value_or(0);
    m_tokensOut = count(usage, "outputTokens");
}

void AnswerReader::takeError(const QJsonObject& root)
{
    const QJsonValue error = root.value(QLatin1String("error"));
    if (error.isObject()) {
        const QJsonObject object = error.toObject();
        m_error = object.value(QLatin1String("message")).toString();
        m_errorCode = object.value(QLatin1String("code")).toString();
        if (m_errorCode.isEmpty())
            m_errorCode = object.value(QLatin1String("type")).toString();
        if (m_error.isEmpty())
            m_error = m_errorCode;
    } else if (error.isString()) {
        m_error = error.toString();
    } else if (root.contains(QLatin1String("message")) && !root.contains(QLatin1String("choices")) &&
               !root.contains(QLatin1String("output")) && root.value(QLatin1String("message")).isString()) {
        m_error = root.value(QLatin1String("message")).toString();
    }
}

} // namespace sb::promptlab
