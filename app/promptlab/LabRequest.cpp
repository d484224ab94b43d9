// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LabRequest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace sb::promptlab {

namespace {

/// Anthropic and Bedrock want one; this is what is sent when the person left the field empty.
constexpr int kDefaultMaxTokens = 1024;

QJsonObject message(const char* role, const QJsonValue& content)
{
    return {{QStringLiteral("role"), QLatin1String(role)}, {QStringLiteral("content"), content}};
}

QJsonObject openAiBody(const LabRequest& request)
{
    QJsonArray messages;
    if (!request.system.isEmpty())
        messages.append(message("system", request.system));
    messages.append(message("user", request.user));
    QJsonObject body{{QStringLiteral("model"), request.model},
                     {QStringLiteral("messages"), messages},
                     {QStringLiteral("stream"), true}};
    const bool mistral = request.provider == ProviderKind::Mistral;
    if (!mistral) // Mistral always tells the usage and refuses unknown members
        body.insert(QStringLiteral("stream_options"), QJsonObject{{QStringLiteral("include_usage"), true}});
    if (request.maxTokens) {
        const bool modern = request.provider == ProviderKind::OpenAi || request.provider == ProviderKind::AzureOpenAi;
        body.insert(modern ? QStringLiteral("max_completion_tokens") : QStringLiteral("max_tokens"),
                    *request.maxTokens);
    }
    if (request.temperature)
        body.insert(QStringLiteral("temperature"), *request.temperature);
    return body;
}

QJsonObject anthropicBody(const LabRequest& request)
{
    QJsonObject body{{QStringLiteral("model"), request.model},
                     {QStringLiteral("messages"), QJsonArray{message("user", request.user)}},
                     {QStringLiteral("max_tokens"), request.maxTokens.value_or(kDefaultMaxTokens)},
                     {QStringLiteral("stream"), true}};
    if (!request.system.isEmpty())
        body.insert(QStringLiteral("system"), request.system);
    if (request.temperature)
        body.insert(QStringLiteral("temperature"), *request.temperature);
    return body;
}

QJsonObject bedrockBody(const LabRequest& request)
{
    const auto text = [](const QString& words) { return QJsonArray{QJsonObject{{QStringLiteral("text"), words}}}; };
    QJsonObject inference{{QStringLiteral("maxTokens"), request.maxTokens.value_or(kDefaultMaxTokens)}};
    if (request.temperature)
        inference.insert(QStringLiteral("temperature"), *request.temperature);
    QJsonObject body{{QStringLiteral("messages"), QJsonArray{message("user", text(request.user))}},
                     {QStringLiteral("inferenceConfig"), inference}};
    if (!request.system.isEmpty())
        body.insert(QStringLiteral("system"), text(request.system));
    return body;
}

} // namespace

LabDialect dialectOf(ProviderKind provider)
{
    switch (provider) {
    case ProviderKind::Anthropic:
        return LabDialect::AnthropicMessages;
    case ProviderKind::AwsBedrock:
        return LabDialect::BedrockConverse;
    case ProviderKind::OpenAi:
    case ProviderKind::AzureOpenAi:
    case ProviderKind::Mistral:
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return LabDialect::OpenAiChat;
}

WireRequest wireRequest(const LabRequest& request)
{
    WireRequest wire;
    const QString base = request.isToRoute() ? QString() : request.target;
    wire.headers = {{"Content-Type", "application/json"}, {"Accept-Encoding", "identity"}};
    QJsonObject body;
    switch (dialectOf(request.provider)) {
    case LabDialect::OpenAiChat:
        wire.path = base + QStringLiteral("/v1/chat/completions");
        body = openAiBody(request);
        break;
    case LabDialect::AnthropicMessages:
        wire.path = base + QStringLiteral("/v1/messages");
        wire.headers.emplace_back("anthropic-version", "2023-06-01");
        body = anthropicBody(request);
        break;
    case LabDialect::BedrockConverse:
        wire.path = base + QStringLiteral("/model/") + QString::fromLatin1(QUrl::toPercentEncoding(request.model)) +
                    QStringLiteral("/converse-stream");
        body = bedrockBody(request);
        break;
    }
    wire.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return wire;
}

QJsonObject parametersOf(const LabRequest& request)
{
    QJsonObject parameters;
    if (request.maxTokens)
        parameters.insert(QStringLiteral("max_tokens"), *request.maxTokens);
    if (request.temperature)
        parameters.insert(QStringLiteral("temperature"), *request.temperature);
    return parameters;
}

void applyParameters(LabRequest& request, const QJsonObject& parameters)
{
    const QJsonValue maxTokens = parameters.value(QLatin1String("max_tokens"));
    const QJsonValue temperature = parameters.value(QLatin1String("temperature"));
    request.maxTokens = maxTokens.isDouble() ? std::optional(maxTokens.toInt()) : std::nullopt;
    request.temperature = temperature.isDouble() ? std::optional(temperature.toDouble()) : std::nullopt;
}

} // namespace sb::promptlab
