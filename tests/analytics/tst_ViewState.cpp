// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/Overview.h"
#include "analytics/ViewState.h"
#include "base/LogHistogram.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace sb;
using namespace sb::analytics;

namespace {

std::shared_ptr<const ZoneRules> zone(const char* name)
{
    auto loaded = ZoneRules::load(name);
    EXPECT_TRUE(loaded) << name;
    return *loaded;
}

Timestamp utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0)
{
    return Timestamp{std::chrono::sys_days{std::chrono::year{year} / month / day}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute};
}

ResolvedPeriod resolved(PeriodPreset preset, const char* zoneName, Timestamp now)
{
    ViewState view;
    view.preset = preset;
    return resolve(view, zone(zoneName), now);
}

} // namespace

TEST(ViewState, survivesItsTextForm)
{
    ViewState view;
    view.preset = PeriodPreset::Custom;
    view.customFrom = utc(2026, 1, 1);
    view.customTo = utc(2026, 2, 1);
    view.zone = "America/Argentina/Buenos_Aires";
    view.environments = {EnvironmentId(1), EnvironmentId(3)};
    view.group = GroupBy::Service;
    view.includeSample = true;
    const auto read = ViewState::parse(view.serialise());
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, view);
    EXPECT_EQ(*ViewState::parse(ViewState{}.serialise()), ViewState{});
}

TEST(ViewState, refusesATextItDoesNotUnderstandAndNamesTheField)
{
    for (const char* text :
         {"period=forever", "group=colour", "environments=1,x", "from=today", "shade=dark", "period"})
        EXPECT_FALSE(ViewState::parse(text)) << text;
    EXPECT_EQ(ViewState::parse("group=colour").error().field, "group");
}

TEST(ResolvedPeriod, aRunningDayIsComparedWithTheSamePartOfTheDayBefore)
{
    const ResolvedPeriod today = resolved(PeriodPreset::Today, "Europe/Berlin", utc(2026, 7, 15, 10, 20));
    EXPECT_EQ(today.current, (Period{utc(2026, 7, 14, 22), utc(2026, 7, 15, 10, 20)}));
    EXPECT_EQ(today.previous, (Period{utc(2026, 7, 13, 22), utc(2026, 7, 14, 10, 20)}));
    EXPECT_EQ(today.bucket, BucketSize::QuarterHour);
}

TEST(ResolvedPeriod, thirtyDaysAreCalendarDaysOfTheZoneAlsoOverADstChange)
{
    const ResolvedPeriod month = resolved(PeriodPreset::Last30Days, "Europe/Berlin", utc(2026, 4, 10, 12));
    EXPECT_EQ(month.current.from, utc(2026, 3, 11, 23)); // 00:00 CET on the 12th
    EXPECT_EQ(month.bucket, BucketSize::Day);
    const auto buckets = bucketsOf(month, utc(2026, 4, 10, 12));
    ASSERT_EQ(buckets.size(), 30u);
    EXPECT_EQ(buckets[17].end - buckets[17].start, std::chrono::hours{23}); // 29 March
    EXPECT_TRUE(buckets.back().unfinished);
    EXPECT_FALSE(buckets[28].unfinished);
}

TEST(ResolvedPeriod, monthToDateIsComparedWithTheSameDaysOfTheMonthBefore)
{
    const ResolvedPeriod march = resolved(PeriodPreset::MonthToDate, "UTC", utc(2026, 3, 31, 12));
    EXPECT_EQ(march.current, (Period{utc(2026, 3, 1), utc(2026, 3, 31, 12)}));
    EXPECT_EQ(march.previous, (Period{utc(2026, 2, 1), utc(2026, 3, 1)})); // February is shorter: all of it, no more
}

TEST(ResolvedPeriod, lastMonthIsWholeAndSoIsTheOneBefore)
{
    const ResolvedPeriod last = resolved(PeriodPreset::LastMonth, "UTC", utc(2026, 7, 15));
    EXPECT_EQ(last.current, (Period{utc(2026, 6, 1), utc(2026, 7, 1)}));
    EXPECT_EQ(last.previous, (Period{utc(2026, 5, 1), utc(2026, 6, 1)}));
}

