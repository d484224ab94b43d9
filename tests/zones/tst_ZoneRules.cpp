// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "zones/ZoneRules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace sb;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const ZoneRules> zone(std::string_view name)
{
    auto loaded = ZoneRules::load(name);
    EXPECT_TRUE(loaded) << name;
    return loaded ? *loaded : nullptr;
}

Timestamp utc(int year, unsigned month, unsigned day, std::chrono::microseconds time = 0us)
{
    return Timestamp{
               std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}} +
           time;
}

struct DayLength {
    const char* zone;
    std::int32_t day;
    Timestamp start;
    std::chrono::minutes length;
};

} // namespace

TEST(ZoneRules, DaysHave23And24And25Hours)
{
    const DayLength cases[] = {
        {"UTC", 20260329, utc(2026, 3, 29), 24h},
        {"Europe/Berlin", 20260328, utc(2026, 3, 27, 23h), 24h},
        {"Europe/Berlin", 20260329, utc(2026, 3, 28, 23h), 23h},
        {"Europe/Berlin", 20261025, utc(2026, 10, 24, 22h), 25h},
        {"America/New_York", 20260308, utc(2026, 3, 8, 5h), 23h},
        {"America/New_York", 20261101, utc(2026, 11, 1, 4h), 25h},
        {"Asia/Kolkata", 20260715, utc(2026, 7, 14, 18h + 30min), 24h},
        {"Australia/Lord_Howe", 20260405, utc(2026, 4, 4, 13h), 24h + 30min},
        {"Australia/Lord_Howe", 20261004, utc(2026, 10, 3, 13h + 30min), 23h + 30min},
        {"America/Sao_Paulo", 20181104, utc(2018, 11, 4, 3h),
         23h}, // midnight itself was skipped: the day begins at 01:00
        {"America/Sao_Paulo", 20180217, utc(2018, 2, 17, 2h), 25h}, // 24:00 became 23:00
        {"America/Havana", 20261101, utc(2026, 11, 1, 4h), 25h},    // 00:00 to 01:00 happened twice
        {"Pacific/Apia", 20111230, utc(2011, 12, 30, 10h), 0h},     // never happened
        {"Pacific/Kiritimati", 20260101, utc(2025, 12, 31, 10h), 24h},
    };
    for (const DayLength& c : cases) {
        const auto rules = zone(c.zone);
        EXPECT_EQ(rules->startOfDay(c.day), c.start) << c.zone << ' ' << c.day;
        EXPECT_EQ(rules->startOfDay(rules->addDays(c.day, 1)) - rules->startOfDay(c.day), c.length)
            << c.zone << ' ' << c.day;
    }
}

TEST(ZoneRules, ADayOnceBegunDoesNotEndWhenTheClockIsSetBackOverMidnight)
{
    // In Newfoundland the clock went from 00:01 of 7 November 2010 back to 23:01 of the 6th.
    const auto rules = zone("America/St_Johns");
    const Timestamp midnight = utc(2010, 11, 7, 2h + 30min);
    EXPECT_EQ(rules->dayOf(midnight - 1us), 20101106);
    EXPECT_EQ(rules->dayOf(midnight), 20101107);
    EXPECT_EQ(rules->dayOf(midnight + 30min), 20101107);
    EXPECT_EQ(rules->startOfDay(20101107), midnight);
    EXPECT_EQ(rules->startOfNextDay(midnight + 30min), utc(2010, 11, 8, 3h + 30min));
}

TEST(ZoneRules, MonthsAreThoseOfTheZone)
{
    const auto rules = zone("Europe/Berlin");
    const Timestamp lateJuly = utc(2026, 7, 31, 21h + 59min); // 23:59 local
    EXPECT_EQ(rules->startOfMonth(lateJuly), utc(2026, 6, 30, 22h));
    EXPECT_EQ(rules->startOfNextMonth(lateJuly), utc(2026, 7, 31, 22h));
    EXPECT_EQ(rules->startOfMonth(lateJuly + 1min), utc(2026, 7, 31, 22h));
    const Timestamp december = utc(2026, 12, 31, 23h); // already January there
    EXPECT_EQ(rules->startOfMonth(december), december);
    EXPECT_EQ(rules->startOfNextMonth(december), utc(2027, 1, 31, 23h));
    EXPECT_EQ(rules->startOfNextMonth(december - 1us), december);
}

