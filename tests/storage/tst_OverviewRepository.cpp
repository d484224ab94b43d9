// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/OverviewRepository.h"

#include "EngineTest.h"
#include "UsageRecords.h"
#include "storage/UsageWriter.h"
#include "storage/repositories/OrganizationRepository.h"

#include <numeric>

using namespace sb;
using namespace sb::analytics;
using namespace sb::test;
using journal::CloseRecord;

namespace {

/// Noon UTC, ten days after Berlin set its clocks back.
const Timestamp kNow = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 4}} + std::chrono::hours{12} +
                       std::chrono::minutes{7};

class OverviewRepositoryTest : public EngineTest {
protected:
    void store(std::vector<CloseRecord> batch, const char* organizationZone = "Europe/Berlin")
    {
        storage::OrganizationRepository organizations(*db);
        Organization organization = valueOf(organizations.current());
        organization.timeZone = organizationZone;
        ASSERT_TRUE(succeeded(organizations.update(organization)));
        records = std::move(batch);
        storage::UsageWriter writer(valueOf(ZoneRules::load(organizationZone)));
        ASSERT_EQ(valueOf(writer.write(*db, records)).inserted, records.size());
    }
    void storeRandom(int count, std::chrono::hours span, const char* organizationZone = "Europe/Berlin")
    {
        std::mt19937 dice(7);
        std::vector<CloseRecord> batch;
        for (int i = 0; i < count; ++i) {
            const auto back =
                std::chrono::seconds{static_cast<std::int64_t>(dice() % static_cast<unsigned>(span.count() * 3600))};
            batch.push_back(randomRecord(kNow - back - std::chrono::seconds{1}, ids, dice));
        }
        store(std::move(batch), organizationZone);
    }

    Result<OverviewData> tryLoad(const ViewState& view, const char* zone = "Europe/Berlin")
    {
        return storage::OverviewRepository(*db).load(view, valueOf(ZoneRules::load(zone)), kNow);
    }
    OverviewData load(const ViewState& view, const char* zone = "Europe/Berlin")
    {
        return valueOf(tryLoad(view, zone));
    }

    /// The same figures straight from the records: the oracle.
    Figures figuresOf(Period period, const ViewState& view) const
    {
        Figures f;
        for (const CloseRecord& close : records) {
            const UsageRecord& r = close.record;
            if (r.time < period.from || r.time >= period.to ||
                (!view.includeSample && r.source == TrafficSource::Sample))
                continue;
            if (!view.environments.empty() &&
                std::find(view.environments.begin(), view.environments.end(), r.environment) == view.environments.end())
                continue;
            ++f.requests;
            f.cost += r.cost.value_or(Money{}) + r.attemptsCost;
            f.unpriced += r.cost ? 0 : 1;
            f.estimated += r.usage.source == UsageSource::Partial || r.usage.source == UsageSource::Estimated ? 1 : 0;
            f.tokensIn += static_cast<std::int64_t>(r.usage.promptTokens());
            f.tokensOut += static_cast<std::int64_t>(r.usage.completionTokens());
            f.cacheRead += static_cast<std::int64_t>(r.usage.cacheRead.value_or(0));
            f.succeeded += r.status == RequestStatus::Ok ? 1 : 0;
            f.refused += r.status == RequestStatus::Refused ? 1 : 0;
            f.limited += r.status == RequestStatus::Limited ? 1 : 0;
            f.aborted += r.status == RequestStatus::Aborted ? 1 : 0;
            f.errors += r.status == RequestStatus::UpstreamError || r.status == RequestStatus::Timeout ||
                        r.status == RequestStatus::GatewayError;
        }
        return f;
    }

    static std::array<std::int64_t, 12> numbers(const Figures& f)
    {
        return {f.requests, f.succeeded, f.errors,    f.limited,  f.refused,   f.aborted,
                f.unpriced, f.estimated, f.cost.nano, f.tokensIn, f.tokensOut, f.cacheRead};
    }

    void expectExact(const OverviewData& data, const ViewState& view)
    {
        EXPECT_EQ(numbers(data.current), numbers(figuresOf(data.period.current, view)));
        Money cost;
        std::int64_t requests = 0;
        for (const CostSeries& series : data.cost) {
            EXPECT_EQ(series.total, std::accumulate(series.cost.begin(), series.cost.end(), Money{}));
            cost += series.total;
            requests = std::accumulate(series.requests.begin(), series.requests.end(), requests);
        }
        EXPECT_EQ(cost, data.current.cost) << "groups incl. Other";
        EXPECT_EQ(requests, data.current.requests) << "groups incl. Other";
        std::int64_t tokens = 0;
        for (const auto* part : {&data.tokens.inputUncached, &data.tokens.cacheRead, &data.tokens.cacheWrite,
                                 &data.tokens.output, &data.tokens.reasoning})
            tokens = std::accumulate(part->begin(), part->end(), tokens);
        EXPECT_EQ(tokens, data.current.tokensIn + data.current.tokensOut);
        for (std::size_t i = 0; i < data.buckets.size(); ++i) {
            const Period bucket{data.buckets[i].start, std::min(data.buckets[i].end, data.period.current.to)};
            std::int64_t n = 0;
            for (const CostSeries& series : data.cost)
                n += series.requests[i];
            EXPECT_EQ(n, figuresOf(bucket, view).requests) << "bucket " << i;
        }
    }

