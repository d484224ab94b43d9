// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ChartTicks.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace sb::ui {

namespace {

using analytics::BucketSize;

constexpr std::array kMinuteSteps{15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880};
constexpr std::array kDaySteps{1, 2, 3, 5, 7, 10, 14, 21, 30, 61, 91};
constexpr int kMinutesPerDay = 1440;

/// Days since 1970 of the wall clock, so that steps of several days fall on the same days in every picture.
qint64 dayNumber(const QDateTime& wall)
{
    return QDate(1970, 1, 1).daysTo(wall.date());
}

bool isOnMinuteStep(const QDateTime& wall, int step)
{
    const int minute = wall.time().hour() * 60 + wall.time().minute();
    if (step <= kMinutesPerDay)
        return minute % step == 0;
    return minute == 0 && dayNumber(wall) % (step / kMinutesPerDay) == 0;
}

std::vector<std::size_t> bucketsOnMinuteStep(const std::vector<QDateTime>& walls, int step)
{
    std::vector<std::size_t> hits;
    for (std::size_t i = 0; i < walls.size(); ++i) {
        if (isOnMinuteStep(walls[i], step))
            hits.push_back(i);
    }
    return hits;
}

std::vector<std::size_t> everyNth(std::size_t size, std::size_t step)
{
    std::vector<std::size_t> hits;
    for (std::size_t i = 0; i < size; i += step)
        hits.push_back(i);
    return hits;
}

std::vector<std::size_t> chooseBuckets(const std::vector<QDateTime>& walls, BucketSize size, std::size_t most)
{
    if (size == BucketSize::Day) {
        for (const int step : kDaySteps) {
            auto hits = everyNth(walls.size(), static_cast<std::size_t>(step));
            if (hits.size() <= most)
                return hits;
        }
    } else {
        for (const int step : kMinuteSteps) {
            auto hits = bucketsOnMinuteStep(walls, step);
            if (!hits.empty() && hits.size() <= most)
                return hits;
        }
    }
    return everyNth(walls.size(), (walls.size() + most - 1) / most);
}

} // namespace

std::vector<TimeTick> timeTicks(const ChartSpec& spec, std::size_t most)
{
    std::vector<QDateTime> walls;
    walls.reserve(spec.buckets.size());
    for (const analytics::Bucket& bucket : spec.buckets)
        walls.push_back(wallTime(*spec.zone, bucket.start));

    const QLocale locale;
    std::vector<TimeTick> ticks;
    for (const std::size_t bucket : chooseBuckets(walls, spec.bucketSize, std::max<std::size_t>(most, 1))) {
        const bool date = spec.bucketSize == BucketSize::Day || walls[bucket].time() == QTime(0, 0);
        const QString dayFormat = QCoreApplication::translate("ChartDates", "d MMM", "date format");
        ticks.push_back({bucket, date ? locale.toString(walls[bucket].date(), dayFormat)
                                      : locale.toString(walls[bucket].time(), QStringLiteral("HH:mm"))});
    }
    return ticks;
}

ValueScale valueScale(double largest, ChartUnit unit)
{
    constexpr double kIntervals = 4;
    ValueScale scale;
    QString prefix;
    QString suffix;
    if (unit == ChartUnit::NanoUsd)
        prefix = QStringLiteral("$");
    if (unit == ChartUnit::Microseconds) {
        suffix = QStringLiteral(" ms");
        if (largest >= 2000) {
            scale.divisor = 1e3;
            suffix = QStringLiteral(" s");
        }
    } else {
        const struct {
            double divisor;
            const char* suffix;
        } kSteps[]{{1e9, " G"}, {1e6, " M"}, {1e3, " k"}};
        for (const auto& step : kSteps) {
            if (largest >= step.divisor) {
                scale.divisor = step.divisor;
                suffix = QLatin1String(step.suffix);
                break;
            }
        }
    }
    const double top = largest > 0 ? largest / scale.divisor : 1.0; // nothing to show still gets a readable axis
    const double raw = top / kIntervals;
    const double magnitude = std::pow(10.0, std::floor(std::log10(raw)));
    scale.step = magnitude * 10;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * magnitude >= raw * (1 - 1e-9)) {
            scale.step = factor * magnitude;
            break;
        }
    }
    if (unit == ChartUnit::Tokens && scale.divisor <= 1)
        scale.step = std::max(scale.step, 1.0); // there is no half token
    scale.maximum = std::max(std::ceil(top / scale.step - 1e-9), 1.0) * scale.step;
    int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(scale.step) + 1e-9)));
    if (unit == ChartUnit::NanoUsd && scale.divisor <= 1)
        decimals = scale.step >= 1 ? 0 : std::max(decimals, 2);
    scale.format = prefix + QStringLiteral("%.%1f").arg(decimals) + suffix;
    return scale;
}

} // namespace sb::ui
