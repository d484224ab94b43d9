// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/CurlCommand.h"

#include "catalog/ProviderDescriptor.h"
#include "kit/UiText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>
#include <QUrl>

namespace sb::ui {

namespace {

/// Single quotes keep the shell from reading anything inside.
QString quoted(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

/// One word of the shell. `before` and `after` are ours and hold nothing that double quotes leave special.
QString word(const QString& before, const ShellText& text, const QString& after)
{
    if (text.kind == ShellText::Kind::Variable)
        return QLatin1Char('"') + before + QLatin1Char('$') + text.text + after + QLatin1Char('"');
    return quoted(before + text.text + after);
}

QString json(const QString& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

struct Shape {
    QString path;
    QString keyHeader = QStringLiteral("Authorization: Bearer ");
    QStringList headers = {};
    QString body;
};

Shape shapeOf(const CurlCall& call)
{
    const QString stream = call.streamed ? QStringLiteral(R"(,"stream":true)") : QString();
    switch (call.provider) {
    case ProviderKind::Anthropic:
        return {.path = QStringLiteral("/v1/messages"),
                .keyHeader = QStringLiteral("x-api-key: "),
                .headers = {QStringLiteral("anthropic-version: 2023-06-01")},
                .body = QStringLiteral(
                            R"({"model":%1,"max_tokens":256,"messages":[{"role":"user","content":"Say hello."}]%2})")
                            .arg(json(call.model), stream)};
    case ProviderKind::AwsBedrock:
        return {.path = QStringLiteral("/model/%1/%2")
                            .arg(QString::fromLatin1(QUrl::toPercentEncoding(call.model, ":")),
                                 call.streamed ? QStringLiteral("converse-stream") : QStringLiteral("converse")),
                .body = QStringLiteral(R"({"messages":[{"role":"user","content":[{"text":"Say hello."}]}]})")};
    case ProviderKind::OpenAi:
    case ProviderKind::AzureOpenAi:
    case ProviderKind::Mistral:
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return {.path = QStringLiteral("/v1/chat/completions"),
            .body = QStringLiteral(R"({"model":%1,"messages":[{"role":"user","content":"Say hello."}]%2})")
                        .arg(json(call.model), stream)};
}

} // namespace

QString curlCommand(const CurlCall& call, CurlLayout layout)
{
    const Shape shape = shapeOf(call);
    const QString header = QStringLiteral("-H ");
    QStringList parts{(call.streamed ? QStringLiteral("curl -sSN ") : QStringLiteral("curl -sS ")) +
                          word({}, call.address, shape.path),
                      header + word(shape.keyHeader, call.key, {})};
    for (const QString& further : shape.headers)
        parts << header + quoted(further);
    parts << header + quoted(QStringLiteral("content-type: application/json"))
          << QStringLiteral("-d ") + quoted(shape.body);
    return parts.join(layout == CurlLayout::OneLine ? QStringLiteral(" ") : QStringLiteral(" \\\n  "));
}

QString exampleModel(ProviderKind provider)
{
    const std::string_view probe = catalog::descriptor(provider).probeModel;
    return probe.empty() ? QStringLiteral("gpt-4o-mini") : UiText::qs(probe);
}

} // namespace sb::ui
