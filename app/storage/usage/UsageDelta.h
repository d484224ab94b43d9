// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/usage/UsageFact.h"

#include <array>
#include <compare>
#include <cstdint>
#include <map>

namespace sb::storage {

/// What a set of facts adds to rollups, histograms and limit buckets. Keys are sorted, so that writers that touch the
/// same rows lock them in the same order.
class UsageDelta {
public:
    static constexpr std::size_t kSums = 25; ///< 10 counters, 10 token classes, 5 amounts: the columns n ... ttft_ms

    struct RollupKey {
        std::int64_t bucket = 0; ///< seconds, or yyyymmdd
        std::int32_t dim = 0;
        auto operator<=>(const RollupKey&) const = default;
    };
    struct Rollup {
        std::int32_t project = 0;
        std::array<std::int64_t, kSums> sums{};
    };
    struct BinKey {
        std::int64_t bucket = 0;
        std::int32_t dim = 0;
        std::int32_t kind = 0;
        std::int32_t bin = 0;
        auto operator<=>(const BinKey&) const = default;
    };
    struct Bin {
        std::int32_t project = 0;
        std::int64_t count = 0;
    };
    struct BucketKey {
        std::int32_t state = 0;
        std::int64_t startUs = 0;
        auto operator<=>(const BucketKey&) const = default;
    };
    struct SessionUse {
        std::int64_t turns = 0;
        std::int64_t lastUs = 0;
    };

    void add(const UsageFact& fact);

    std::map<RollupKey, Rollup> quarters;   ///< r15: level 1
    std::map<RollupKey, Rollup> hours;      ///< rh: level 0
    std::map<RollupKey, Rollup> days;       ///< rd: level 0
    std::map<RollupKey, Rollup> coarseDays; ///< rdc: level 1
    std::map<BinKey, Bin> hourBins;         ///< hh
    std::map<BinKey, Bin> dayBins;          ///< hd
    std::map<BucketKey, std::int64_t> limits;
    std::map<std::int32_t, SessionUse> sessions;

private:
    void addSums(const UsageFact& fact, const DimIds& dim, const std::array<std::int64_t, kSums>& sums);
    void addBin(const UsageFact& fact, std::int32_t kind, double value);
};

/// Kinds of histogram.
enum class HistogramKind : std::int32_t { LatencyMs = 1, TtftMs = 2, Tokens = 3, CostMicroUsd = 4, OverheadUs = 5 };

} // namespace sb::storage
