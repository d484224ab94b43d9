// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LogHistogram.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace sb;

TEST(LogHistogram, aBinsValueIsWithinFivePercentOfWhatWentIn)
{
    for (double value = 1; value < 1e9; value *= 1.013) {
        const double read = LogHistogram::valueOf(LogHistogram::binOf(value));
        EXPECT_LE(std::abs(read - value) / value, 0.0501) << value;
    }
}

TEST(LogHistogram, everythingUpToOneIsTheFirstBin)
{
    EXPECT_EQ(LogHistogram::binOf(0), 0);
    EXPECT_EQ(LogHistogram::binOf(-5), 0);
    EXPECT_EQ(LogHistogram::binOf(1), 0);
}
