// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits/LimitTable.h"
#include "limits/SelfTest.h"

#include "support/FakeClock.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::limits;
using namespace std::chrono_literals;
using sb::test::FakeClock;

namespace {

constexpr LimitTable::ScopeKey kService{LimitScope::ServiceEnvironment, 7};
constexpr LimitTable::ScopeKey kConnection{LimitScope::ConnectionEnvironment, 3};

CounterSpec spec(LimitDimension dimension, LimitWindow per, std::int64_t maximum, LimitTable::ScopeKey scope = kService)
{
    return {.scope = scope.scope, .scopeId = scope.scopeId, .dimension = dimension, .per = per, .maximum = maximum};
}

Amounts tokens(std::int64_t prompt, std::int64_t completion = 0)
{
    return {.promptTokens = prompt, .completionTokens = completion};
}

/// Days and months in UTC, as one day and as 30 days from the epoch on.
Timestamp nextReset(LimitWindow window, Timestamp now)
{
    const auto period = window == LimitWindow::Day ? std::chrono::days{1} : std::chrono::days{30};
    const auto count = now.time_since_epoch() / period;
    return Timestamp{period * (count + 1)};
}

class LimitTableTest : public testing::Test {
protected:
    void configure(std::vector<CounterSpec> specs, const std::vector<BookedBucket>& booked = {})
    {
        table.configure(specs, booked);
    }
    LimitTable::HoldResult hold(const Amounts& amounts) { return table.hold(path, amounts); }
    void book(const Amounts& amounts)
    {
        auto held = hold(amounts);
        ASSERT_FALSE(held.refusal);
        held.reservation.markSent();
        held.reservation.settle(amounts);
    }
    std::int64_t booked(std::size_t index = 0) const { return table.states().at(index).booked; }
    std::int64_t held(std::size_t index = 0) const { return table.states().at(index).held; }

    FakeClock clock;
    LimitTable table{clock, nextReset};
    std::vector<LimitTable::ScopeKey> path{kService, kConnection};
};

} // namespace

TEST_F(LimitTableTest, AdmitsUpToTheMaximumAndNotOneMore)
{
    configure({spec(LimitDimension::PromptTokens, LimitWindow::Minute, 100)});
    book(tokens(60));
    EXPECT_TRUE(hold(tokens(41)).refusal);
    EXPECT_FALSE(hold(tokens(40)).refusal);
}

TEST_F(LimitTableTest, WhatIsHeldCountsLikeWhatIsBooked)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100)});
    const auto first = hold(tokens(30, 40));
    const auto second = hold(tokens(30, 1));
    ASSERT_TRUE(second.refusal);
    EXPECT_EQ(second.refusal->held, 70);
    EXPECT_EQ(second.refusal->used, 0);
    EXPECT_FALSE(hold(tokens(20, 10)).refusal);
}

TEST_F(LimitTableTest, SettlingBooksTheActualAndFreesTheRest)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100)});
    auto request = hold(tokens(30, 70));
    request.reservation.markSent();
    request.reservation.settle(tokens(30, 5));
    EXPECT_FALSE(request.reservation.isOpen());
    EXPECT_EQ(booked(), 35);
    EXPECT_EQ(held(), 0);
}

TEST_F(LimitTableTest, SettlingTwiceBooksOnce)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100)});
    auto request = hold(tokens(10));
    request.reservation.settle(tokens(10));
    request.reservation.settle(tokens(10));
    request.reservation.release();
    EXPECT_EQ(booked(), 10);
    EXPECT_EQ(held(), 0);
}

TEST_F(LimitTableTest, ALostReservationSettlesAtItsBoundIfItWasSentAndAtNothingIfNot)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100)});
    {
        auto sent = hold(tokens(10, 20));
        sent.reservation.markSent();
        const auto unsent = hold(tokens(40));
    }
    EXPECT_EQ(booked(), 30);
    EXPECT_EQ(held(), 0);
}

