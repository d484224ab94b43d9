// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace sb {

/// Where the counts of a record come from. The numeric value is column `req.tok_state`.
enum class UsageSource : std::uint8_t { None = 0, Reported = 1, Partial = 2, Estimated = 3, GatewayCache = 4 };

/// Tokens of one request in disjoint classes: no token is in two of them, absent is not zero. OpenAI-type input counts
/// include cached tokens and Anthropic-type ones exclude them; both are normalised to this before anything is priced or
/// stored.
struct TokenUsage {
    using Count = std::optional<std::uint64_t>;

    Count inputUncached;
    Count cacheRead;
    Count cacheWrite5m;
    Count cacheWrite1h;
    Count imageIn;
    Count audioIn;
    Count outputText;
    Count reasoning;
    Count imageOut;
    Count audioOut;
    Count webSearches; ///< searches, not tokens
    UsageSource source = UsageSource::None;
    bool inconsistent = false; ///< the provider's total differed from the sum of its parts

    bool operator==(const TokenUsage&) const = default;

    std::uint64_t promptTokens() const;     ///< sum of the input classes
    std::uint64_t completionTokens() const; ///< sum of the output classes, reasoning included
    std::uint64_t totalTokens() const { return promptTokens() + completionTokens(); }
};

} // namespace sb
