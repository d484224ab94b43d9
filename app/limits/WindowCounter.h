// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "domain/Limit.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace sb::limits {

/// One reading of both clocks, taken together.
struct Moment {
    std::chrono::nanoseconds boot{0};
    Timestamp wall{};
};

/// Width of one bucket of a rolling window (1 s of a minute, 60 s of an hour); calendar windows have no buckets.
std::optional<std::chrono::seconds> bucketWidth(LimitWindow window);

/// What one window has booked (design: limits and ledger, section 2). Minute and hour roll in 60 buckets on boot time,
/// so no step of the wall clock moves them; the oldest bucket counts in full until it lies entirely outside of the
/// window, so the count is never too low and capacity returns at most one bucket late. Day and month are calendar
/// periods; their end only moves forward. Not thread-safe: LimitTable's mutex guards it.
class WindowCounter {
public:
    /// Start of the next calendar period after `now`.
    using CalendarReset = std::function<Timestamp(LimitWindow window, Timestamp now)>;

    WindowCounter(LimitWindow window, const Moment& now, const CalendarReset& calendarReset);

    /// Drops what has left the window. The other functions see the window as of the latest advance.
    void advance(const Moment& now, const CalendarReset& calendarReset);

    std::int64_t booked() const { return m_booked; }
    void book(std::int64_t amount);

    /// Books what was booked at `start` of a stored bucket; ignored when it is no longer in the window. Placed at the
    /// end of its bucket, since that is how late its amounts may have been booked.
    void restore(Timestamp start, std::int64_t amount, const Moment& now, const CalendarReset& calendarReset);

    /// After a change of the zone: the later of the old and the new end holds, so that no budget is granted twice.
    void extendTo(Timestamp reset);

    /// How long until at most `target` (>= 0) is booked, if nothing more is booked.
    std::chrono::nanoseconds waitUntilBooked(std::int64_t target, const Moment& now) const;

private:
    static constexpr std::int64_t kSlots = 61; ///< 60 whole buckets and the one that is being filled

    std::int64_t& slot(std::int64_t bucket);
    std::int64_t slot(std::int64_t bucket) const;
    void add(std::int64_t bucket, std::int64_t amount);

    LimitWindow m_window;
    std::int64_t m_booked = 0;
    std::chrono::nanoseconds m_width{0}; ///< 0: calendar window
    std::int64_t m_newest = 0;           ///< number of the bucket being filled, counted from boot
    std::array<std::int64_t, kSlots> m_slots{};
    Timestamp m_reset{}; ///< calendar windows: when the period ends
};

} // namespace sb::limits
