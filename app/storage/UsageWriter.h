// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "domain/UsageRecord.h"
#include "journal/JournalRecord.h"
#include "storage/DbSession.h"
#include "zones/ZoneRules.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace sb::storage {

/// Writes finished requests: facts, rollups, histograms and limit buckets in one transaction, idempotent by (time, id),
/// so any batch may be repeated (design: data model, section 7). Lives on the storage writer thread and keeps the map
/// of dimensions; make a new one when the connection was reopened.
class UsageWriter {
public:
    explicit UsageWriter(std::shared_ptr<const ZoneRules> zone);
    ~UsageWriter();

    struct Report {
        std::size_t inserted = 0;
        std::size_t duplicates = 0;
        std::size_t deadLettered = 0; ///< rows the database refused; kept in dead_letter with the error
    };

    /// Manages its own transactions: call it outside of one. An Error: nothing of this batch is certain, repeat it.
    /// That is so whenever the database is at fault and not a record: also when it refuses every single one of them.
    Result<Report> write(DbSession& db, std::span<const journal::CloseRecord> batch);

    struct Replay {
        std::size_t stored = 0;      ///< gone from dead_letter
        std::optional<EventId> last; ///< where the next page begins; absent: that was all
    };
    /// Tries a page of what was set aside again: a newer schema, or a newer program, may take it.
    Result<Replay> replayDeadLetters(DbSession& db, const EventId& after);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::storage
