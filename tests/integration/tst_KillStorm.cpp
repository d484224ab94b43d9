// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// kill -9 of the gateway under load, again and again: every request that was answered is in the database, once, with
// the tokens that the provider really served; so is everything that reached the provider; what was cut off is marked as
// recovered; and the counters of limits agree with the rows. SB_KILLS says how often; the default keeps the whole test
// run short.
#include "Landscape.h"
#include "domain/Limit.h"
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
            if (answer.status == 200) {
                std::string id = answer.header("x-signalbox-request-id");
                std::erase(id, '-');
                m_answered.push_back({std::move(id), question});
            }
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

struct Row {
    std::string id;
    qint64 input = 0;
    qint64 output = 0;
    bool reported = false; ///< by the provider, not estimated
    bool recovered = false;
};

std::vector<Row> rowsOf(storage::DbSession& db)
{
    constexpr qint64 kRecovered = 32;
    auto rows = storage::selectAll(
        db,
        QStringLiteral("SELECT lower(hex(id)), in_unc + in_cr + in_cw5 + in_cw1, out_txt + out_rsn, tok_state, flags "
                       "FROM req"),
        {}, [](const QSqlQuery& q) {
            return Row{q.value(0).toString().toStdString(), q.value(1).toLongLong(), q.value(2).toLongLong(),
                       q.value(3).toLongLong() == 1, (q.value(4).toLongLong() & kRecovered) != 0};
        });
    EXPECT_TRUE(rows);
    return rows ? *rows : std::vector<Row>{};
}

/// The sum of a dimension's buckets, all windows.
qint64 bookedOf(storage::DbSession& db, LimitDimension dimension)
{
    auto sums =
        storage::selectAll(db,
                           QStringLiteral("SELECT coalesce(sum(b.booked), 0) FROM limit_bucket b JOIN limit_state s "
                                          "ON s.id = b.limit_id WHERE s.dimension = ?"),
                           {static_cast<int>(dimension)}, [](const QSqlQuery& q) { return q.value(0).toLongLong(); });
    EXPECT_TRUE(sums);
    return sums ? sums->front() : -1;
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
    const std::vector<Row> rows = rowsOf(**db);
    std::map<std::string, Row> byId;
    std::size_t recovered = 0;
    qint64 tokens = 0;
    for (const Row& row : rows) {
        EXPECT_TRUE(byId.emplace(row.id, row).second) << "twice: " << row.id;
        EXPECT_TRUE(row.recovered || row.reported) << row.id;
        recovered += row.recovered ? 1 : 0;
        tokens += row.input + row.output;
    }
    struct Served {
        qint64 input = 0;
        qint64 output = 0;
    };
    std::map<std::string, Served> ledger;
    const std::vector<QJsonObject> lines = landscape.ledger();
    for (const QJsonObject& line : lines)
        ledger[line.value(QStringLiteral("last_user")).toString().toStdString()] = {
            line.value(QStringLiteral("prompt_tokens")).toInteger(),
            line.value(QStringLiteral("completion_tokens")).toInteger()};

    std::size_t missing = 0;
    std::size_t wrong = 0;
    for (const Answered& one : answered) {
        const auto row = byId.find(one.id);
        const Served served = ledger[one.question];
        if (row == byId.end())
            ++missing;
        else if (row->second.recovered || row->second.output != served.output || row->second.input != served.input)
            ++wrong;
    }
    std::printf("%d kills: %zu answered, %zu served by the provider, %zu rows, %zu of them recovered\n", kills,
                answered.size(), lines.size(), rows.size(), recovered);
    EXPECT_EQ(missing, 0U) << "of " << answered.size();
    EXPECT_EQ(wrong, 0U) << "an answered request is recorded before its last byte goes out, so never recovered";
    EXPECT_LE(lines.size(), rows.size()) << "whatever reached the provider is on the record";
    EXPECT_LE(rows.size() - recovered, lines.size()) << "only recovered ones may not have reached it";
    EXPECT_GT(recovered, 0U) << "the kills hit requests under way";

    // What a restarted gateway counts from.
    EXPECT_EQ(bookedOf(**db, LimitDimension::Requests), static_cast<qint64>(rows.size()));
    EXPECT_EQ(bookedOf(**db, LimitDimension::TotalTokens), tokens);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
