// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Limit.h"
#include "journal/JournalRecord.h"
#include "storage/DbSession.h"
#include "storage/usage/UsageFact.h"
#include "zones/ZoneRules.h"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace sb::storage {

/// Which buckets of which stored counters a request's bookings belong into. A counter gets its row once and is then
/// known in memory; new rows are written inside the caller's transaction.
class LimitBookings {
public:
    explicit LimitBookings(std::shared_ptr<const ZoneRules> zone) : m_zone(std::move(zone)) {}

    /// Booked when the request ended. Two rules of the same scope, dimension and window share a counter, which books
    /// once.
    Result<std::vector<LimitBooking>> of(DbSession& db, const journal::CloseRecord& close);

private:
    struct Counter {
        std::int32_t state = 0; ///< 0: the rule is gone and left no counter
        LimitWindow per = LimitWindow::Minute;
    };
    Result<Counter> counter(DbSession& db, const journal::Hold& hold);

    std::shared_ptr<const ZoneRules> m_zone;
    std::unordered_map<std::int64_t, Counter> m_counters; ///< by rule and dimension
};

} // namespace sb::storage
