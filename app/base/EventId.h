// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "base/Result.h"
#include "base/Time.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sb {

/// UUIDv7 (RFC 9562) of a request. Its first 48 bits are the millisecond of the same clock reading that the record
/// carries as its time, so an id alone says where to look.
struct EventId {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const EventId&) const = default;
    bool isNil() const { return *this == EventId{}; }
    std::string toString() const;  ///< 36 characters, lower case, with dashes
    Timestamp millisecond() const; ///< the embedded time, millisecond precision

    static EventId generate(Timestamp at, Random& random);
    static Result<EventId> parse(std::string_view text);
};

} // namespace sb

template <>
struct std::hash<sb::EventId> {
    std::size_t operator()(const sb::EventId& id) const noexcept
    {
        std::size_t value = 0;
        for (std::size_t i = 8; i < 16; ++i) // the random half
            value = (value << 8) | id.bytes[i];
        return value;
    }
};
