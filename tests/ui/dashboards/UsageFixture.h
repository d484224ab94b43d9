// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Model.h"
#include "domain/Organization.h"
#include "domain/UsageRecord.h"
#include "storage/StorageService.h"
#include "support/FakeClock.h"
#include "support/SeededRandom.h"
#include "support/TempDatabase.h"

#include <string>
#include <vector>

namespace sb::test {

/// A real SQLite database behind a real StorageService, with two services, and traffic written by the usage writer as
/// the gateway's bridge does. The organization reports in Europe/Berlin; the clock stands at 15 July 2026, 10:00 UTC.
class UsageFixture {
public:
    UsageFixture();

    /// A successful request of `age` before now, priced by the catalogue.
    UsageRecord request(std::chrono::minutes age, const std::string& model = "gpt-4o-mini", std::uint64_t prompt = 1000,
                        std::uint64_t completion = 200);
    /// Writes and announces them.
    void write(const std::vector<UsageRecord>& records);
    /// One integer, by SQL of the test's own.
    std::int64_t number(const QString& sql);

    TempDatabase database;
    FakeClock clock;
    storage::StorageService storage;
    Organization organization;
    std::vector<Environment> environments;
    ProjectId project;
    ServiceId openAi;
    ServiceId claude;

private:
    void charge(UsageRecord& record);

    SeededRandom m_random;
    std::vector<Model> m_models;
    std::vector<PriceRow> m_prices;
};

} // namespace sb::test
