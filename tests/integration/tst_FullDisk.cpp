// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The disk fills under the running program and has space again later: journal and database alike.
#include "Landscape.h"
#include "storage/DbSession.h"
#include "support/FullDisk.h"
#include "support/RawHttp.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <set>

using namespace sb;
using namespace sb::test;
using namespace std::chrono_literals;

namespace {

RawAnswer chat(const Landscape& landscape, const std::string& service)
{
    RawClient client(landscape.gatewayPort());
    client.send(rawRequest("POST", "/" + service + "/v1/chat/completions",
                           "x-api-key: " + landscape.key(service) + "\r\n",
                           R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]})",
                           "127.0.0.1:" + std::to_string(landscape.gatewayPort())));
    return readAnswer(client);
}

/// Ids in the database, in their textual form.
std::multiset<std::string> stored(const Landscape& landscape)
{
    const auto url = storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + landscape.databaseFile());
    auto db = storage::DbSession::open(*url, QStringLiteral("test"), true);
    if (!db)
        return {};
    const auto ids = storage::selectAll(**db, QStringLiteral("SELECT id FROM request_analytics WHERE success"), {},
                                        [](const QSqlQuery& q) { return q.value(0).toString().toStdString(); });
    return ids ? std::multiset<std::string>(ids->begin(), ids->end()) : std::multiset<std::string>{};
}

TEST(FullDiskUnderTheGateway, StopsWhatALimitCountsAndLosesNothing)
{
    FullDisk::ignoreSignal();
    Landscape landscape;
    ASSERT_EQ(landscape.problem().toStdString(), "");
    std::multiset<std::string> answered;
    const auto expectGood = [&](const std::string& service) {
        const RawAnswer answer = chat(landscape, service);
        EXPECT_EQ(answer.status, 200) << answer.body;
        answered.insert(answer.header("x-signalbox-request-id"));
    };
    expectGood("openai");
    {
        const FullDisk full(static_cast<pid_t>(landscape.gatewayProcess()));
        for (int i = 0; i < 20; ++i) {
            const RawAnswer refused = chat(landscape, "openai"); // a limit counts it
            EXPECT_EQ(refused.status, 503);
            EXPECT_NE(refused.body.find("ledger_unavailable"), std::string::npos) << refused.body;
            expectGood("azure");
        }
    }
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    std::optional<RawAnswer> again;
    do {
        again = chat(landscape, "openai");
    } while (again->status != 200 && std::chrono::steady_clock::now() < deadline);
    ASSERT_EQ(again->status, 200) << "space again: it works without a restart";
    answered.insert(again->header("x-signalbox-request-id"));

    EXPECT_EQ(landscape.stopGateway(), 0) << "delivers what there is";
    EXPECT_EQ(stored(landscape), answered) << "each exactly once";
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
