// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/GatewayRun.h"

#include "limits/SelfTest.h"
#include "storage/StorageService.h"

#include <algorithm>
#include <string>

namespace sb::runtime {

namespace {

constexpr std::size_t kPage = 500;

} // namespace

std::shared_ptr<const ZoneRules> GatewayRun::Zone::get() const
{
    const std::lock_guard lock(mutex);
    return rules;
}

void GatewayRun::Zone::set(std::shared_ptr<const ZoneRules> next)
{
    const std::lock_guard lock(mutex);
    rules = std::move(next);
}

Result<std::unique_ptr<GatewayRun>> GatewayRun::open(const std::filesystem::path& journalDirectory, const Parts& parts)
{
    if (auto works = limits::selfTest(); !works)
        return std::move(works).error();
    std::unique_ptr<GatewayRun> run(new GatewayRun(parts));
    auto journal = journal::Journal::open({.directory = journalDirectory}, parts.clock, parts.log, run->m_recovery);
    if (!journal)
        return std::move(journal).error();
    run->m_journal = *std::move(journal);
    if (run->m_recovery.orphans > 0) {
        parts.log.write(LogLevel::Warning, "runtime",
                        std::to_string(run->m_recovery.orphans) +
                            " requests were cut off by the end of the last run; each is booked at its bound");
    }
    return run;
}

GatewayRun::~GatewayRun()
{
    // Each uses those that are destroyed after it.
    m_gateway.reset();
    m_limits.reset();
    m_ingest.reset();
    m_journal.reset();
}

bool GatewayRun::deliverBacklog(std::shared_ptr<const ZoneRules> zone, std::chrono::milliseconds timeout)
{
    m_zone->set(zone);
    m_ingest = std::make_unique<UsageIngest>(*m_journal, m_parts.storage, std::move(zone), m_parts.log);
    return deliver(timeout);
}

bool GatewayRun::deliver(std::chrono::milliseconds timeout)
{
    return m_journal->depth().undelivered == 0 || m_ingest->drain(timeout);
}

/// What the journal knows and the database does not yet. A record that is committed but not acknowledged counts twice
/// here: too much is the safe side, and it passes with the window.
std::vector<limits::BookedBucket> GatewayRun::undelivered(const DomainSnapshot& snapshot) const
{
    std::vector<limits::BookedBucket> booked;
    std::uint64_t after = 0;
    while (true) {
        auto page = m_journal->pending(after, kPage);
        if (!page) {
            m_parts.log.write(LogLevel::Error, "runtime", "undelivered usage cannot be counted: " + page.error().what);
            return booked;
        }
        if (page->empty())
            return booked;
        after = page->back().sequence;
        for (const auto& pending : *page) {
            const UsageRecord& record = pending.close.record;
            const Timestamp end = record.time + std::chrono::milliseconds{record.latencyMs};
            for (const journal::Hold& hold : pending.close.booked) {
                const auto rule = std::find_if(snapshot.limits.begin(), snapshot.limits.end(),
                                               [&hold](const LimitRule& r) { return r.id.value == hold.limit; });
                if (rule != snapshot.limits.end())
                    booked.push_back({rule->scope, rule->scopeId, static_cast<LimitDimension>(hold.dimension),
                                      rule->per, end, hold.amount});
            }
        }
    }
}

Result<gateway::Endpoint> GatewayRun::listen(const gateway::GatewayOptions& options,
                                             std::shared_ptr<const gateway::RuntimeConfig> config,
                                             std::vector<limits::BookedBucket> booked, const DomainSnapshot& snapshot)
{
    m_limits = std::make_unique<limits::LimitTable>(m_parts.clock, [zone = m_zone](LimitWindow window, Timestamp now) {
        const auto rules = zone->get();
        return window == LimitWindow::Month ? rules->startOfNextMonth(now) : rules->startOfNextDay(now);
    });
    m_gateway = std::make_unique<gateway::Gateway>(options, gateway::GatewaySinks{}, *m_journal, *m_limits,
                                                   m_parts.clock, m_parts.random, m_parts.log);
    const auto missing = undelivered(snapshot);
    booked.insert(booked.end(), missing.begin(), missing.end());
    m_gateway->publish(std::move(config), booked);
    return m_gateway->start();
}

void GatewayRun::publish(std::shared_ptr<const gateway::RuntimeConfig> config,
                         const std::vector<limits::BookedBucket>& booked, std::shared_ptr<const ZoneRules> zone)
{
    const auto before = m_zone->get();
    if (before && zone && before->name() != zone->name()) {
        m_zone->set(zone);
        m_ingest->setZone(std::move(zone));
    }
    m_gateway->publish(std::move(config), booked);
}

void GatewayRun::stop(std::chrono::milliseconds grace, std::chrono::milliseconds flush)
{
    if (m_gateway)
        m_gateway->stop(grace);
    if (m_ingest && !m_ingest->drain(flush))
        m_parts.log.write(LogLevel::Info, "runtime", "some usage is delivered at the next start");
}

gateway::GatewayCounters GatewayRun::counters() const
{
    return m_gateway ? m_gateway->counters() : gateway::GatewayCounters{};
}

} // namespace sb::runtime
