// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/Overview.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace sb::ui {

/// Stacked: columns up to 90 buckets, areas up to 250, coarser buckets beyond. Lines: up to 400 points.
enum class ChartKind { Stacked, Lines };

/// What the integers of a series are. Drawn, shown and exported from the same integer, so that no two of them disagree.
enum class ChartUnit { NanoUsd, Tokens, Microseconds };

struct ChartSeries {
    QString key; ///< what it stands for, whatever it is called: decides the colour
    QString name;
    bool isOther = false;                            ///< grey, last
    std::vector<std::optional<std::int64_t>> values; ///< one per bucket; absent is a gap, not zero

    bool operator==(const ChartSeries&) const = default;
};

/// A chart as plain data: everything that is drawn, tabulated, copied and exported.
struct ChartSpec {
    QString subject; ///< one word for button labels, unique in the window: "Cost"
    QString title;
    QString summary; ///< one sentence that says what the picture says
    ChartKind kind = ChartKind::Stacked;
    ChartUnit unit = ChartUnit::NanoUsd;
    analytics::BucketSize bucketSize = analytics::BucketSize::Day;
    std::vector<analytics::Bucket> buckets; ///< in time order, without holes
    std::shared_ptr<const ZoneRules> zone;  ///< the reporting zone: every label is written in it
    std::vector<ChartSeries> series;
};

/// Wall clock of an instant in a zone, for writing it down (the result's own time spec is UTC).
QDateTime wallTime(const ZoneRules& zone, Timestamp t);

double drawnValue(std::int64_t value, ChartUnit unit);          ///< USD, tokens, milliseconds
QString shownValue(std::int64_t value, ChartUnit unit);         ///< for people, in their locale
QString exactValue(std::int64_t value, ChartUnit unit);         ///< decimal text, C locale, every digit
QString bucketLabel(const ChartSpec& spec, std::size_t bucket); ///< "15 Jul 2026", "15 Jul 14:00"

/// Sum over the series at a bucket; absent where every series has a gap.
std::optional<std::int64_t> totalAt(const ChartSpec& spec, std::size_t bucket);

/// The same sums in at most `maximum` buckets: neighbours are added. Only for stacked charts, whose values add up.
ChartSpec coarsened(ChartSpec spec, std::size_t maximum);

} // namespace sb::ui
