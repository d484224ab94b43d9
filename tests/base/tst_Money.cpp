// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Money.h"

#include <gtest/gtest.h>

#include <limits>

using sb::Money;

TEST(Money, readsDecimalTextExactly)
{
    const std::pair<const char*, std::int64_t> rows[] = {
        {"0", 0},
        {"25", 25'000'000'000},
        {"25.00", 25'000'000'000},
        {"0.000000001", 1},
        {".5", 500'000'000},
        {"7.", 7'000'000'000},
        {"9223372036.854775807", std::numeric_limits<std::int64_t>::max()},
    };
    for (const auto& [text, nano] : rows) {
        const auto parsed = sb::parseUsd(text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(parsed->nano, nano) << text;
    }
}

TEST(Money, refusesWhatIsNotAnExactAmount)
{
    for (const char* text :
         {"", ".", "-1", "1e3", "1,5", "0.0000000001", "9223372036.854775808", "1.2.3", " 1", "USD 1"})
        EXPECT_FALSE(sb::parseUsd(text).has_value()) << text;
}

TEST(Money, printsWithoutLosingANano)
{
    EXPECT_EQ(sb::toDecimalUsd(Money{0}), "0.00");
    EXPECT_EQ(sb::toDecimalUsd(Money{30'000}), "0.00003");
    EXPECT_EQ(sb::toDecimalUsd(Money{12'500'000'000}), "12.50");
    EXPECT_EQ(sb::toDecimalUsd(Money{-1}), "-0.000000001");
    EXPECT_EQ(sb::toDecimalUsd(Money{std::numeric_limits<std::int64_t>::min()}), "-9223372036.854775808");
}

TEST(Money, textAndAmountRoundTrip)
{
    for (const std::int64_t nano : {std::int64_t{1}, std::int64_t{999'999'999}, std::int64_t{1'234'567'890'123}})
        EXPECT_EQ(sb::parseUsd(sb::toDecimalUsd(Money{nano}))->nano, nano);
}
