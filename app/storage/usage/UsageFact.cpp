// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/UsageFact.h"

namespace sb::storage {
namespace {

constexpr std::array kClasses{&TokenUsage::inputUncached, &TokenUsage::cacheRead, &TokenUsage::cacheWrite5m,
                              &TokenUsage::cacheWrite1h,  &TokenUsage::imageIn,   &TokenUsage::audioIn,
                              &TokenUsage::outputText,    &TokenUsage::reasoning, &TokenUsage::imageOut,
                              &TokenUsage::audioOut};
static_assert(kClasses.size() == kTokenClasses);
constexpr std::int64_t kWebSearchBit = 1 << kTokenClasses;

} // namespace

void putTokens(const TokenUsage& usage, UsageFact& fact)
{
    for (std::size_t i = 0; i < kTokenClasses; ++i) {
        const TokenUsage::Count& count = usage.*kClasses[i];
        fact.tokens[i] = static_cast<std::int64_t>(count.value_or(0));
        if (count)
            fact.seen |= std::int64_t{1} << i;
    }
    fact.webSearches = static_cast<std::int64_t>(usage.webSearches.value_or(0));
    if (usage.webSearches)
        fact.seen |= kWebSearchBit;
    fact.tokenState = static_cast<std::int64_t>(usage.source);
}

TokenUsage tokensFrom(const std::array<std::int64_t, kTokenClasses>& tokens, std::int64_t webSearches,
                      std::int64_t seen, UsageSource source)
{
    TokenUsage usage;
    for (std::size_t i = 0; i < kTokenClasses; ++i) {
        if ((seen & (std::int64_t{1} << i)) != 0)
            usage.*kClasses[i] = static_cast<std::uint64_t>(tokens[i]);
    }
    if ((seen & kWebSearchBit) != 0)
        usage.webSearches = static_cast<std::uint64_t>(webSearches);
    usage.source = source;
    return usage;
}

} // namespace sb::storage
