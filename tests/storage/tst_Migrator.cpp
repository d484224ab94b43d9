// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Migrator.h"

#include "EngineTest.h"
#include "storage/SqlValues.h"
#include "support/FakeClock.h"
#include "support/TempPostgres.h"

#include <QFileInfo>

#include <thread>

using namespace sb;
using namespace sb::test;
using storage::Migration;
using storage::Migrator;
using storage::SchemaStatus;

namespace {

const Timestamp kNow = FakeClock().now();

class MigratorTest : public EngineTest {
protected:
    Migrator migrator(std::vector<Migration> migrations) { return {*db, database->url(), {}, std::move(migrations)}; }

    static std::vector<Migration> withAnother(Engine engine, const QString& text)
    {
        auto migrations = Migrator::known(engine);
        migrations.push_back({.version = 9000, .name = QStringLiteral("another"), .text = text, .checksum = "abc"});
        return migrations;
    }

    std::int64_t count(const char* table)
    {
        return valueOf(storage::selectOne(*db, QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)), {},
                                          [](const QSqlQuery& q) { return storage::sql::int64Of(q.value(0)); }))
            .value_or(-1);
    }
};
SB_ON_BOTH_ENGINES(MigratorTest);

TEST_P(MigratorTest, leadsAnEmptyDatabaseToTheNewestSchema)
{
    const TempDatabase empty(GetParam(), TempDatabase::Schema::Empty);
    const auto session = empty.open();
    Migrator fresh(*session, empty.url(), {});
    EXPECT_EQ(valueOf(fresh.status()).state, SchemaStatus::State::Empty);

    const SchemaStatus status = valueOf(fresh.migrate(kNow));
    EXPECT_EQ(status.state, SchemaStatus::State::Current);
    EXPECT_EQ(status.version, status.latest);
    EXPECT_GT(status.version, 0);
    EXPECT_TRUE(status.backup.isEmpty());
}

TEST_P(MigratorTest, startsWithAnOrganizationThreeEnvironmentsAndAPricedCatalogue)
{
    EXPECT_EQ(count("organization WHERE handle = 'default'"), 1);
    EXPECT_EQ(count("project WHERE handle = 'default'"), 1);
    EXPECT_EQ(count("environment WHERE name IN ('development', 'staging', 'production')"), 3);
    EXPECT_EQ(count("environment WHERE is_production AND name = 'production'"), 1);
    EXPECT_EQ(count("provider"), 6);
    EXPECT_EQ(count("model m WHERE NOT EXISTS (SELECT 1 FROM price p WHERE p.model_id = m.id AND p.to_us IS NULL)"), 0);
    // $0.15 per million input tokens, $0.0125 is not rounded away
    EXPECT_EQ(count("price p JOIN model m ON m.id = p.model_id WHERE m.code = 'gpt-4o-mini' AND p.in_npm = 150000000"),
              1);
    EXPECT_EQ(count("price p JOIN model m ON m.id = p.model_id WHERE m.code = 'bedrock/amazon.nova-micro-v1:0' AND "
                    "p.cache_read_npm = 8750000"),
              1);
    // a price that changed has two dated rows that touch
    EXPECT_EQ(count("price a JOIN price b ON b.model_id = a.model_id AND b.from_us = a.to_us AND b.tier = a.tier JOIN "
                    "model m ON m.id = "
                    "a.model_id WHERE m.code = 'claude-sonnet-5' AND a.in_npm = 2000000000 AND b.in_npm = 3000000000"),
              1);
}

TEST_P(MigratorTest, doesNothingTheSecondTime)
{
    const SchemaStatus status = valueOf(Migrator(*db, database->url(), {}).migrate(kNow));
    EXPECT_EQ(status.state, SchemaStatus::State::Current);
    EXPECT_EQ(count("organization"), 1);
}

TEST_P(MigratorTest, refusesASchemaOfANewerProgram)
{
    ASSERT_TRUE(db->exec(QStringLiteral("INSERT INTO schema_history VALUES (9001, 'future', 'x', 0, '9')")));
    const SchemaStatus status = valueOf(Migrator(*db, database->url(), {}).migrate(kNow));
    EXPECT_EQ(status.state, SchemaStatus::State::Newer);
    EXPECT_EQ(status.problem, QStringLiteral("9001_future"));
}

TEST_P(MigratorTest, refusesAnAlteredHistory)
{
    ASSERT_TRUE(db->exec(QStringLiteral("UPDATE schema_history SET checksum = 'other' WHERE version = 1")));
    const SchemaStatus status = valueOf(Migrator(*db, database->url(), {}).migrate(kNow));
    EXPECT_EQ(status.state, SchemaStatus::State::Altered);
    EXPECT_EQ(status.problem, QStringLiteral("0001_foundation"));
}

