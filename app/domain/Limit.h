// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Money.h"
#include "domain/Ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sb {

/// What a window quota or a per-request maximum applies to; `scopeId` is the row id in that table.
enum class LimitScope { Organization, Project, ServiceEnvironment, ConnectionEnvironment, User, Model };

/// Minute and hour roll (60 buckets, the oldest counted in full); day and month are calendar periods in the
/// organization's zone (design: limits and ledger, section 2).
enum class LimitWindow { Minute, Hour, Day, Month };

/// The contract's word, in files and in answers of the gateway: "minute", "hour", "day", "month".
std::string_view windowWord(LimitWindow window);
std::optional<LimitWindow> windowFromWord(std::string_view word);

enum class LimitMode { Enforce, Shadow };

enum class LimitDimension { PromptTokens, CompletionTokens, TotalTokens, Requests, CostNano };
inline constexpr std::array kLimitDimensions{LimitDimension::PromptTokens, LimitDimension::CompletionTokens,
                                             LimitDimension::TotalTokens, LimitDimension::Requests,
                                             LimitDimension::CostNano};

/// A window quota: at least one maximum, each >= 1. prompt counts all input classes, completion includes reasoning,
/// total both.
struct LimitRule {
    LimitRuleId id;
    LimitScope scope = LimitScope::ServiceEnvironment;
    std::int32_t scopeId = 0;
    LimitWindow per = LimitWindow::Minute;
    std::optional<std::int64_t> maxPromptTokens = {};
    std::optional<std::int64_t> maxCompletionTokens = {};
    std::optional<std::int64_t> maxTotalTokens = {};
    std::optional<std::int64_t> maxRequests = {};
    std::optional<Money> maxCost = {};
    LimitMode mode = LimitMode::Enforce;
    bool enabled = true;

    bool operator==(const LimitRule&) const = default;

    std::optional<std::int64_t> maximum(LimitDimension dimension) const;
    void clear(LimitDimension dimension);
    bool isEmpty() const;
};

/// Per-request maxima, another thing than the quotas above: prompt over it is refused with 413, completion is clamped,
/// total clamps the completion to what the prompt leaves.
struct RequestCaps {
    LimitScope scope = LimitScope::ServiceEnvironment;
    std::int32_t scopeId = 0;
    std::optional<std::int64_t> maxPromptTokens = {};
    std::optional<std::int64_t> maxCompletionTokens = {};
    std::optional<std::int64_t> maxTotalTokens = {};

    bool operator==(const RequestCaps&) const = default;
    bool isEmpty() const { return !maxPromptTokens && !maxCompletionTokens && !maxTotalTokens; }
};

} // namespace sb
