// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/UsageWriter.h"

#include "storage/usage/DeadLetter.h"
#include "storage/usage/DimensionMap.h"
#include "storage/usage/UsageDelta.h"
#include "storage/usage/UsageTables.h"

#include <unordered_set>
#include <vector>

namespace sb::storage {
namespace {

constexpr int kReplayPage = 100;

/// The record is at fault, not the database: repeating would fail for ever. Anything else (a missing table, a server
/// without memory, a right that was taken) may be mended, and concerns every record.
bool blamesData(const Error& error)
{
    return error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::Conflict;
}

struct Refused {
    const journal::CloseRecord* close = nullptr;
    Error why;
};

Result<void> keepAside(DbSession& db, const std::vector<Refused>& refused)
{
    if (refused.empty())
        return {};
    return inTransaction(db, [&]() -> Result<void> {
        for (const Refused& one : refused) {
            if (auto kept = keepDeadLetter(db, *one.close, one.why); !kept)
                return kept;
        }
        return {};
    });
}

} // namespace

struct UsageWriter::Impl {
    using Batch = std::span<const journal::CloseRecord>;

    DimensionMap dimensions;
    std::unordered_set<std::int64_t> weeks; ///< PostgreSQL: partitions known to be there

    explicit Impl(std::shared_ptr<const ZoneRules> zone) : dimensions(std::move(zone)) {}

