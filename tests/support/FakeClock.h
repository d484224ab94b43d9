// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <atomic>

namespace sb::test {

/// A clock that stands still until told; wall and boot time move together, or apart with stepWall. Any thread.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Timestamp start = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 7 / 15}})
        : m_wall(toMicros(start))
    {
    }

    Timestamp now() const override { return fromMicros(m_wall.load()); }
    std::chrono::nanoseconds bootTime() const override { return std::chrono::microseconds{m_boot.load()}; }

    void advance(std::chrono::microseconds by)
    {
        m_wall += by.count();
        m_boot += by.count();
    }
    void stepWall(std::chrono::microseconds by) { m_wall += by.count(); }

private:
    std::atomic<std::int64_t> m_wall;
    std::atomic<std::int64_t> m_boot{1'000'000};
};

} // namespace sb::test
