// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databases/DatabasesPage.h"

#include "kit/MessageBar.h"
#include "kit/StatePill.h"
#include "support/UiTestMain.h"
#include "ui/Names.h"
#include "ui/Workbench.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using sb::test::Workbench;

class tst_DatabasesPage : public QObject {
    Q_OBJECT

    static QString text(const DatabasesPage& page, const char* name)
    {
        return page.findChild<QLabel*>(QLatin1String(name))->text();
    }

    bool m_gatewayRuns = true;

    DatabasesSlice slice(storage::StorageService& storage, std::uint64_t records = 0, qint64 oldestMs = 0)
    {
        return {storage, QStringLiteral("default"), [=] { return std::pair(records, oldestMs); },
                [this] { return m_gatewayRuns; }};
    }

private Q_SLOTS:
    void showsWhatWasMeasured()
    {
        Workbench bench;
        DatabasesPage page(slice(*bench.storage, 3, 1200));
        page.show();
        page.activate();
        QTRY_VERIFY(text(page, "databaseEngine").contains(QStringLiteral("SQLite")));
        QVERIFY(text(page, "databaseSchema").toInt() >= 1);
        QCOMPARE(text(page, "databaseRequests"), QStringLiteral("0"));
        QVERIFY(text(page, "databaseUndelivered").startsWith(QLatin1Char('3')));
        QCOMPARE(page.findChild<StatePill*>()->text(), QStringLiteral("healthy"));
        QVERIFY(!page.findChild<MessageBar*>()->isVisible());
        QCOMPARE(test::nameFaults(page), QStringList());
    }

    void saysWhyRecordsAreSetAside()
    {
        Workbench bench;
        auto kept = bench.storage->write([](storage::DbSession& db) {
            return storage::execute(db, QStringLiteral("INSERT INTO dead_letter(event_id, at_us, error, event) VALUES "
                                                       "(randomblob(16), 1, 'no such column', '{}')"));
        });
        QTRY_VERIFY(kept.isFinished());
        DatabasesPage page({*bench.storage, QStringLiteral("default"),
                            [] { return std::pair<std::uint64_t, qint64>(0, 0); }, [] { return false; }});
        page.show();
        page.activate();
        QTRY_COMPARE(text(page, "databaseDeadLetters"), QStringLiteral("1, the newest because of: no such column"));
        QCOMPARE(page.findChild<StatePill*>()->text(), QStringLiteral("degraded"));
    }

    void saysWhenTheFileIsNoDatabase()
    {
        QTemporaryDir folder;
        const QString path = QDir(folder.path()).filePath(QStringLiteral("broken.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        storage::StorageOptions options;
        options.url = *storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + path);
        storage::StorageService storage(options);
        DatabasesPage page(slice(storage));
        page.show();
        storage.open();
        QTRY_VERIFY(page.findChild<MessageBar*>()->isVisible());
        QVERIFY(page.findChild<StatePill*>()->text() != QStringLiteral("healthy"));
    }

    void saysOfTheGatewayOnlyWhatIsTrue()
    {
        storage::StorageOptions options;
        options.url = *storage::DatabaseUrl::parse(QStringLiteral("postgresql://nobody@127.0.0.1:1/none"));
        storage::StorageService storage(options);
        DatabasesPage page(slice(storage));
        page.show();
        storage.open();
        const auto said = [&page] { return page.findChild<QLabel*>(QStringLiteral("messageText"))->text(); };
        QTRY_VERIFY(said().contains(QStringLiteral("the gateway goes on")));
        m_gatewayRuns = false;
        page.showHealth();
        QVERIFY(said().contains(QStringLiteral("the gateway is not running")));
    }

    void leadsToTheSettings()
    {
        Workbench bench;
        DatabasesPage page(slice(*bench.storage));
        QSignalSpy navigate(&page, &Page::navigate);
        page.findChild<QPushButton*>(QStringLiteral("databaseSettings"))->click();
        QCOMPARE(navigate.takeFirst().first().toString(), QStringLiteral("Settings"));
    }
};

SB_UI_TEST_MAIN(tst_DatabasesPage)
#include "tst_DatabasesPage.moc"
