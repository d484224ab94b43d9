// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/ViewState.h"
#include "base/Money.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sb::analytics {

/// Sums of a period (design: analytics, section 2). Cost includes billed failed attempts; unpriced requests are outside
/// it and counted beside it.
struct Figures {
    std::int64_t requests = 0;
    std::int64_t succeeded = 0;
    std::int64_t errors = 0; ///< upstream errors, timeouts, gateway errors
    std::int64_t limited = 0;
    std::int64_t refused = 0;
    std::int64_t aborted = 0;
    std::int64_t unpriced = 0;
    std::int64_t estimated = 0; ///< requests whose usage is partial or estimated
    Money cost;
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    std::int64_t cacheRead = 0;
    std::optional<double> p50LatencyMs;
    std::optional<double> p95LatencyMs;
    std::optional<double> p95TtftMs;

    /// errors / (requests - refused - limited); absent when nothing was sent.
    std::optional<double> errorRate() const;
};

/// A group over the buckets; values[i] belongs to buckets[i]. Key 0 is "none"; `isOther` is everything beyond the top
/// seven.
struct CostSeries {
    std::int32_t key = 0;
    std::string name;
    bool isOther = false;
    std::vector<Money> cost;
    std::vector<std::int64_t> requests;
    Money total;
};

struct TokenSeries { ///< the five classes shown, by bucket
    std::vector<std::int64_t> inputUncached, cacheRead, cacheWrite, output, reasoning;
};

/// Milliseconds; absent where a bucket has no successful request: a gap, not zero. Histograms are kept by the hour, so
/// the four quarters of an hour show the same value.
struct LatencySeries {
    std::vector<std::optional<double>> p50, p95, p99, ttftP95;
};

/// How much of what is shown was invented.
enum class SampleShare { None, Mixed, Only };

struct OverviewData {
    ResolvedPeriod period;
    Figures current;
    Figures previous;
    bool previousKnown = true; ///< false: the period before cannot be told exactly in this zone
    std::vector<Bucket> buckets;
    std::vector<CostSeries> cost; ///< dearest first, Other last
    TokenSeries tokens;
    LatencySeries latency;
    std::optional<Timestamp> newestRecord; ///< age of the data
    SampleShare sample = SampleShare::None;
};

/// The value below which `fraction` of a log histogram's counts lie; absent when it is empty.
std::optional<double> percentile(const std::map<std::int32_t, std::int64_t>& bins, double fraction);

/// Dearest first, at most `most`; the rest becomes one series "other" at the end. No amount is lost.
std::vector<CostSeries> foldToTop(std::vector<CostSeries> series, std::size_t most);

} // namespace sb::analytics
