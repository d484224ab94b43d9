// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Limit.h"

#include <algorithm>

namespace sb {

namespace {
constexpr std::array<std::string_view, 4> kWindowWords{"minute", "hour", "day", "month"}; // in LimitWindow's order
} // namespace

std::string_view windowWord(LimitWindow window)
{
    return kWindowWords.at(static_cast<std::size_t>(window));
}

std::optional<LimitWindow> windowFromWord(std::string_view word)
{
    const auto found = std::find(kWindowWords.begin(), kWindowWords.end(), word);
    if (found == kWindowWords.end())
        return std::nullopt;
    return static_cast<LimitWindow>(found - kWindowWords.begin());
}

std::optional<std::int64_t> LimitRule::maximum(LimitDimension dimension) const
{
    switch (dimension) {
    case LimitDimension::PromptTokens:
        return maxPromptTokens;
    case LimitDimension::CompletionTokens:
        return maxCompletionTokens;
    case LimitDimension::TotalTokens:
        return maxTotalTokens;
    case LimitDimension::Requests:
        return maxRequests;
    case LimitDimension::CostNano:
        return maxCost ? std::optional(maxCost->nano) : std::nullopt;
    }
    return std::nullopt;
}

void LimitRule::clear(LimitDimension dimension)
{
    switch (dimension) {
    case LimitDimension::PromptTokens:
        maxPromptTokens.reset();
        break;
    case LimitDimension::CompletionTokens:
        maxCompletionTokens.reset();
        break;
    case LimitDimension::TotalTokens:
        maxTotalTokens.reset();
        break;
    case LimitDimension::Requests:
        maxRequests.reset();
        break;
    case LimitDimension::CostNano:
        maxCost.reset();
        break;
    }
}

bool LimitRule::isEmpty() const
{
    return std::none_of(kLimitDimensions.begin(), kLimitDimensions.end(),
                        [this](LimitDimension d) { return maximum(d).has_value(); });
}

} // namespace sb
