// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ChartSpec.h"

#include "kit/UiText.h"

#include <QCoreApplication>
#include <QLocale>

namespace sb::ui {

QDateTime wallTime(const ZoneRules& zone, Timestamp t)
{
    const auto local = std::chrono::floor<std::chrono::milliseconds>(t + zone.offsetAt(t));
    return QDateTime::fromMSecsSinceEpoch(local.time_since_epoch().count(), Qt::UTC);
}

double drawnValue(std::int64_t value, ChartUnit unit)
{
    switch (unit) {
    case ChartUnit::NanoUsd:
        return static_cast<double>(value) / 1e9;
    case ChartUnit::Tokens:
        return static_cast<double>(value);
    case ChartUnit::Microseconds:
        return static_cast<double>(value) / 1e3;
    }
    return 0;
}

QString shownValue(std::int64_t value, ChartUnit unit)
{
    switch (unit) {
    case ChartUnit::NanoUsd:
        return UiText::usd(Money{value});
    case ChartUnit::Tokens:
        return UiText::count(value);
    case ChartUnit::Microseconds:
        return UiText::milliseconds(drawnValue(value, unit));
    }
    return {};
}

QString exactValue(std::int64_t value, ChartUnit unit)
{
    switch (unit) {
    case ChartUnit::NanoUsd:
        return UiText::qs(toDecimalUsd(Money{value}));
    case ChartUnit::Tokens:
        return QString::number(value);
    case ChartUnit::Microseconds:
        return QString::number(drawnValue(value, unit), 'f', 3);
    }
    return {};
}

QString bucketLabel(const ChartSpec& spec, std::size_t bucket)
{
    const QDateTime start = wallTime(*spec.zone, spec.buckets[bucket].start);
    const QLocale locale;
    if (spec.bucketSize == analytics::BucketSize::Day)
        return locale.toString(start.date(), QCoreApplication::translate("ChartDates", "d MMM yyyy", "date format"));
    return locale.toString(start, QCoreApplication::translate("ChartDates", "d MMM HH:mm", "date format"));
}

std::optional<std::int64_t> totalAt(const ChartSpec& spec, std::size_t bucket)
{
    std::optional<std::int64_t> total;
    for (const ChartSeries& series : spec.series) {
        if (series.values[bucket])
            total = total.value_or(0) + *series.values[bucket];
    }
    return total;
}

ChartSpec coarsened(ChartSpec spec, std::size_t maximum)
{
    if (spec.buckets.size() <= maximum)
        return spec;
    const std::size_t width = (spec.buckets.size() + maximum - 1) / maximum;
    std::vector<analytics::Bucket> buckets;
    for (std::size_t i = 0; i < spec.buckets.size(); ++i) {
        if (i % width == 0) {
            buckets.push_back(spec.buckets[i]);
        } else {
            buckets.back().end = spec.buckets[i].end;
            buckets.back().unfinished = buckets.back().unfinished || spec.buckets[i].unfinished;
        }
    }
    for (ChartSeries& series : spec.series) {
        std::vector<std::optional<std::int64_t>> sums(buckets.size());
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            if (series.values[i])
                sums[i / width] = sums[i / width].value_or(0) + *series.values[i];
        }
        series.values = std::move(sums);
    }
    spec.buckets = std::move(buckets);
    return spec;
}

} // namespace sb::ui
