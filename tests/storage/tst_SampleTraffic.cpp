// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SampleSeeder.h"

#include "EngineTest.h"
#include "UsageRecords.h"
#include "storage/UsageWriter.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/DatabaseRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/OverviewRepository.h"
#include "storage/repositories/ServiceRepository.h"
#include "storage/repositories/SnapshotRepository.h"
#include "support/FakeClock.h"

#include <set>

using namespace sb;
using namespace sb::test;
using storage::SampleOptions;
using storage::SampleTraffic;
using storage::StorageService;

namespace {

class SampleTrafficTest : public EngineTest {
protected:
    std::vector<journal::CloseRecord> produce(const SampleOptions& options)
    {
        auto traffic = SampleTraffic::prepare(*db, options, clock.now());
        if (!traffic) {
            ADD_FAILURE() << traffic.error().what;
            return {};
        }
        std::vector<journal::CloseRecord> all;
        for (auto batch = (*traffic)->next(700); !batch.empty(); batch = (*traffic)->next(700))
            all.insert(all.end(), batch.begin(), batch.end());
        return all;
    }
    storage::StorageOptions storageOptions() const
    {
        storage::StorageOptions options;
        options.url = database->url();
        return options;
    }
    std::int64_t count(const QString& table)
    {
        return valueOf(storage::selectOne(*db, QStringLiteral("SELECT count(*) FROM ") + table, {},
                                          [](const QSqlQuery& q) { return std::int64_t{q.value(0).toLongLong()}; }))
            .value_or(-1);
    }

    FakeClock clock;
};
SB_ON_BOTH_ENGINES(SampleTrafficTest);

TEST_P(SampleTrafficTest, producesExactlyWhatWasAskedForInOrderOfTime)
{
    const auto records = produce({.requests = 5000, .days = 30, .seed = 3});
    ASSERT_EQ(records.size(), 5000u);
    std::set<std::int32_t> projects;
    std::set<std::int32_t> keys;
    std::set<std::int32_t> models;
    std::int64_t failed = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const UsageRecord& r = records[i].record;
        EXPECT_TRUE(i == 0 || records[i - 1].record.time <= r.time);
        EXPECT_EQ(r.source, TrafficSource::Sample);
        EXPECT_EQ(r.id.millisecond(), std::chrono::floor<std::chrono::milliseconds>(r.time));
        projects.insert(r.project.value);
        keys.insert(r.key.value);
        models.insert(r.model.value);
        failed += r.status == RequestStatus::Ok ? 0 : 1;
    }
    EXPECT_GE(records.front().record.time, clock.now() - std::chrono::days{30});
    EXPECT_LT(records.back().record.time, clock.now());
    EXPECT_EQ(projects.size(), 20u);
    EXPECT_EQ(models.size(), 12u);
    EXPECT_GT(keys.size(), 150u);
    EXPECT_NEAR(static_cast<double>(failed) / 5000, 0.04, 0.02);
}

TEST_P(SampleTrafficTest, equalSeedsGiveEqualTrafficAndOtherSeedsAnother)
{
    const SampleOptions options{.requests = 300, .days = 7, .seed = 5};
    const auto first = produce(options);
    EXPECT_EQ(first, produce(options));
    SampleOptions other = options;
    other.seed = 6;
    EXPECT_NE(first, produce(other));
}

TEST_P(SampleTrafficTest, weekendsAreQuieter)
{
    std::int64_t weekend = 0;
    const auto records = produce({.requests = 7000, .days = 28, .seed = 1});
    for (const auto& close : records) {
        const auto day = std::chrono::weekday(std::chrono::floor<std::chrono::days>(close.record.time));
        weekend += day == std::chrono::Saturday || day == std::chrono::Sunday ? 1 : 0;
    }
    EXPECT_LT(weekend, 7000 * 2 / 7 / 2);
}