TEST(ZoneRules, OffsetsFollowTheSeason)
{
    EXPECT_EQ(zone("Europe/Berlin")->offsetAt(utc(2026, 1, 15)), 60min);
    EXPECT_EQ(zone("Europe/Berlin")->offsetAt(utc(2026, 7, 15)), 120min);
    EXPECT_EQ(zone("Asia/Kathmandu")->offsetAt(utc(2026, 7, 15)), 345min);
    EXPECT_EQ(zone("America/St_Johns")->offsetAt(utc(2026, 1, 15)), -210min);
}

TEST(ZoneRules, AddsDaysOverMonthsAndLeapYears)
{
    const auto rules = zone("UTC");
    EXPECT_EQ(rules->addDays(20240228, 1), 20240229);
    EXPECT_EQ(rules->addDays(20240301, -1), 20240229);
    EXPECT_EQ(rules->addDays(20251231, 1), 20260101);
    EXPECT_EQ(rules->addDays(20260715, -365), 20250715);
}

TEST(ZoneRules, RefusesWhatIsNoPlace)
{
    for (const char* name : {"", "Europe/Atlantis", "GMT+3", "Etc/Unknown", "../../etc/passwd", "Europe/Berlin\n"})
        EXPECT_FALSE(ZoneRules::load(name)) << name;
}

TEST(ZoneRules, EveryZoneOfferedCanBeLoaded)
{
    const auto names = ZoneRules::knownZones();
    EXPECT_GT(names.size(), 300u);
    EXPECT_EQ(names.front(), "UTC");
    EXPECT_NE(std::find(names.begin(), names.end(), "Asia/Kolkata"), names.end());
    for (const std::string& name : names)
        EXPECT_TRUE(ZoneRules::load(name)) << name;
}

TEST(ZoneRules, DaysPartitionTimeInEveryZone)
{
    std::mt19937_64 random(20260715);
    std::uniform_int_distribution<std::int64_t> instant(toMicros(utc(1972, 1, 1)), toMicros(utc(2037, 1, 1)));
    for (const std::string& name : ZoneRules::knownZones()) {
        const auto rules = zone(name);
        for (int i = 0; i < 60; ++i) {
            const Timestamp t = fromMicros(instant(random));
            const std::int32_t day = rules->dayOf(t);
            const Timestamp start = rules->startOfDay(day);
            const Timestamp next = rules->startOfNextDay(t);
            ASSERT_LE(start, t) << name;
            ASSERT_GT(next, t) << name;
            ASSERT_EQ(rules->dayOf(start), day) << name;
            ASSERT_EQ(rules->dayOf(next - 1us), day) << name;
            ASSERT_EQ(rules->startOfDay(rules->addDays(day, 1)), next) << name;
            ASSERT_GE(next - start, 20h) << name << ' ' << day;
            ASSERT_LE(next - start, 28h) << name << ' ' << day;
            ASSERT_LE(rules->startOfMonth(t), start) << name;
            ASSERT_GE(rules->startOfNextMonth(t), next) << name;
        }
    }
}

TEST(ZoneRules, ConsecutiveDaysOfFortyYearsLeaveNoGap)
{
    for (const char* name :
         {"Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Africa/Casablanca",
          "Australia/Lord_Howe", "Pacific/Apia", "Asia/Beirut", "Africa/Cairo", "America/Santiago"}) {
        const auto rules = zone(name);
        std::int32_t day = 19900101;
        Timestamp start = rules->startOfDay(day);
        while (day < 20300101) {
            const std::int32_t nextDay = rules->addDays(day, 1);
            const Timestamp next = rules->startOfDay(nextDay);
            ASSERT_GE(next, start) << name << ' ' << day;
            if (next > start) {
                ASSERT_EQ(rules->dayOf(start), day) << name;
                ASSERT_EQ(rules->dayOf(next - 1us), day) << name;
            }
            day = nextDay;
            start = next;
        }
    }
}
