// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"

namespace sb {

/// Where time comes from; injected so that tests run on a virtual clock. Any thread.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall clock: for records and calendar windows. May jump.
    virtual Timestamp now() const = 0;

    /// Nanoseconds of CLOCK_BOOTTIME: never steps, counts suspend. For rolling windows and durations.
    virtual std::chrono::nanoseconds bootTime() const = 0;
};

class SystemClock final : public Clock {
public:
    Timestamp now() const override;
    std::chrono::nanoseconds bootTime() const override;
};

} // namespace sb
