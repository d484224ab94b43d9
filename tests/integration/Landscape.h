// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/CtlProcess.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sb::test {

/// The road as an operator builds it, with nothing but the program: `simulate`, a YAML file and `apply` with secrets in
/// variables, `key create`, `gateway`. One service per provider face, each with a connection of the same name:
///   openai (with limits that are never reached), azure (v1), azure-classic, claude, mistral, bedrock (bearer key),
///   bedrock-aws (signatures).
class Landscape {
public:
    explicit Landscape(const QString& databaseUrl = {}); ///< empty: the file in the profile

    /// Why it could not be built; empty: it runs.
    const QString& problem() const { return m_problem; }

    quint16 gatewayPort() const { return m_gatewayPort; }
    qint64 gatewayProcess() const { return m_gateway->process().processId(); }
    QString gatewayUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_gatewayPort); }
    std::string key(const std::string& service) const { return m_keys.at(service); }
    QString keyId(const std::string& service) const { return m_keyIds.at(service); } ///< its public part
    const CtlProfile& profile() const { return m_profile; }
    QString databaseFile() const { return m_profile.file(QStringLiteral("signalbox.db")); }

    /// What the simulator really served, oldest first.
    std::vector<QJsonObject> ledger() const;

    /// SIGTERM: drains; the exit code.
    int stopGateway();
    void killGateway(); ///< SIGKILL
    /// Again on the same profile, on another port; false with problem() when it does not come up.
    bool startGateway();

private:
    bool build();
    QByteArray configuration() const;

    CtlProfile m_profile;
    std::unique_ptr<CtlServer> m_simulator;
    std::unique_ptr<CtlServer> m_gateway;
    quint16 m_simulatorPort = 0;
    quint16 m_gatewayPort = 0;
    std::map<std::string, std::string> m_keys;
    std::map<std::string, QString> m_keyIds;
    QString m_problem;
};

} // namespace sb::test
