// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Model.h"
#include "journal/JournalRecord.h"
#include "storage/DbSession.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace sb::storage {

struct SampleOptions {
    std::int64_t requests = 20'000;
    int days = 60; ///< twice the dashboards' usual period, which is compared with the one before
    std::uint32_t seed = 1;
};

/// Invented traffic for a newcomer to explore: 20 projects, 200 keys, 12 models, a weekly and a daily rhythm, errors,
/// limits and streams, priced by the catalogue. Every record has source Sample; the projects, services and connections
/// it belongs to are rows that are deleted from the beginning (deleted_us = 0), so that they name things on dashboards
/// and appear nowhere else. Equal options and an equal time give equal records.
class SampleTraffic {
public:
    /// Makes the catalogue rows (in a transaction of its own) unless they are there. Storage writer thread.
    static Result<std::unique_ptr<SampleTraffic>> prepare(DbSession& db, const SampleOptions& options, Timestamp now);
    ~SampleTraffic();

    /// The next records in order of time, at most `most`; empty at the end. Any thread.
    std::vector<journal::CloseRecord> next(std::size_t most);
    std::int64_t produced() const;
    std::int64_t total() const;

    /// Removes every sample record, what it added to rollups, and the sample's catalogue rows. Manages its own
    /// transactions.
    static Result<void> remove(DbSession& db);
    /// Whether there is any sample data, complete or not.
    static Result<bool> exists(DbSession& db);

private:
    class Impl;
    explicit SampleTraffic(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::storage