TEST(ResolvedPeriod, noSeriesHasMoreThanFourHundredPoints)
{
    const Timestamp now = utc(2026, 11, 1, 9, 7);
    for (int hours = 1; hours < 24 * 800; hours += 37) {
        ViewState view;
        view.preset = PeriodPreset::Custom;
        view.customTo = now;
        view.customFrom = now - std::chrono::hours{hours};
        const ResolvedPeriod period = resolve(view, zone("Europe/Berlin"), now);
        EXPECT_LE(bucketsOf(period, now).size(), 402u)
            << hours; // a custom period is widened by the buckets at its edges
    }
}

class EveryPreset : public testing::TestWithParam<std::tuple<PeriodPreset, const char*>> {};

TEST_P(EveryPreset, itsBucketsCoverThePeriodWithoutGapOrOverlap)
{
    const auto [preset, name] = GetParam();
    for (int day = 0; day < 400; day += 13) {
        const Timestamp now = utc(2026, 1, 1, 5, 41) + std::chrono::hours{day * 23};
        ViewState view;
        view.preset = preset;
        view.customFrom = now - std::chrono::hours{40 * 24 + 5};
        view.customTo = now - std::chrono::hours{7};
        const ResolvedPeriod period = resolve(view, zone(name), now);
        const auto buckets = bucketsOf(period, now);
        ASSERT_FALSE(buckets.empty());
        EXPECT_EQ(buckets.front().start, period.current.from);
        EXPECT_GE(buckets.back().end, period.current.to);
        EXPECT_LT(buckets.back().start, period.current.to);
        for (std::size_t i = 1; i < buckets.size(); ++i)
            EXPECT_EQ(buckets[i].start, buckets[i - 1].end);
        EXPECT_LE(period.previous.to, period.current.from);
    }
}

INSTANTIATE_TEST_SUITE_P(ResolvedPeriod, EveryPreset,
                         testing::Combine(testing::Values(PeriodPreset::Today, PeriodPreset::Last24Hours,
                                                          PeriodPreset::Last7Days, PeriodPreset::Last30Days,
                                                          PeriodPreset::Last90Days, PeriodPreset::MonthToDate,
                                                          PeriodPreset::LastMonth, PeriodPreset::Custom),
                                          testing::Values("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
                                                          "Australia/Lord_Howe")));

TEST(Figures, anErrorRateIsOfWhatWasSent)
{
    Figures figures;
    EXPECT_EQ(figures.errorRate(), std::nullopt);
    figures.requests = 110;
    figures.refused = 6;
    figures.limited = 4;
    figures.errors = 5;
    EXPECT_DOUBLE_EQ(*figures.errorRate(), 0.05);
}

TEST(Percentile, isWithinFivePercentOfTheExactOne)
{
    std::map<std::int32_t, std::int64_t> bins;
    for (int i = 1; i <= 10'000; ++i)
        ++bins[LogHistogram::binOf(i)];
    for (const double fraction : {0.5, 0.95, 0.99})
        EXPECT_NEAR(*percentile(bins, fraction), fraction * 10'000, fraction * 10'000 * 0.05);
    EXPECT_EQ(percentile({}, 0.5), std::nullopt);
}

TEST(FoldToTop, keepsTheDearestAndLosesNothing)
{
    std::vector<CostSeries> series;
    for (int i = 1; i <= 10; ++i) {
        CostSeries& one = series.emplace_back();
        one.key = i;
        one.cost = {Money{i}, Money{10 * i}};
        one.requests = {1, 2};
        one.total = Money{11 * i};
    }
    const auto folded = foldToTop(series, 7);
    ASSERT_EQ(folded.size(), 8u);
    EXPECT_EQ(folded.front().key, 10);
    EXPECT_TRUE(folded.back().isOther);
    EXPECT_EQ(folded.back().cost, (std::vector{Money{6}, Money{60}})); // 1 + 2 + 3
    EXPECT_EQ(folded.back().requests, (std::vector<std::int64_t>{3, 6}));
    const Money total = std::accumulate(folded.begin(), folded.end(), Money{},
                                        [](Money sum, const CostSeries& s) { return sum + s.total; });
    EXPECT_EQ(total, Money{11 * 55});
}
