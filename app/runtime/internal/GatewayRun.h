// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/LogSink.h"
#include "base/Random.h"
#include "base/Result.h"
#include "domain/DomainSnapshot.h"
#include "gateway/Gateway.h"
#include "journal/Journal.h"
#include "limits/LimitTable.h"
#include "runtime/UsageIngest.h"
#include "zones/ZoneRules.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace sb::storage {
class StorageService;
}

namespace sb::runtime {

/// What exists between start and stop of the gateway: journal, deliverer, counters, data plane. Every call blocks, so
/// none is for the main thread; GatewayHost makes them one after another. (`counters`, `depth` and `publish` may be
/// called from any.)
class GatewayRun {
public:
    struct Parts {
        storage::StorageService& storage;
        const Clock& clock;
        Random& random;
        LogSink& log;
    };

    /// Checks that limits are switched on, then opens and recovers the journal.
    static Result<std::unique_ptr<GatewayRun>> open(const std::filesystem::path& journalDirectory, const Parts& parts);
    ~GatewayRun();

    /// Brings what earlier runs left behind into the database, so that its buckets are complete. False: not all in that
    /// time.
    bool deliverBacklog(std::shared_ptr<const ZoneRules> zone, std::chrono::milliseconds timeout);

    /// Counters from `booked` (and from what is still not delivered), then listens.
    Result<gateway::Endpoint> listen(const gateway::GatewayOptions& options,
                                     std::shared_ptr<const gateway::RuntimeConfig> config,
                                     std::vector<limits::BookedBucket> booked, const DomainSnapshot& snapshot);

    /// Brings what has ended into the database. False: not all in that time.
    bool deliver(std::chrono::milliseconds timeout);

    /// Another configuration; counters that are new in it begin with what `booked` says.
    void publish(std::shared_ptr<const gateway::RuntimeConfig> config, const std::vector<limits::BookedBucket>& booked,
                 std::shared_ptr<const ZoneRules> zone);

    /// Stops accepting, lets requests end within `grace`, then delivers for at most `flush`.
    void stop(std::chrono::milliseconds grace, std::chrono::milliseconds flush);

    const journal::Recovery& recovery() const { return m_recovery; }
    journal::Journal::Depth depth() const { return m_journal->depth(); }
    gateway::GatewayCounters counters() const;

private:
    /// The organization's zone, which may change while counters use it.
    struct Zone {
        mutable std::mutex mutex;
        std::shared_ptr<const ZoneRules> rules;

        std::shared_ptr<const ZoneRules> get() const;
        void set(std::shared_ptr<const ZoneRules> next);
    };

    explicit GatewayRun(const Parts& parts) : m_parts(parts) {}
    std::vector<limits::BookedBucket> undelivered(const DomainSnapshot& snapshot) const;

    Parts m_parts;
    journal::Recovery m_recovery;
    std::shared_ptr<Zone> m_zone = std::make_shared<Zone>();
    std::unique_ptr<journal::Journal> m_journal;
    std::unique_ptr<UsageIngest> m_ingest;
    std::unique_ptr<limits::LimitTable> m_limits;
    std::unique_ptr<gateway::Gateway> m_gateway;
};

} // namespace sb::runtime