TEST_F(LimitTableTest, AssigningOverAReservationSettlesIt)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100)});
    auto first = hold(tokens(10));
    auto second = hold(tokens(20));
    first.reservation.markSent();
    first.reservation = std::move(second.reservation);
    EXPECT_EQ(booked(), 10);
    EXPECT_EQ(held(), 20);
}

TEST_F(LimitTableTest, AReservationMayOutliveItsTable)
{
    auto short_lived = std::make_unique<LimitTable>(clock, nextReset);
    const CounterSpec limit = spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100);
    short_lived->configure({&limit, 1});
    auto request = short_lived->hold(path, tokens(10));
    short_lived.reset();
    request.reservation.settle(tokens(5));
    EXPECT_FALSE(request.reservation.isOpen());
}

TEST_F(LimitTableTest, ARefusalTakesNothingFromAnyCounter)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 1000),
               spec(LimitDimension::Requests, LimitWindow::Minute, 1, kConnection)});
    book(tokens(1));
    EXPECT_TRUE(hold(tokens(1)).refusal);
    for (const CounterState& state : table.states())
        EXPECT_EQ(state.held, 0);
}

TEST_F(LimitTableTest, OnlyScopesOnThePathCount)
{
    configure({spec(LimitDimension::Requests, LimitWindow::Minute, 1, {LimitScope::Project, 9})});
    for (int i = 0; i < 5; ++i)
        book(tokens(1));
    EXPECT_EQ(booked(), 0);
}

TEST_F(LimitTableTest, AMinuteRollsOnTheOldestBucketCountingInFull)
{
    configure({spec(LimitDimension::PromptTokens, LimitWindow::Minute, 100)});
    clock.advance(500ms); // into the middle of a bucket
    book(tokens(100));
    const auto refused = hold(tokens(1));
    ASSERT_TRUE(refused.refusal);
    EXPECT_EQ(refused.refusal->retryAfter, 60s + 500ms); // when the bucket's last instant is a minute old
    clock.advance(60s + 499ms);
    EXPECT_TRUE(hold(tokens(1)).refusal);
    clock.advance(1ms);
    EXPECT_FALSE(hold(tokens(100)).refusal);
}

TEST_F(LimitTableTest, RetryAfterWaitsForAsManyBucketsAsAreNeeded)
{
    configure({spec(LimitDimension::PromptTokens, LimitWindow::Hour, 100)});
    book(tokens(30));
    clock.advance(5min);
    book(tokens(30));
    clock.advance(5min);
    book(tokens(40));
    EXPECT_EQ(hold(tokens(30)).refusal->retryAfter, 61min - 10min - 1s); // the clock began at 1 s after boot
    EXPECT_EQ(hold(tokens(31)).refusal->retryAfter, 61min - 5min - 1s);
    EXPECT_EQ(hold(tokens(61)).refusal->retryAfter, 61min - 1s);
}

TEST_F(LimitTableTest, AStepOfTheWallClockDoesNotMoveARollingWindow)
{
    configure({spec(LimitDimension::PromptTokens, LimitWindow::Minute, 100)});
    book(tokens(100));
    clock.stepWall(2h);
    EXPECT_TRUE(hold(tokens(1)).refusal);
    clock.stepWall(-24h);
    EXPECT_TRUE(hold(tokens(1)).refusal);
}

TEST_F(LimitTableTest, ADayEndsAtItsResetAndAStepBackDoesNotReopenIt)
{
    configure({spec(LimitDimension::CostNano, LimitWindow::Day, 1000)});
    book({.costNano = 1000});
    clock.advance(23h);
    EXPECT_EQ(hold({.costNano = 1}).refusal->retryAfter, 1h);
    clock.advance(1h);
    book({.costNano = 1000});
    clock.stepWall(-2h);
    EXPECT_TRUE(hold({.costNano = 1}).refusal);
    clock.advance(2h); // midnight once more by the wall clock, but that period is over already
    EXPECT_TRUE(hold({.costNano = 1}).refusal);
}

