// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sb {

/// An amount in nano-USD (1 USD = 10^9), the only representation of money in the program. Amounts are summed as
/// integers and divided at most once, at the very end.
struct Money {
    std::int64_t nano = 0;

    constexpr auto operator<=>(const Money&) const = default;
    constexpr Money operator+(Money other) const { return {nano + other.nano}; }
    constexpr Money operator-(Money other) const { return {nano - other.nano}; }
    constexpr Money& operator+=(Money other)
    {
        nano += other.nano;
        return *this;
    }
};

/// Exact decimal text in USD without trailing zeros, at least two decimals: "0.000030", "12.50". C locale.
std::string toDecimalUsd(Money amount);

/// Parses "25", "25.00", "0.000000001"; at most nine decimals, no sign, no exponent.
Result<Money> parseUsd(std::string_view text);

/// A price: nano-USD per one million tokens (`*_npm` columns). USD 0.15 per million = 150'000'000.
using NanoPerMillion = std::int64_t;

} // namespace sb
