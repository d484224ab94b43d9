// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CtlProcess.h"
#include "support/TempDatabase.h"

#include <gtest/gtest.h>

using namespace sb::test;

namespace {

QString str(const char* text)
{
    return QString::fromUtf8(text);
}

/// The same commands on a PostgreSQL server, its address taken from the environment.
TEST(PostgresConfiguration, AppliesExportsMakesKeysAndRemoves)
{
    if (const QString reason = TempDatabase::whyNot(TempDatabase::Engine::PostgreSql); !reason.isEmpty())
        GTEST_SKIP() << reason.toStdString();
    const TempDatabase database(TempDatabase::Engine::PostgreSql, TempDatabase::Schema::Empty);
    CtlProfile profile;
    profile.setVariable(str("DATABASE_URL"), database.urlText());
    const QString file = profile.write(str("config.yaml"), R"(version: 1
organization: { handle: acme, name: Acme, timezone: Europe/Berlin }
projects: [ { handle: default }, { handle: shop } ]
environments: [production, qa, development]
services:
  - name: OpenAI
    context: /openai
    provider: openai
    project: shop
    url: https://api.openai.com/v1
    labels: [chat, Embeddings]
    environments:
      qa:
        auth: { header: Authorization, prefix: "Bearer ", secret: "env:OPENAI_API_KEY" }
        limits: [ { per: day, total_tokens: 5000, cost_usd: "25.00" } ]
connections:
  - { name: web, project: shop, service: /openai, environments: { qa: { limits: [ { per: hour, requests: 9 } ] } } }
)");
    EXPECT_TRUE(profile.run({str("migrate"), str("--status")}).out.contains(str("(empty)")));
    const CtlResult applied = profile.run({str("apply"), file});
    ASSERT_EQ(applied.exitCode, 0) << qPrintable(applied.err);
    EXPECT_TRUE(applied.out.contains(str("- environment staging\n"))) << qPrintable(applied.out);
    EXPECT_EQ(profile.run({str("apply"), file}).out, str("nothing to change\n"));
    const CtlResult exported = profile.run({str("export")});
    EXPECT_EQ(profile.run({str("apply"), profile.write(str("export.yaml"), exported.out.toUtf8())}).out,
              str("nothing to change\n"));

    const CtlResult key =
        profile.run({str("key"), str("create"), str("--connection"), str("web"), str("--environment"), str("qa")});
    EXPECT_EQ(key.exitCode, 0) << qPrintable(key.err);
    const CtlResult removed =
        profile.run({str("apply"),
                     profile.write(str("less.yaml"),
                                   "version: 1\nprojects: [ { handle: default } ]\nservices: []\nconnections: []\n")});
    EXPECT_EQ(removed.out, str("- project shop\n- service /openai\n- connection web\n0 added, 0 changed, 3 removed\n"))
        << qPrintable(removed.err);
    EXPECT_FALSE(QFile::exists(profile.file(str("signalbox.db"))));
}

} // namespace
