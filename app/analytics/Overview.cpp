// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/Overview.h"

#include "base/LogHistogram.h"

#include <algorithm>
#include <cmath>

namespace sb::analytics {

std::optional<double> Figures::errorRate() const
{
    const std::int64_t sent = requests - refused - limited;
    if (sent <= 0)
        return std::nullopt;
    return static_cast<double>(errors) / static_cast<double>(sent);
}

std::optional<double> percentile(const std::map<std::int32_t, std::int64_t>& bins, double fraction)
{
    std::int64_t total = 0;
    for (const auto& [bin, count] : bins)
        total += count;
    if (total == 0)
        return std::nullopt;
    const auto wanted = static_cast<std::int64_t>(std::ceil(fraction * static_cast<double>(total)));
    std::int64_t seen = 0;
    for (const auto& [bin, count] : bins) {
        seen += count;
        if (seen >= wanted)
            return LogHistogram::valueOf(bin);
    }
    return std::nullopt;
}

std::vector<CostSeries> foldToTop(std::vector<CostSeries> series, std::size_t most)
{
    std::sort(series.begin(), series.end(), [](const CostSeries& a, const CostSeries& b) {
        return a.total != b.total ? a.total > b.total : a.key < b.key;
    });
    if (series.size() <= most)
        return series;
    CostSeries other = std::move(series[most]);
    for (std::size_t i = most + 1; i < series.size(); ++i) {
        for (std::size_t b = 0; b < other.cost.size(); ++b) {
            other.cost[b] += series[i].cost[b];
            other.requests[b] += series[i].requests[b];
        }
        other.total += series[i].total;
    }
    other.key = 0;
    other.name.clear();
    other.isOther = true;
    series.resize(most);
    series.push_back(std::move(other));
    return series;
}

} // namespace sb::analytics
