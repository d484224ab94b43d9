// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

namespace sb::http {

class TimerWheel;

/// One point in time after which `callback(context)` is called on the worker's thread. Armed and disarmed once or more
/// per request, so both are a list operation and no system call. Disarms itself when it dies.
class Deadline {
public:
    using Callback = void (*)(void* context);

    Deadline() = default;
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline() { disarm(); }

    void arm(TimerWheel& wheel, std::chrono::milliseconds after, void* context, Callback callback);
    void disarm();
    bool isArmed() const { return m_previous != nullptr; }

private:
    friend class TimerWheel;
    Deadline* m_previous = nullptr; ///< the slot's head counts as a Deadline, so an armed one always has a predecessor
    Deadline* m_next = nullptr;
    std::uint64_t m_tick = 0;
    void* m_context = nullptr;
    Callback m_callback = nullptr;
};

/// All deadlines of a worker in 512 slots of 100 ms: a `steady_timer` per operation would cost a heap update and often
/// a timerfd_settime. Fires at most one tick late, never early. Single-threaded.
class TimerWheel {
public:
    static constexpr std::chrono::milliseconds kTick{100};

    TimerWheel();
    ~TimerWheel();

    /// Fires everything due at `now`. Callbacks may arm and disarm any deadline.
    void advance(std::chrono::steady_clock::time_point now);

private:
    friend class Deadline;
    static constexpr std::size_t kSlots = 512;

    std::uint64_t tickOf(std::chrono::steady_clock::time_point now) const;

    std::chrono::steady_clock::time_point m_start;
    std::uint64_t m_current = 0;
    std::unique_ptr<Deadline[]> m_slots;
};

} // namespace sb::http
