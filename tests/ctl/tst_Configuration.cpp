// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CtlProcess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace sb::test;

namespace {

constexpr const char* kFile = R"(version: 1
organization: { handle: acme, name: Acme, timezone: Europe/Berlin }
projects:
  - { handle: default }
  - { handle: shop, name: Shop assistant }
services:
  - name: OpenAI
    context: /openai
    provider: openai
    url: https://api.openai.com/v1
    labels: [chat]
    environments:
      development:
        auth: { header: Authorization, prefix: "Bearer ", secret: "env:OPENAI_API_KEY" }
        limits:
          - { per: minute, total_tokens: 110000 }
        per_request: { completion_tokens: 1000 }
connections:
  - name: web-frontend
    project: shop
    service: /openai
    environments:
      development:
        key: "env:WEB_FRONTEND_KEY"
        limits: [ { per: hour, total_tokens: 200000 } ]
  - name: assistant
    project: shop
    route: smart
    environments:
      development: {}
routes:
  - name: smart
    policy: { type: weighted }
    targets:
      - { service: /openai, model: gpt-4o-mini, weight: 3 }
      - { service: /openai, model: gpt-4o }
)";

QString str(const char* text)
{
    return QString::fromUtf8(text);
}

class Configuration : public testing::Test {
protected:
    Configuration()
    {
        profile.setVariable(str("OPENAI_API_KEY"), str("sk-secret"));
        profile.setVariable(str("WEB_FRONTEND_KEY"), str("a-key-of-enough-characters"));
        file = profile.write(str("config.yaml"), kFile);
    }

    CtlResult apply(const QString& path, const QStringList& more = {})
    {
        return profile.run(QStringList{str("apply"), path} + more);
    }
    QByteArray exported()
    {
        const CtlResult result = profile.run({str("export")});
        EXPECT_EQ(result.exitCode, 0) << qPrintable(result.err);
        return result.out.toUtf8();
    }
    QByteArray replaced(const char* from, const char* to)
    {
        QByteArray text = kFile;
        EXPECT_TRUE(text.contains(from));
        return text.replace(from, to);
    }

    CtlProfile profile;
    QString file;
};

TEST_F(Configuration, ApplyPrintsThePlanAndTheSecondTimeThereIsNothingToDo)
{
    const CtlResult first = apply(file);
    EXPECT_EQ(first.exitCode, 0) << qPrintable(first.err);
    EXPECT_TRUE(first.out.contains(str("+ service /openai\n"))) << qPrintable(first.out);
    EXPECT_TRUE(first.out.contains(str("+ connection web-frontend\n")));
    const CtlResult second = apply(file);
    EXPECT_EQ(second.out, str("nothing to change\n"));
}

TEST_F(Configuration, ASecretForTwoAddressesIsNamed)
{
    QByteArray text = kFile;
    text.replace("connections:",
                 "  - { name: Other, context: /other, provider: openai, url: \"https://eu.api.openai.com/v1\",\n"
                 "      environments: { development: { auth: { header: Authorization, prefix: \"Bearer \", "
                 "secret: \"env:OPENAI_API_KEY\" } } } }\nconnections:");
    const CtlResult applied = apply(profile.write(str("two.yaml"), text));
    EXPECT_EQ(applied.exitCode, 0) << qPrintable(applied.err);
    EXPECT_TRUE(
        applied.err.contains(str("env:OPENAI_API_KEY is already for https://api.openai.com:443 and is not sent to "
                                 "https://eu.api.openai.com:443 for service /other in development")))
        << qPrintable(applied.err);
    EXPECT_EQ(apply(file).err, QString());
}

