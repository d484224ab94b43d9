// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Limit.h"

#include <gtest/gtest.h>

using sb::LimitWindow;

TEST(LimitWindow, wordsAreThoseOfTheContractAndRoundTrip)
{
    EXPECT_EQ(sb::windowWord(LimitWindow::Minute), "minute");
    EXPECT_EQ(sb::windowWord(LimitWindow::Hour), "hour");
    EXPECT_EQ(sb::windowWord(LimitWindow::Day), "day");
    EXPECT_EQ(sb::windowWord(LimitWindow::Month), "month");
    for (const LimitWindow window : {LimitWindow::Minute, LimitWindow::Hour, LimitWindow::Day, LimitWindow::Month})
        EXPECT_EQ(sb::windowFromWord(sb::windowWord(window)), window);
    EXPECT_EQ(sb::windowFromWord("Minute"), std::nullopt);
    EXPECT_EQ(sb::windowFromWord(""), std::nullopt);
}