TEST_P(MigratorTest, refusesTablesOfAnotherProgram)
{
    const TempDatabase foreign(GetParam(), TempDatabase::Schema::Empty);
    const auto session = foreign.open();
    ASSERT_TRUE(GetParam() == Engine::Sqlite || session->exec(QStringLiteral("CREATE SCHEMA signalbox")));
    ASSERT_TRUE(session->exec(QStringLiteral("CREATE TABLE recipe(name text)")));
    EXPECT_EQ(valueOf(Migrator(*session, foreign.url(), {}).migrate(kNow)).state, SchemaStatus::State::Foreign);
}

TEST_P(MigratorTest, aFailingStepLeavesTheVersionBeforeItUsable)
{
    const auto failed =
        migrator(
            withAnother(GetParam(), QStringLiteral("CREATE TABLE half(a int4)\n--;;\nSELECT nonsense FROM nowhere")))
            .migrate(kNow);
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().what.find("migration 9000"), std::string::npos);
    EXPECT_FALSE(db->exec(QStringLiteral("SELECT * FROM half")));
    EXPECT_EQ(valueOf(Migrator(*db, database->url(), {}).status()).state, SchemaStatus::State::Current);
}

TEST_P(MigratorTest, appliesOnlyWhatIsMissing)
{
    const SchemaStatus status =
        valueOf(migrator(withAnother(GetParam(), QStringLiteral("CREATE TABLE added(a int4)"))).migrate(kNow));
    EXPECT_EQ(status.version, 9000);
    EXPECT_EQ(count("added"), 0);
    EXPECT_EQ(count("organization"), 1);
}

TEST_P(MigratorTest, programsThatStartAtTheSameTimeMigrateOnce)
{
    const TempDatabase empty(GetParam(), TempDatabase::Schema::Empty);
    ASSERT_TRUE(empty.open()); // the file and its journal mode are there before they race
    const auto migrateInThread = [&](Result<SchemaStatus>& outcome) {
        return std::jthread([&] {
            auto session = storage::DbSession::open(empty.url(), QStringLiteral("race"), false);
            outcome =
                session ? Migrator(**session, empty.url(), {}).migrate(kNow) : Result<SchemaStatus>(session.error());
        });
    };
    Result<SchemaStatus> first{SchemaStatus{}};
    Result<SchemaStatus> second{SchemaStatus{}};
    {
        const auto one = migrateInThread(first);
        const auto two = migrateInThread(second);
    }
    EXPECT_EQ(valueOf(first).state, SchemaStatus::State::Current);
    EXPECT_EQ(valueOf(second).state, SchemaStatus::State::Current);
}

TEST_P(MigratorTest, anOrdinaryOwnerOfADatabaseSuffices)
{
    if (GetParam() == Engine::Sqlite)
        return;
    TempPostgres& server = *TempPostgres::shared();
    ASSERT_EQ(server.administer(QStringLiteral("CREATE ROLE plain LOGIN")), QString());
    ASSERT_EQ(server.administer(QStringLiteral("CREATE DATABASE plain OWNER plain")), QString());
    const auto url = storage::DatabaseUrl::parse(
        server.url(QStringLiteral("plain")).replace(QStringLiteral("signalbox@"), QStringLiteral("plain@")));
    ASSERT_TRUE(url);
    const auto session = storage::DbSession::open(*url, QStringLiteral("plain"), false);
    ASSERT_TRUE(session) << session.error().what;
    EXPECT_EQ(valueOf(Migrator(**session, *url, {}).migrate(kNow)).state, SchemaStatus::State::Current);
}

TEST_P(MigratorTest, copiesAnSqliteFileBeforeChangingIt)
{
    const SchemaStatus status =
        valueOf(migrator(withAnother(GetParam(), QStringLiteral("CREATE TABLE added(a int4)"))).migrate(kNow));
    if (GetParam() == Engine::PostgreSql) {
        EXPECT_TRUE(status.backup.isEmpty());
        return;
    }
    ASSERT_TRUE(QFileInfo::exists(status.backup));
    EXPECT_EQ(QFile::permissions(status.backup) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto copy = storage::DbSession::open(
        *storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + status.backup), QStringLiteral("copy"), true);
    ASSERT_TRUE(copy);
    EXPECT_TRUE((*copy)->exec(QStringLiteral("SELECT * FROM organization")));
    EXPECT_FALSE((*copy)->exec(QStringLiteral("SELECT * FROM added")));
}

} // namespace
