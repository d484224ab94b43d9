// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "runtime/GatewayHost.h"
#include "runtime/ServiceRegistrar.h"
#include "runtime/internal/GatewayRun.h"
#include "runtime/internal/SecretResolver.h"

#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace sb::storage {
class DbSession;
}

namespace sb::runtime {

using Findings = std::vector<gateway::Finding>;
using Config = std::shared_ptr<const gateway::RuntimeConfig>;

/// When a reload reads and publishes, from the most eager one on.
enum class ReloadWhen {
    Asked,   ///< in any case
    Changed, ///< when the catalogue is not what it was, whoever changed it
    Audited, ///< when the audit trail says that it was changed: one number instead of every table
};

/// What one read of the database yields.
struct Loaded {
    std::int64_t auditHead = 0;
    std::shared_ptr<const DomainSnapshot> snapshot; ///< null: as it was
    std::vector<limits::BookedBucket> booked;
    std::vector<limits::CounterKey> beginning; ///< counters that begin, or come back
};
/// On a storage thread. `before` and `knownHead` are what was read last; null: nothing.
Result<Loaded> loadConfiguration(storage::DbSession& db, Timestamp now, const DomainSnapshot* before,
                                 std::int64_t knownHead, ReloadWhen when);

/// GatewayHost.cpp: its life from start to stop. GatewayConfiguration.cpp: what it serves from, and how that is renewed
/// while it runs. Main thread but for what `work` runs.
struct GatewayHost::Impl {
    Impl(GatewayHost& host, Options hostOptions, storage::StorageService& store, secrets::SecretStore& secretStore,
         const Clock& hostClock, LogSink& logSink)
        : self(host), options(std::move(hostOptions)), storage(store), clock(hostClock), log(logSink),
          resolver(secretStore)
    {
        pool.setMaxThreadCount(1); // steps of one life follow each other
    }

    // --- Life
    void start();
    void opened(Result<std::unique_ptr<GatewayRun>> result);
    void read(Result<Loaded> result);
    void restore();
    void listen(Config config);
    void running(Result<gateway::Endpoint> result);
    void stop();
    void fail(const Error& error);
    void end(State next);
    void setState(State next);
    bool abandoned();

    // --- Configuration
    struct Compiled {
        Config config;
        std::shared_ptr<const ZoneRules> zone;
    };
    void compile(std::function<void(Result<Compiled>)> done);
    using Promises = std::vector<std::shared_ptr<QPromise<Result<Findings>>>>;
    void poll();
    void requestReload(ReloadWhen when);
    void beginReload();
    void reloaded(Result<Loaded> result);
    void failReload(const Error& why);
    void endReload();
    void serveWhole();
    void beginCounters(std::function<void()> done);
    void resolveForReload();
    void publish(const Compiled& compiled);
    static void answer(const Promises& promises, const Result<Findings>& result);
    void secretsEnded();
    Findings findingsOf(const Config& config) const;
    void logFindings(const Config& config); ///< those that are new: without a screen nobody else says them
    void setFindings(Findings found);
    void ensureSessionKeys();
    void updateLive();

    /// Runs `job` on the pool and `done(result)` here afterwards, unless the host is gone by then.
    template <class Job, class Done>
    void work(Job job, Done done)
    {
        pool.start([this, job = std::make_shared<Job>(std::move(job)), done = std::make_shared<Done>(std::move(done))] {
            auto result = std::make_shared<std::invoke_result_t<Job>>((*job)());
            QMetaObject::invokeMethod(
                &self, [done, result] { (*done)(std::move(*result)); }, Qt::QueuedConnection);
        });
    }

    GatewayHost& self;
    Options options;
    storage::StorageService& storage;
    const Clock& clock;
    LogSink& log;
    SystemRandom random;
    SecretResolver resolver;

    State state = State::Stopped;
    Error error;
    bool stopRequested = false;
    bool startWhenStorageIsReady = false;
    std::optional<Timestamp> startedAt;
    QString url;
    std::shared_ptr<GatewayRun> run;
    std::weak_ptr<GatewayRun> draining; ///< the one that is being stopped, for its counters

    std::shared_ptr<const DomainSnapshot> snapshot;
    std::vector<limits::BookedBucket> booked;  ///< read with it; at a start after what was left behind was delivered
    std::vector<limits::CounterKey> beginning; ///< of it, and not served yet: what they saw is still being read
    quint64 beginRound = 0;                    ///< a later one reads for all
    std::int64_t auditHead = 0;                ///< of the snapshot
    std::map<EnvironmentId, ServiceRegistrar::NewKey> sessionKeys;
    Findings findings; ///< of the configuration that is served
    std::set<std::string> loggedFindings;

    bool startNeedsSecrets = false; ///< the next end of a round goes on with it
    int polls = 0;
    bool reloading = false; ///< until what was read is published
    bool reloadAgain = false;
    ReloadWhen reloadWhen = ReloadWhen::Audited; ///< of the next one
    Promises waitingNext;                        ///< answered by the reload after the one under way,
    Promises waiting;                            ///< by that itself,
    Promises answering;                          ///< by the next end of a round

    QTimer liveTimer;
    QTimer pollTimer;
    std::deque<std::uint64_t> requestCounts;
    Live live;

    QThreadPool pool; ///< destroyed first: waits for its last job
};

} // namespace sb::runtime
