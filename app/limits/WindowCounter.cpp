// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits/WindowCounter.h"

#include <algorithm>
#include <limits>

namespace sb::limits {

namespace {

/// Most that a window books: beyond every maximum that can be typed, and half of what its type can hold.
constexpr std::int64_t kMostBooked = std::numeric_limits<std::int64_t>::max() / 2;

std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

} // namespace

std::optional<std::chrono::seconds> bucketWidth(LimitWindow window)
{
    switch (window) {
    case LimitWindow::Minute:
        return std::chrono::seconds{1};
    case LimitWindow::Hour:
        return std::chrono::seconds{60};
    case LimitWindow::Day:
    case LimitWindow::Month:
        break;
    }
    return std::nullopt;
}

WindowCounter::WindowCounter(LimitWindow window, const Moment& now, const CalendarReset& calendarReset)
    : m_window(window)
{
    if (const auto width = bucketWidth(window)) {
        m_width = *width;
        m_newest = floorDivide(now.boot.count(), m_width.count());
    } else {
        m_reset = calendarReset(window, now.wall);
    }
}

std::int64_t& WindowCounter::slot(std::int64_t bucket)
{
    return m_slots[static_cast<std::size_t>(((bucket % kSlots) + kSlots) % kSlots)];
}

std::int64_t WindowCounter::slot(std::int64_t bucket) const
{
    return m_slots[static_cast<std::size_t>(((bucket % kSlots) + kSlots) % kSlots)];
}

void WindowCounter::add(std::int64_t bucket, std::int64_t amount)
{
    // Bucket and sum change by the same amount, or the sum would not come back to 0 when the bucket expires.
    const std::int64_t fits = std::min(amount, kMostBooked - m_booked);
    slot(bucket) += fits;
    m_booked += fits;
}

void WindowCounter::advance(const Moment& now, const CalendarReset& calendarReset)
{
    if (m_width.count() == 0) {
        if (now.wall >= m_reset) {
            m_booked = 0;
            m_reset = std::max(m_reset, calendarReset(m_window, now.wall));
        }
        return;
    }
    const std::int64_t current = floorDivide(now.boot.count(), m_width.count());
    if (current <= m_newest)
        return;
    if (current - m_newest >= kSlots) {
        m_slots.fill(0);
        m_booked = 0;
    } else {
        for (std::int64_t bucket = m_newest + 1; bucket <= current; ++bucket) {
            m_booked -= slot(bucket); // the slot still holds the bucket of kSlots earlier
            slot(bucket) = 0;
        }
    }
    m_newest = current;
}

void WindowCounter::book(std::int64_t amount)
{
    if (m_width.count() == 0)
        m_booked += std::min(amount, kMostBooked - m_booked);
    else
        add(m_newest, amount);
}

void WindowCounter::restore(Timestamp start, std::int64_t amount, const Moment& now, const CalendarReset& calendarReset)
{
    if (m_width.count() == 0) {
        const Timestamp end = calendarReset(m_window, start);
        if (end <= now.wall)
            return;
        book(amount);
        m_reset = std::max(m_reset, end);
        return;
    }
    const Timestamp latest =
        std::min(start + std::chrono::duration_cast<std::chrono::microseconds>(m_width) - std::chrono::microseconds{1},
                 now.wall);
    const std::int64_t bucket = floorDivide((now.boot - (now.wall - latest)).count(), m_width.count());
    if (bucket > m_newest - kSlots)
        add(std::min(bucket, m_newest), amount);
}

void WindowCounter::extendTo(Timestamp reset)
{
    if (m_width.count() == 0)
        m_reset = std::max(m_reset, reset);
}

std::chrono::nanoseconds WindowCounter::waitUntilBooked(std::int64_t target, const Moment& now) const
{
    if (m_booked <= target)
        return std::chrono::nanoseconds{0};
    if (m_width.count() == 0)
        return m_reset - now.wall;
    std::int64_t left = m_booked;
    std::int64_t bucket = m_newest - kSlots + 1;
    for (; bucket < m_newest; ++bucket) {
        left -= slot(bucket);
        if (left <= target)
            break;
    }
    // A bucket is entirely outside once the clock has reached the one kSlots later.
    return std::chrono::nanoseconds{(bucket + kSlots) * m_width.count()} - now.boot;
}

} // namespace sb::limits
