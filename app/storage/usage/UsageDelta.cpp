// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/UsageDelta.h"

#include "base/LogHistogram.h"
#include "domain/UsageRecord.h"

#include <algorithm>
#include <numeric>

namespace sb::storage {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::int64_t bucketOf(std::int64_t timeUs, std::int64_t seconds)
{
    const std::int64_t second = timeUs / kSecond;
    return second - second % seconds;
}

std::array<std::int64_t, UsageDelta::kSums> sumsOf(const UsageFact& fact)
{
    const UsageFlags flags = UsageFlags::fromBits(static_cast<std::uint32_t>(fact.flags));
    const auto source = static_cast<UsageSource>(fact.tokenState);
    const bool estimated = source == UsageSource::Partial || source == UsageSource::Estimated;
    std::array<std::int64_t, UsageDelta::kSums> sums{
        1,
        std::max<std::int64_t>(fact.attempts - 1, 0),
        flags.fallbackTaken ? 1 : 0,
        flags.cacheHit ? 1 : 0,
        flags.streamed ? 1 : 0,
        fact.costNano ? 0 : 1,
        estimated ? 1 : 0,
        fact.ok ? 1 : 0,
        fact.ok && fact.ttftMs ? 1 : 0,
        fact.webSearches,
    };
    std::copy(fact.tokens.begin(), fact.tokens.end(), sums.begin() + 10);
    sums[20] = fact.costNano.value_or(0);
    sums[23] = fact.ok ? fact.latencyMs : 0;
    sums[24] = fact.ok ? fact.ttftMs.value_or(0) : 0;
    return sums;
}

} // namespace

void UsageDelta::addSums(const UsageFact& fact, const DimIds& dim, const std::array<std::int64_t, kSums>& sums)
{
    const auto into = [&](std::map<RollupKey, Rollup>& rollup, std::int64_t bucket, std::int32_t id) {
        Rollup& row = rollup[{bucket, id}];
        row.project = fact.project;
        std::transform(sums.begin(), sums.end(), row.sums.begin(), row.sums.begin(), std::plus<>());
    };
    into(quarters, bucketOf(fact.timeUs, 900), dim.coarse);
    into(hours, bucketOf(fact.timeUs, 3600), dim.full);
    into(days, fact.day, dim.full);
    into(coarseDays, fact.day, dim.coarse);
}

void UsageDelta::addBin(const UsageFact& fact, std::int32_t kind, double value)
{
    const std::int32_t bin = LogHistogram::binOf(value);
    const auto into = [&](std::map<BinKey, Bin>& bins, std::int64_t bucket) {
        Bin& row = bins[{bucket, fact.dim.histogram, kind, bin}];
        row.project = fact.project;
        ++row.count;
    };
    into(hourBins, bucketOf(fact.timeUs, 3600));
    into(dayBins, fact.day);
}

void UsageDelta::add(const UsageFact& fact)
{
    addSums(fact, fact.dim, sumsOf(fact));
    if (fact.attemptDim) { // billed, but not a request of its own
        std::array<std::int64_t, kSums> sums{};
        sums[20] = fact.attemptsNano;
        addSums(fact, *fact.attemptDim, sums);
    }
    if (fact.ok) {
        const auto bin = [&](HistogramKind kind, std::int64_t value) {
            addBin(fact, static_cast<std::int32_t>(kind), static_cast<double>(value));
        };
        bin(HistogramKind::LatencyMs, fact.latencyMs);
        if (fact.ttftMs)
            bin(HistogramKind::TtftMs, *fact.ttftMs);
        if (fact.tokenState > 0)
            bin(HistogramKind::Tokens, std::accumulate(fact.tokens.begin(), fact.tokens.end(), std::int64_t{0}));
        if (fact.costNano)
            bin(HistogramKind::CostMicroUsd, *fact.costNano / 1000);
        bin(HistogramKind::OverheadUs, fact.overheadUs);
    }
    for (const LimitBooking& booking : fact.bookings)
        limits[{booking.state, booking.startUs}] += booking.amount;
    if (fact.session != 0) {
        SessionUse& use = sessions[fact.session];
        ++use.turns;
        use.lastUs = std::max(use.lastUs, fact.timeUs);
    }
}

} // namespace sb::storage
