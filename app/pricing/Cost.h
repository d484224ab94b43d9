// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Money.h"
#include "domain/Model.h"
#include "domain/TokenUsage.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sb::pricing {

/// One token class of a request times the price it paid. Amounts of the lines add up exactly to the request's amount.
struct CostLine {
    std::string_view tokenClass; ///< column name without suffix: "input_uncached", "cache_read", ... "web_searches"
    std::uint64_t count = 0;
    NanoPerMillion price = 0; ///< nano-USD per million; for web_searches nano-USD per search
    Money amount;
};

struct Cost {
    PriceId price;
    std::vector<CostLine> lines; ///< only classes that were reported
    Money total;
};

/// Sum over disjoint classes of round-half-up(tokens x price / 10^6), in 128-bit arithmetic (design: limits and ledger,
/// section 8). An absent class price falls back: reasoning and media out to output, cache read and media in to input,
/// cache write 5 m to input x 1.25 and 1 h to input x 2 (the makers' published multipliers).
Cost costOf(const TokenUsage& usage, const PriceRow& price);

/// Which dearer classes a request may fall into besides plain text; what cannot happen need not be held for.
struct PossibleClasses {
    bool cacheWrite5m = true; ///< it carries cache marks, or the model writes caches by itself
    bool cacheWrite1h = true; ///< ... for an hour
    bool media = true;        ///< images or audio, in or out
    std::uint64_t webSearches = 0;
};

/// The most a request can cost: every prompt token at the dearest possible input class, every completion token at the
/// dearest possible output class of any row the request may fall into.
Money upperBound(std::uint64_t promptTokens, std::uint64_t completionTokens,
                 std::span<const PriceRow* const> candidates, PossibleClasses classes = {});

/// Chooses the row in force: negotiated for the service before list price, long-context tier when `promptTokens`
/// exceeds its threshold. nullptr: unpriced.
const PriceRow* rowInForce(std::span<const PriceRow> prices, ModelId model, ServiceId service,
                           std::uint64_t promptTokens, Timestamp at);

} // namespace sb::pricing
