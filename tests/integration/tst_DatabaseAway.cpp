// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `signalboxctl gateway` whose PostgreSQL server goes away and comes back.
#include "Landscape.h"
#include "support/RawHttp.h"
#include "support/TempDatabase.h"
#include "support/TempPostgres.h"

#include "storage/SqlValues.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

using namespace sb;
using namespace sb::test;
using namespace std::chrono_literals;

namespace {

class DatabaseAway : public testing::Test {
protected:
    void SetUp() override
    {
        if (const QString reason = TempDatabase::whyNot(TempDatabase::Engine::PostgreSql); !reason.isEmpty())
            GTEST_SKIP() << reason.toStdString();
        m_database.emplace(TempDatabase::Engine::PostgreSql, TempDatabase::Schema::Empty);
        m_landscape.emplace(m_database->urlText());
        ASSERT_EQ(m_landscape->problem().toStdString(), "");
    }
    void TearDown() override
    {
        m_landscape.reset();
        TempPostgres::shared()->start(); // or the database could not be dropped
    }

    int ask() const
    {
        RawClient client(m_landscape->gatewayPort());
        client.send(rawRequest("POST", "/openai/v1/chat/completions",
                               "Authorization: Bearer " + m_landscape->key("openai") + "\r\n",
                               R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]})",
                               "127.0.0.1:" + std::to_string(m_landscape->gatewayPort())));
        return readAnswer(client).status;
    }

    /// Rows of answered requests, once there are as many as were asked; fewer when they do not come.
    qint64 recorded(qint64 asked) const
    {
        auto db = m_database->open(true);
        qint64 count = 0;
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (count < asked && std::chrono::steady_clock::now() < deadline) {
            count = storage::selectOne(*db, QStringLiteral("SELECT count(*) FROM request_analytics WHERE success"), {},
                                       [](const QSqlQuery& row) { return row.value(0).toLongLong(); })
                        ->value_or(0);
            std::this_thread::yield();
        }
        return count;
    }

    std::optional<TempDatabase> m_database;
    std::optional<Landscape> m_landscape;
};

TEST_F(DatabaseAway, TrafficGoesOnAndArrivesWhenItIsBack)
{
    ASSERT_EQ(ask(), 200);
    TempPostgres::shared()->stop();
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(ask(), 200) << i;
    ASSERT_TRUE(TempPostgres::shared()->start());
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(recorded(7), 7);
    EXPECT_EQ(m_landscape->stopGateway(), 0);
}

TEST_F(DatabaseAway, WhatCouldNotBeDeliveredAtTheEndIsDeliveredByTheNextStart)
{
    TempPostgres::shared()->stop();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(ask(), 200) << i;
    EXPECT_EQ(m_landscape->stopGateway(), 0);

    const CtlResult early = m_landscape->profile().run({QStringLiteral("gateway")});
    EXPECT_EQ(early.exitCode, 1) << "what it would have to serve is not known";
    EXPECT_TRUE(early.err.contains(QStringLiteral("a server that runs"))) << qPrintable(early.err);

    ASSERT_TRUE(TempPostgres::shared()->start());
    ASSERT_TRUE(m_landscape->startGateway()) << m_landscape->problem().toStdString();
    EXPECT_EQ(recorded(3), 3);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
