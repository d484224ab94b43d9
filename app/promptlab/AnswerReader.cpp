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
    return value.isDouble() && value.toInteger() >= 0 ? std::optional(static_cast<std::uint64_t>(value.toInteger())) : std::nullopt;
}

/// Mistral's reasoning models answer with a list of parts instead of a text.
void takeContent(const QJsonValue& content, AnswerReader::Delta& delta)
{
    if (content.isString()) {
        delta.text += content.toString();
        return;
    }
    for (const QJsonValue& item : content.toArray()) {
        const QJsonObject part = item.toObject();
        if (part.value(QLatin1String("type")) == QLatin1String("thinking")) {
            for (const QJsonValue& thought : part.value(QLatin1String("thinking")).toArray())
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
    if (type.startsWith("text/event-stream"))
        m_splitter.emplace(EventSplitter::Kind::Sse);
    else if (type.startsWith("application/vnd.amazon.eventstream"))
        m_splitter.emplace(EventSplitter::Kind::AwsEventStream);
}

AnswerReader::Delta AnswerReader::feed(const QByteArray& bytes)
{
    Delta delta;
    if (m_splitter)
        m_splitter->feed(bytes, [this, &delta](const EventSplitter::Event& event) { onEvent(event, delta); });
    else if (m_whole.size() < kLargestDocument)
        m_whole += bytes;
    return delta;
}

AnswerReader::Delta AnswerReader::finish()
{
    Delta delta;
    if (m_splitter)
        return delta;
    const QJsonObject root = QJsonDocument::fromJson(m_whole).object();
    if (root.isEmpty())
        return delta;
    takeError(root);
    switch (m_dialect) {
    case LabDialect::OpenAiChat: {
        onOpenAi(root, delta);
        const QJsonObject first = root.value(QLatin1String("choices")).toArray().first().toObject();
        takeContent(first.value(QLatin1String("message")).toObject().value(QLatin1String("content")), delta);
        break;
    }
    case LabDialect::AnthropicMessages:
        takeContent(root.value(QLatin1String("content")), delta);
        takeAnthropicUsage(root.value(QLatin1String("usage")).toObject());
        m_finishReason = root.value(QLatin1String("stop_reason")).toString();
        break;
    case LabDialect::BedrockConverse: {
        const QJsonObject message = root.value(QLatin1String("output")).toObject().value(QLatin1String("message")).toObject();
        takeContent(message.value(QLatin1String("content")), delta);
        const QJsonObject usage = root.value(QLatin1String("usage")).toObject();
        m_tokensIn = count(usage, "inputTokens");
        m_tokensOut = count(usage, "outputTokens");
        m_finishReason = root.value(QLatin1String("stopReason")).toString();
        break;
    }
    }
    m_complete = m_error.isEmpty();
    return delta;
}

void AnswerReader::onEvent(const EventSplitter::Event& event, Delta& delta)
{
    ++m_events;
    if (event.data == "[DONE]") {
        m_complete = true;
        return;
    }
    const QJsonObject data = QJsonDocument::fromJson(event.data).object();
    switch (m_dialect) {
    case LabDialect::OpenAiChat:
        takeError(data);
        onOpenAi(data, delta);
        break;
    case LabDialect::AnthropicMessages:
        onAnthropic(event.name, data, delta);
        break;
    case LabDialect::BedrockConverse:
        onBedrock(event, data, delta);
        break;
    }
}

void AnswerReader::onOpenAi(const QJsonObject& chunk, Delta& delta)
{
    const QJsonArray choices = chunk.value(QLatin1String("choices")).toArray();
    if (!choices.isEmpty()) {
        const QJsonObject choice = choices.first().toObject();
        const QJsonObject piece = choice.value(QLatin1String("delta")).toObject();
        takeContent(piece.value(QLatin1String("content")), delta);
        for (const char* name : {"reasoning_content", "reasoning"})
            delta.reasoning += piece.value(QLatin1String(name)).toString();
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
        m_tokensIn = *input + count(usage, "cache_read_input_tokens").value_or(0)
            + count(usage, "cache_creation_input_tokens").value_or(0);
    }
    if (const auto output = count(usage, "output_tokens"))
        m_tokensOut = output;
}

void AnswerReader::onAnthropic(const QByteArray& name, const QJsonObject& event, Delta& delta)
{
    const QString type = event.value(QLatin1String("type")).toString(QString::fromUtf8(name));
    if (type == QLatin1String("error")) {
        takeError(event);
    } else if (type == QLatin1String("message_start")) {
        takeAnthropicUsage(event.value(QLatin1String("message")).toObject().value(QLatin1String("usage")).toObject());
    } else if (type == QLatin1String("content_block_delta")) {
        const QJsonObject piece = event.value(QLatin1String("delta")).toObject();
        delta.text += piece.value(QLatin1String("text")).toString();
        delta.reasoning += piece.value(QLatin1String("thinking")).toString();
    } else if (type == QLatin1String("message_delta")) {
        takeAnthropicUsage(event.value(QLatin1String("usage")).toObject());
        m_finishReason = event.value(QLatin1String("delta")).toObject().value(QLatin1String("stop_reason")).toString();
    } else if (type == QLatin1String("message_stop")) {
        m_complete = true;
    }
}

void AnswerReader::onBedrock(const EventSplitter::Event& event, const QJsonObject& data, Delta& delta)
{
    if (event.isException) {
        m_errorCode = QString::fromUtf8(event.name);
        m_error = data.value(QLatin1String("message")).toString(m_errorCode);
    } else if (event.name == "contentBlockDelta") {
        const QJsonObject piece = data.value(QLatin1String("delta")).toObject();
        delta.text += piece.value(QLatin1String("text")).toString();
        delta.reasoning += piece.value(QLatin1String("reasoningContent")).toObject().value(QLatin1String("text")).toString();
    } else if (event.name == "messageStop") {
        m_finishReason = data.value(QLatin1String("stopReason")).toString();
    } else if (event.name == "metadata") {
        const QJsonObject usage = data.value(QLatin1String("usage")).toObject();
        if (const auto input = count(usage, "inputTokens"))
            m_tokensIn = *input + count(usage, "cacheReadInputTokens").value_or(0) + count(usage, "cacheWriteInputTokens").value_or(0);
        m_tokensOut = count(usage, "outputTokens");
        m_complete = true;
    }
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
    } else if (root.contains(QLatin1String("message")) && !root.contains(QLatin1String("choices")) && !root.contains(QLatin1String("output"))
               && root.value(QLatin1String("message")).isString()) {
        m_error = root.value(QLatin1String("message")).toString();
    }
}

} // namespace sb::promptlab
