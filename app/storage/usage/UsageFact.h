// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "domain/TokenUsage.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sb::storage {

/// The disjoint token classes in the order of the columns in_unc ... out_aud.
inline constexpr std::size_t kTokenClasses = 10;

/// A combination of dimensions at its three levels (table dim).
struct DimIds {
    std::int32_t full = 0;
    std::int32_t coarse = 0;
    std::int32_t histogram = 0;
};

/// An amount for one limit counter and the bucket it belongs to.
struct LimitBooking {
    std::int32_t state = 0; ///< limit_state.id
    std::int64_t startUs = 0;
    std::int64_t amount = 0;
};

/// One request as table req holds it: every text replaced by its id.
struct UsageFact {
    std::int64_t timeUs = 0;
    EventId id;
    DimIds dim;
    std::optional<DimIds> attemptDim; ///< where the billed failed attempts count; absent: there were none
    std::int32_t day = 0;             ///< yyyymmdd in the organization's zone
    std::int32_t project = 0;
    std::int32_t key = 0;
    std::int32_t user = 0;
    std::int32_t session = 0;
    std::int32_t client = 0;
    std::int32_t price = 0;
    std::int32_t modelRequested = 0;
    std::int32_t modelReported = 0;
    std::int32_t error = 0;
    std::array<std::int64_t, kTokenClasses> tokens{};
    std::int64_t webSearches = 0;
    std::int64_t seen = 0; ///< bit i: class i was reported; bit 10: web searches
    std::optional<std::int64_t> costNano;
    std::int64_t attemptsNano = 0;
    std::int64_t latencyMs = 0;
    std::optional<std::int64_t> ttftMs;
    std::optional<std::int64_t> upstreamMs;
    std::int64_t overheadUs = 0;
    std::int64_t flags = 0;
    std::int64_t httpStatus = 0;
    std::int64_t tokenState = 0;
    std::int64_t attempts = 0;
    bool ok = false;
    std::string errorText; ///< the four below go to req_log
    std::string decision;
    std::string rawUsage;
    std::string tags;
    std::vector<LimitBooking> bookings;

    bool hasLog() const { return !errorText.empty() || !decision.empty() || !rawUsage.empty() || !tags.empty(); }
};

/// The classes of `usage` in column order, and which of them were reported.
void putTokens(const TokenUsage& usage, UsageFact& fact);
/// The other way: classes that were not reported are absent.
TokenUsage tokensFrom(const std::array<std::int64_t, kTokenClasses>& tokens, std::int64_t webSearches,
                      std::int64_t seen, UsageSource source);

} // namespace sb::storage