TEST_F(Configuration, ApplyConfirmsTheAddressOfEverySecretInTheFile)
{
    const auto bound = [this] {
        QFile bindings(profile.file(str("bindings.json")));
        EXPECT_TRUE(bindings.open(QIODevice::ReadOnly));
        return QJsonDocument::fromJson(bindings.readAll())
            .object()
            .value(str("bindings"))
            .toObject()
            .value(str("env:OPENAI_API_KEY"))
            .toString();
    };
    ASSERT_EQ(apply(file).exitCode, 0);
    EXPECT_EQ(bound(), str("https://api.openai.com:443"));

    const QString moved = profile.write(str("moved.yaml"), replaced("https://api.openai.com/", "http://127.0.0.1:81/"));
    const CtlResult applied = apply(moved);
    EXPECT_TRUE(applied.out.contains(str("~ service /openai (url)"))) << qPrintable(applied.out);
    EXPECT_EQ(bound(), str("http://127.0.0.1:81"));
    EXPECT_TRUE(applied.err.contains(str("env:OPENAI_API_KEY is now for http://127.0.0.1:81, no longer for "
                                         "https://api.openai.com:443")))
        << qPrintable(applied.err);

    // Changed from another machine: here there is nothing to change, but to confirm.
    profile.write(str("bindings.json"), R"({"bindings":{"env:OPENAI_API_KEY":"https://elsewhere.example:443"}})");
    EXPECT_EQ(apply(moved).out, str("nothing to change\n"));
    EXPECT_EQ(bound(), str("http://127.0.0.1:81"));
    EXPECT_EQ(apply(moved).err, QString());
}

TEST_F(Configuration, ApplyingTheExportChangesNothingHereAndEverythingElsewhere)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const QByteArray text = exported();
    EXPECT_FALSE(text.contains("sk-secret"));
    EXPECT_EQ(apply(profile.write(str("export.yaml"), text)).out, str("nothing to change\n"));

    CtlProfile other;
    const CtlResult there = other.run({str("apply"), other.write(str("export.yaml"), text)});
    EXPECT_EQ(there.exitCode, 0) << qPrintable(there.err);
    EXPECT_EQ(other.run({str("export")}).out.toUtf8(), text);
}

TEST_F(Configuration, DryRunWritesNothing)
{
    ASSERT_EQ(profile.run({str("migrate")}).exitCode, 0);
    const QByteArray before = exported();
    const CtlResult dry = apply(file, {str("--dry-run"), str("--json")});
    EXPECT_EQ(dry.exitCode, 0) << qPrintable(dry.err);
    const QJsonObject plan = QJsonDocument::fromJson(dry.out.toUtf8()).object();
    EXPECT_FALSE(plan.value(str("applied")).toBool(true));
    EXPECT_EQ(plan.value(str("added")).toArray().size(), 5);
    EXPECT_EQ(exported(), before);
}

TEST_F(Configuration, DryRunDoesNotEvenMakeADatabase)
{
    const CtlResult dry = apply(file, {str("--dry-run")});
    EXPECT_EQ(dry.exitCode, 0) << qPrintable(dry.err);
    EXPECT_TRUE(dry.out.endsWith(str("5 added, 1 changed, 0 removed (dry run: nothing was written)\n")))
        << qPrintable(dry.out);
    EXPECT_FALSE(QFile::exists(profile.file(str("signalbox.db"))));
}

TEST_F(Configuration, AFaultChangesNothingAndNamesTheLine)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const QByteArray before = exported();
    for (const auto& [from, to, line] :
         {std::tuple{"name: OpenAI\n", "name: OpenAI\n    colour: red\n", 8},
          std::tuple{"env:OPENAI_API_KEY", "sk-literal-secret-value", 14},
          std::tuple{"project: shop", "project: nobody", 19}, std::tuple{"type: weighted", "type: magic", 33}}) {
        const QString bad = profile.write(str("bad.yaml"), replaced(from, to));
        const CtlResult result = apply(bad);
        EXPECT_EQ(result.exitCode, 1) << from;
        EXPECT_TRUE(result.err.contains(str("bad.yaml:%1: ").arg(line))) << qPrintable(result.err);
        EXPECT_FALSE(result.err.contains(str("sk-literal"))) << qPrintable(result.err);
        EXPECT_EQ(exported(), before);
    }
}

TEST_F(Configuration, ASectionThatFailsInTheDatabaseRollsEverythingBack)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const QByteArray before = exported();
    // The service goes while a connection that is not part of the file still uses it; the renaming must not stay
    // either.
    const QString bad = profile.write(str("bad.yaml"), "version: 1\norganization: { name: Renamed }\nservices: []\n");
    const CtlResult result = apply(bad);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_TRUE(result.err.contains(str("web-frontend"))) << qPrintable(result.err);
    EXPECT_EQ(exported(), before);
}

TEST_F(Configuration, RemovesWhatTheFileLeavesOut)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const CtlResult result = apply(
        profile.write(str("less.yaml"),
                      "version: 1\nprojects: [ { handle: default } ]\nservices: []\nconnections: []\nroutes: []\n"));
    EXPECT_EQ(result.exitCode, 0) << qPrintable(result.err);
    EXPECT_EQ(
        result.out,
        str("- project shop\n- service /openai\n- route smart\n- connection web-frontend\n- connection assistant\n"
            "0 added, 0 changed, 5 removed\n"));
    ASSERT_EQ(apply(file).exitCode, 0); // and it comes back
    EXPECT_TRUE(exported().contains("handle: \"shop\""));
}

