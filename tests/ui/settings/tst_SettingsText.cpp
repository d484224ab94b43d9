// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/SettingsText.h"

#include <QTest>

using namespace sb;
using namespace sb::ui;

class tst_SettingsText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listenAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("loopback") << QStringLiteral("127.0.0.1:8484") << true << QStringLiteral("127.0.0.1") << 8484;
        QTest::newRow("blanks") << QStringLiteral(" localhost:0 ") << true << QStringLiteral("localhost") << 0;
        QTest::newRow("IPv6") << QStringLiteral("[::1]:65535") << true << QStringLiteral("::1") << 65535;
        QTest::newRow("no port") << QStringLiteral("127.0.0.1") << false << QString() << 0;
        QTest::newRow("port too large") << QStringLiteral("127.0.0.1:65536") << false << QString() << 0;
        QTest::newRow("bare IPv6") << QStringLiteral("::1:8484") << false << QString() << 0;
        QTest::newRow("a name") << QStringLiteral("example.org:80") << false << QString() << 0;
        QTest::newRow("empty host") << QStringLiteral(":80") << false << QString() << 0;
    }
    void listenAddresses()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        const auto parsed = SettingsText::parseListen(text);
        QCOMPARE(parsed.has_value(), valid);
        if (valid) {
            QTEST(parsed->first, "host");
            QTEST(static_cast<int>(parsed->second), "port");
        } else {
            QCOMPARE(parsed.error().field, std::string("listen"));
        }
    }

    void aProblemAtTheStartSaysWhatIsInUseAndWhatToDo()
    {
        const QString file = QStringLiteral("/home/me/settings.json.damaged");
        const QString earlier = SettingsText::problem({ErrorCode::Corrupt, "x", "earlier_settings"}, file);
        QVERIFY2(earlier.contains(QStringLiteral("the version before it is in use")), qPrintable(earlier));
        QVERIFY2(earlier.contains(QStringLiteral("is kept as %1.").arg(file)), qPrintable(earlier));
        const QString defaults = SettingsText::problem({ErrorCode::Corrupt, "x", "default_settings"}, {});
        QVERIFY2(defaults.contains(QStringLiteral("every setting has its default")), qPrintable(defaults));
        QVERIFY2(defaults.contains(QStringLiteral("could not be kept")), qPrintable(defaults));
        QVERIFY(SettingsText::problem({ErrorCode::Conflict, "x", "newer"}, {}).contains(QStringLiteral("not saved")));
    }

    void anAddressBeyondThisComputerIsRefusedAsThat()
    {
        for (const char* text : {"0.0.0.0:8484", "192.168.1.5:8484", "[::]:8484"}) {
            const auto parsed = SettingsText::parseListen(QLatin1String(text));
            QVERIFY2(!parsed, text);
            QCOMPARE(parsed.error().field, std::string("beyond_loopback"));
        }
        QVERIFY(SettingsText::parseListen(QStringLiteral("127.1.2.3:8484")));
    }

    void thePasswordLeavesTheUrlHoweverItIsWritten_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("without");
        QTest::newRow("plain") << QStringLiteral("postgresql://me:pw@db:5432/sb?sslmode=require")
                               << QStringLiteral("postgresql://me@db:5432/sb?sslmode=require");
        QTest::newRow("escaped") << QStringLiteral("postgresql://me:p%40w%3A@db/sb")
                                 << QStringLiteral("postgresql://me@db/sb");
        QTest::newRow("at sign") << QStringLiteral("postgresql://me:p@w@db/sb")
                                 << QStringLiteral("postgresql://me@db/sb");
        QTest::newRow("none, port") << QStringLiteral("postgresql://db:5432/sb")
                                    << QStringLiteral("postgresql://db:5432/sb");
        QTest::newRow("user, port") << QStringLiteral("postgresql://me@db:5432/sb")
                                    << QStringLiteral("postgresql://me@db:5432/sb");
        QTest::newRow("file") << QStringLiteral("sqlite:///tmp/a.db") << QStringLiteral("sqlite:///tmp/a.db");
    }
    void thePasswordLeavesTheUrlHoweverItIsWritten()
    {
        QFETCH(QString, url);
        QTEST(SettingsText::withoutPassword(url), "without");
    }
};

QTEST_GUILESS_MAIN(tst_SettingsText)
#include "tst_SettingsText.moc"
