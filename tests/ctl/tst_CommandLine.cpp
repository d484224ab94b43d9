// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CtlProcess.h"
#include "support/RawHttp.h"

#include <gtest/gtest.h>

using namespace sb::test;

namespace {

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

class WrongUsage : public testing::TestWithParam<const char*> {};

TEST_P(WrongUsage, ExitsWithTwoAndSaysSoOnStderrOnly)
{
    const CtlResult result = CtlProfile().run(words(GetParam()));
    EXPECT_EQ(result.exitCode, 2) << GetParam();
    EXPECT_TRUE(result.err.startsWith(QLatin1String("signalboxctl: "))) << qPrintable(result.err);
    EXPECT_TRUE(result.out.isEmpty());
}

INSTANTIATE_TEST_SUITE_P(Lines, WrongUsage,
                         testing::Values("", "unknown-command", "--unknown", "simulate --unknown", "simulate extra",
                                         "simulate --status 200", "simulate --fail-rate 2",
                                         "simulate --listen 127.0.0.1", "simulate --listen host:99999", "apply",
                                         "apply a b", "migrate now", "seed-demo --requests none", "gateway now",
                                         "gateway --workers many", "gateway --local-host models.lan:80", "key",
                                         "key make", "key revoke", "key create",
                                         "key create --connection a --environment b --ttl soon",
                                         "export --listen nonsense", "export --database mysql://x/y"));

TEST(CommandLine, PrintsVersionAndHelp)
{
    const CtlProfile profile;
    EXPECT_TRUE(profile.run({QStringLiteral("--version")}).out.startsWith(QLatin1String("signalboxctl ")));
    const CtlResult help = profile.run({QStringLiteral("--help")});
    EXPECT_EQ(help.exitCode, 0);
    for (const char* command : {"gateway", "apply", "export", "key", "migrate", "simulate", "seed-demo", "doctor"})
        EXPECT_TRUE(help.out.contains(QLatin1String(command))) << command;
    EXPECT_TRUE(profile.run({QStringLiteral("simulate"), QStringLiteral("--help")})
                    .out.contains(QLatin1String("--tokens-per-second")));
}

TEST(CommandLine, SaysWhereAWrongDatabaseAddressCameFrom)
{
    CtlProfile profile;
    profile.setVariable(QStringLiteral("DATABASE_URL"), QStringLiteral("mysql://x/y"));
    const CtlResult result = profile.run({QStringLiteral("export")});
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_TRUE(result.err.contains(QLatin1String("signalboxctl: DATABASE_URL: "))) << qPrintable(result.err);
}

TEST(CommandLine, EchoesStatementsWithoutTheirValues)
{
    CtlProfile profile;
    profile.setVariable(QStringLiteral("DB_ECHO"), QStringLiteral("true"));
    const CtlResult result =
        profile.run({QStringLiteral("key"), QStringLiteral("create"), QStringLiteral("--connection"),
                     QStringLiteral("a-telling-name"), QStringLiteral("--environment"), QStringLiteral("development")});
    EXPECT_TRUE(result.err.contains(QLatin1String("signalbox.sql: SELECT"))) << qPrintable(result.err);
    EXPECT_EQ(result.err.count(QLatin1String("a-telling-name")), 1) << "only in the message that it is unknown";
    profile.setVariable(QStringLiteral("DB_ECHO"), QStringLiteral("false"));
    EXPECT_FALSE(profile.run({QStringLiteral("key"), QStringLiteral("list")}).err.contains(QLatin1String("SELECT")));
}

TEST(CommandLine, CommonOptionsMayStandBeforeTheCommand)
{
    const CtlProfile profile;
    const CtlResult result = profile.run({QStringLiteral("--database"),
                                          QStringLiteral("sqlite://") + profile.file(QStringLiteral("elsewhere.db")),
                                          QStringLiteral("migrate"), QStringLiteral("--status")});
    EXPECT_EQ(result.exitCode, 0) << qPrintable(result.err);
    EXPECT_TRUE(result.out.contains(QLatin1String("elsewhere.db")));
}

TEST(Simulate, SaysWhereItListensAnswersAndStopsOnSigterm)
{
    const CtlProfile profile;
    CtlServer server(profile, {QStringLiteral("simulate"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                               QStringLiteral("--key"), QStringLiteral("another-key")});
    const auto port = server.waitForPort();
    ASSERT_TRUE(port);
    RawClient client(*port);
    const std::string body = R"({"model":"sim-small","messages":[{"role":"user","content":"hi"}]})";
    ASSERT_TRUE(client.send(rawRequest("POST", "/v1/chat/completions", "Authorization: Bearer another-key\r\n", body) +
                            rawRequest("POST", "/v1/chat/completions", "Authorization: Bearer sim-key\r\n", body)));
    EXPECT_EQ(readAnswer(client).status, 200);
    EXPECT_EQ(readAnswer(client).status, 401);
    EXPECT_EQ(server.stop(), 0);
}

TEST(Simulate, FailsAsTold)
{
    const CtlProfile profile;
    CtlServer server(profile, {QStringLiteral("simulate"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                               QStringLiteral("--status"), QStringLiteral("503")});
    const auto port = server.waitForPort();
    ASSERT_TRUE(port);
    RawClient client(*port);
    ASSERT_TRUE(client.send(rawRequest("POST", "/v1/chat/completions", "Authorization: Bearer sim-key\r\n",
                                       R"({"model":"m","messages":[{"role":"user","content":"hi"}]})")));
    EXPECT_EQ(readAnswer(client).status, 503);
}

TEST(Simulate, SaysThatThePortIsTaken)
{
    const CtlProfile profile;
    CtlServer first(profile, {QStringLiteral("simulate"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    const auto port = first.waitForPort();
    ASSERT_TRUE(port);
    const CtlResult second = profile.run(
        {QStringLiteral("simulate"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(*port)});
    EXPECT_EQ(second.exitCode, 1);
    EXPECT_TRUE(second.err.contains(QLatin1String("cannot listen"))) << qPrintable(second.err);
}

} // namespace
