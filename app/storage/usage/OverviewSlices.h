// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/ViewState.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace sb::storage {

inline constexpr std::int64_t kQuarterSeconds = 900;
inline constexpr std::int64_t kHourSeconds = 3600;

/// Rows of one rollup whose key lies in [from, to): seconds, or yyyymmdd.
struct RollupSlice {
    QString table;
    QString key;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Whole seconds since the epoch.
std::int64_t secondsOf(Timestamp t);

/// Which rollups answer for a period: days where whole days of the stored zone are asked for, hours and quarters of an
/// hour at the edges and for every other zone.
class OverviewSlices {
public:
    /// `daysAreStored`: the period's zone is the one the day rollups are kept in. `quartersOnly`: its days start within
    /// an hour. `period` must outlive this.
    OverviewSlices(const analytics::ResolvedPeriod& period, Timestamp now, bool daysAreStored, bool quartersOnly)
        : m_period(period), m_now(now), m_daysAreStored(daysAreStored), m_quartersOnly(quartersOnly)
    {
    }

    /// Of the current period.
    RollupSlice series() const;
    RollupSlice histogram() const;

    /// Of the previous one, which ends where the current one has got to: whole days and what is left at its edges, so
    /// that like is compared with like. The cut is rounded to a quarter of an hour, of histograms to an hour.
    std::vector<RollupSlice> previous() const;
    std::vector<RollupSlice> previousHistogram() const;

private:
    bool byDays() const { return m_daysAreStored && m_period.bucket == analytics::BucketSize::Day; }
    RollupSlice days(const char* table, analytics::Period period) const;
    template <typename Fine>
    std::vector<RollupSlice> cutPrevious(const char* dayTable, Fine fine) const;

    const analytics::ResolvedPeriod& m_period;
    Timestamp m_now;
    bool m_daysAreStored;
    bool m_quartersOnly;
};

} // namespace sb::storage
