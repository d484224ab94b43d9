// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Landscape.h"

#include <QFile>
#include <QJsonDocument>

namespace sb::test {
namespace {

struct ServiceRow {
    const char* name;
    const char* provider;
    const char* path;        ///< of the simulator
    const char* environment; ///< the inside of its `development:`
};

constexpr const char* kBearer = R"(auth: { header: Authorization, prefix: "Bearer ", secret: "env:SIM_KEY" })";

const ServiceRow kServices[]{
    {"openai", "openai", "/v1",
     R"(auth: { header: Authorization, prefix: "Bearer ", secret: "env:SIM_KEY" }
        limits: [ { per: day, requests: 1000000, total_tokens: 1000000000 } ])"},
    {"azure", "azure-openai", "", R"(auth: { header: api-key, secret: "env:SIM_KEY" })"},
    {"azure-classic", "azure-openai", "",
     "auth: { header: api-key, secret: \"env:SIM_KEY\" }\n        api_version: 2024-10-21\n        deployments: { "
     "gpt-4o-mini: my-gpt }"},
    {"claude", "anthropic", "", R"(auth: { header: x-api-key, secret: "env:SIM_KEY" })"},
    {"mistral", "mistral", "/mistral", kBearer},
    {"bedrock", "aws-bedrock", "", kBearer},
    {"bedrock-aws", "aws-bedrock", "",
     R"(auth: { type: sigv4, region: us-east-1, access_key: "env:AWS_ID", secret_key: "env:SIM_KEY" })"},
};

QString str(const char* text)
{
    return QString::fromLatin1(text);
}

} // namespace

Landscape::Landscape(const QString& databaseUrl)
{
    if (!databaseUrl.isEmpty())
        m_profile.setVariable(str("DATABASE_URL"), databaseUrl);
    m_profile.setVariable(str("SIM_KEY"), str("sim-key"));
    m_profile.setVariable(str("AWS_ID"), str("AKIDEXAMPLE"));
    if (!build() && m_problem.isEmpty())
        m_problem = str("unknown");
}

QByteArray Landscape::configuration() const
{
    QByteArray yaml = "version: 1\nservices:\n";
    for (const ServiceRow& row : kServices) {
        yaml += "  - name: " + QByteArray(row.name) + "\n    context: /" + row.name +
                "\n    provider: " + row.provider +
                "\n    url: http://127.0.0.1:" + QByteArray::number(m_simulatorPort) + row.path +
                "\n    environments:\n      development:\n        " + row.environment + '\n';
    }
    yaml += "connections:\n";
    for (const ServiceRow& row : kServices)
        yaml += "  - { name: " + QByteArray(row.name) + ", project: default, service: /" + row.name +
                ", environments: { development: {} } }\n";
    return yaml;
}

bool Landscape::build()
{
    const auto fail = [this](const QString& what) {
        m_problem = what;
        return false;
    };
    m_simulator =
        std::make_unique<CtlServer>(m_profile, QStringList{str("simulate"), str("--listen"), str("127.0.0.1:0"),
                                                           str("--ledger"), m_profile.file(str("ledger.jsonl"))});
    if (const auto port = m_simulator->waitForPort())
        m_simulatorPort = *port;
    else
        return fail(str("the simulator did not start"));

    const CtlResult applied = m_profile.run({str("apply"), m_profile.write(str("config.yaml"), configuration())});
    if (applied.exitCode != 0)
        return fail(str("apply: ") + applied.err);
    for (const ServiceRow& row : kServices) {
        const CtlResult made = m_profile.run({str("key"), str("create"), str("--connection"), str(row.name),
                                              str("--environment"), str("development"), str("--json")});
        if (made.exitCode != 0)
            return fail(str("key create: ") + made.err);
        const QJsonObject key = QJsonDocument::fromJson(made.out.toUtf8()).object();
        m_keys[row.name] = key.value(str("key")).toString().toStdString();
        m_keyIds[row.name] = key.value(str("id")).toString();
    }
    return startGateway();
}

bool Landscape::startGateway()
{
    m_gateway =
        std::make_unique<CtlServer>(m_profile, QStringList{str("gateway"), str("--listen"), str("127.0.0.1:0")});
    const auto port = m_gateway->waitForPort();
    m_gatewayPort = port.value_or(0);
    if (!port)
        m_problem = str("the gateway did not start");
    return port.has_value();
}

std::vector<QJsonObject> Landscape::ledger() const
{
    std::vector<QJsonObject> rows;
    QFile file(m_profile.file(str("ledger.jsonl")));
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    while (!file.atEnd())
        rows.push_back(QJsonDocument::fromJson(file.readLine()).object());
    return rows;
}

void Landscape::killGateway()
{
    m_gateway->process().kill();
    m_gateway->process().waitForFinished();
}

int Landscape::stopGateway()
{
    return m_gateway->stop();
}

} // namespace sb::test
