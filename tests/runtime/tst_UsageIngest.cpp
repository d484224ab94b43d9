// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/UsageIngest.h"

#include "base/Random.h"
#include "journal/Journal.h"
#include "storage/StorageService.h"
#include "zones/ZoneRules.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace sb;
using namespace std::chrono_literals;
using runtime::UsageIngest;

/// From a real journal into a real SQLite file.
class tst_UsageIngest : public QObject {
    Q_OBJECT

    struct World {
        QTemporaryDir folder;
        SystemClock clock;
        SystemRandom random;
        NullLog log;
        std::shared_ptr<const ZoneRules> zone = *ZoneRules::load("Europe/Berlin");
        std::unique_ptr<storage::StorageService> storage;

        World() { makeStorage(QStringLiteral("usage.db")); }

        void makeStorage(const QString& file)
        {
            storage::StorageOptions options;
            options.url = *storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + folder.filePath(file));
            storage = std::make_unique<storage::StorageService>(std::move(options));
        }

        std::unique_ptr<journal::Journal> openJournal(const QString& name = QStringLiteral("journal"))
        {
            journal::Recovery recovery;
            auto opened = journal::Journal::open({.directory = folder.filePath(name).toStdString(), .reserveBytes = 0},
                                                 clock, log, recovery);
            if (!opened)
                qFatal("%s", opened.error().what.c_str());
            return *std::move(opened);
        }

        void finishRequests(journal::Journal& journal, int count, int httpStatus = 200)
        {
            for (int i = 0; i < count; ++i) {
                journal::CloseRecord close;
                close.record.time = clock.now();
                close.record.id = EventId::generate(close.record.time, random);
                close.record.organization = OrganizationId{1};
                close.record.modelSelected = "sim-small";
                close.record.httpStatus = httpStatus;
                close.record.usage.inputUncached = 7;
                close.record.usage.outputText = 3;
                close.record.usage.source = UsageSource::Reported;
                QVERIFY(journal.append(close));
            }
        }

