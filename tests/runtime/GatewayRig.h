// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/LogSink.h"
#include "base/Random.h"
#include "domain/DomainSnapshot.h"
#include "runtime/GatewayHost.h"
#include "secrets/SecretStore.h"
#include "simulator/Simulator.h"
#include "storage/StorageService.h"
#include "support/RawHttp.h"

#include <QTemporaryDir>

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sb::test {

/// A profile with a real database, a real simulator as provider of service "/openai" in the first environment, and a
/// connection with its key. Needs a QCoreApplication; spins its event loop while it waits.
class GatewayRig {
public:
    explicit GatewayRig(const QString& databaseUrl = {}); ///< empty: SQLite in the profile
    ~GatewayRig();

    /// The limits of the service; before its registration only.
    void registerService(std::vector<LimitRule> limits = {});
    /// The limits of the service from now on; the host is not told.
    void setLimits(const std::vector<LimitRule>& limits);
    std::string addConnection(const std::string& name); ///< the key
    void revokeLastKey();

    /// A new host on the same profile; waits until it runs, or says why it does not.
    QString startHost();
    void stopHost();

    /// One chat request; `content` decides the answer.
    RawAnswer chat(const std::string& key, const std::string& content) const { return chatAt(port(), key, content); }
    static RawAnswer chatAt(std::uint16_t port, const std::string& key, const std::string& content);

    struct Row {
        std::string id;
        std::int64_t tokensIn = 0;
        std::int64_t tokensOut = 0;
        std::int64_t costNano = -1; ///< -1: unpriced
        std::int64_t flags = 0;
        std::int64_t source = 0; ///< TrafficSource
    };
    /// The fact rows, oldest first.
    std::vector<Row> rows();
    bool waitForRows(std::size_t count); ///< at most 10 s

    /// One JSON line per request that the simulator really served.
    std::filesystem::path ledger() const { return m_folder.filePath(QStringLiteral("ledger.jsonl")).toStdString(); }
    QString profile() const { return m_folder.path(); }
    storage::StorageService& storage() { return *m_storage; }
    secrets::SecretStore& secrets() { return m_secrets; }
    runtime::GatewayHost& host() { return *m_host; }
    simulator::Simulator& simulator() { return m_simulator; }
    std::uint16_t port() const;
    EnvironmentId environment() const { return m_environment; }
    const Clock& clock() const { return m_clock; }

    template <class T>
    T write(std::function<Result<T>(storage::DbSession&)> fn)
    {
        auto result = finish(m_storage->write(std::move(fn)));
        if (!result)
            qFatal("%s", result.error().what.c_str());
        return *std::move(result);
    }

    /// Runs the event loop until the future is there.
    template <class T>
    static Result<T> finish(QFuture<Result<T>> future)
    {
        wait([&future] { return future.isFinished(); });
        if (!future.isFinished() || future.resultCount() == 0)
            return Error{ErrorCode::Timeout, "no answer"};
        return future.takeResult();
    }
    /// Until `done`, at most 10 s; false: not.
    static bool wait(const std::function<bool()>& done, int milliseconds = 10'000);

    QString logged() const { return m_log.text(); }

private:
    class Lines final : public LogSink {
    public:
        void write(LogLevel, std::string_view, std::string_view message) override
        {
            const std::lock_guard lock(m_mutex);
            m_text += QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size())) + u'\n';
        }
        QString text() const
        {
            const std::lock_guard lock(m_mutex);
            return m_text;
        }

    private:
        mutable std::mutex m_mutex;
        QString m_text;
    };

    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    Lines m_log;
    simulator::Simulator m_simulator;
    std::uint16_t m_simulatorPort = 0;
    std::unique_ptr<storage::StorageService> m_storage;
    secrets::SecretStore m_secrets;
    std::unique_ptr<runtime::GatewayHost> m_host;
    EnvironmentId m_environment;
    ServiceId m_service;
    std::string m_lastPublicId;
};

} // namespace sb::test