    SeededRandom ids;
    std::vector<CloseRecord> records;
};
SB_ON_BOTH_ENGINES(OverviewRepositoryTest);

TEST_P(OverviewRepositoryTest, anEmptyDatabaseGivesEmptyBuckets)
{
    const OverviewData data = load({});
    EXPECT_EQ(data.current.requests, 0);
    EXPECT_EQ(data.buckets.size(), 30u);
    EXPECT_TRUE(data.cost.empty());
    EXPECT_EQ(data.latency.p95.size(), 30u);
    EXPECT_EQ(data.latency.p95[3], std::nullopt);
    EXPECT_EQ(data.newestRecord, std::nullopt);
    EXPECT_EQ(data.sample, analytics::SampleShare::None);
}

TEST_P(OverviewRepositoryTest, everyPeriodAndGroupAddsUpToTheRecords)
{
    storeRandom(1500, std::chrono::hours{24 * 75});
    for (const auto preset :
         {PeriodPreset::Today, PeriodPreset::Last24Hours, PeriodPreset::Last7Days, PeriodPreset::Last30Days,
          PeriodPreset::Last90Days, PeriodPreset::MonthToDate, PeriodPreset::LastMonth}) {
        SCOPED_TRACE(static_cast<int>(preset));
        for (const auto group :
             {GroupBy::Model, GroupBy::Provider, GroupBy::Project, GroupBy::Environment, GroupBy::Service}) {
            ViewState view;
            view.preset = preset;
            view.group = group;
            expectExact(load(view), view);
        }
    }
}

TEST_P(OverviewRepositoryTest, aZoneOfWholeHoursIsExactAlsoAgainstTheStoredDays)
{
    storeRandom(1000, std::chrono::hours{24 * 60});
    for (const char* zone : {"UTC", "America/New_York", "Pacific/Auckland"}) {
        SCOPED_TRACE(zone);
        const OverviewData data = load({}, zone);
        EXPECT_EQ(data.buckets.front().start,
                  data.period.zone->startOfDay(data.period.zone->dayOf(data.buckets.front().start)));
        expectExact(data, {});
    }
}

TEST_P(OverviewRepositoryTest, aZoneOfHalfHoursIsExactOrRefused)
{
    storeRandom(600, std::chrono::hours{24 * 60});
    ViewState week;
    week.preset = PeriodPreset::Custom; // days of Kolkata, all within the quarters' retention
    week.customFrom = kNow - std::chrono::hours{24 * 25};
    week.customTo = kNow;
    expectExact(load(week, "Asia/Kolkata"), week);

    ViewState quarter;
    quarter.preset = PeriodPreset::Last90Days;
    const auto refused = tryLoad(quarter, "Asia/Kolkata");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "zone");
}

TEST_P(OverviewRepositoryTest, daysOfAHalfHourOrganizationAreStoredAndExact)
{
    storeRandom(600, std::chrono::hours{24 * 80}, "Asia/Kolkata");
    ViewState view;
    view.preset = PeriodPreset::Last90Days;
    expectExact(load(view, "Asia/Kolkata"), view);
}

TEST_P(OverviewRepositoryTest, wholePreviousPeriodsAreExact)
{
    storeRandom(1000, std::chrono::hours{24 * 75});
    ViewState view;
    view.preset = PeriodPreset::LastMonth;
    const OverviewData data = load(view);
    EXPECT_EQ(numbers(data.previous), numbers(figuresOf(data.period.previous, view)));
    EXPECT_TRUE(data.previousKnown);
}

TEST_P(OverviewRepositoryTest, aRunningPeriodIsComparedWithTheSameElapsedPart)
{
    std::vector<CloseRecord> batch;
    const Timestamp sameTimeThirtyDaysAgo =
        kNow - std::chrono::hours{24 * 30} - std::chrono::hours{1}; // Berlin set its clocks back between
    for (const int minutes : {-120, -30, 30, 120})
        batch.push_back(closeRecord(sameTimeThirtyDaysAgo + std::chrono::minutes{minutes}, ids));
    store(batch);
    EXPECT_EQ(load({}).previous.requests, 2);
}

TEST_P(OverviewRepositoryTest, filtersByEnvironment)
{
    storeRandom(500, std::chrono::hours{24 * 20});
    ViewState view;
    view.environments = {EnvironmentId(1), EnvironmentId(3)};
    expectExact(load(view), view);
}

