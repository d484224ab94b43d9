// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Buffer.h"
#include "http/Deadline.h"
#include "http/Resolver.h"
#include "http/Task.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <vector>

namespace sb::http {
namespace {

using namespace std::chrono_literals;

struct Fired {
    Deadline deadline;
    int count = 0;
    Deadline* alsoDisarms = nullptr;
    static void callback(void* self)
    {
        auto* fired = static_cast<Fired*>(self);
        ++fired->count;
        if (fired->alsoDisarms)
            fired->alsoDisarms->disarm();
    }
    void arm(TimerWheel& wheel, std::chrono::milliseconds after) { deadline.arm(wheel, after, this, callback); }
};

TEST(TimerWheel, FiresOnceAndNeverEarly)
{
    TimerWheel wheel;
    const auto start = std::chrono::steady_clock::now();
    Fired soon, later;
    soon.arm(wheel, 300ms);
    later.arm(wheel, 100s);
    wheel.advance(start + 290ms);
    EXPECT_EQ(soon.count, 0);
    wheel.advance(start + 2s);
    EXPECT_EQ(soon.count, 1);
    wheel.advance(start + 99s);
    EXPECT_EQ(later.count, 0) << "one turn of the wheel is 51.2 s";
    wheel.advance(start + 101s);
    EXPECT_EQ(later.count, 1);
    EXPECT_EQ(soon.count, 1);
}

TEST(TimerWheel, FindsWhatIsDueAfterALongSleep)
{
    TimerWheel wheel;
    Fired fired;
    fired.arm(wheel, 5s);
    wheel.advance(std::chrono::steady_clock::now() + 8h);
    EXPECT_EQ(fired.count, 1);
}

TEST(TimerWheel, LetsACallbackDisarmItsNeighbour)
{
    TimerWheel wheel;
    Fired a, b;
    a.arm(wheel, 200ms);
    b.arm(wheel, 200ms);
    a.alsoDisarms = &b.deadline;
    b.alsoDisarms = &a.deadline;
    wheel.advance(std::chrono::steady_clock::now() + 1s);
    EXPECT_EQ(a.count + b.count, 1);
}

TEST(TimerWheel, ForgetsADeadlineThatDies)
{
    TimerWheel wheel;
    {
        Fired gone;
        gone.arm(wheel, 100ms);
    }
    wheel.advance(std::chrono::steady_clock::now() + 1s);
    SUCCEED() << "the sanitizer objects if the dead one was touched";
}

TEST(Buffer, KeepsItsContentWhileItGrowsAndMoves)
{
    Buffer buffer;
    std::string expected;
    for (int i = 0; i < 5000; ++i) {
        const std::string piece = std::to_string(i) + ',';
        buffer.append(piece);
        expected += piece;
        if (i % 3 == 2) {
            buffer.consume(4);
            expected.erase(0, 4);
        }
        ASSERT_EQ(buffer.view(), expected) << i;
    }
}

Task<int> value(int number)
{
    co_return number;
}

Task<int> sumOfMany()
{
    int sum = 0;
    for (int i = 0; i < 1'000'000; ++i)
        sum += co_await value(1);
    co_return sum;
}

Task<void> store(int* into)
{
    *into = co_await sumOfMany();
}

TEST(Task, NeedsNoStackForAwaitsThatDoNotSuspend)
{
    int result = 0;
    bool finished = false;
    start(store(&result), [&finished](std::exception_ptr error) { finished = !error; });
    EXPECT_TRUE(finished);
    EXPECT_EQ(result, 1'000'000);
}

Task<void> throwing()
{
    throw std::runtime_error("x");
    co_return;
}

Task<void> passesOn()
{
    co_await throwing();
}

TEST(Task, CarriesAnExceptionToTheRoot)
{
    bool failed = false;
    start(passesOn(), [&failed](std::exception_ptr error) { failed = error != nullptr; });
    EXPECT_TRUE(failed);
}

class Answers {
public:
    void operator()(Result<Resolver::Addresses> addresses)
    {
        const std::lock_guard lock(m_mutex);
        m_all.push_back(std::move(addresses));
        m_changed.notify_all();
    }
    std::vector<Result<Resolver::Addresses>> waitFor(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, 10s, [&] { return m_all.size() >= count; });
        return m_all;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Result<Resolver::Addresses>> m_all;
};

TEST(Resolver, AsksOnceForEqualNamesAndIsNotHeldUpByASlowOne)
{
    std::mutex mutex;
    std::condition_variable changed;
    bool release = false;
    int lookups = 0;
    auto lookup = [&](const std::string& host) -> Result<Resolver::Addresses> {
        std::unique_lock lock(mutex);
        ++lookups;
        if (host == "slow.example")
            changed.wait_for(lock, 10s, [&] { return release; });
        return Resolver::Addresses{*validation::HostAddress::parse("8.8.8.8")};
    };
    Answers slow, fast;
    Resolver resolver(lookup);
    auto toSlow = [&slow](Result<Resolver::Addresses> a) { slow(std::move(a)); };
    resolver.resolve("slow.example", toSlow);
    resolver.resolve("slow.example", toSlow);
    resolver.resolve("fast.example", [&fast](Result<Resolver::Addresses> a) { fast(std::move(a)); });
    EXPECT_EQ(fast.waitFor(1).size(), 1u) << "answered while the slow name still hangs";
    {
        const std::lock_guard lock(mutex);
        release = true;
        changed.notify_all();
    }
    ASSERT_EQ(slow.waitFor(2).size(), 2u);
    resolver.resolve("slow.example", toSlow);
    EXPECT_EQ(slow.waitFor(3).size(), 3u);
    const std::lock_guard lock(mutex);
    EXPECT_EQ(lookups, 2) << "one per name: single flight, then cached";
}

TEST(Resolver, ReportsAFailureAndAnswersLiteralsAtOnce)
{
    auto lookup = [](const std::string&) -> Result<Resolver::Addresses> {
        return Error{ErrorCode::Unavailable, "no such name"};
    };
    Answers answers;
    Resolver resolver(lookup);
    resolver.resolve("::1", [&answers](Result<Resolver::Addresses> a) { answers(std::move(a)); });
    resolver.resolve("nowhere.example", [&answers](Result<Resolver::Addresses> a) { answers(std::move(a)); });
    const auto all = answers.waitFor(2);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_TRUE(all[0]);
    EXPECT_FALSE(all[1]);
}

} // namespace
} // namespace sb::http
