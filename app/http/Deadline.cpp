// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Deadline.h"

#include <algorithm>

namespace sb::http {

void Deadline::arm(TimerWheel& wheel, std::chrono::milliseconds after, void* context, Callback callback)
{
    disarm();
    const auto due = std::chrono::steady_clock::now() + after;
    // Rounded up, and never the tick that is being served.
    m_tick = std::max(wheel.tickOf(due) + 1, wheel.m_current + 1);
    m_context = context;
    m_callback = callback;
    Deadline& head = wheel.m_slots[m_tick % TimerWheel::kSlots];
    m_previous = &head;
    m_next = head.m_next;
    if (m_next)
        m_next->m_previous = this;
    head.m_next = this;
}

void Deadline::disarm()
{
    if (!m_previous)
        return;
    m_previous->m_next = m_next;
    if (m_next)
        m_next->m_previous = m_previous;
    m_previous = nullptr;
    m_next = nullptr;
}

TimerWheel::TimerWheel() : m_start(std::chrono::steady_clock::now()), m_slots(std::make_unique<Deadline[]>(kSlots)) {}

TimerWheel::~TimerWheel()
{
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
        while (Deadline* deadline = m_slots[slot].m_next)
            deadline->disarm();
    }
}

std::uint64_t TimerWheel::tickOf(std::chrono::steady_clock::time_point now) const
{
    return static_cast<std::uint64_t>((now - m_start) / kTick);
}

void TimerWheel::advance(std::chrono::steady_clock::time_point now)
{
    const std::uint64_t target = tickOf(now);
    // After a suspend one turn of the wheel finds everything that is due.
    if (target > m_current + kSlots)
        m_current = target - kSlots;
    while (m_current < target) {
        ++m_current;
        Deadline& head = m_slots[m_current % kSlots];
        // A callback may disarm its neighbours, so the walk starts over after each one.
        for (Deadline* deadline = head.m_next; deadline;) {
            if (deadline->m_tick <= m_current) {
                deadline->disarm();
                deadline->m_callback(deadline->m_context);
                deadline = head.m_next;
            } else {
                deadline = deadline->m_next;
            }
        }
    }
}

} // namespace sb::http