TEST_P(OverviewRepositoryTest, sampleDataIsLeftOutUnlessItIsAllThereIs)
{
    CloseRecord sample = closeRecord(kNow - std::chrono::hours{1}, ids);
    sample.record.source = TrafficSource::Sample;
    store({sample});
    EXPECT_EQ(load({}).sample, analytics::SampleShare::Only);
    EXPECT_EQ(load({}).current.requests, 1);

    store({closeRecord(kNow - std::chrono::hours{2}, ids)});
    EXPECT_EQ(load({}).sample, analytics::SampleShare::None);
    EXPECT_EQ(load({}).current.requests, 1);
    EXPECT_EQ(load({}).current.p95LatencyMs.has_value(), true);
    ViewState with;
    with.includeSample = true;
    EXPECT_EQ(load(with).current.requests, 2);
    EXPECT_EQ(load(with).sample, analytics::SampleShare::Mixed);
}

TEST_P(OverviewRepositoryTest, percentilesAreWithinFivePercent)
{
    std::vector<CloseRecord> batch;
    for (std::uint32_t i = 1; i <= 200; ++i) {
        batch.push_back(closeRecord(kNow - std::chrono::minutes{20}, ids));
        batch.back().record.latencyMs = i * 10;
        batch.back().record.ttftMs = i;
    }
    batch.push_back(closeRecord(kNow - std::chrono::minutes{20}, ids));
    batch.back().record.latencyMs = 1'000'000; // failed: not in a percentile of answers
    batch.back().record.status = RequestStatus::Timeout;
    store(batch);
    const OverviewData data = load({});
    EXPECT_NEAR(*data.current.p50LatencyMs, 1000, 50);
    EXPECT_NEAR(*data.current.p95LatencyMs, 1900, 95);
    EXPECT_NEAR(*data.current.p95TtftMs, 190, 10);
    EXPECT_NEAR(*data.latency.p99.back(), 1980, 99);
    EXPECT_EQ(data.latency.p99.front(), std::nullopt);
}

TEST_P(OverviewRepositoryTest, comparesPercentilesWithTheSamePartOfThePreviousPeriod)
{
    const auto before = kNow - std::chrono::hours{24 * 30};
    store({closeRecord(before + std::chrono::hours{2}, ids)}); // on the day of the cut, behind it
    EXPECT_EQ(load({}).previous.requests, 0);
    EXPECT_EQ(load({}).previous.p95LatencyMs, std::nullopt);

    CloseRecord counted = closeRecord(before - std::chrono::hours{2}, ids);
    counted.record.latencyMs = 700;
    CloseRecord days = closeRecord(before - std::chrono::hours{24 * 20}, ids);
    days.record.latencyMs = 700;
    store({counted, days});
    EXPECT_EQ(load({}).previous.requests, 2);
    EXPECT_NEAR(*load({}).previous.p95LatencyMs, 700, 35);
}

TEST_P(OverviewRepositoryTest, namesTheSevenDearestAndFoldsTheRest)
{
    std::vector<CloseRecord> batch;
    for (int model = 1; model <= 9; ++model) {
        batch.push_back(closeRecord(kNow - std::chrono::hours{1}, ids));
        batch.back().record.model = ModelId(model);
        batch.back().record.cost = Money{model * 1000};
    }
    batch.push_back(closeRecord(kNow - std::chrono::hours{1}, ids));
    batch.back().record.model = {};
    batch.back().record.modelSelected.clear();
    batch.back().record.cost = Money{1'000'000};
    store(batch);
    const OverviewData data = load({});
    ASSERT_EQ(data.cost.size(), 8u);
    EXPECT_EQ(data.cost[0].key, 0); // none: no name
    EXPECT_EQ(data.cost[0].name, "");
    EXPECT_EQ(data.cost[1].key, 9);
    EXPECT_FALSE(data.cost[1].name.empty());
    EXPECT_TRUE(data.cost[7].isOther);
    EXPECT_EQ(data.cost[7].total, Money{1000 + 2000 + 3000});
}

TEST_P(OverviewRepositoryTest, doesNotNeedTheRequestsThemselves)
{
    storeRandom(300, std::chrono::hours{24 * 40});
    const OverviewData before = load({});
    EXPECT_EQ(before.newestRecord,
              std::max_element(records.begin(), records.end(), [](const CloseRecord& a, const CloseRecord& b) {
                  return a.record.time < b.record.time;
              })->record.time);
    ASSERT_TRUE(db->exec(QStringLiteral("DELETE FROM req")));
    ASSERT_TRUE(db->exec(QStringLiteral("DELETE FROM attempt")));
    const OverviewData after = load({});
    EXPECT_EQ(numbers(after.current), numbers(before.current));
    EXPECT_EQ(numbers(after.previous), numbers(before.previous));
    EXPECT_EQ(after.current.p95LatencyMs, before.current.p95LatencyMs);
}

} // namespace
