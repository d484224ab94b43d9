// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `signalboxctl gateway` says when it cannot start as asked, or not with everything.
#include "support/CtlProcess.h"
#include "support/RawHttp.h"

#include <QDir>
#include <QTcpServer>

#include <gtest/gtest.h>

#include <functional>

using namespace sb::test;

namespace {

QString str(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Trouble {
    const char* name;
    std::function<QStringList(const CtlProfile&)> arguments; ///< prepares the profile and says how to call
    int exitCode;
    const char* what;   ///< happened
    const char* advice; ///< what to do
};

std::ostream& operator<<(std::ostream& out, const Trouble& trouble)
{
    return out << trouble.name;
}

std::function<QStringList(const CtlProfile&)> options(const char* line)
{
    return [line](const CtlProfile&) { return QString::fromLatin1(line).split(QLatin1Char(' ')); };
}

QStringList withNewerSchema(const CtlProfile& profile)
{
    EXPECT_EQ(profile.run({str("migrate")}).exitCode, 0);
    QProcess sqlite;
    sqlite.start(str("sqlite3"), {profile.file(str("signalbox.db")),
                                  str("INSERT INTO schema_history VALUES (9999, 'later', 'x', 1, '9.0')")});
    EXPECT_TRUE(sqlite.waitForFinished());
    return {};
}

class GatewayTrouble : public testing::TestWithParam<Trouble> {};

TEST_P(GatewayTrouble, IsSaidWithWhatToDoAndNothingSavedIsTouched)
{
    const CtlProfile profile;
    const QStringList arguments = GetParam().arguments(profile);
    const QByteArray saved = contentOf(profile.file(str("signalbox.db")));
    QStringList all{str("gateway"), str("--listen"), str("127.0.0.1:0")};
    const CtlResult result = profile.run(all + arguments); // of an option given twice the last one counts
    EXPECT_EQ(result.exitCode, GetParam().exitCode) << qPrintable(result.err);
    EXPECT_TRUE(result.err.contains(str("signalboxctl: "))) << qPrintable(result.err);
    EXPECT_TRUE(result.err.contains(str(GetParam().what))) << qPrintable(result.err);
    EXPECT_TRUE(result.err.contains(str(GetParam().advice))) << qPrintable(result.err);
    EXPECT_FALSE(result.err.contains(str("hush"))) << "the password of the database";
    EXPECT_TRUE(result.out.isEmpty()) << qPrintable(result.out);
    if (!saved.isEmpty()) {
        EXPECT_EQ(contentOf(profile.file(str("signalbox.db"))), saved);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Options, GatewayTrouble,
    testing::Values(Trouble{"every address without a proxy", options("--listen 0.0.0.0:0"), 2, "only behind a proxy",
                            "--behind-tls-proxy"},
                    Trouble{"every address of IPv6 without a proxy", options("--listen [::]:0"), 2,
                            "only behind a proxy", "--behind-tls-proxy"},
                    Trouble{"a name to listen on", options("--listen gateway.example:0"), 2,
                            "gateway.example is not an IP address", "--listen takes an address"},
                    Trouble{"an address of another machine", options("--listen 192.0.2.1:0 --behind-tls-proxy"), 1,
                            "cannot listen on 192.0.2.1", "--listen takes an address"},
                    Trouble{"a host with a scheme", options("--allow-host https://gateway.example"), 2, "is no host",
                            "such as gateway.example"},
                    Trouble{"an origin without a scheme", options("--allow-origin app.example"), 2, "is no origin",
                            "such as https://app.example"},
                    Trouble{"an origin with a path", options("--allow-origin https://app.example/"), 2, "is no origin",
                            "such as https://app.example"},
                    Trouble{"certificates that are not there", options("--ca-file /nowhere/ca.pem"), 1,
                            "/nowhere/ca.pem does not exist", "--ca-file takes"},
                    Trouble{
                        "certificates that are none",
                        [](const CtlProfile& profile) {
                            return QStringList{str("--ca-file"), profile.write(str("ca.pem"), "not a certificate\n")};
                        },
                        1, "ca.pem has no certificate in it", "--ca-file takes"}));

INSTANTIATE_TEST_SUITE_P(
    Database, GatewayTrouble,
    testing::Values(Trouble{"a server that refuses", options("--database postgresql://me:hush@127.0.0.1:1/x"), 1,
                            "database postgresql://me:****@127.0.0.1:1/x: ", "a server that runs"},
                    Trouble{"a folder that cannot be made",
                            [](const CtlProfile& profile) {
                                return QStringList{str("--database"), str("sqlite://") +
                                                                          profile.write(str("file"), "x") +
                                                                          str("/signalbox.db")};
                            },
                            1, "cannot create the folder", "a folder that this user can write"},
                    Trouble{"a folder in place of the file",
                            [](const CtlProfile& profile) {
                                return QStringList{str("--database"), str("sqlite://") + profile.path()};
                            },
                            1, "this is a folder, not a file", "check what --database or DATABASE_URL names"},
                    Trouble{"a damaged file",
                            [](const CtlProfile& profile) {
                                profile.write(str("signalbox.db"), QByteArray(20'000, 'x'));
                                return QStringList{};
                            },
                            1, "file is not a database", "restore a backup"},
                    Trouble{"the schema of a newer program", withNewerSchema, 1,
                            "made by a newer program: it has step 9999_later", "upgrade this program"}));

/// With the file system's permissions in the way; root passes through them.
TEST(GatewayStart, SaysWhichFolderMayNotBeWritten)
{
    if (::geteuid() == 0)
        GTEST_SKIP() << "root may write everywhere";
    const CtlProfile profile;
    const QString folder = profile.file(str("closed"));
    ASSERT_TRUE(QDir().mkpath(folder));
    ASSERT_TRUE(QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner));
    const CtlResult result = profile.run({str("gateway"), str("--listen"), str("127.0.0.1:0"), str("--database"),
                                          str("sqlite://") + folder + str("/signalbox.db")});
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_TRUE(result.err.contains(str("cannot create ") + folder)) << qPrintable(result.err);
    EXPECT_TRUE(result.err.contains(str("a folder that this user can write"))) << qPrintable(result.err);
}

TEST(GatewayStart, SaysThatThePortIsTaken)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    const CtlResult result =
        CtlProfile().run({str("gateway"), str("--listen"), str("127.0.0.1:%1").arg(other.serverPort())});
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_TRUE(result.err.contains(str("port %1 cannot be opened").arg(other.serverPort()))) << qPrintable(result.err);
    EXPECT_TRUE(result.err.contains(str("choose another with --listen"))) << qPrintable(result.err);
}

TEST(GatewayStart, LeavesAProfileToTheGatewayThatHasIt)
{
    const CtlProfile profile;
    CtlServer first(profile, {str("gateway"), str("--listen"), str("127.0.0.1:0")});
    const auto port = first.waitForPort();
    ASSERT_TRUE(port);
    const CtlResult second = profile.run({str("gateway"), str("--listen"), str("127.0.0.1:0")});
    EXPECT_EQ(second.exitCode, 1);
    EXPECT_TRUE(second.err.contains(str("another process uses the journal"))) << qPrintable(second.err);
    EXPECT_TRUE(second.err.contains(str("--profile"))) << qPrintable(second.err);
    RawClient client(*port);
    client.send("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(*port) + "\r\n\r\n");
    EXPECT_EQ(readAnswer(client).body, "ready\n") << "the first one goes on";
    EXPECT_EQ(first.stop(), 0);
}

TEST(GatewayStart, WarnsOfDamagedSettingsAndKeepsThem)
{
    const CtlProfile profile;
    profile.write(str("settings.json"), "{ half");
    const CtlResult result = profile.run({str("export")}); // as every command does
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_TRUE(result.err.contains(str("warning: the settings file was damaged"))) << qPrintable(result.err);
    EXPECT_EQ(contentOf(profile.file(str("settings.json.damaged"))), "{ half");
}

TEST(GatewayStart, ServesTheOthersWhenASecretIsMissing)
{
    CtlProfile profile;
    profile.setVariable(str("SIM_KEY"), str("sim-key"));
    profile.setVariable(str("DBUS_SESSION_BUS_ADDRESS"), str("unix:path=") + profile.file(str("no-bus")));
    CtlServer simulator(profile, {str("simulate"), str("--listen"), str("127.0.0.1:0")});
    const auto simulatorPort = simulator.waitForPort();
    ASSERT_TRUE(simulatorPort);
    QByteArray yaml = "version: 1\nservices:\n";
    for (const auto& [name, secret] : {std::pair{"good", "env:SIM_KEY"},
                                       {"unset", "env:SB_NOT_SET"},
                                       {"locked", "keychain:somewhere"},
                                       {"lost", "file:/nowhere/key"}})
        yaml += QByteArray("  - { name: ") + name + ", context: /" + name +
                ", provider: openai, url: \"http://127.0.0.1:" + QByteArray::number(*simulatorPort) +
                "/v1\", environments: { development: { auth: { header: "
                "Authorization, prefix: \"Bearer \", secret: \"" +
                secret + "\" } } } }\n";
    yaml += "connections:\n";
    for (const char* name : {"good", "unset", "locked", "lost"})
        yaml += QByteArray("  - { name: ") + name + ", project: default, service: /" + name +
                ", environments: { development: { key: \"env:KEY_OF_" + QByteArray(name).toUpper() + "\" } } }\n";
    for (const char* name : {"GOOD", "UNSET", "LOCKED", "LOST"})
        profile.setVariable(str("KEY_OF_") + str(name), str("key-of-the-service-") + str(name));
    const CtlResult applied = profile.run({str("apply"), profile.write(str("config.yaml"), yaml)});
    ASSERT_EQ(applied.exitCode, 0) << qPrintable(applied.err);

    CtlServer gateway(profile, {str("gateway"), str("--listen"), str("127.0.0.1:0")});
    const auto port = gateway.waitForPort();
    ASSERT_TRUE(port);
    const auto ask = [&](const std::string& name, const std::string& keyName) {
        RawClient client(*port);
        client.send(rawRequest("POST", "/" + name + "/v1/chat/completions",
                               "x-api-key: key-of-the-service-" + keyName + "\r\n",
                               R"({"model":"sim-small","messages":[{"role":"user","content":"hi"}]})",
                               "127.0.0.1:" + std::to_string(*port)));
        return readAnswer(client);
    };
    EXPECT_EQ(ask("good", "GOOD").status, 200);
    for (const auto& [name, keyName] : {std::pair{"unset", "UNSET"}, {"locked", "LOCKED"}, {"lost", "LOST"}}) {
        const RawAnswer answer = ask(name, keyName);
        EXPECT_EQ(answer.status, 503) << name;
        EXPECT_NE(answer.body.find(R"("code":"secret_unavailable")"), std::string::npos) << answer.body;
    }
    EXPECT_EQ(gateway.stop(), 0);
}

} // namespace
