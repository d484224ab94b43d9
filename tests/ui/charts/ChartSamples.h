// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"

#include <QStringList>

namespace sb::test {

inline std::shared_ptr<const ZoneRules> zoneNamed(std::string_view name)
{
    return ZoneRules::load(name).value();
}

inline Timestamp at(int year, int month, int day, int hour = 0, int minute = 0)
{
    return std::chrono::sys_days{std::chrono::year{year} / month / day} + std::chrono::hours(hour) +
           std::chrono::minutes(minute);
}

/// `size` days of the zone from 1 July 2026; value of series s on day i: (s + 1) * (i + 1) units, the last day
/// unfinished.
inline ui::ChartSpec dailyChart(std::size_t size, const QStringList& names, std::string_view zoneName = "UTC")
{
    ui::ChartSpec spec;
    spec.subject = QStringLiteral("Cost");
    spec.title = QStringLiteral("Cost by model");
    spec.summary = QStringLiteral("Cost by model, some days");
    spec.zone = zoneNamed(zoneName);
    std::int32_t day = 20260701;
    for (std::size_t i = 0; i < size; ++i) {
        const std::int32_t next = spec.zone->addDays(day, 1);
        spec.buckets.push_back({spec.zone->startOfDay(day), spec.zone->startOfDay(next), i + 1 == size});
        day = next;
    }
    std::int64_t factor = 1;
    for (const QString& name : names) {
        ui::ChartSeries series{name, name, name == QStringLiteral("Other"), {}};
        for (std::size_t i = 0; i < size; ++i)
            series.values.emplace_back(factor * static_cast<std::int64_t>(i + 1) * 1'000'000'000);
        spec.series.push_back(std::move(series));
        ++factor;
    }
    return spec;
}

/// `size` buckets of `step` from a UTC instant, one series of zeros.
inline ui::ChartSpec hourlyChart(Timestamp from, std::size_t size, std::chrono::minutes step, std::string_view zoneName)
{
    ui::ChartSpec spec;
    spec.zone = zoneNamed(zoneName);
    spec.bucketSize =
        step == std::chrono::minutes(60) ? analytics::BucketSize::Hour : analytics::BucketSize::QuarterHour;
    for (std::size_t i = 0; i < size; ++i) {
        const Timestamp start = from + static_cast<int>(i) * step;
        spec.buckets.push_back({start, start + step, false});
    }
    return spec;
}

} // namespace sb::test
