// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// kill -9 of the gateway under load, again and again: every request that was answered is in the database, once, with
// the tokens that the provider really served. SB_KILLS says how often; the default keeps the whole test run short.
#include "Landscape.h"
#include "storage/DbSession.h"
#include "support/RawHttp.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <random>
#include <thread>

using namespace sb;
using namespace sb::test;

namespace {

constexpr int kClients = 4;

struct Answered {
    std::string id;
    std::string question;
};

/// Keeps asking until it is told to stop or the gateway is gone; notes what came back complete.
class Asker {
public:
    Asker(std::uint16_t port, const std::string& key, int number, int round)
        : m_thread([this, port, key, number, round] {
              run(port, key, "round " + std::to_string(round) + " client " + std::to_string(number));
          })
    {
    }
    std::vector<Answered> finish()
    {
        m_stop = true;
        m_thread.join();
        return std::move(m_answered);
    }

private:
    void run(std::uint16_t port, const std::string& key, const std::string& name)
    {
        RawClient client(port);
        for (int i = 0; !m_stop; ++i) {
            const std::string question = name + " question " + std::to_string(i);
            const std::string body = R"({"model":"gpt-4o-mini","max_tokens":30,"stream":)" +
                                     std::string(i % 2 == 0 ? "true" : "false") +
                                     R"(,"messages":[{"role":"user","content":")" + question + R"("}]})";
            if (!client.send(rawRequest("POST", "/openai/v1/chat/completions", "Authorization: Bearer " + key + "\r\n",
                                        body, "127.0.0.1:" + std::to_string(port))))
                return;
            const RawAnswer answer = readAnswer(client);
            if (!answer.complete)
                return;
            if (answer.status == 200)
                m_answered.push_back({answer.header("x-signalbox-request-id"), question});
        }
    }

    std::atomic<bool> m_stop{false};
    std::vector<Answered> m_answered; ///< of the thread until it is joined
    std::thread m_thread;             ///< last: it uses the others
};

int killsWanted()
{
    const char* text = std::getenv("SB_KILLS");
    return text != nullptr ? std::atoi(text) : 20;
}

TEST(KillStorm, EveryAnsweredRequestIsInTheDatabaseOnce)
{
    Landscape landscape;
    ASSERT_EQ(landscape.problem().toStdString(), "");
    std::mt19937 random(20261121); // NOLINT: repeatable on purpose
    std::uniform_int_distribution<int> lifetime(20, 250);
    std::vector<Answered> answered;
    const int kills = killsWanted();
    for (int round = 0; round < kills; ++round) {
        std::vector<std::unique_ptr<Asker>> askers;
        for (int i = 0; i < kClients; ++i)
            askers.push_back(std::make_unique<Asker>(landscape.gatewayPort(), landscape.key("openai"), i, round));
        ::poll(nullptr, 0, lifetime(random)); // when the blow falls is what is varied
        landscape.killGateway();
        for (auto& asker : askers) {
            for (Answered& one : asker->finish())
                answered.push_back(std::move(one));
        }
        ASSERT_TRUE(landscape.startGateway()) << "after kill " << round + 1;
    }
    // What the last crash left is delivered before a clean stop.
    EXPECT_EQ(landscape.stopGateway(), 0);
    ASSERT_GT(answered.size(), static_cast<std::size_t>(kills));

    const auto url = storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + landscape.databaseFile());
    auto db = storage::DbSession::open(*url, QStringLiteral("test"), true);
    ASSERT_TRUE(db);
    struct Row {
        std::string id;
        qint64 output = 0;
        std::string source;
    };
    auto rows =
        storage::selectAll(**db, QStringLiteral("SELECT id, tokens_output, usage_source FROM request_analytics"), {},
                           [](const QSqlQuery& q) {
                               return Row{q.value(0).toString().toStdString(), q.value(1).toLongLong(),
                                          q.value(2).toString().toStdString()};
                           });
    ASSERT_TRUE(rows);
    std::map<std::string, Row> byId;
    for (const Row& row : *rows)
        EXPECT_TRUE(byId.emplace(row.id, row).second) << "twice: " << row.id;
    std::map<std::string, qint64> served;
    for (const QJsonObject& line : landscape.ledger())
        served[line.value(QStringLiteral("last_user")).toString().toStdString()] =
            line.value(QStringLiteral("completion_tokens")).toInteger();

    std::size_t missing = 0;
    std::size_t wrong = 0;
    for (const Answered& one : answered) {
        const auto row = byId.find(one.id);
        if (row == byId.end())
            ++missing;
        else if (row->second.source == "reported" && row->second.output != served[one.question])
            ++wrong;
    }
    std::printf("%d kills, %zu requests answered, %zu rows\n", kills, answered.size(), rows->size());
    EXPECT_EQ(missing, 0U) << "of " << answered.size();
    EXPECT_EQ(wrong, 0U);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
