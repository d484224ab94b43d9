// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"
#include "support/FullDisk.h"

#include <chrono>
#include <optional>
#include <set>
#include <thread>

namespace sb::gateway {
namespace {

using namespace std::chrono_literals;
using test::FakeReply;
using test::RawAnswer;

/// A service with a limit beside one without, and a disk that can fill.
class GatewayDisk : public GatewayTest {
protected:
    GatewayDisk()
    {
        test::FullDisk::ignoreSignal();
        journalOptions.reserveBytes = 0;
        journalOptions.retryInterval = 20ms;
    }

    void startWithAndWithoutLimit()
    {
        domain.addService(ProviderKind::OpenAi, "/free", url("/v1"));
        auto& row = domain.addService(ProviderKind::OpenAi, "/limited", url("/v1"));
        domain.addLimit(LimitScope::ServiceEnvironment, row.id.value, LimitWindow::Day).maxTotalTokens = 1'000'000;
        domain.addProgramKey(kKey);
        upstream.setDefault(FakeReply::json(kChatAnswer));
        start();
    }
    RawAnswer call(std::string_view service) const
    {
        return ask(post(std::string(service) + "/v1/chat/completions", kChat));
    }
    std::multiset<std::string> undelivered() const
    {
        std::multiset<std::string> ids;
        const auto pending = journal->pending(0, 1000);
        EXPECT_TRUE(pending);
        for (const auto& item : *pending)
            ids.insert(item.close.record.id.toString());
        return ids;
    }
    template <class F>
    bool eventually(F holds) const
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!holds() && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return holds();
    }
};

TEST_F(GatewayDisk, FullRefusesOnlyWhatALimitCounts)
{
    startWithAndWithoutLimit();
    std::multiset<std::string> answered{call("/limited").header("x-signalbox-request-id")};
    std::optional<test::FullDisk> full(std::in_place);
    for (int i = 0; i < 3; ++i) {
        const RawAnswer refused = call("/limited");
        EXPECT_EQ(refused.status, 503);
        EXPECT_NE(refused.body.find("ledger_unavailable"), std::string::npos) << refused.body;
        EXPECT_EQ(held(), 0);
        const RawAnswer free = call("/free");
        EXPECT_EQ(free.status, 200) << free.body;
        answered.insert(free.header("x-signalbox-request-id"));
        answered.insert(refused.header("x-signalbox-request-id")); // refusals are recorded, too
    }
    EXPECT_EQ(upstream.seen().size(), 4u) << "what was refused was not sent";
    EXPECT_EQ(undelivered(), answered) << "each once, whether from the disk or from memory";

    full.reset(); // space again
    EXPECT_TRUE(eventually([&] { return journal->depth().inMemory == 0; }));
    const RawAnswer again = call("/limited");
    EXPECT_EQ(again.status, 200) << "without a restart";
    answered.insert(again.header("x-signalbox-request-id"));
    EXPECT_EQ(undelivered(), answered);
}

TEST_F(GatewayDisk, FullForLongRefusesEverything)
{
    journalOptions.memoryEvents = 2;
    startWithAndWithoutLimit();
    std::optional<test::FullDisk> full(std::in_place);
    EXPECT_EQ(call("/free").status, 200);
    EXPECT_EQ(call("/free").status, 200);
    const RawAnswer refused = call("/free");
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.body.find("ledger_unavailable"), std::string::npos) << refused.body;
    EXPECT_EQ(upstream.seen().size(), 2u);
    full.reset();
    EXPECT_TRUE(eventually([&] { return call("/free").status == 200; }));
    EXPECT_GE(undelivered().size(), 3u);
}

TEST_F(GatewayDisk, FullIsNotReady)
{
    startWithAndWithoutLimit();
    const auto ready = [this] { return ask("GET /readyz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").status; };
    EXPECT_EQ(ready(), 200);
    std::optional<test::FullDisk> full(std::in_place);
    EXPECT_EQ(call("/free").status, 200);
    EXPECT_EQ(ready(), 503);
    full.reset();
    EXPECT_TRUE(eventually([&] { return ready() == 200; }));
}

} // namespace
} // namespace sb::gateway