TEST_F(LimitTableTest, WhatIsHeldOverAResetIsBookedInTheNewPeriod)
{
    configure({spec(LimitDimension::CostNano, LimitWindow::Day, 1000)});
    auto request = hold({.costNano = 600});
    request.reservation.markSent();
    clock.advance(24h);
    EXPECT_TRUE(hold({.costNano = 401}).refusal);
    request.reservation.settle({.costNano = 500});
    EXPECT_EQ(booked(), 500);
}

TEST_F(LimitTableTest, MoneyIsReportedBeforeTokensBeforeRequests)
{
    const auto cost = spec(LimitDimension::CostNano, LimitWindow::Month, 10);
    const auto total = spec(LimitDimension::TotalTokens, LimitWindow::Minute, 10);
    const auto requests = spec(LimitDimension::Requests, LimitWindow::Minute, 1);
    configure({requests, total, cost});
    book({.promptTokens = 10, .requests = 1, .costNano = 10});
    const Amounts next{.promptTokens = 1, .requests = 1, .costNano = 1};
    EXPECT_EQ(hold(next).refusal->counter.dimension, LimitDimension::CostNano);
    configure({requests, total});
    EXPECT_EQ(hold(next).refusal->counter.dimension, LimitDimension::TotalTokens);
    configure({requests});
    EXPECT_EQ(hold(next).refusal->counter.dimension, LimitDimension::Requests);
}

TEST_F(LimitTableTest, TheWaitIsThatOfAllCountersInTheWay)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 10),
               spec(LimitDimension::Requests, LimitWindow::Hour, 1)});
    book(tokens(10));
    const auto refused = hold(tokens(1));
    EXPECT_EQ(refused.refusal->counter.dimension, LimitDimension::TotalTokens);
    EXPECT_EQ(refused.refusal->retryAfter, 61min - 1s);
}

TEST_F(LimitTableTest, WhatExceedsAWholeWindowCanNeverFit)
{
    configure({spec(LimitDimension::PromptTokens, LimitWindow::Minute, 100)});
    const auto refused = hold(tokens(101));
    ASSERT_TRUE(refused.refusal);
    EXPECT_TRUE(refused.refusal->canNeverFit);
    EXPECT_FALSE(hold(tokens(100)).refusal);
}

TEST_F(LimitTableTest, BehindOpenHoldsTheWaitIsAGuessOfAtLeastASecond)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100)});
    const auto open = hold(tokens(100));
    const auto refused = hold(tokens(50));
    ASSERT_TRUE(refused.refusal);
    EXPECT_FALSE(refused.refusal->canNeverFit);
    EXPECT_EQ(refused.refusal->retryAfter, 1s);
}

TEST_F(LimitTableTest, AnOverrunIsBookedInFullAndKeepsTheWindowBlocked)
{
    configure({spec(LimitDimension::CompletionTokens, LimitWindow::Minute, 100)});
    auto request = hold(tokens(1, 50));
    request.reservation.markSent();
    request.reservation.settle(tokens(1, 500));
    EXPECT_EQ(booked(), 500);
    EXPECT_EQ(table.states().at(0).overruns, 1u);
    EXPECT_TRUE(hold(tokens(1, 1)).refusal);
}

TEST_F(LimitTableTest, AShadowCounterCountsAndNeverRefuses)
{
    auto shadow = spec(LimitDimension::Requests, LimitWindow::Minute, 1);
    shadow.mode = LimitMode::Shadow;
    configure({shadow});
    for (int i = 0; i < 3; ++i)
        book(tokens(1));
    EXPECT_EQ(booked(), 3);
    EXPECT_EQ(table.states().at(0).refused, 2u);
}

TEST_F(LimitTableTest, ChangingTheMaximumKeepsWhatIsBookedAndHeld)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100)});
    book(tokens(50));
    const auto open = hold(tokens(20));
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 60)});
    EXPECT_EQ(booked(), 50);
    EXPECT_EQ(held(), 20);
    EXPECT_TRUE(hold(tokens(1)).refusal);
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 80)});
    EXPECT_FALSE(hold(tokens(10)).refusal);
}

