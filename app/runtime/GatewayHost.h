// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/UsageRecord.h"
#include "gateway/Gateway.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sb::secrets {
class SecretStore;
}
namespace sb::storage {
class StorageService;
}

namespace sb::runtime {

/// The gateway's life inside a Qt program: journal, limits, configuration, delivery to the database. Lives in the main
/// thread; the work is done on others.
class GatewayHost : public QObject {
    Q_OBJECT
public:
    enum class State { Stopped, Starting, Running, Stopping, Failed };
    Q_ENUM(State)

    struct Options {
        QString profileDirectory;
        gateway::GatewayOptions gateway;
    };

    GatewayHost(Options options, storage::StorageService& storage, secrets::SecretStore& secrets, const Clock& clock,
                LogSink& log, QObject* parent = nullptr);
    ~GatewayHost() override;

    /// Opens the journal (recovering what a crash left), loads the configuration, starts listening. Emits stateChanged.
    void start();
    void stop(); ///< drains up to the grace period without blocking
    State state() const;
    Error lastError() const;                            ///< when Failed; field "port": taken
    std::optional<Timestamp> startedAt() const;         ///< since when it listens; absent unless Running
    QString url() const;                                ///< "http://127.0.0.1:8484", empty when stopped
    void setListen(const QString& host, quint16 port);  ///< used by the next start
    void setLocalHosts(std::vector<std::string> hosts); ///< likewise; see gateway::GatewayOptions

    /// Loads the configuration again from the database and publishes it; resolves with the findings.
    QFuture<Result<std::vector<gateway::Finding>>> reload();

    /// What was found in the configuration that is served; empty unless Running.
    const std::vector<gateway::Finding>& findings() const;

    /// A key for this run of the program, held in memory only, that may call every service in `environment` (Prompt
    /// Lab).
    Secret sessionKey(EnvironmentId environment);

    struct Live {
        double requestsPerSecond = 0;
        gateway::GatewayCounters counters;
        std::uint64_t undelivered = 0; ///< records not yet in the database
        qint64 oldestUndeliveredMs = 0;
        bool diskFull = false;                 ///< the journal takes nothing: what a limit counts is refused
        std::uint64_t undeliveredInMemory = 0; ///< of those: not on the disk
    };
    Live live() const;

Q_SIGNALS:
    void stateChanged();
    void findingsChanged();
    void liveChanged(); ///< at most 10 times a second

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::runtime
