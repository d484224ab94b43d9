// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/ApiError.h"
#include "gateway/internal/ConfigData.h"
#include "journal/JournalRecord.h"
#include "limits/LimitTable.h"
#include "providers/RequestFacts.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace sb::gateway {

/// What a request may take at most, and of what.
struct Spend {
    std::vector<limits::LimitTable::ScopeKey> path;
    std::vector<const limits::CounterSpec*> counters; ///< on the path
    limits::Amounts amounts;
    std::uint64_t promptEstimate = 0;
    std::optional<std::int64_t> completionToWrite; ///< into the upstream body, so that the provider enforces the hold
    bool clamped = false;                          ///< it is less than the client asked for
    const Model* model = nullptr;
    std::vector<const PriceRow*> prices; ///< rows that may apply, empty: unpriced
};

struct Held {
    Spend spend;
    limits::Reservation reservation;
    std::optional<limits::RateState> rate;
};

struct ReserveInput {
    const RuntimeConfig::Data& config;
    const Principal& principal;
    const Target& target;
    const providers::RequestFacts& facts;
    std::string_view providerModel; ///< the maker's id, empty: unknown
    Timestamp now;
};

/// Takes all limits of the attempt or none (design: limits and ledger, section 3): 413 over a per-request maximum, 403
/// money, 429 a window is full, 403 a money limit on something without price or bound.
std::variant<Held, ApiError> reserve(const ReserveInput& input, limits::LimitTable& table);

/// The journal's form of amounts on those counters.
std::vector<journal::Hold> holdsOf(const std::vector<const limits::CounterSpec*>& counters,
                                   const limits::Amounts& amounts);

} // namespace sb::gateway
