// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/UsageRecord.h"
#include "journal/JournalRecord.h"
#include "storage/DbSession.h"
#include "zones/ZoneRules.h"

#include <cstddef>
#include <memory>
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

    /// Manages its own transactions: call it outside of one. Unavailable: nothing of this batch is certain, repeat it.
    Result<Report> write(DbSession& db, std::span<const journal::CloseRecord> batch);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::storage
