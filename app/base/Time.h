// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace sb {

/// An instant, UTC, microseconds since 1970. The only type for stored times; `count()` of it is a `*_us` column.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

inline constexpr std::int64_t toMicros(Timestamp t)
{
    return t.time_since_epoch().count();
}
inline constexpr Timestamp fromMicros(std::int64_t us)
{
    return Timestamp{std::chrono::microseconds{us}};
}

} // namespace sb
