// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/OverviewSlices.h"

namespace sb::storage {

using namespace sb::analytics;

namespace {

/// For half-open ranges of whole seconds: the first second that is not before `t`.
std::int64_t endSecondOf(Timestamp t)
{
    return (toMicros(t) + 999'999) / 1'000'000;
}

RollupSlice seconds(const char* table, std::int64_t from, std::int64_t to)
{
    return {QLatin1String(table), QStringLiteral("bucket_s"), from, to};
}

std::int64_t rounded(Timestamp t, std::int64_t step)
{
    return (secondsOf(t) + step / 2) / step * step;
}

} // namespace

std::int64_t secondsOf(Timestamp t)
{
    return toMicros(t) / 1'000'000;
}

RollupSlice OverviewSlices::days(const char* table, Period period) const
{
    const ZoneRules& zone = *m_period.zone;
    return {QLatin1String(table), QStringLiteral("rday"), zone.dayOf(period.from),
            std::int64_t{zone.dayOf(period.to - std::chrono::microseconds{1})} + 1};
}

RollupSlice OverviewSlices::series() const
{
    const Period& current = m_period.current;
    if (byDays())
        return days("rdc", current);
    const bool quarters =
        m_period.bucket == BucketSize::QuarterHour || (m_period.bucket == BucketSize::Day && m_quartersOnly);
    return seconds(quarters ? "r15" : "rh", secondsOf(current.from), endSecondOf(current.to));
}

RollupSlice OverviewSlices::histogram() const
{
    const Period& current = m_period.current;
    if (byDays())
        return days("hd", current);
    return seconds("hh", secondsOf(current.from) / kHourSeconds * kHourSeconds, endSecondOf(current.to));
}

template <typename Fine>
std::vector<RollupSlice> OverviewSlices::cutPrevious(const char* dayTable, Fine fine) const
{
    const Period& previous = m_period.previous;
    const ZoneRules& zone = *m_period.zone;
    std::vector<RollupSlice> slices;
    const auto addFine = [&](Timestamp from, Timestamp to) {
        if (from < to)
            slices.push_back(fine(from, to));
    };
    std::int32_t first = zone.dayOf(previous.from);
    if (zone.startOfDay(first) < previous.from)
        first = zone.addDays(first, 1);
    const std::int32_t end = zone.dayOf(previous.to);
    if (!byDays() || first >= end) {
        addFine(previous.from, previous.to);
        return slices;
    }
    addFine(previous.from, zone.startOfDay(first));
    slices.push_back({QLatin1String(dayTable), QStringLiteral("rday"), first, end});
    addFine(zone.startOfDay(end), previous.to);
    return slices;
}

std::vector<RollupSlice> OverviewSlices::previous() const
{
    return cutPrevious("rdc", [this](Timestamp from, Timestamp to) {
        const bool quarters =
            m_quartersOnly || (from >= m_now - kQuarterRetention && to - from <= std::chrono::days{3});
        return seconds(quarters ? "r15" : "rh", secondsOf(from),
                       rounded(to, quarters ? kQuarterSeconds : kHourSeconds));
    });
}

std::vector<RollupSlice> OverviewSlices::previousHistogram() const
{
    return cutPrevious("hd", [](Timestamp from, Timestamp to) {
        return seconds("hh", rounded(from, kHourSeconds), rounded(to, kHourSeconds));
    });
}

} // namespace sb::storage