        qint64 rows()
        {
            auto read = storage->read([](storage::DbSession& db) {
                return storage::selectAll(
                    db, QStringLiteral("SELECT count(*), coalesce(sum(in_unc), 0) FROM req"), {},
                    [](const QSqlQuery& q) { return std::pair(q.value(0).toLongLong(), q.value(1).toLongLong()); });
            });
            if (!QTest::qWaitFor([&read] { return read.isFinished(); }, 10'000))
                return -1;
            const auto result = read.takeResult();
            if (!result || result->empty() || result->front().second != 7 * result->front().first)
                return -1;
            return result->front().first;
        }
    };

private Q_SLOTS:
    void finishedRequestsReachTheDatabaseAndTheJournalLetsGo()
    {
        World world;
        world.storage->open();
        const auto journal = world.openJournal();
        QSignalSpy written(world.storage.get(), &storage::StorageService::usageWritten);
        UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
        world.finishRequests(*journal, 1234);
        QTRY_COMPARE(journal->depth().undelivered, std::uint64_t{0});
        QCOMPARE(world.rows(), 1234);
        QVERIFY(!written.isEmpty());
        QVERIFY(!ingest.lastError());
    }

    void whatAnEarlierRunLeftIsDelivered()
    {
        World world;
        world.storage->open();
        {
            const auto journal = world.openJournal();
            world.finishRequests(*journal, 10);
        }
        const auto journal = world.openJournal();
        UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
        QTRY_COMPARE(journal->depth().undelivered, std::uint64_t{0});
        QCOMPARE(world.rows(), 10);
    }

    void deliveringTwiceAddsNothing()
    {
        World world;
        world.storage->open();
        {
            const auto journal = world.openJournal();
            world.finishRequests(*journal, 300);
        }
        // As after a crash between the commit and its acknowledgement.
        std::filesystem::copy(world.folder.filePath(QStringLiteral("journal")).toStdString(),
                              world.folder.filePath(QStringLiteral("again")).toStdString());
        for (const QString& name : {QStringLiteral("journal"), QStringLiteral("again")}) {
            const auto journal = world.openJournal(name);
            UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
            QTRY_COMPARE(journal->depth().undelivered, std::uint64_t{0});
        }
        QCOMPARE(world.rows(), 300);
    }

    void anOutageOfTheDatabaseLosesNothing()
    {
        World world;
        QFile blocked(world.folder.filePath(QStringLiteral("blocked"))); // a file where the database's folder should be
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        world.makeStorage(QStringLiteral("blocked/usage.db"));
        world.storage->open();
        const auto journal = world.openJournal();
        UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
        world.finishRequests(*journal, 50);
        QTRY_VERIFY(ingest.lastError());
        QCOMPARE(journal->depth().undelivered, std::uint64_t{50});
        world.finishRequests(*journal, 50);
        QVERIFY(blocked.remove());
        QVERIFY(QDir(world.folder.path()).mkdir(QStringLiteral("blocked")));
        QTRY_COMPARE_WITH_TIMEOUT(journal->depth().undelivered, std::uint64_t{0}, 20'000);
        QCOMPARE(world.rows(), 100);
        QTRY_VERIFY(!ingest.lastError());
    }

    void whatTheDatabaseRefusedIsTriedAgainAtTheNextStart()
    {
        World world;
        world.storage->open();
        const auto run = [&world](const QString& statement) {
            auto done = world.storage->write([statement](storage::DbSession& db) -> Result<void> {
                auto query = db.exec(statement);
                return query ? Result<void>() : Result<void>(std::move(query).error());
            });
            return QTest::qWaitFor([&done] { return done.isFinished(); }, 10'000) && done.takeResult();
        };
        QVERIFY(run(QStringLiteral("CREATE TRIGGER refusing BEFORE INSERT ON req WHEN NEW.http_status = 299 "
                                   "BEGIN SELECT RAISE(ABORT, 'not this one'); END")));
        const auto journal = world.openJournal();
        {
            UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
            world.finishRequests(*journal, 5, 299);
            QTRY_VERIFY(ingest.lastError()); // perhaps the database takes nothing
            QCOMPARE(journal->depth().undelivered, std::uint64_t{5});
            world.finishRequests(*journal, 1);
            QTRY_COMPARE_WITH_TIMEOUT(journal->depth().undelivered, std::uint64_t{0}, 20'000);
            QCOMPARE(world.rows(), 1);
        }
        QVERIFY(run(QStringLiteral("DROP TRIGGER refusing")));
        UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
        QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 6, 10'000);
    }

    void endsAtOnceWhileTheDatabaseDoesNotAnswer()
    {
        World world; // the database is never opened, so every call waits
        const auto journal = world.openJournal();
        auto ingest = std::make_unique<UsageIngest>(*journal, *world.storage, world.zone, world.log);
        world.finishRequests(*journal, 5);
        QVERIFY(!ingest->drain(400ms));
        QElapsedTimer timer;
        timer.start();
        ingest.reset();
        QVERIFY(timer.elapsed() < 1000);
        QCOMPARE(journal->depth().undelivered, std::uint64_t{5});
    }

    void drainingDoesNotWaitForABatchToFill()
    {
        World world;
        world.storage->open();
        QVERIFY(QTest::qWaitFor([&] { return world.storage->health().state == storage::StorageHealth::State::Ready; },
                                10'000));
        const auto journal = world.openJournal();
        UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
        world.finishRequests(*journal, 20);
        QVERIFY(ingest.drain(10s));
        QCOMPARE(world.rows(), 20);
    }

    void anIdleJournalStaysAsItIs()
    {
        World world;
        world.storage->open();
        const auto journal = world.openJournal();
        UsageIngest ingest(*journal, *world.storage, world.zone, world.log);
        world.finishRequests(*journal, 1);
        QTRY_COMPARE(journal->depth().undelivered, std::uint64_t{0});
        const auto bytes = journal->depth().bytes;
        QTest::qWait(700); // more than two gathering times
        QCOMPARE(journal->depth().bytes, bytes);
    }
};

QTEST_GUILESS_MAIN(tst_UsageIngest)
#include "tst_UsageIngest.moc"
