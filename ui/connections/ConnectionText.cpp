// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionText.h"

#include "kit/CurlCommand.h"
#include "kit/UiText.h"

#include <QCoreApplication>

#include <algorithm>

namespace sb::ui::ConnectionText {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConnectionText)
};

constexpr int kSoonDays = 14;

int daysUntil(Timestamp end, Timestamp now)
{
    return static_cast<int>(std::chrono::ceil<std::chrono::days>(end - now).count());
}

/// Puts the connection's variables in place of @URL and @KEY, and the model of the example in place of @MODEL.
QString filled(QString code, const QString& connection, const QString& model)
{
    const QString prefix = variablePrefix(connection);
    return code.replace(QLatin1String("@URL"), prefix + QStringLiteral("_SERVICEURL"))
        .replace(QLatin1String("@KEY"), prefix + QStringLiteral("_APIKEY"))
        .replace(QLatin1String("@MODEL"), model);
}

} // namespace

KeyState stateOf(const GatewayKey& key, Timestamp now)
{
    if (key.revoked)
        return {Tone::Neutral, Words::tr("revoked")};
    if (!key.expires)
        return {Tone::Good, Words::tr("active")};
    if (*key.expires <= now)
        return {Tone::Bad, Words::tr("expired")};
    const int days = daysUntil(*key.expires, now);
    if (days <= kSoonDays)
        return {Tone::Warning, Words::tr("expires in %n day(s)", nullptr, days)};
    return {Tone::Good, Words::tr("active")};
}

KeyState stateOf(const std::vector<GatewayKey>& keys, Timestamp now)
{
    if (keys.empty())
        return {Tone::Neutral, Words::tr("no key")};
    // A usable key that ends soon says more than one that does not; keys that are over count only if there is no other.
    const auto weight = [now](const GatewayKey& key) {
        const Tone tone = stateOf(key, now).tone;
        return tone == Tone::Warning ? 3 : tone == Tone::Good ? 2 : tone == Tone::Bad ? 1 : 0;
    };
    const auto sooner = [now, &weight](const GatewayKey& a, const GatewayKey& b) {
        if (weight(a) != weight(b))
            return weight(a) < weight(b);
        return weight(a) == 3 && *a.expires > *b.expires;
    };
    return stateOf(*std::max_element(keys.begin(), keys.end(), sooner), now);
}

QString masked(const GatewayKey& key)
{
    return QStringLiteral("sbx_%1_****").arg(UiText::qs(key.publicId));
}

QString variablePrefix(const QString& connection)
{
    QString name = QStringLiteral("SIGNALBOX_");
    for (const QChar c : connection) {
        const bool word = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
                          (c >= QLatin1Char('A') && c <= QLatin1Char('Z')) ||
                          (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
        name += word ? c.toUpper() : QLatin1Char('_');
    }
    return name;
}

QString dotEnv(const QString& connection, const QString& serviceUrl, const QString& key)
{
    const QString prefix = variablePrefix(connection);
    return QStringLiteral("%1_SERVICEURL=%2\n%1_APIKEY=%3\n").arg(prefix, serviceUrl, key);
}

Callee Callee::service(ProviderKind provider)
{
    return {provider, exampleModel(provider)};
}

QString curl(const QString& connection, const Callee& callee)
{
    const QString prefix = variablePrefix(connection);
    return curlCommand({.provider = callee.provider,
                        .address = ShellText::variable(prefix + QStringLiteral("_SERVICEURL")),
                        .key = ShellText::variable(prefix + QStringLiteral("_APIKEY")),
                        .model = callee.model},
                       CurlLayout::Wrapped);
}

QString python(const QString& connection, const Callee& callee)
{
    if (callee.provider == ProviderKind::Anthropic) {
        return filled(QStringLiteral(R"(import os
from anthropic import Anthropic

client = Anthropic(base_url=os.environ["@URL"], api_key=os.environ["@KEY"])
message = client.messages.create(
    model="@MODEL", max_tokens=64,
    messages=[{"role": "user", "content": "Say hello."}])
print(message.content[0].text)
)"),
                      connection, callee.model);
    }
    if (callee.provider == ProviderKind::AwsBedrock) {
        return filled(QStringLiteral(R"(import os
import boto3

os.environ["AWS_BEARER_TOKEN_BEDROCK"] = os.environ["@KEY"]
client = boto3.client("bedrock-runtime", endpoint_url=os.environ["@URL"], region_name="us-east-1")
answer = client.converse(
    modelId="@MODEL",
    messages=[{"role": "user", "content": [{"text": "Say hello."}]}])
print(answer["output"]["message"]["content"][0]["text"])
)"),
                      connection, callee.model);
    }
    return filled(QStringLiteral(R"(import os
from openai import OpenAI

client = OpenAI(base_url=os.environ["@URL"] + "/v1", api_key=os.environ["@KEY"])
answer = client.chat.completions.create(
    model="@MODEL",
    messages=[{"role": "user", "content": "Say hello."}])
print(answer.choices[0].message.content)
)"),
                  connection, callee.model);
}

QString typeScript(const QString& connection, const Callee& callee)
{
    if (callee.provider == ProviderKind::Anthropic) {
        return filled(QStringLiteral(R"(import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: process.env.@URL, apiKey: process.env.@KEY });
const message = await client.messages.create({
  model: "@MODEL", max_tokens: 64,
  messages: [{ role: "user", content: "Say hello." }],
});
console.log(message.content);
)"),
                      connection, callee.model);
    }
    if (callee.provider == ProviderKind::AwsBedrock) {
        return filled(QStringLiteral(R"(const answer = await fetch(process.env.@URL + "/model/@MODEL/converse", {
  method: "POST",
  headers: { authorization: "Bearer " + process.env.@KEY, "content-type": "application/json" },
  body: JSON.stringify({ messages: [{ role: "user", content: [{ text: "Say hello." }] }] }),
});
console.log(await answer.json());
)"),
                      connection, callee.model);
    }
    return filled(QStringLiteral(R"(import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.@URL + "/v1", apiKey: process.env.@KEY });
const answer = await client.chat.completions.create({
  model: "@MODEL",
  messages: [{ role: "user", content: "Say hello." }],
});
console.log(answer.choices[0].message.content);
)"),
                  connection, callee.model);
}

} // namespace sb::ui::ConnectionText
