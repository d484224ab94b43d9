// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Time.h"
#include "domain/Ids.h"
#include "zones/ZoneRules.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::analytics {

enum class PeriodPreset { Today, Last24Hours, Last7Days, Last30Days, Last90Days, MonthToDate, LastMonth, Custom };
enum class GroupBy { Model, Provider, Project, Environment, Service };

/// What an analysis page shows: one serialisable value for filter bar, saved view, link and report.
struct ViewState {
    PeriodPreset preset = PeriodPreset::Last30Days;
    Timestamp customFrom{}; ///< Custom only, half-open
    Timestamp customTo{};
    std::string zone;                        ///< IANA; empty: the organization's
    std::vector<EnvironmentId> environments; ///< empty: all
    GroupBy group = GroupBy::Model;
    bool includeSample = false;

    bool operator==(const ViewState&) const = default;

    /// "period=30d&group=model&environments=1,3&zone=Europe/Berlin": a link, a saved view.
    std::string serialise() const;
    static Result<ViewState> parse(std::string_view text);
};

/// Half-open.
struct Period {
    Timestamp from{};
    Timestamp to{};
    bool operator==(const Period&) const = default;
};

enum class BucketSize { QuarterHour, Hour, Day };

/// Rollups by the quarter of an hour are kept this long (35 days, less one that may be being removed).
inline constexpr std::chrono::days kQuarterRetention{34};

/// The concrete instants of a view: the period (a running one ends now), the period before it (cut to the same elapsed
/// part), and the bucket that keeps a series at or under 400 points. `current` starts on a bucket. A custom period is
/// widened to whole buckets and at most 400 days long.
struct ResolvedPeriod {
    Period current;
    Period previous;
    BucketSize bucket = BucketSize::Day;
    std::shared_ptr<const ZoneRules> zone;
};
ResolvedPeriod resolve(const ViewState& view, std::shared_ptr<const ZoneRules> zone, Timestamp now);

/// One drawn bucket; `unfinished` is hatched and not in deltas.
struct Bucket {
    Timestamp start{};
    Timestamp end{};
    bool unfinished = false;

    bool operator==(const Bucket&) const = default;
};

/// The buckets of `period.current`, without gap or overlap.
std::vector<Bucket> bucketsOf(const ResolvedPeriod& period, Timestamp now);

} // namespace sb::analytics