TEST_F(LimitTableTest, RemovingALimitAndAddingItAgainGrantsNoFreshBudget)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100)});
    book(tokens(100));
    configure({});
    EXPECT_FALSE(hold(tokens(1)).refusal);
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100)});
    EXPECT_TRUE(hold(tokens(1)).refusal);
}

TEST_F(LimitTableTest, AHoldOfARemovedLimitStillSettles)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100)});
    auto open = hold(tokens(100));
    configure({});
    configure({});
    open.reservation.settle(tokens(7));
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100)});
    EXPECT_EQ(booked(), 7);
}

TEST_F(LimitTableTest, OfTwoEqualLimitsTheStricterHolds)
{
    configure({spec(LimitDimension::Requests, LimitWindow::Minute, 5),
               spec(LimitDimension::Requests, LimitWindow::Minute, 2),
               spec(LimitDimension::Requests, LimitWindow::Minute, 9)});
    ASSERT_EQ(table.states().size(), 1u);
    EXPECT_EQ(table.states().front().spec.maximum, 2);
}

TEST_F(LimitTableTest, ANewCounterBeginsWithWhatIsStillInTheWindow)
{
    clock.advance(12h);
    const Timestamp now = clock.now();
    const auto minute = [&](std::chrono::seconds ago, std::int64_t amount) {
        return BookedBucket{kService.scope,      kService.scopeId, LimitDimension::TotalTokens,
                            LimitWindow::Minute, now - ago,        amount};
    };
    const auto day = [&](std::chrono::hours ago, std::int64_t amount) {
        return BookedBucket{kService.scope,   kService.scopeId, LimitDimension::CostNano,
                            LimitWindow::Day, now - ago,        amount};
    };
    const std::vector<BookedBucket> buckets{minute(90s, 1000), minute(50s, 40), minute(10s, 5), day(36h, 7),
                                            day(12h, 20)};
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 100),
               spec(LimitDimension::CostNano, LimitWindow::Day, 50)},
              buckets);
    EXPECT_EQ(booked(0), 45);
    EXPECT_EQ(booked(1), 20);
    const auto refused = hold(tokens(60));
    ASSERT_TRUE(refused.refusal);
    clock.advance(refused.refusal->retryAfter);
    EXPECT_FALSE(hold(tokens(60)).refusal);
    EXPECT_EQ(refused.refusal->retryAfter, 11s); // never earlier than a minute after the end of the stored bucket
}

TEST_F(LimitTableTest, ACounterBeginsOnlyOnce)
{
    const auto oldLimit = spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100);
    const auto newLimit = spec(LimitDimension::Requests, LimitWindow::Hour, 10);
    const std::vector<BookedBucket> buckets{
        {kService.scope, kService.scopeId, LimitDimension::TotalTokens, LimitWindow::Hour, clock.now() - 5min, 30},
        {kService.scope, kService.scopeId, LimitDimension::Requests, LimitWindow::Hour, clock.now() - 5min, 3}};
    configure({oldLimit}, buckets);
    configure({oldLimit, newLimit}, buckets);
    EXPECT_EQ(booked(0), 30);
    EXPECT_EQ(booked(1), 3);
    auto edited = oldLimit;
    edited.maximum = 500;
    configure({edited, newLimit}, buckets);
    EXPECT_EQ(booked(0), 30) << "an edited maximum keeps what is booked";
    EXPECT_EQ(table.states().front().spec.maximum, 500);
}

TEST_F(LimitTableTest, ACounterThatComesBackKnowsWhatItMissed)
{
    const auto limit = spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100);
    const auto bucket = [&](std::int64_t amount) {
        return std::vector<BookedBucket>{{kService.scope, kService.scopeId, LimitDimension::TotalTokens,
                                          LimitWindow::Hour, clock.now() - 5min, amount}};
    };
    configure({limit}, bucket(30));
    configure({});
    configure({limit}, bucket(50));
    EXPECT_EQ(booked(), 50) << "20 while it was away";
    book(tokens(5));
    configure({});
    configure({limit}, bucket(40));
    EXPECT_EQ(booked(), 55) << "what it booked itself may not have been stored yet";
}

