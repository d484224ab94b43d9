// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/AppContext.h"
#include "runtime/CommandLine.h"
#include "runtime/DatabaseAddress.h"
#include "runtime/GatewayHost.h"
#include "runtime/LocalHosts.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "storage/StorageService.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using runtime::AppContext;
using runtime::CommandLine;
using runtime::LaunchOptions;
using runtime::ListenText;

class tst_CommandLine : public QObject {
    Q_OBJECT

    static Result<LaunchOptions> read(QStringList arguments)
    {
        QCommandLineParser parser;
        CommandLine::declare(parser);
        arguments.prepend(QStringLiteral("signalbox"));
        if (!parser.parse(arguments))
            return Error{ErrorCode::InvalidArgument, parser.errorText().toStdString()};
        return CommandLine::read(parser);
    }
    QString profile() const { return m_folder.filePath(QStringLiteral("profile")); }
    QString option(const QString& name, const QString& value) const
    {
        return QStringLiteral("--") + name + u'=' + value;
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void cleanup() { qunsetenv("DATABASE_URL"); }

    void listenAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("usual") << QStringLiteral("127.0.0.1:8484") << QStringLiteral("127.0.0.1") << 8484;
        QTest::newRow("ipv6") << QStringLiteral("[::1]:0") << QStringLiteral("::1") << 0;
        QTest::newRow("name") << QStringLiteral("localhost:65535") << QStringLiteral("localhost") << 65535;
        for (const char* wrong :
             {"", "8484", ":8484", "localhost:", "localhost:65536", "localhost:x", "localhost:+1", "::1:80", "h:-1"})
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << QString() << -1;
    }
    void listenAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto parsed = ListenText::parse(text);
        QCOMPARE(parsed.has_value(), port >= 0);
        if (parsed) {
            QCOMPARE(parsed->host, host);
            QCOMPARE(int{parsed->port}, port);
        } else {
            QCOMPARE(parsed.error().field, std::string("listen"));
        }
    }

    void wrongValuesAreRefused()
    {
        QCOMPARE(read({option(QStringLiteral("database"), QStringLiteral("mysql://x"))}).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(read({option(QStringLiteral("listen"), QStringLiteral("here"))}).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(read({option(QStringLiteral("profile"), QStringLiteral("/proc/none"))}).error().code,
                 ErrorCode::PermissionDenied);
    }

    void theProfileIsMadeForItsOwnerOnly()
    {
        const auto options = read({option(QStringLiteral("profile"), profile())});
        QVERIFY(options);
        QCOMPARE(options->profileDirectory, profile());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                            QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFileInfo(profile()).permissions() & others));
    }

    void withoutAnythingItIsSqliteInTheProfile()
    {
        auto options = read({option(QStringLiteral("profile"), profile())});
        QVERIFY(options);
        AppContext context(*options);
        QCOMPARE(context.options().databaseUrlOrigin, QStringLiteral("default"));
        QVERIFY(context.options().databaseUrl.endsWith(QStringLiteral("/profile/signalbox.db")));
        QCOMPARE(context.options().listenPort, quint16{8484});
        QVERIFY(context.problems().empty());
        QSignalSpy changed(&context, &AppContext::organizationChanged);
        QVERIFY(changed.wait(10'000));
        QCOMPARE(context.organization().handle, std::string("default"));
        QCOMPARE(context.environments().size(), std::size_t{3});
        QVERIFY(QFileInfo::exists(m_folder.filePath(QStringLiteral("profile/signalbox.db"))));
    }

    void theCommandLineBeatsTheEnvironmentBeatsTheSetting()
    {
        const auto url = [this](const char* name) {
            return QStringLiteral("sqlite://") + m_folder.filePath(QString::fromLatin1(name));
        };
        auto plain = read({option(QStringLiteral("profile"), profile())});
        QVERIFY(plain);
        {
            AppContext context(*plain);
            QVERIFY(context.settings().set(settings::Settings::databaseUrl, url("stored.db")));
            QVERIFY(context.settings().set(settings::Settings::listen, QStringLiteral("127.0.0.1:9001")));
            QVERIFY(context.settings().flush());
        }
        {
            AppContext context(*plain);
            QCOMPARE(context.options().databaseUrlOrigin, QStringLiteral("setting"));
            QVERIFY(context.options().databaseUrl.endsWith(QStringLiteral("stored.db")));
            QCOMPARE(context.options().listenPort, quint16{9001});
        }
        qputenv("DATABASE_URL", url("environment.db").toUtf8());
        {
            AppContext context(*plain);
            QCOMPARE(context.options().databaseUrlOrigin, QStringLiteral("environment"));
            QVERIFY(context.options().databaseUrl.endsWith(QStringLiteral("environment.db")));
        }
        auto given =
            read({option(QStringLiteral("profile"), profile()), option(QStringLiteral("database"), url("given.db")),
                  option(QStringLiteral("listen"), QStringLiteral("[::1]:0"))});
        QVERIFY(given);
        AppContext context(*given);
        QCOMPARE(context.options().databaseUrlOrigin, QStringLiteral("command line"));
        QVERIFY(context.options().databaseUrl.endsWith(QStringLiteral("given.db")));
        QCOMPARE(context.options().listenHost, QStringLiteral("::1"));
        QCOMPARE(context.options().listenPort, quint16{0});
    }

    void thePoolSizeIsThatOfTheEnvironment()
    {
        const auto restore = qScopeGuard([] {
            qunsetenv("DB_POOL_SIZE");
            qunsetenv("DB_ECHO");
        });
        settings::AppSettings settings(m_folder.filePath(QStringLiteral("pool")), {});
        const auto options = [&settings](const char* url) {
            return runtime::storageOptions(settings, *storage::DatabaseUrl::parse(QString::fromLatin1(url)));
        };
        QCOMPARE(options("postgresql://db.example/x").readers, 5);
        QVERIFY(!options("postgresql://db.example/x").echo);
        qputenv("DB_POOL_SIZE", "9");
        qputenv("DB_ECHO", "1");
        QCOMPARE(options("postgresql://db.example/x").readers, 9);
        QVERIFY(options("postgresql://db.example/x").echo);
        QCOMPARE(options("sqlite:///tmp/x.db").readers, 2); // one file has no use for more
    }

    void localHostsAreNamesOfHosts()
    {
        QCOMPARE(*runtime::readLocalHosts({QStringLiteral(" Models.LAN "), QString(), QStringLiteral("gpu")}),
                 (std::vector<std::string>{"models.lan", "gpu"}));
        for (const char* wrong : {"http://models.lan", "models.lan:8080", "models.lan/v1", "two words", "user@models"})
            QVERIFY2(!runtime::readLocalHosts({QString::fromLatin1(wrong)}), wrong);
    }

    void anUnusableStoredAddressIsSaidAndNoOtherDatabaseIsUsed()
    {
        auto plain = read({option(QStringLiteral("profile"), m_folder.filePath(QStringLiteral("broken")))});
        QVERIFY(plain);
        {
            AppContext context(*plain);
            QVERIFY(context.settings().set(settings::Settings::databaseUrl, QStringLiteral("oracle://x")));
        }
        QFile::remove(m_folder.filePath(QStringLiteral("broken/signalbox.db")));
        AppContext context(*plain);
        QCOMPARE(context.problems().size(), std::size_t{1});
        QTRY_VERIFY(context.storage().health().state != storage::StorageHealth::State::Opening);
        QVERIFY(context.storage().health().state != storage::StorageHealth::State::Ready);
        QVERIFY(!QFileInfo::exists(m_folder.filePath(QStringLiteral("broken/signalbox.db"))));
    }
};

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_CommandLine.moc"