    Result<std::vector<UsageFact>> resolve(DbSession& db, Batch batch);
    Result<void> ensureWeeks(DbSession& db, std::span<const UsageFact> facts);
    Result<std::size_t> writeFacts(DbSession& db, std::span<const UsageFact> facts);
    Result<std::size_t> writeOnce(DbSession& db, Batch batch);
    Result<void> write(DbSession& db, Batch batch, Report& report, std::vector<Refused>& refused);
};

/// Texts and dimensions get their rows in a short transaction of their own.
Result<std::vector<UsageFact>> UsageWriter::Impl::resolve(DbSession& db, Batch batch)
{
    auto facts = inTransaction(db, [&]() -> Result<std::vector<UsageFact>> {
        std::vector<UsageFact> resolved;
        resolved.reserve(batch.size());
        std::unordered_set<EventId> seen;
        for (const journal::CloseRecord& close : batch) {
            if (!seen.insert(close.record.id).second)
                continue; // twice in one batch: the first one counts
            auto fact = dimensions.resolve(db, close);
            if (!fact)
                return std::move(fact).error();
            resolved.push_back(std::move(*fact));
        }
        return resolved;
    });
    if (!facts)
        dimensions.forget(); // what was learnt was rolled back
    return facts;
}

Result<void> UsageWriter::Impl::ensureWeeks(DbSession& db, std::span<const UsageFact> facts)
{
    if (db.engine() != DbSession::Engine::PostgreSql)
        return {};
    std::unordered_set<std::int64_t> wanted;
    for (const UsageFact& fact : facts) {
        const std::int64_t week = usagetables::weekOf(fact.timeUs);
        for (const std::int64_t w : {week, week + 1}) {
            if (!weeks.contains(w))
                wanted.insert(w);
        }
    }
    if (wanted.empty())
        return {};
    const std::vector<std::int64_t> list(wanted.begin(), wanted.end());
    auto made = inTransaction(db, [&] { return usagetables::ensurePartitions(db, list); });
    if (made)
        weeks.insert(wanted.begin(), wanted.end());
    return made;
}

/// Facts, rollups, histograms and limit buckets in one transaction; what they add is computed only from rows that were
/// new.
Result<std::size_t> UsageWriter::Impl::writeFacts(DbSession& db, std::span<const UsageFact> facts)
{
    return inTransaction(db, [&]() -> Result<std::size_t> {
        auto inserted = usagetables::insertFacts(db, facts);
        if (!inserted)
            return std::move(inserted).error();
        UsageDelta delta;
        std::size_t count = 0;
        for (std::size_t i = 0; i < facts.size(); ++i) {
            if (!(*inserted)[i])
                continue;
            ++count;
            delta.add(facts[i]);
            if (facts[i].attemptDim) {
                if (auto done = usagetables::insertAttempt(db, facts[i]); !done)
                    return std::move(done).error();
            }
            if (facts[i].hasLog()) {
                if (auto done = usagetables::insertLog(db, facts[i]); !done)
                    return std::move(done).error();
            }
        }
        if (auto added = usagetables::addDelta(db, delta); !added)
            return std::move(added).error();
        return count;
    });
}

Result<std::size_t> UsageWriter::Impl::writeOnce(DbSession& db, Batch batch)
{
    auto facts = resolve(db, batch);
    if (!facts)
        return std::move(facts).error();
    if (auto ready = ensureWeeks(db, *facts); !ready)
        return std::move(ready).error();
    return writeFacts(db, *facts);
}

/// A batch that is refused for its data is halved until the bad records are found.
Result<void> UsageWriter::Impl::write(DbSession& db, Batch batch, Report& report, std::vector<Refused>& refused)
{
    if (batch.empty())
        return {};
    auto written = writeOnce(db, batch);
    if (written) {
        report.inserted += *written;
        report.duplicates += batch.size() - *written;
        return {};
    }
    if (!blamesData(written.error()))
        return std::move(written).error();
    if (batch.size() == 1) {
        refused.push_back({&batch.front(), std::move(written).error()});
        return {};
    }
    const std::size_t half = batch.size() / 2;
    if (auto first = write(db, batch.first(half), report, refused); !first)
        return first;
    return write(db, batch.subspan(half), report, refused);
}

UsageWriter::UsageWriter(std::shared_ptr<const ZoneRules> zone) : m_impl(std::make_unique<Impl>(std::move(zone))) {}

UsageWriter::~UsageWriter() = default;

Result<UsageWriter::Report> UsageWriter::write(DbSession& db, std::span<const journal::CloseRecord> batch)
{
    Report report;
    std::vector<Refused> refused;
    if (auto written = m_impl->write(db, batch, report, refused); !written)
        return std::move(written).error();
    // A constraint that takes nothing at all is the database's fault; one record that passes tells the two apart, and a
    // batch that is tried again has what came since in it.
    if (!refused.empty() && refused.size() == batch.size())
        return std::move(refused.front().why);
    if (auto kept = keepAside(db, refused); !kept)
        return std::move(kept).error();
    report.deadLettered = refused.size();
    return report;
}

Result<UsageWriter::Replay> UsageWriter::replayDeadLetters(DbSession& db, const EventId& after)
{
    auto letters = deadLettersAfter(db, after, kReplayPage);
    if (!letters)
        return std::move(letters).error();
    std::vector<journal::CloseRecord> batch;
    for (DeadLetter& letter : *letters) {
        if (letter.close)
            batch.push_back(*std::move(letter.close));
    }
    Report report;
    std::vector<Refused> refused;
    if (auto written = m_impl->write(db, batch, report, refused); !written)
        return std::move(written).error();
    if (auto kept = keepAside(db, refused); !kept)
        return std::move(kept).error();
    std::unordered_set<EventId> still;
    for (const Refused& one : refused)
        still.insert(one.close->record.id);
    auto stored = inTransaction(db, [&]() -> Result<std::size_t> {
        std::size_t count = 0;
        for (const journal::CloseRecord& close : batch) {
            if (still.contains(close.record.id))
                continue;
            if (auto removed = removeDeadLetter(db, close.record.id); !removed)
                return std::move(removed).error();
            ++count;
        }
        return count;
    });
    if (!stored)
        return std::move(stored).error();
    Replay replay;
    replay.stored = *stored;
    if (letters->size() == static_cast<std::size_t>(kReplayPage))
        replay.last = letters->back().id;
    return replay;
}

} // namespace sb::storage
