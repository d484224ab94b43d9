// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/AttemptOrder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace sb::routing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RouteTarget target(std::int64_t weight, std::optional<std::int64_t> priority = {})
{
    return {"/service", "model", weight, priority};
}

std::vector<std::size_t> order(RoutingPolicy policy, const std::vector<RouteTarget>& targets, std::uint64_t seed = 1,
                               std::vector<bool> usable = {})
{
    usable.resize(targets.size(), usable.empty());
    return attemptOrder(policy, targets, usable, seed);
}

TEST(PriorityOrder, IsThatOfTheListWhereNoPriorityIsGiven)
{
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        EXPECT_THAT(order(RoutingPolicy::Priority, {target(1), target(9), target(1)}, seed), ElementsAre(0, 1, 2));
}

TEST(PriorityOrder, AscendsByTheNumbersGiven)
{
    EXPECT_THAT(order(RoutingPolicy::Priority, {target(1, 30), target(1, 10), target(1, 20)}), ElementsAre(1, 2, 0));
}

TEST(PriorityOrder, DrawsInsideATierOnly)
{
    std::set<std::vector<std::size_t>> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed)
        seen.insert(order(RoutingPolicy::Priority, {target(1, 1), target(1, 1), target(1, 2)}, seed));
    EXPECT_THAT(seen, ElementsAre(ElementsAre(0, 1, 2), ElementsAre(1, 0, 2)));
}

TEST(PriorityOrder, NeverRevivesWhatAFilterRemoved)
{
    EXPECT_THAT(order(RoutingPolicy::Priority, {target(1), target(1), target(1)}, 1, {false, true, false}),
                ElementsAre(1));
    EXPECT_THAT(order(RoutingPolicy::Priority, {target(1)}, 1, {false}), IsEmpty());
}

TEST(WeightedOrder, HoldsEveryTargetWithAWeightOnce)
{
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        EXPECT_THAT(order(RoutingPolicy::Weighted, {target(3), target(0), target(1)}, seed),
                    testing::UnorderedElementsAre(0, 2));
}

TEST(WeightedOrder, GivesEachItsShareOfTheFirstPlaces)
{
    constexpr int kDraws = 40'000;
    std::array<int, 3> first{};
    for (std::uint64_t seed = 0; seed < kDraws; ++seed)
        ++first[order(RoutingPolicy::Weighted, {target(5), target(3), target(2)}, seed * 0x9e3779b97f4a7c15ull)
                    .front()];
    // five standard deviations of a binomial share
    EXPECT_NEAR(first[0], kDraws * 0.5, 500);
    EXPECT_NEAR(first[1], kDraws * 0.3, 460);
    EXPECT_NEAR(first[2], kDraws * 0.2, 400);
}

TEST(WeightedOrder, IsTheSameForTheSameSeed)
{
    const std::vector<RouteTarget> targets{target(1), target(1), target(1), target(1), target(1)};
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        EXPECT_EQ(order(RoutingPolicy::Weighted, targets, seed), order(RoutingPolicy::Weighted, targets, seed));
    EXPECT_NE(order(RoutingPolicy::Weighted, targets, 1), order(RoutingPolicy::Weighted, targets, 2));
}

TEST(WeightedOrder, TakesWeightsBeyondThirtyTwoBits)
{
    const std::int64_t huge = std::int64_t{1} << 40;
    EXPECT_EQ(order(RoutingPolicy::Weighted, {target(huge), target(1)}).front(), 0u);
}

} // namespace
} // namespace sb::routing