TEST_P(SampleTrafficTest, refusesWhatMakesNoSense)
{
    EXPECT_EQ(SampleTraffic::prepare(*db, {.requests = 0, .days = 7, .seed = 1}, clock.now()).error().field,
              "requests");
    EXPECT_EQ(SampleTraffic::prepare(*db, {.requests = 10, .days = 0, .seed = 1}, clock.now()).error().field, "days");
}

TEST_P(SampleTrafficTest, itsCatalogueRowsAppearNowhereElse)
{
    produce({.requests = 1, .days = 1, .seed = 1});
    EXPECT_TRUE(valueOf(storage::ServiceRepository(*db).list(clock.now())).empty());
    EXPECT_TRUE(valueOf(storage::ServiceRepository(*db).recentlyDeleted()).empty());
    EXPECT_TRUE(valueOf(storage::ConnectionRepository(*db).list()).empty());
    EXPECT_TRUE(valueOf(storage::ConnectionRepository(*db).keys()).empty());
    EXPECT_EQ(valueOf(storage::OrganizationRepository(*db).projects()).size(), 1u);
    EXPECT_TRUE(valueOf(storage::SnapshotRepository(*db).load(clock.now())).services.empty());
}

TEST_P(SampleTrafficTest, isSeededShownAndRemovedWithoutATrace)
{
    const auto tables = {"req", "attempt", "req_log",  "r15",        "rh",         "rd",      "rdc",    "hh",
                         "hd",  "dim",     "end_user", "access_key", "connection", "service", "project"};
    StorageService service(storageOptions());
    ASSERT_TRUE(succeeded(service.open().result()));
    SeededRandom ids;
    storage::UsageWriter real(valueOf(ZoneRules::load("UTC")));
    ASSERT_EQ(valueOf(real.write(*db, std::vector{closeRecord(clock.now() - std::chrono::hours{1}, ids)})).inserted,
              1u);
    std::map<std::string, std::int64_t> before;
    for (const char* table : tables)
        before[table] = count(QLatin1String(table));

    double progress = 0;
    EXPECT_EQ(valueOf(storage::seedSample(service, {.requests = 12'000, .days = 30, .seed = 1}, clock,
                                          [&](double p) { progress = p; })
                          .result()),
              12'000);
    EXPECT_EQ(progress, 1.0);
    EXPECT_EQ(valueOf(storage::DatabaseRepository(*db).figures()).requests, 12'001);

    analytics::ViewState view;
    view.includeSample = true;
    view.group = analytics::GroupBy::Project;
    const auto overview =
        valueOf(storage::OverviewRepository(*db).load(view, valueOf(ZoneRules::load("UTC")), clock.now()));
    EXPECT_GT(overview.current.requests, 11'000);
    EXPECT_GT(overview.current.cost, Money{});
    EXPECT_EQ(overview.current.unpriced, 0);
    EXPECT_FALSE(overview.cost.front().name.empty());

    EXPECT_TRUE(succeeded(storage::removeSample(service).result()));
    for (const char* table : tables)
        EXPECT_EQ(count(QLatin1String(table)), before[table]) << table;
}

TEST_P(SampleTrafficTest, cancellingStopsAfterTheBatch)
{
    StorageService service(storageOptions());
    ASSERT_TRUE(succeeded(service.open().result()));
    auto seeding = storage::seedSample(service, {.requests = 1'000'000, .days = 30, .seed = 1}, clock, {});
    seeding.cancel();
    EXPECT_TRUE(service.writeRaw([](storage::DbSession&) { return Result<void>(); }).result().has_value());
    EXPECT_LE(count(QStringLiteral("req")), 10'000);
}

TEST_P(SampleTrafficTest, anUnreachableDatabaseIsSaid)
{
    storage::StorageOptions options;
    options.url = *storage::DatabaseUrl::parse(QStringLiteral("sqlite:///proc/nothing/here.db"));
    StorageService service(options);
    ASSERT_FALSE(service.open().result());
    EXPECT_EQ(storage::seedSample(service, {}, clock, {}).result().error().code, ErrorCode::Unavailable);
}

} // namespace
