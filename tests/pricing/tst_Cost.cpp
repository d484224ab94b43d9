// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/Cost.h"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>

#include <random>

using namespace sb;
using namespace sb::pricing;

namespace {

constexpr Timestamp kNow = fromMicros(1'784'073'600'000'000);

PriceRow row(NanoPerMillion input, NanoPerMillion output)
{
    PriceRow price;
    price.id = PriceId{7};
    price.model = ModelId{1};
    price.input = input;
    price.output = output;
    return price;
}

/// An independent way to the same number: exact rationals, rounded half up.
std::int64_t oracle(std::uint64_t tokens, NanoPerMillion price)
{
    const boost::multiprecision::cpp_rational exact(boost::multiprecision::cpp_int(tokens) * price, 1'000'000);
    const boost::multiprecision::cpp_rational shifted = exact + boost::multiprecision::cpp_rational(1, 2);
    return static_cast<std::int64_t>(boost::multiprecision::cpp_int(numerator(shifted) / denominator(shifted)));
}

} // namespace

TEST(Cost, thePublishedExampleCostsThirtyMillionthsOfADollar)
{
    // 20 tokens in and 45 out at USD 0.15 and 0.60 per million.
    TokenUsage usage;
    usage.inputUncached = 20;
    usage.outputText = 45;
    const Cost cost = costOf(usage, row(150'000'000, 600'000'000));
    EXPECT_EQ(cost.total.nano, 30'000);
    EXPECT_EQ(toDecimalUsd(cost.total), "0.00003");
    EXPECT_EQ(cost.price, PriceId{7});
    ASSERT_EQ(cost.lines.size(), 2u);
    EXPECT_EQ(cost.lines[0].amount + cost.lines[1].amount, cost.total);
}

TEST(Cost, absentClassesAreNotBilledAndNotListed)
{
    const Cost cost = costOf(TokenUsage{}, row(1'000'000'000, 1'000'000'000));
    EXPECT_TRUE(cost.lines.empty());
    EXPECT_EQ(cost.total.nano, 0);
}

TEST(Cost, classesWithoutAPriceOfTheirOwnFallBack)
{
    TokenUsage usage;
    usage.cacheRead = usage.cacheWrite5m = usage.cacheWrite1h = usage.reasoning = 1'000'000;
    const Cost plain = costOf(usage, row(3'000'000'000, 15'000'000'000));
    EXPECT_EQ(plain.total.nano, 3'000'000'000 + 3'750'000'000 + 6'000'000'000 + 15'000'000'000);

    PriceRow own = row(3'000'000'000, 15'000'000'000);
    own.cacheRead = 300'000'000;
    own.reasoning = 0;
    EXPECT_EQ(costOf(usage, own).total.nano, 300'000'000 + 3'750'000'000 + 6'000'000'000);
}

TEST(Cost, searchesCostAFeeEach)
{
    TokenUsage usage;
    usage.webSearches = 3;
    PriceRow price = row(1, 1);
    price.webSearchNano = 10'000'000;
    EXPECT_EQ(costOf(usage, price).total.nano, 30'000'000);
}

TEST(Cost, equalsExactArithmeticForAnyTokensAndPrice)
{
    std::mt19937_64 random(42);
    for (int i = 0; i < 20'000; ++i) {
        TokenUsage usage;
        usage.inputUncached = random() % 5'000'000;
        usage.outputText = random() % 200'000;
        usage.cacheRead = random() % 5'000'000;
        PriceRow price = row(static_cast<std::int64_t>(random() % 300'000'000'000),
                             static_cast<std::int64_t>(random() % 300'000'000'000));
        price.cacheRead = static_cast<std::int64_t>(random() % 1'000);
        const std::int64_t expected = oracle(*usage.inputUncached, price.input) +
                                      oracle(*usage.outputText, price.output) +
                                      oracle(*usage.cacheRead, *price.cacheRead);
        ASSERT_EQ(costOf(usage, price).total.nano, expected);
    }
}

TEST(UpperBound, isNeverBelowWhatAnySplitOfTheTokensCosts)
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        PriceRow price =
            row(static_cast<std::int64_t>(random() % 10'000), static_cast<std::int64_t>(random() % 10'000));
        if (random() % 2 == 0)
            price.cacheWrite5m = static_cast<std::int64_t>(random() % 20'000);
        if (random() % 2 == 0)
            price.reasoning = static_cast<std::int64_t>(random() % 20'000);
        TokenUsage usage;
        usage.inputUncached = random() % 1'000;
        usage.cacheRead = random() % 1'000;
        usage.cacheWrite5m = random() % 1'000;
        usage.cacheWrite1h = random() % 1'000;
        usage.outputText = random() % 1'000;
        usage.reasoning = random() % 1'000;
        usage.webSearches = random() % 3;
        price.webSearchNano = 10'000'000;
        const PriceRow* candidates[] = {&price};
        ASSERT_LE(costOf(usage, price).total, upperBound(usage.promptTokens(), usage.completionTokens(), candidates,
                                                         {.webSearches = *usage.webSearches}));
    }
}

TEST(UpperBound, leavesOutWhatCannotHappen)
{
    PriceRow price = row(1'000'000'000, 5'000'000'000);
    price.cacheWrite5m = 1'250'000'000;
    price.imageIn = 3'000'000'000;
    const PriceRow* candidates[] = {&price};
    const auto bound = [&](PossibleClasses classes) {
        return upperBound(1'000'000, 0, candidates, classes).nano / 10'000'000;
    };
    EXPECT_EQ(bound({}), 300);
    EXPECT_EQ(bound({.cacheWrite5m = true, .cacheWrite1h = true, .media = false}), 200)
        << "an hour costs twice the input";
    EXPECT_EQ(bound({.cacheWrite5m = true, .cacheWrite1h = false, .media = false}), 125);
    EXPECT_EQ(bound({.cacheWrite5m = false, .cacheWrite1h = false, .media = false}), 100);
}

TEST(RowInForce, prefersTheNegotiatedPriceOfThatService)
{
    PriceRow list = row(100, 100);
    PriceRow negotiated = row(50, 50);
    negotiated.id = PriceId{8};
    negotiated.service = ServiceId{3};
    const std::vector<PriceRow> prices{negotiated, list};
    EXPECT_EQ(rowInForce(prices, ModelId{1}, ServiceId{3}, 10, kNow)->id, PriceId{8});
    EXPECT_EQ(rowInForce(prices, ModelId{1}, ServiceId{4}, 10, kNow)->id, PriceId{7});
    EXPECT_EQ(rowInForce(prices, ModelId{2}, ServiceId{3}, 10, kNow), nullptr);
}

TEST(RowInForce, theLongContextTierIsACliff)
{
    PriceRow standard = row(100, 100);
    PriceRow longContext = row(200, 200);
    longContext.id = PriceId{9};
    longContext.tier = 1;
    longContext.contextOver = 200'000;
    const std::vector<PriceRow> prices{standard, longContext};
    EXPECT_EQ(rowInForce(prices, ModelId{1}, {}, 200'000, kNow)->id, PriceId{7});
    EXPECT_EQ(rowInForce(prices, ModelId{1}, {}, 200'001, kNow)->id, PriceId{9});
}

TEST(RowInForce, isTheOneOfThatDay)
{
    PriceRow before = row(100, 100);
    before.to = kNow;
    PriceRow after = row(300, 300);
    after.id = PriceId{10};
    after.from = kNow;
    const std::vector<PriceRow> prices{before, after};
    EXPECT_EQ(rowInForce(prices, ModelId{1}, {}, 1, kNow - std::chrono::microseconds{1})->id, PriceId{7});
    EXPECT_EQ(rowInForce(prices, ModelId{1}, {}, 1, kNow)->id, PriceId{10});
}