TEST_F(Configuration, AServiceStaysWhileARouteThatIsNotPartOfTheFileUsesIt)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const QByteArray before = exported();
    const CtlResult result = apply(profile.write(str("less.yaml"), "version: 1\nservices: []\nconnections: []\n"));
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_TRUE(result.err.contains(str("still used by: smart"))) << qPrintable(result.err);
    EXPECT_EQ(exported(), before);
}

TEST_F(Configuration, AKeyByReferenceIsReplacedWhenItsValueChanges)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    profile.setVariable(str("WEB_FRONTEND_KEY"), str("another-key-of-enough-characters"));
    EXPECT_EQ(apply(file).out, str("~ connection web-frontend in development (key)\n0 added, 1 changed, 0 removed\n"));
    profile.setVariable(str("WEB_FRONTEND_KEY"), str("short"));
    EXPECT_EQ(apply(file).exitCode, 1);
}

TEST_F(Configuration, KeysAreMadeListedAndRevoked)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const CtlResult made = profile.run({str("key"), str("create"), str("--connection"), str("web-frontend"),
                                        str("--environment"), str("development"), str("--ttl"), str("90d")});
    ASSERT_EQ(made.exitCode, 0) << qPrintable(made.err);
    const QString key = made.out.trimmed();
    EXPECT_TRUE(key.startsWith(str("sbx_"))) << qPrintable(made.out);
    const QString id = key.section(QLatin1Char('_'), 1, 1);

    const auto listed = [this, id] {
        const CtlResult result = profile.run({str("key"), str("list"), str("--json")});
        for (const QJsonValue& row : QJsonDocument::fromJson(result.out.toUtf8()).array()) {
            if (row.toObject().value(str("id")).toString() == id)
                return row.toObject();
        }
        return QJsonObject();
    };
    EXPECT_EQ(listed().value(str("state")).toString(), str("valid"));
    EXPECT_FALSE(listed().value(str("expires")).toString().isEmpty());
    EXPECT_FALSE(profile.run({str("key"), str("list")}).out.contains(key));

    EXPECT_EQ(profile.run({str("key"), str("revoke"), id}).exitCode, 0);
    EXPECT_EQ(listed().value(str("state")).toString(), str("revoked"));
    EXPECT_EQ(profile.run({str("key"), str("revoke"), id}).exitCode, 1);
    EXPECT_TRUE(apply(file).out.contains(str("nothing to change"))); // keys made here are no business of the file
}

TEST_F(Configuration, AKeyNeedsAConnectionAndAnEnvironmentThatExist)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const auto create = [this](const char* connection, const char* environment) {
        return profile.run(
            {str("key"), str("create"), str("--connection"), str(connection), str("--environment"), str(environment)});
    };
    EXPECT_TRUE(create("nobody", "development").err.contains(str("there is no connection 'nobody'")));
    EXPECT_TRUE(create("web-frontend", "nowhere").err.contains(str("there is no environment 'nowhere'")));
}

TEST_F(Configuration, MigrateStatusDoesNotCreateTheFile)
{
    const CtlResult before = profile.run({str("migrate"), str("--status"), str("--json")});
    EXPECT_EQ(QJsonDocument::fromJson(before.out.toUtf8()).object().value(str("state")).toString(), str("empty"));
    EXPECT_FALSE(QFile::exists(profile.file(str("signalbox.db"))));
    EXPECT_EQ(profile.run({str("migrate")}).exitCode, 0);
    const CtlResult after = profile.run({str("migrate"), str("--status"), str("--json")});
    EXPECT_EQ(QJsonDocument::fromJson(after.out.toUtf8()).object().value(str("state")).toString(), str("current"));
}

TEST_F(Configuration, SampleDataComesAndGoesAndLeavesTheConfigurationAlone)
{
    ASSERT_EQ(apply(file).exitCode, 0);
    const QByteArray before = exported();
    const CtlResult seeded = profile.run(
        {str("seed-demo"), str("--requests"), str("300"), str("--days"), str("3"), str("--seed"), str("7")});
    EXPECT_EQ(seeded.exitCode, 0) << qPrintable(seeded.err);
    EXPECT_EQ(seeded.out, str("300 requests of sample data over 3 days\n"));
    EXPECT_EQ(exported(), before);
    EXPECT_EQ(profile.run({str("seed-demo"), str("--remove")}).exitCode, 0);
    EXPECT_EQ(exported(), before);
}

} // namespace
