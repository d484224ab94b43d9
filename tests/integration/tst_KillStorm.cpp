// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// kill -9 of the gateway under load, again and again. Every question is asked once and under a name of its own, which
// the provider's ledger and the database both keep, so that each row has its counterpart: every request that was
// answered is in the database, once, with the tokens that the provider really served; so is everything that reached the
// provider; what was cut off is marked as recovered; rollups and the counters of limits agree with the rows. SB_KILLS
// says how often, over both engines; the default keeps the whole test run short.
#include "Landscape.h"
#include "domain/Limit.h"
#include "storage/DbSession.h"
#include "storage/SqlValues.h"
#include "support/RawHttp.h"
#include "support/TempDatabase.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <thread>

using namespace sb;
using namespace sb::test;

namespace {

constexpr int kClients = 4;

struct Answered {
    std::string id;
    std::string question; ///< which is also the user's name
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
            if (!client.send(rawRequest("POST", "/openai/v1/chat/completions",
                                        "Authorization: Bearer " + key + "\r\nx-signalbox-user: " + question + "\r\n",
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

/// A quarter of them on PostgreSQL.
int killsWanted(TempDatabase::Engine engine)
{
    const char* text = std::getenv("SB_KILLS");
    const int all = text != nullptr ? std::atoi(text) : 20;
    const int onPostgres = std::max(all / 4, 1);
    return engine == TempDatabase::Engine::PostgreSql ? onPostgres : std::max(all - onPostgres, 1);
}

struct Row {
    std::string id;
    std::string question;
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
        QStringLiteral("SELECT r.id, u.external_id, r.in_unc + r.in_cr + r.in_cw5 + r.in_cw1, r.out_txt + r.out_rsn, "
                       "r.tok_state, r.flags FROM req r LEFT JOIN end_user u ON u.id = r.user_ref"),
        {}, [](const QSqlQuery& q) {
            return Row{storage::sql::eventIdOf(q.value(0)).toString(),
                       q.value(1).toString().toStdString(),
                       q.value(2).toLongLong(),
                       q.value(3).toLongLong(),
                       q.value(4).toLongLong() == 1,
                       (q.value(5).toLongLong() & kRecovered) != 0};
        });
    EXPECT_TRUE(rows);
    return rows ? *rows : std::vector<Row>{};
}

qint64 numberOf(storage::DbSession& db, const QString& statement, const QVariantList& values = {})
{
    auto found =
        storage::selectOne(db, statement, values, [](const QSqlQuery& q) { return storage::sql::int64Of(q.value(0)); });
    EXPECT_TRUE(found) << statement.toStdString();
    return found ? found->value_or(-1) : -1;
}

/// The sum of a dimension's buckets, all windows.
qint64 bookedOf(storage::DbSession& db, LimitDimension dimension)
{
    return numberOf(db,
                    QStringLiteral("SELECT CAST(coalesce(sum(b.booked), 0) AS bigint) FROM limit_bucket b "
                                   "JOIN limit_state s ON s.id = b.limit_id WHERE s.dimension = ?"),
                    {static_cast<int>(dimension)});
}

/// Sums per dimension, in both directions.
void expectRollupEqualsFacts(storage::DbSession& db, const char* rollup, const char* dimension)
{
    const QString facts =
        QStringLiteral("SELECT d.%1 AS dim, count(*) AS n, CAST(sum(r.in_unc) AS bigint) AS i, "
                       "CAST(sum(r.out_txt + r.out_rsn) AS bigint) AS o, CAST(sum(r.cost_nano) AS bigint) AS c "
                       "FROM req r JOIN dim d ON d.dim_id = r.dim_id GROUP BY 1")
            .arg(QLatin1String(dimension));
    const QString sums =
        QStringLiteral("SELECT dim_id AS dim, CAST(sum(n) AS bigint) AS n, CAST(sum(in_unc) AS bigint) AS i, "
                       "CAST(sum(out_txt + out_rsn) AS bigint) AS o, CAST(sum(cost_nano) AS bigint) AS c FROM %1 "
                       "GROUP BY 1")
            .arg(QLatin1String(rollup));
    const QString difference =
        QStringLiteral("SELECT count(*) FROM (SELECT * FROM (%1) a EXCEPT SELECT * FROM (%2) b) x");
    EXPECT_EQ(numberOf(db, difference.arg(facts, sums)), 0) << "in the rows, not in " << rollup;
    EXPECT_EQ(numberOf(db, difference.arg(sums, facts)), 0) << "in " << rollup << ", not in the rows";
}

class KillStorm : public testing::TestWithParam<TempDatabase::Engine> {};

TEST_P(KillStorm, EveryRequestIsInTheDatabaseOnceAsTheProviderServedIt)
{
    if (const QString reason = TempDatabase::whyNot(GetParam()); !reason.isEmpty())
        GTEST_SKIP() << reason.toStdString();
    const TempDatabase database(GetParam(), TempDatabase::Schema::Empty);
    Landscape landscape(database.urlText());
    ASSERT_EQ(landscape.problem().toStdString(), "");
    std::mt19937 random(20261121); // NOLINT: repeatable on purpose
    std::uniform_int_distribution<int> lifetime(20, 250);
    std::vector<Answered> answered;
    const int kills = killsWanted(GetParam());
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

    const auto db = database.open(true);
    const std::vector<Row> rows = rowsOf(*db);
    std::map<std::string, const Row*> byQuestion;
    std::size_t recovered = 0;
    qint64 tokens = 0;
    for (const Row& row : rows) {
        EXPECT_TRUE(byQuestion.emplace(row.question, &row).second) << "twice: " << row.question;
        EXPECT_TRUE(row.recovered || row.reported) << row.question;
        recovered += row.recovered ? 1 : 0;
        tokens += row.input + row.output;
    }
    const std::vector<QJsonObject> lines = landscape.ledger();
    std::set<std::string> served;
    for (const QJsonObject& line : lines) {
        const std::string question = line.value(QStringLiteral("last_user")).toString().toStdString();
        EXPECT_TRUE(served.insert(question).second) << "asked twice: " << question;
        const auto row = byQuestion.find(question);
        if (row == byQuestion.end()) {
            ADD_FAILURE() << "reached the provider and is on no record: " << question;
            continue;
        }
        const qint64 input = line.value(QStringLiteral("prompt_tokens")).toInteger();
        const qint64 output = line.value(QStringLiteral("completion_tokens")).toInteger();
        if (row->second->recovered) { // at its bound
            EXPECT_GE(row->second->input, input) << question;
            EXPECT_GE(row->second->output, output) << question;
        } else {
            EXPECT_EQ(row->second->input, input) << question;
            EXPECT_EQ(row->second->output, output) << question;
        }
    }
    for (const Row& row : rows)
        EXPECT_TRUE(row.recovered || served.contains(row.question)) << "never reached the provider: " << row.question;
    for (const Answered& one : answered) {
        const auto row = byQuestion.find(one.question);
        if (row == byQuestion.end() || row->second->id != one.id || row->second->recovered)
            ADD_FAILURE() << "an answered request is recorded before its last byte goes out: " << one.question;
    }
    std::printf("%d kills: %zu answered, %zu served by the provider, %zu rows, %zu of them recovered\n", kills,
                answered.size(), lines.size(), rows.size(), recovered);
    EXPECT_GT(recovered, 0U) << "the kills hit requests under way";

    for (const char* rollup : {"rh", "rd"})
        expectRollupEqualsFacts(*db, rollup, "dim_id");
    for (const char* rollup : {"r15", "rdc"})
        expectRollupEqualsFacts(*db, rollup, "coarse_id");
    EXPECT_EQ(numberOf(*db, QStringLiteral("SELECT count(*) FROM dead_letter")), 0);
    // What a restarted gateway counts from.
    EXPECT_EQ(bookedOf(*db, LimitDimension::Requests), static_cast<qint64>(rows.size()));
    EXPECT_EQ(bookedOf(*db, LimitDimension::TotalTokens), tokens);
}

INSTANTIATE_TEST_SUITE_P(On, KillStorm, testing::Values(TempDatabase::Engine::Sqlite, TempDatabase::Engine::PostgreSql),
                         [](const auto& engine) {
                             return std::string(engine.param == TempDatabase::Engine::Sqlite ? "Sqlite" : "PostgreSql");
                         });

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
