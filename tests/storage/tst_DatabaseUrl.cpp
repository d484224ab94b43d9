// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DatabaseUrl.h"

#include <gtest/gtest.h>

using sb::storage::DatabaseUrl;

TEST(DatabaseUrl, readsAnSqliteFile)
{
    const auto url = DatabaseUrl::parse(QStringLiteral("sqlite:///home/me/Signal%20box.db"));
    ASSERT_TRUE(url);
    EXPECT_EQ(url->engine, DatabaseUrl::Engine::Sqlite);
    EXPECT_EQ(url->path, QStringLiteral("/home/me/Signal box.db"));
}

TEST(DatabaseUrl, readsEveryPartOfAPostgresUrl)
{
    const auto url = DatabaseUrl::parse(QStringLiteral(
        "postgresql://us%40er:p%3Aa%2Fss@db1.example:5433,[::1]/my%20db?sslmode=verify-full&sslrootcert=/etc/ca.pem"));
    ASSERT_TRUE(url);
    EXPECT_EQ(url->engine, DatabaseUrl::Engine::PostgreSql);
    EXPECT_EQ(url->user, QStringLiteral("us@er"));
    EXPECT_EQ(url->password, QStringLiteral("p:a/ss"));
    ASSERT_EQ(url->hosts.size(), 2u);
    EXPECT_EQ(url->hosts[0], (std::pair{QStringLiteral("db1.example"), 5433}));
    EXPECT_EQ(url->hosts[1], (std::pair{QStringLiteral("::1"), 5432}));
    EXPECT_EQ(url->database, QStringLiteral("my db"));
    EXPECT_EQ(url->sslMode, QStringLiteral("verify-full"));
    EXPECT_EQ(url->sslRootCert, QStringLiteral("/etc/ca.pem"));
}

TEST(DatabaseUrl, aServerBeyondThisMachineHasToProveWhoItIs)
{
    const auto mode = [](const char* hosts) {
        const auto url = DatabaseUrl::parse(QStringLiteral("postgresql://me@%1/db").arg(QString::fromLatin1(hosts)));
        return url ? url->effectiveSslMode().toStdString() : "no address";
    };
    for (const char* here : {"localhost", "127.0.0.1", "127.9.9.9:6000", "[::1]", "%2Fvar%2Frun%2Fpostgresql"})
        EXPECT_EQ(mode(here), "") << here;
    for (const char* beyond : {"db.example", "10.0.0.1", "localhost.example", "127.0.0.1,db.example", "[fd00::1]"})
        EXPECT_EQ(mode(beyond), "verify-full") << beyond;
    EXPECT_EQ(DatabaseUrl::parse(QStringLiteral("postgresql://db.example/db?sslmode=disable"))->effectiveSslMode(),
              QStringLiteral("disable"));
}

TEST(DatabaseUrl, hidesThePasswordWhereverItIsShown)
{
    const auto url = DatabaseUrl::parse(QStringLiteral("postgresql://me:s3cret@host:6000/db?sslmode=require"));
    ASSERT_TRUE(url);
    EXPECT_EQ(url->masked(), QStringLiteral("postgresql://me:****@host:6000/db?sslmode=require"));
}

class RefusedUrl : public testing::TestWithParam<const char*> {};

TEST_P(RefusedUrl, namesTheFieldAndNotThePassword)
{
    const auto url = DatabaseUrl::parse(QString::fromUtf8(GetParam()));
    ASSERT_FALSE(url);
    EXPECT_EQ(url.error().code, sb::ErrorCode::InvalidArgument);
    EXPECT_EQ(url.error().field, "database_url");
    EXPECT_EQ(url.error().what.find("s3cret"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(DatabaseUrl, RefusedUrl,
                         testing::Values("", "mysql://host/db", "sqlite://relative.db", "sqlite:///folder/",
                                         "sqlite:///a.db?mode=ro", "postgresql://host", "postgresql://me:s3cret@/db",
                                         "postgresql://me:s3cret@host:99999/db", "postgresql://host/db?sslmode=maybe",
                                         "postgresql://host/db?options=-csearch_path=x", "postgresql://host/db%0aname",
                                         "postgresql://host/db?sslrootcert=/a;host=evil", "postgresql://h%zz/db"));
