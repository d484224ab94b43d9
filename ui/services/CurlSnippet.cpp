// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/CurlSnippet.h"

namespace sb::ui {

namespace {

/// Single quotes keep the shell from reading anything inside.
QString quoted(const QString& text)
{
    QString escaped = text;
    escaped.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + escaped + QLatin1Char('\'');
}

QString command(const QString& url, const QString& keyHeader, const QString& body)
{
    return QStringLiteral("curl -sS %1 -H %2 -H 'content-type: application/json' -d %3")
        .arg(quoted(url), quoted(keyHeader), quoted(body));
}

} // namespace

QString curlSnippet(ProviderKind provider, const QString& invokeUrl, const QString& key)
{
    const QString bearer = QStringLiteral("Authorization: Bearer ") + key;
    const auto chat = [&](const char* model) {
        return command(
            invokeUrl + QStringLiteral("/v1/chat/completions"), bearer,
            QStringLiteral(R"({"model":"%1","messages":[{"role":"user","content":"Say hello."}],"max_tokens":64})")
                .arg(QLatin1String(model)));
    };
    switch (provider) {
    case ProviderKind::Anthropic:
        return command(invokeUrl + QStringLiteral("/v1/messages"), QStringLiteral("x-api-key: ") + key,
                       QStringLiteral(R"({"model":"claude-haiku-4-5","max_tokens":64,)"
                                      R"("messages":[{"role":"user","content":"Say hello."}]})"));
    case ProviderKind::AwsBedrock:
        return command(invokeUrl + QStringLiteral("/model/global.anthropic.claude-haiku-4-5-20251001-v1:0/converse"),
                       bearer,
                       QStringLiteral(R"({"messages":[{"role":"user","content":[{"text":"Say hello."}]}],)"
                                      R"("inferenceConfig":{"maxTokens":64}})"));
    case ProviderKind::Mistral:
        return chat("mistral-small-2603");
    case ProviderKind::OpenAi:
    case ProviderKind::AzureOpenAi:
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return chat("gpt-4o-mini");
}

} // namespace sb::ui
