// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/EventId.h"

#include <span>

namespace sb {

EventId EventId::generate(Timestamp at, Random& random)
{
    EventId id;
    random.fill(std::span(id.bytes).subspan(6));
    auto ms = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count());
    for (std::size_t i = 6; i-- > 0; ms >>= 8)
        id.bytes[i] = static_cast<std::uint8_t>(ms);
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

std::string EventId::toString() const
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += kHex[bytes[i] >> 4];
        text += kHex[bytes[i] & 0x0f];
    }
    return text;
}

Timestamp EventId::millisecond() const
{
    std::int64_t ms = 0;
    for (std::size_t i = 0; i < 6; ++i)
        ms = (ms << 8) | bytes[i];
    return Timestamp{std::chrono::milliseconds{ms}};
}

Result<EventId> EventId::parse(std::string_view text)
{
    const auto nibble = [](char c) -> int {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
            return c - 'A' + 10;
        return -1;
    };
    EventId id;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '-')
            continue;
        const int value = nibble(c);
        if (value < 0 || digits == 32)
            return Error{ErrorCode::InvalidArgument, "not a request id"};
        auto& byte = id.bytes[digits / 2];
        byte = static_cast<std::uint8_t>((byte << 4) | value);
        ++digits;
    }
    if (digits != 32)
        return Error{ErrorCode::InvalidArgument, "not a request id"};
    return id;
}

} // namespace sb
