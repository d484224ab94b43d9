// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

using sb::Error;
using sb::ErrorCode;
using sb::Result;

TEST(Result, holdsAValueOrAnError)
{
    const Result<int> good = 4;
    const Result<int> bad = Error{ErrorCode::NotFound, "no"};
    EXPECT_EQ(*good, 4);
    EXPECT_EQ(bad.error().code, ErrorCode::NotFound);
    EXPECT_EQ(bad.value_or(7), 7);
}

TEST(Result, carriesMoveOnlyValues)
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 3);
}

TEST(Result, chainsUntilTheFirstError)
{
    const auto half = [](int n) -> Result<int> {
        return n % 2 == 0 ? Result<int>(n / 2) : Result<int>(Error{ErrorCode::InvalidArgument, "odd"});
    };
    EXPECT_EQ(*Result<int>(8).and_then(half).and_then(half), 2);
    EXPECT_EQ(Result<int>(6).and_then(half).and_then(half).error().what, "odd");
    EXPECT_EQ(*Result<int>(6).transform([](int n) { return std::to_string(n); }), "6");
}

TEST(Result, ofVoidIsSuccessByDefault)
{
    EXPECT_TRUE(Result<void>().has_value());
    EXPECT_FALSE(Result<void>(Error{}).has_value());
}
