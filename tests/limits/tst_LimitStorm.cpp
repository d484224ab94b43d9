// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits/LimitTable.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

using namespace sb;
using namespace sb::limits;

namespace {

constexpr int kThreads = 16;
constexpr int kRequestsEach = 4000;
constexpr std::int64_t kMaximum = 400'000;
constexpr LimitTable::ScopeKey kKey{LimitScope::ConnectionEnvironment, 1};
constexpr LimitTable::ScopeKey kService{LimitScope::ServiceEnvironment, 1};

} // namespace

TEST(LimitStorm, SixteenThreadsNeverPassTheMaximumAndLeakNothing)
{
    const SystemClock clock;
    LimitTable table(clock, [](LimitWindow, Timestamp now) { return now + std::chrono::hours{24}; });
    const std::vector<CounterSpec> specs{
        {.scope = kKey.scope,
         .scopeId = 1,
         .dimension = LimitDimension::TotalTokens,
         .per = LimitWindow::Hour,
         .maximum = kMaximum},
        {.scope = kService.scope,
         .scopeId = 1,
         .dimension = LimitDimension::Requests,
         .per = LimitWindow::Day,
         .maximum = kThreads * kRequestsEach},
    };
    table.configure(specs);
    const std::vector<LimitTable::ScopeKey> path{kKey, kService};

    std::atomic<std::int64_t> settledTokens{0};
    std::atomic<std::int64_t> settledRequests{0};
    std::atomic<std::int64_t> refused{0};
    std::atomic<bool> done{false};
    std::atomic<int> breaches{0};

    std::vector<std::thread> clients;
    for (int t = 0; t < kThreads; ++t) {
        clients.emplace_back([&, t] {
            std::mt19937 random(static_cast<unsigned>(t) + 1);
            for (int i = 0; i < kRequestsEach; ++i) {
                const Amounts bound{.promptTokens = static_cast<std::int64_t>(random() % 50) + 1,
                                    .completionTokens = static_cast<std::int64_t>(random() % 200) + 1};
                auto held = table.hold(path, bound);
                if (held.refusal) {
                    ++refused;
                    continue;
                }
                switch (random() % 5) {
                case 0: // an error before anything was sent
                    break;
                case 1: // the client went away: settled at the bound by the destructor
                    held.reservation.markSent();
                    settledTokens += bound.promptTokens + bound.completionTokens;
                    ++settledRequests;
                    break;
                default: {
                    const Amounts actual{.promptTokens = bound.promptTokens,
                                         .completionTokens = bound.completionTokens / 2};
                    held.reservation.markSent();
                    held.reservation.settle(actual);
                    settledTokens += actual.promptTokens + actual.completionTokens;
                    ++settledRequests;
                }
                }
            }
        });
    }
    std::thread watcher([&] {
        while (!done) {
            for (const CounterState& state : table.states())
                if (state.booked + state.held > state.spec.maximum)
                    ++breaches;
            table.configure(specs); // a reload in the middle of traffic
        }
    });
    for (std::thread& client : clients)
        client.join();
    done = true;
    watcher.join();

    EXPECT_EQ(breaches, 0);
    EXPECT_GT(refused, 0);
    const auto states = table.states();
    ASSERT_EQ(states.size(), 2u);
    for (const CounterState& state : states)
        EXPECT_EQ(state.held, 0);
    const auto& tokens = states[0].spec.dimension == LimitDimension::TotalTokens ? states[0] : states[1];
    const auto& requests = states[0].spec.dimension == LimitDimension::TotalTokens ? states[1] : states[0];
    EXPECT_EQ(tokens.booked, settledTokens);
    EXPECT_EQ(requests.booked, settledRequests);
    EXPECT_GE(tokens.booked, kMaximum * 95 / 100) << "the limit was not used up";
}
