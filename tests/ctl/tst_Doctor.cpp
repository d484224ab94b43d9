// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DbSession.h"
#include "support/CtlProcess.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::test;

namespace {

constexpr const char* kFile = R"(version: 1
services:
  - name: OpenAI
    context: /openai
    provider: openai
    url: https://api.openai.com/v1
    environments:
      development:
        auth: { header: Authorization, prefix: "Bearer ", secret: "env:OPENAI_API_KEY" }
)";

QString str(const char* text)
{
    return QString::fromUtf8(text);
}

/// What doctor --json says about one thing, the first if there are several.
QJsonObject checkOf(const CtlResult& doctor, const char* check, int exitCode)
{
    EXPECT_EQ(doctor.exitCode, exitCode) << qPrintable(doctor.out);
    for (const QJsonValue& finding : QJsonDocument::fromJson(doctor.out.toUtf8()).array()) {
        if (finding.toObject().value(str("check")).toString() == str(check))
            return finding.toObject();
    }
    return {};
}

class Doctor : public testing::Test {
protected:
    Doctor() { profile.setVariable(str("OPENAI_API_KEY"), str("sk-secret")); }

    std::unique_ptr<storage::DbSession> open()
    {
        const auto url = storage::DatabaseUrl::parse(str("sqlite://") + profile.file(str("signalbox.db")));
        auto db = storage::DbSession::open(*url, str("test"), false);
        return db ? *std::move(db) : nullptr;
    }

    CtlProfile profile;
    const QStringList doctor{str("doctor"), str("--json"), str("--listen"), str("127.0.0.1:0")};
};

TEST_F(Doctor, ListsSecretsThatNothingRefersTo)
{
    const auto secrets = [this] { return checkOf(profile.run(doctor), "secrets", 0); };
    EXPECT_EQ(secrets().value(str("verdict")).toString(), str("ok"));
    ASSERT_TRUE(QDir(profile.path()).mkdir(str("secrets")));
    profile.write(str("secrets/openai.development.api-key.Ab12Cd34"), "sk-left-behind");
    const QJsonObject found = secrets();
    EXPECT_EQ(found.value(str("verdict")).toString(), str("warning"));
    EXPECT_TRUE(found.value(str("found"))
                    .toString()
                    .contains(str("file:") + profile.file(str("secrets/openai.development.api-key.Ab12Cd34"))));
    EXPECT_FALSE(found.value(str("advice")).toString().isEmpty());
}

TEST_F(Doctor, ReadsEverySecretForItsAddress)
{
    ASSERT_EQ(profile.run({str("apply"), profile.write(str("config.yaml"), kFile)}).exitCode, 0);
    const auto secrets = [&](int exitCode) { return checkOf(profile.run(doctor), "secrets", exitCode); };
    EXPECT_EQ(secrets(0).value(str("verdict")).toString(), str("ok"));

    profile.write(str("bindings.json"), R"({"bindings":{"env:OPENAI_API_KEY":"https://elsewhere.example:443"}})");
    const QJsonObject elsewhere = secrets(1);
    EXPECT_EQ(elsewhere.value(str("verdict")).toString(), str("failed"));
    EXPECT_EQ(elsewhere.value(str("found")).toString(),
              str("env:OPENAI_API_KEY is for https://elsewhere.example:443 and is not sent to "
                  "https://api.openai.com:443, the address of service /openai"));
    EXPECT_FALSE(elsewhere.value(str("advice")).toString().isEmpty());

    profile.setVariable(str("OPENAI_API_KEY"), QString());
    EXPECT_TRUE(secrets(1)
                    .value(str("found"))
                    .toString()
                    .startsWith(str("env:OPENAI_API_KEY, for service /openai, cannot be read: ")));
}

TEST_F(Doctor, AdvisesByWhatIsWrongWithTheDatabase)
{
    ASSERT_EQ(profile.run({str("migrate")}).exitCode, 0);
    const QString path = profile.file(str("signalbox.db"));
    {
        const auto db = open();
        ASSERT_TRUE(db);
        ASSERT_TRUE(db->exec(str("INSERT INTO schema_history(version, name, checksum, applied_us, app_version) "
                                 "VALUES (9999, 'later', '', 1, '99')")));
    }
    const CtlResult newer = profile.run(doctor);
    EXPECT_EQ(checkOf(newer, "database", 1).value(str("verdict")).toString(), str("ok"));
    EXPECT_EQ(checkOf(newer, "schema", 1).value(str("verdict")).toString(), str("failed"));
    EXPECT_TRUE(checkOf(newer, "schema", 1).value(str("advice")).toString().contains(str("upgrade this program")));

    for (const char* rest : {"-wal", "-shm"})
        QFile::remove(path + str(rest));
    profile.write(str("signalbox.db"), QByteArray(8192, 'x'));
    EXPECT_TRUE(checkOf(profile.run(doctor), "database", 1).value(str("advice")).toString().contains(str("backup")));
}

TEST_F(Doctor, ComparesTheClockWithTheNewestRequest)
{
    ASSERT_EQ(profile.run({str("seed-demo"), str("--requests"), str("50"), str("--days"), str("2")}).exitCode, 0);
    const QJsonObject good = checkOf(profile.run(doctor), "clock", 0);
    EXPECT_TRUE(good.value(str("found")).toString().contains(str("after the newest recorded request")));
    const auto db = open();
    ASSERT_TRUE(db);
    ASSERT_TRUE(db->exec(str("UPDATE req SET ts_us = ts_us + 3600000000 * 24 * 30")));
    EXPECT_EQ(checkOf(profile.run(doctor), "clock", 1).value(str("verdict")).toString(), str("failed"));
    ASSERT_TRUE(db->exec(str("INSERT INTO dead_letter(event_id, at_us, error, event) VALUES "
                             "(x'0123456789abcdef0123456789abcdef', 1, 'no such column', '{}')")));
    EXPECT_TRUE(checkOf(profile.run(doctor), "records", 1)
                    .value(str("found"))
                    .toString()
                    .startsWith(str("1 could not be stored and are set aside, the newest because of: no such column")));
}

TEST_F(Doctor, FindsADatabaseThatCannotBeOpened)
{
    const CtlResult good = profile.run({str("doctor"), str("--listen"), str("127.0.0.1:0")});
    EXPECT_EQ(good.exitCode, 0) << qPrintable(good.out);
    const CtlResult bad = profile.run(
        {str("doctor"), str("--json"), str("--database"), str("postgresql://nobody@127.0.0.1:1/none?sslmode=disable")});
    EXPECT_EQ(bad.exitCode, 1);
    const QJsonObject database = QJsonDocument::fromJson(bad.out.toUtf8()).array().at(0).toObject();
    EXPECT_EQ(database.value(str("verdict")).toString(), str("failed"));
    EXPECT_FALSE(database.value(str("advice")).toString().isEmpty());
}

} // namespace
