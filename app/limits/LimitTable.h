// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Limit.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sb::limits {

/// What a counter is known by: editing a rule's maximum keeps what is booked.
struct CounterKey {
    LimitScope scope = LimitScope::ServiceEnvironment;
    std::int32_t scopeId = 0;
    LimitDimension dimension = LimitDimension::TotalTokens;
    LimitWindow per = LimitWindow::Minute;

    auto operator<=>(const CounterKey&) const = default;
};

/// One counter: a dimension of a limit rule.
struct CounterSpec {
    LimitRuleId rule = {};
    LimitScope scope = LimitScope::ServiceEnvironment;
    std::int32_t scopeId = 0;
    LimitDimension dimension = LimitDimension::TotalTokens;
    LimitWindow per = LimitWindow::Minute;
    std::int64_t maximum = 0;
    LimitMode mode = LimitMode::Enforce;
};

/// What one request takes of every counter on its path.
struct Amounts {
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    std::int64_t requests = 1;
    std::int64_t costNano = 0;

    std::int64_t of(LimitDimension dimension) const;
};

/// Why a hold was refused: the counter in the way, its numbers, and the exact wait.
struct Refusal {
    CounterSpec counter;
    std::int64_t used = 0;
    std::int64_t held = 0;
    /// Until the request would be admitted if nothing else happens, over all counters that refuse it; a guess of at
    /// least 1 s when only open holds stand in the way.
    std::chrono::milliseconds retryAfter{0};
    bool canNeverFit = false; ///< the amount exceeds the whole window: retrying is pointless
};

/// State of the tightest token window, for x-ratelimit-* headers.
struct RateState {
    std::int64_t maximum = 0;
    std::int64_t remaining = 0;
    std::chrono::milliseconds reset{0};
};

struct CounterState {
    CounterSpec spec;
    std::int64_t booked = 0;
    std::int64_t held = 0;
    std::uint64_t refused = 0;  ///< holds this counter stood in the way of; for a shadow counter: would have
    std::uint64_t overruns = 0; ///< settled above the hold: the only way booked can exceed the maximum
};

/// A booked amount of a window, for restoring counters after a restart. Buckets are 1 s wide for minute windows, 60 s
/// for hour windows and one calendar period for day and month; an amount belongs to the bucket in which the request
/// ended.
struct BookedBucket {
    LimitScope scope;
    std::int32_t scopeId = 0;
    LimitDimension dimension;
    LimitWindow per;
    Timestamp start{}; ///< wall clock start of the bucket
    std::int64_t amount = 0;
};

class LimitTable;

/// Capacity taken on every counter of one attempt; move-only. Settled exactly once: by `settle`, by `release`, or by
/// the destructor (at the full amount if `markSent` was called, else released), so no exit path leaks or forgives.
class Reservation {
public:
    Reservation() noexcept;
    Reservation(Reservation&&) noexcept;
    Reservation& operator=(Reservation&&) noexcept;
    ~Reservation();

    bool isOpen() const;
    const Amounts& amounts() const; ///< what was taken; nothing once settled or released
    void markSent();
    void settle(const Amounts& actual); ///< books `actual`, also when it is more than was taken: that is an overrun
    void release();                     ///< nothing was sent: books nothing

private:
    friend class LimitTable;
    struct State;
    std::unique_ptr<State> m_state;
};

/// All window counters of this process. Any thread; a hold is one atomic step over all counters of the path: either
/// every one has booked + held + amount <= maximum, or nothing is taken (design: limits and ledger, section 3).
class LimitTable {
public:
    /// Start of the next calendar period of `window` (day or month) after `now`, in the organization's zone.
    using CalendarReset = std::function<Timestamp(LimitWindow window, Timestamp now)>;

    LimitTable(const Clock& clock, CalendarReset calendarReset);
    ~LimitTable();

    /// Makes the counters match `specs`; counters that stay keep what is booked and held, also when their maximum
    /// changes. Of two specs with the same identity the one that enforces the smaller maximum holds. Counters that were
    /// not configured before begin with what `booked` says of their windows; of others it says nothing new, so all
    /// buckets may be given every time.
    void configure(std::span<const CounterSpec> specs, std::span<const BookedBucket> booked = {});

    struct HoldResult {
        Reservation reservation;        ///< open when granted
        std::optional<Refusal> refusal; ///< the refusal to report: money first, then tokens, then requests
        std::optional<RateState> rate;  ///< tightest token window after the hold
    };
    /// `path` = counters that apply, by (scope, scopeId). Shadow counters count and never refuse.
    struct ScopeKey {
        LimitScope scope;
        std::int32_t scopeId;
        bool operator==(const ScopeKey&) const = default;
    };
    HoldResult hold(std::span<const ScopeKey> path, const Amounts& amounts);

    /// The largest completion the windows on the path can hold now for this prompt; nullopt: no token limit applies.
    std::optional<std::int64_t> completionRoom(std::span<const ScopeKey> path, std::int64_t promptTokens) const;

    std::vector<CounterState> states() const;

private:
    friend class Reservation;
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sb::limits
