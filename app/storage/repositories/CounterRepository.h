// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "limits/LimitTable.h"
#include "storage/DbSession.h"

#include <vector>

namespace sb::storage {

/// What the windows of limits have booked.
class CounterRepository {
public:
    explicit CounterRepository(DbSession& db) : m_db(db) {}

    /// Booked amounts of every window that is not over yet, for restoring the counters.
    Result<std::vector<limits::BookedBucket>> booked(Timestamp now);

    /// Those that never counted anything here.
    Result<std::vector<limits::CounterKey>> unknown(const std::vector<limits::CounterKey>& counters);

    /// Counters begin, or come back after a while: what the facts say their windows have seen is booked, unless more is
    /// booked already. Minute and hour are read request by request, day and month from the rollups, where an attempt
    /// that never reached its provider counts as a request too. One transaction.
    Result<void> begin(const std::vector<limits::CounterKey>& counters, Timestamp now);

private:
    DbSession& m_db;
};

} // namespace sb::storage
