// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Money.h"

#include <limits>

namespace sb {

namespace {
constexpr std::int64_t kNanoPerUsd = 1'000'000'000;
constexpr std::size_t kDecimals = 9;
} // namespace

std::string toDecimalUsd(Money amount)
{
    // Negated in unsigned arithmetic, so that the smallest int64 is no special case.
    const bool negative = amount.nano < 0;
    const auto magnitude =
        negative ? ~static_cast<std::uint64_t>(amount.nano) + 1 : static_cast<std::uint64_t>(amount.nano);
    std::string fraction = std::to_string(magnitude % kNanoPerUsd);
    fraction.insert(0, kDecimals - fraction.size(), '0');
    while (fraction.size() > 2 && fraction.back() == '0')
        fraction.pop_back();
    return (negative ? "-" : "") + std::to_string(magnitude / kNanoPerUsd) + "." + fraction;
}

Result<Money> parseUsd(std::string_view text)
{
    const Error invalid{ErrorCode::InvalidArgument, "not an amount of money: " + std::string(text)};
    std::int64_t nano = 0;
    std::size_t decimals = 0;
    bool point = false;
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || decimals == kDecimals)
            return invalid;
        if (__builtin_mul_overflow(nano, 10, &nano) || __builtin_add_overflow(nano, c - '0', &nano))
            return invalid;
        digits = true;
        decimals += point ? 1 : 0;
    }
    if (!digits)
        return invalid;
    for (; decimals < kDecimals; ++decimals) {
        if (__builtin_mul_overflow(nano, 10, &nano))
            return invalid;
    }
    return Money{nano};
}

} // namespace sb
