// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/UsageFixture.h"

#include "base/LogSink.h"
#include "gateway/GatewayPage.h"
#include "kit/MessageBar.h"
#include "kit/UiText.h"
#include "runtime/GatewayHost.h"
#include "secrets/SecretStore.h"
#include "support/FullDisk.h"
#include "support/RawHttp.h"
#include "support/UiTestMain.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <optional>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;

class tst_GatewayPage : public QObject {
    Q_OBJECT

    std::unique_ptr<UsageFixture> fixture;
    std::unique_ptr<QTemporaryDir> profile;
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<runtime::GatewayHost> host;
    std::unique_ptr<GatewayPage> page;
    SystemClock clock;
    NullLog log;

    void make(quint16 port)
    {
        runtime::GatewayHost::Options options;
        options.profileDirectory = profile->path();
        options.gateway.port = port;
        options.gateway.workers = 1;
        host = std::make_unique<runtime::GatewayHost>(options, fixture->storage, *secrets, clock, log);
        page = std::make_unique<GatewayPage>(*host, clock);
        page->resize(900, 700);
        page->show();
        page->activate();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }
    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : page->findChildren<QPushButton*>()) {
            if (candidate->isVisible() && candidate->text() == text)
                return candidate;
        }
        return nullptr;
    }
    QString text(const char* name) const { return page->findChild<QLabel*>(QLatin1String(name))->text(); }
    QString message(const char* name) const
    {
        const auto* bar = page->findChild<MessageBar*>(QLatin1String(name));
        return bar->isVisible() ? bar->text() : QString();
    }
    template <class T>
    static bool finished(QFuture<T> future)
    {
        return QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000);
    }
    /// Of a request for a service whose secret is missing.
    int refusedStatus(const std::string& key) const
    {
        const auto port = static_cast<std::uint16_t>(QUrl(host->url()).port());
        RawClient client(port);
        client.send(rawRequest("POST", "/openai/v1/chat/completions", "x-api-key: " + key + "\r\n", "{}",
                               "127.0.0.1:" + std::to_string(port)));
        return readAnswer(client).status;
    }
    QString address() const
    {
        for (const auto* edit : page->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QStringLiteral("Gateway address"))
                return edit->text();
        }
        return QStringLiteral("(no address field)");
    }

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); } // no keychain here

    void init()
    {
        fixture = std::make_unique<UsageFixture>();
        profile = std::make_unique<QTemporaryDir>();
        secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.test"), profile->path());
        qunsetenv("TEST_KEY");
    }
    void cleanup()
    {
        page.reset();
        host.reset();
        secrets.reset();
        fixture.reset();
        profile.reset();
    }

    void itStartsShowsWhereItListensAndStops()
    {
        make(0);
        QCOMPARE(text("gatewayState"), QStringLiteral("stopped"));
        QCOMPARE(text("gatewayUptime"), QStringLiteral("not running"));
        QCOMPARE(address(), QString());
        QVERIFY(button(QStringLiteral("Start gateway")));
        button(QStringLiteral("Start gateway"))->click();
        QTRY_COMPARE(text("gatewayState"), QStringLiteral("running"));
        QCOMPARE(address(), host->url());
        QTcpSocket socket;
        const QUrl url(host->url());
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.abort();
        QVERIFY(text("gatewayUptime").endsWith(QStringLiteral("second(s)")));
        QCOMPARE(text("gatewayUndelivered"), QStringLiteral("none"));
        button(QStringLiteral("Stop gateway"))->click();
        QTRY_COMPARE(text("gatewayState"), QStringLiteral("stopped"));
        QCOMPARE(address(), QString());
    }

    void aTakenPortIsExplainedAndAFreeOneOffered()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        make(other.serverPort());
        button(QStringLiteral("Start gateway"))->click();
        QTRY_COMPARE(text("gatewayState"), QStringLiteral("failed"));
        QPushButton* freePort = button(QStringLiteral("Use a free port"));
        QVERIFY(freePort);
        freePort->click();
        QTRY_COMPARE(text("gatewayState"), QStringLiteral("running"));
        QVERIFY(QUrl(host->url()).port() != other.serverPort());
        QVERIFY(!button(QStringLiteral("Use a free port")));
    }

    void aFullDiskIsExplainedUntilThereIsSpaceAgain()
    {
        FullDisk::ignoreSignal();
        make(0);
        host->start();
        QTRY_COMPARE(text("gatewayState"), QStringLiteral("running"));
        const std::string key(host->sessionKey(fixture->environments.front().id).reveal());
        QVERIFY(finished(host->reload()));
        std::optional<FullDisk> full(std::in_place);
        QCOMPARE(refusedStatus(key), 503); // its record is the first write that fails
        QTRY_VERIFY(message("gatewayDisk").startsWith(QStringLiteral("The disk is full.")));
        QTRY_VERIFY(text("gatewayUndelivered").endsWith(QStringLiteral("1 of them in memory only")));
        full.reset();
        QTRY_COMPARE_WITH_TIMEOUT(message("gatewayDisk"), QString(), 20'000);
    }

    void whatIsNotServedIsListed()
    {
        make(0); // both services take their key from a variable that is not set
        host->start();
        auto* findings = page->findChild<QTableView*>(QStringLiteral("findings"));
        QTRY_VERIFY(findings->isVisible());
        QVERIFY(findings->model()->rowCount() > 0);
        QStringList where;
        for (int row = 0; row < findings->model()->rowCount(); ++row)
            where << findings->model()->index(row, 1).data().toString();
        QVERIFY2(where.join(QLatin1Char('\n')).contains(QStringLiteral("/openai")),
                 qPrintable(where.join(QLatin1Char('\n'))));
    }

    void aSoundConfigurationIsSaidToBeSound()
    {
        qputenv("TEST_KEY", "sk-test");
        make(0);
        host->start();
        QTRY_COMPARE(page->findChild<QWidget*>(QStringLiteral("findingsState"))
                         ->findChild<QLabel*>(QStringLiteral("viewSentence"))
                         ->text(),
                     QStringLiteral("No problem found: everything that is registered is served."));
    }
};

SB_UI_TEST_MAIN(tst_GatewayPage)
#include "tst_GatewayPage.moc"
