// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ThreadMeter.h"

#include <gtest/gtest.h>

#include <thread>

using namespace std::chrono_literals;

namespace {

sb::ThreadTimes spentOn(auto work)
{
    const sb::ThreadMeter meter;
    const sb::ThreadTimes before = meter.read();
    work();
    return meter.read() - before;
}

} // namespace

TEST(ThreadMeter, aThreadThatWaitsSleeps)
{
    const auto times = spentOn([] { std::this_thread::sleep_for(20ms); });
    EXPECT_GE(times.wall, 20ms);
    EXPECT_GE(times.slept() + times.ready, 20ms - 1ms); // its processor may have been taken while it fell asleep
    EXPECT_GT(times.slept(), 0ms);
}

TEST(ThreadMeter, aThreadThatComputesIsNotAsleep)
{
    const auto times = spentOn([] {
        const sb::ThreadMeter meter;
        const auto begin = meter.read().computed;
        while (meter.read().computed - begin < 20ms) {
        }
    });
    EXPECT_GE(times.computed, 20ms);
    EXPECT_LT(times.slept(), times.computed);
}

TEST(ThreadTimes, whatIsNeitherComputedNorReadyWasSlept)
{
    EXPECT_EQ((sb::ThreadTimes{.wall = 100ms, .computed = 20ms, .ready = 30ms, .sleeps = 1}.slept()), 50ms);
    // The kernel's clocks are read one after the other.
    EXPECT_EQ((sb::ThreadTimes{.wall = 10ms, .computed = 11ms, .sleeps = 1}.slept()), 0ms);
}

TEST(ThreadTimes, aThreadThatNeverWaitedDidNotSleep)
{
    EXPECT_EQ((sb::ThreadTimes{.wall = 100ms, .computed = 20ms, .ready = 30ms}.slept()), 0ms);
}

TEST(ThreadMeter, theOthersReadyTimeOnlyGrows)
{
    sb::ThreadMeter meter;
    const auto before = meter.readyOthers();
    std::thread([] { std::this_thread::sleep_for(1ms); }).join();
    EXPECT_GE(meter.readyOthers(), before);
}
