// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one process changes in the database is what the gateway of another one serves, within the five seconds promised
// for a revocation.
#include "Landscape.h"
#include "support/RawHttp.h"
#include "support/TempDatabase.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::test;

namespace {

QString str(const char* text)
{
    return QString::fromLatin1(text);
}

class OtherProcess : public testing::TestWithParam<TempDatabase::Engine> {
protected:
    void SetUp() override
    {
        if (const QString reason = TempDatabase::whyNot(GetParam()); !reason.isEmpty())
            GTEST_SKIP() << reason.toStdString();
        m_database.emplace(GetParam(), TempDatabase::Schema::Empty);
        m_landscape.emplace(m_database->urlText());
        ASSERT_EQ(m_landscape->problem().toStdString(), "");
    }

    int status(const std::string& key) const
    {
        RawClient client(m_landscape->gatewayPort());
        client.send(rawRequest("POST", "/azure/v1/chat/completions", "x-api-key: " + key + "\r\n",
                               R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]})",
                               "127.0.0.1:" + std::to_string(m_landscape->gatewayPort())));
        return readAnswer(client).status;
    }
    /// Milliseconds until the gateway answers that; at most six seconds.
    qint64 timeUntil(const std::string& key, int wanted) const
    {
        QElapsedTimer timer;
        timer.start();
        while (status(key) != wanted && timer.elapsed() < 6000)
            ::poll(nullptr, 0, 20);
        return timer.elapsed();
    }
    CtlResult run(const QStringList& arguments) const { return m_landscape->profile().run(arguments); }

    std::optional<TempDatabase> m_database;
    std::optional<Landscape> m_landscape;
};

TEST_P(OtherProcess, RevokesAKey)
{
    const std::string key = m_landscape->key("azure");
    ASSERT_EQ(status(key), 200);
    ASSERT_EQ(run({str("key"), str("revoke"), m_landscape->keyId("azure")}).exitCode, 0);
    EXPECT_LT(timeUntil(key, 401), 5000);
}

TEST_P(OtherProcess, MakesAKeyAndSetsALimit)
{
    const CtlResult made = run({str("key"), str("create"), str("--connection"), str("azure"), str("--environment"),
                                str("development"), str("--json")});
    ASSERT_EQ(made.exitCode, 0) << made.err.toStdString();
    const std::string key =
        QJsonDocument::fromJson(made.out.toUtf8()).object().value(str("key")).toString().toStdString();
    EXPECT_LT(timeUntil(key, 200), 5000);

    // A limit that is already used up by what was asked before it.
    QString yaml = run({str("export")}).out;
    const int at = static_cast<int>(yaml.indexOf(str("context: /azure\n")));
    const int environment = static_cast<int>(yaml.indexOf(str("development:"), at));
    const int line = static_cast<int>(yaml.indexOf(str("\n"), environment)) + 1;
    const int indent = static_cast<int>(yaml.indexOf(str("auth:"), line)) - line;
    yaml.insert(line, QString(indent, QLatin1Char(' ')) + str("limits: [ { per: day, requests: 1 } ]\n"));
    const CtlResult applied = run({str("apply"), m_landscape->profile().write(str("limited.yaml"), yaml.toUtf8())});
    ASSERT_EQ(applied.exitCode, 0) << applied.err.toStdString() << yaml.toStdString();
    EXPECT_LT(timeUntil(key, 429), 5000);
}

INSTANTIATE_TEST_SUITE_P(On, OtherProcess,
                         testing::Values(TempDatabase::Engine::Sqlite, TempDatabase::Engine::PostgreSql),
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