TEST_F(LimitTableTest, AfterAChangeOfZoneTheLaterResetHolds)
{
    std::chrono::hours shift{0};
    LimitTable zoned(clock, [&](LimitWindow window, Timestamp now) { return nextReset(window, now - shift) + shift; });
    const CounterSpec limit = spec(LimitDimension::CostNano, LimitWindow::Day, 10);
    zoned.configure({&limit, 1});
    const auto wait = [&] {
        auto full = zoned.hold(path, {.costNano = 10});
        if (!full.refusal) {
            full.reservation.markSent();
            full.reservation.settle({.costNano = 10});
        }
        return zoned.hold(path, {.costNano = 1}).refusal->retryAfter;
    };
    EXPECT_EQ(wait(), 24h);
    shift = -6h; // the day now ends 6 h earlier: the old end stays
    zoned.configure({&limit, 1});
    EXPECT_EQ(wait(), 24h);
    clock.advance(24h);
    EXPECT_EQ(wait(), 18h); // from then on days end where the new zone says
    shift = 3h;             // 9 h later
    zoned.configure({&limit, 1});
    EXPECT_EQ(wait(), 18h); // 3 h from now is the nearer of the two
    clock.advance(1h);
    shift = 0h;
    zoned.configure({&limit, 1});
    EXPECT_EQ(wait(), 23h);
}

TEST_F(LimitTableTest, TheRateNamesTheTightestTokenWindow)
{
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 1000),
               spec(LimitDimension::TotalTokens, LimitWindow::Day, 10'000),
               spec(LimitDimension::Requests, LimitWindow::Minute, 2)});
    book(tokens(100, 300));
    const auto next = hold(tokens(50, 50));
    ASSERT_TRUE(next.rate);
    EXPECT_EQ(next.rate->maximum, 1000);
    EXPECT_EQ(next.rate->remaining, 500);
    EXPECT_EQ(next.rate->reset, 61s);
    configure({spec(LimitDimension::Requests, LimitWindow::Minute, 2)});
    EXPECT_FALSE(hold(tokens(1)).rate);
}

TEST_F(LimitTableTest, CompletionRoomIsWhatTheTightestWindowLeaves)
{
    EXPECT_FALSE(table.completionRoom(path, 10));
    configure({spec(LimitDimension::PromptTokens, LimitWindow::Minute, 5)});
    EXPECT_FALSE(table.completionRoom(path, 10));
    configure({spec(LimitDimension::CompletionTokens, LimitWindow::Minute, 80),
               spec(LimitDimension::TotalTokens, LimitWindow::Hour, 100, kConnection)});
    EXPECT_EQ(table.completionRoom(path, 10), 80);
    EXPECT_EQ(table.completionRoom(path, 30), 70);
    book(tokens(20, 40));
    EXPECT_EQ(table.completionRoom(path, 10), 30);
    EXPECT_EQ(table.completionRoom(path, 1000), 0);
}

TEST_F(LimitTableTest, AbsurdAmountsNeitherOverflowNorPass)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    configure({spec(LimitDimension::TotalTokens, LimitWindow::Minute, 1'000'000)});
    EXPECT_TRUE(hold(tokens(kMost, kMost)).refusal->canNeverFit);
    auto request = hold(tokens(-5, 10));
    request.reservation.settle(tokens(kMost, kMost));
    EXPECT_GT(booked(), 1'000'000);
    EXPECT_TRUE(hold(tokens(1)).refusal);
    clock.advance(2min);
    EXPECT_EQ(booked(), 0);
}

TEST(LimitSelfTest, PassesOnAWorkingTable)
{
    EXPECT_TRUE(selfTest());
}
