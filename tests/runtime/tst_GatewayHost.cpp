// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/GatewayHost.h"

#include "runtime/GatewayRig.h"
#include "support/TempDatabase.h"
#include "support/TempPostgres.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace sb;
using namespace sb::test;
using runtime::GatewayHost;

/// The whole road inside one program: real storage on SQLite, real gateway, the simulator as provider.
class tst_GatewayHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneRequestIsOneRow()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        const RawAnswer answer = rig.chat(key, "hello");
        QCOMPARE(answer.status, 200);
        QVERIFY(rig.waitForRows(1));
        const auto rows = rig.rows();
        QCOMPARE(rows.size(), std::size_t{1});
        QVERIFY(rows[0].tokensIn > 0);
        QVERIFY(rows[0].tokensOut > 0);
        QVERIFY(rows[0].costNano >= 0);
        QCOMPARE(rows[0].flags & 32, 0);
        QString id = QString::fromStdString(answer.header("x-signalbox-request-id"));
        QCOMPARE(QString::fromStdString(rows[0].id), id.remove(u'-'));
    }

    void theRowIsThereWithinASecond()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QSignalSpy written(&rig.storage(), &storage::StorageService::usageWritten);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(rig.chat(key, "hello").status, 200);
        QVERIFY(written.wait(5000));
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(rig.rows().size(), std::size_t{1});
    }

    void aLimitHoldsOverARestart()
    {
        LimitRule limit;
        limit.per = LimitWindow::Day;
        limit.maxRequests = 3;
        GatewayRig rig;
        rig.registerService({limit});
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "one").status, 200);
        QCOMPARE(rig.chat(key, "two").status, 200);
        rig.stopHost();
        QCOMPARE(rig.rows().size(), std::size_t{2}); // stopping delivers what there is
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "three").status, 200);
        const RawAnswer refused = rig.chat(key, "four");
        QCOMPARE(refused.status, 429);
        QVERIFY(!refused.header("retry-after").empty());
    }

    void aReloadKeepsWhatIsBooked()
    {
        LimitRule limit;
        limit.per = LimitWindow::Day;
        limit.maxRequests = 2;
        GatewayRig rig;
        rig.registerService({limit});
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "one").status, 200);
        QCOMPARE(rig.chat(key, "two").status, 200);
        QCOMPARE(rig.chat(key, "three").status, 429);
        QVERIFY(GatewayRig::finish(rig.host().reload()));
        QCOMPARE(rig.chat(key, "four").status, 429);
    }

    void aNewLimitBeginsWithWhatItsWindowSaw_data()
    {
        QTest::addColumn<bool>("onPostgres");
        QTest::newRow("SQLite") << false;
        QTest::newRow("PostgreSQL") << true;
    }
    void aNewLimitBeginsWithWhatItsWindowSaw()
    {
        QFETCH(bool, onPostgres);
        std::unique_ptr<TempDatabase> database;
        if (onPostgres) {
            if (const QString why = TempDatabase::whyNot(TempDatabase::Engine::PostgreSql); !why.isEmpty())
                QSKIP(qPrintable(why));
            database = std::make_unique<TempDatabase>(TempDatabase::Engine::PostgreSql);
        }
        GatewayRig rig(database ? database->urlText() : QString());
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        const auto change = [&](std::vector<LimitRule> limits) {
            rig.setLimits(limits);
            return GatewayRig::finish(rig.host().reload()).has_value();
        };
        const auto perDay = [](std::int64_t requests) {
            LimitRule limit;
            limit.per = LimitWindow::Day;
            limit.maxRequests = requests;
            return std::vector<LimitRule>{limit};
        };
        for (int i = 0; i < 3; ++i) // no limit yet
            QCOMPARE(rig.chat(key, "before").status, 200);
        QVERIFY(change(perDay(4))); // whether the last ones have reached the database or not
        QCOMPARE(rig.chat(key, "fourth").status, 200);
        QCOMPARE(rig.chat(key, "fifth").status, 429);
        rig.stopHost();
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "fifth").status, 429); // also after a restart

        QVERIFY(change(perDay(5))); // an edited maximum keeps what is booked
        QCOMPARE(rig.chat(key, "fifth").status, 200);
        QCOMPARE(rig.chat(key, "sixth").status, 429);

        QVERIFY(change({})); // one that comes back knows what it missed
        QCOMPARE(rig.chat(key, "sixth").status, 200);
        QVERIFY(change(perDay(7)));
        QCOMPARE(rig.chat(key, "seventh").status, 200);
        QCOMPARE(rig.chat(key, "eighth").status, 429);
    }

    void aNewLimitNobodyReadBeforeTheStartBeginsSoToo()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "one").status, 200);
        QCOMPARE(rig.chat(key, "two").status, 200);
        rig.stopHost();
        LimitRule limit;
        limit.per = LimitWindow::Hour;
        limit.maxRequests = 3;
        rig.setLimits({limit});
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "three").status, 200);
        QCOMPARE(rig.chat(key, "four").status, 429);
    }

    void aNewKeyWorksAfterAReload()
    {
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.chat(key, "hello").status, 401);
        const auto findings = GatewayRig::finish(rig.host().reload());
        QVERIFY(findings);
        QCOMPARE(findings->size(), std::size_t{0});
        QCOMPARE(rig.chat(key, "hello").status, 200);
    }

    void aKeyRevokedHereStopsAtOnce()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "hello").status, 200);
        rig.revokeLastKey();
        rig.storage().notifyCatalogueChanged();
        QVERIFY(GatewayRig::wait([&] { return rig.chat(key, "hello").status == 401; }, 1000));
    }

    void aKeyRevokedByAnotherProcessStopsWithinFiveSeconds()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QCOMPARE(rig.chat(key, "hello").status, 200);
        rig.revokeLastKey(); // nobody is told
        QVERIFY(GatewayRig::wait([&] { return rig.chat(key, "hello").status == 401; }, 5000));
    }

    void theSessionKeyMayCallAndIsPromptLabTraffic()
    {
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        const Secret key = rig.host().sessionKey(rig.environment());
        QCOMPARE(rig.chat(std::string(key.reveal()), "hello").status, 200);
        QVERIFY(rig.waitForRows(1));
        QCOMPARE(rig.rows()[0].source, static_cast<std::int64_t>(TrafficSource::PromptLab));
        const Secret other = rig.host().sessionKey(EnvironmentId{rig.environment().value + 1});
        QVERIFY(other.reveal() != key.reveal());
    }

    void aTakenPortIsAClearFailureAndAnotherOneWorks()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        rig.stopHost();
        rig.host().setListen(QStringLiteral("127.0.0.1"), taken.serverPort());
        rig.host().start();
        QTRY_COMPARE(rig.host().state(), GatewayHost::State::Failed);
        QCOMPARE(rig.host().lastError().field, std::string("port"));
        QCOMPARE(rig.host().url(), QString());
        rig.host().setListen(QStringLiteral("127.0.0.1"), 0);
        rig.host().start();
        QTRY_COMPARE(rig.host().state(), GatewayHost::State::Running);
        QVERIFY(rig.host().startedAt());
    }

    void aSecondHostOnTheProfileIsRefused()
    {
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        NullLog log;
        GatewayHost::Options options;
        options.profileDirectory = rig.profile();
        options.gateway.port = 0;
        GatewayHost second(options, rig.storage(), rig.secrets(), rig.clock(), log);
        second.start();
        QTRY_COMPARE(second.state(), GatewayHost::State::Failed);
        QCOMPARE(second.lastError().code, ErrorCode::Conflict);
    }

    void startsByItselfWhenTheDatabaseComesBack()
    {
        QTemporaryDir folder;
        const QString blocked = folder.filePath(QStringLiteral("blocked"));
        QFile file(blocked); // a file where the database's folder should be
        QVERIFY(file.open(QIODevice::WriteOnly));
        storage::StorageOptions storageOptions;
        storageOptions.url =
            *storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + blocked + QStringLiteral("/signalbox.db"));
        storage::StorageService storage(storageOptions);
        secrets::SecretStore secrets(QStringLiteral("io.signalbox.Test"), folder.path());
        const SystemClock clock;
        NullLog log;
        GatewayHost::Options options;
        options.profileDirectory = folder.path();
        options.gateway.port = 0;
        GatewayHost host(options, storage, secrets, clock, log);
        storage.open();
        host.start();
        QTRY_COMPARE(host.state(), GatewayHost::State::Failed);
        QVERIFY(!host.lastError().what.empty());
        QVERIFY(file.remove());
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("blocked")));
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), GatewayHost::State::Running, 20'000);
        QVERIFY(host.lastError().what.empty());
    }

    void whatIsServedWhileTheDatabaseIsAwayArrivesOnceWhenItIsBack()
    {
        if (const QString why = TempDatabase::whyNot(TempDatabase::Engine::PostgreSql); !why.isEmpty())
            QSKIP(qPrintable(why));
        TempDatabase database(TempDatabase::Engine::PostgreSql);
        LimitRule limit;
        limit.per = LimitWindow::Day;
        limit.maxRequests = 1'000'000;
        GatewayRig rig(database.urlText());
        rig.registerService({limit});
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());

        const std::uint16_t port = rig.port();
        std::atomic<bool> done{false};
        std::atomic<int> refused{0};
        std::mutex mutex;
        std::multiset<std::string> answered;
        std::vector<std::thread> clients;
        for (int c = 0; c < 2; ++c) {
            clients.emplace_back([&, c] {
                for (int n = 0; !done; ++n) {
                    const RawAnswer answer = GatewayRig::chatAt(port, key, std::to_string(c) + "-" + std::to_string(n));
                    if (answer.status != 200 || !answer.complete) {
                        ++refused;
                        continue;
                    }
                    std::string id = answer.header("x-signalbox-request-id");
                    std::erase(id, '-');
                    const std::lock_guard lock(mutex);
                    answered.insert(id);
                }
            });
        }
        const auto answeredSoFar = [&] {
            const std::lock_guard lock(mutex);
            return answered.size();
        };
        const auto finish = qScopeGuard([&] {
            done = true;
            for (std::thread& client : clients)
                if (client.joinable())
                    client.join();
        });

        QVERIFY(GatewayRig::wait([&] { return rig.host().live().undelivered == 0 && answeredSoFar() > 20; }));
        for (int outage = 0; outage < 2; ++outage) {
            TempPostgres::shared()->stop();
            const std::size_t before = answeredSoFar();
            QVERIFY(GatewayRig::wait(
                [&] { return answeredSoFar() > before + 600 && rig.host().live().undelivered > 550; }, 30'000));
            QCOMPARE(rig.host().state(), GatewayHost::State::Running);
            QVERIFY(TempPostgres::shared()->start());
        }
        done = true;
        for (std::thread& client : clients)
            client.join();
        QVERIFY(GatewayRig::wait([&] { return rig.host().live().undelivered == 0; }, 30'000));

        std::multiset<std::string> stored;
        for (const GatewayRig::Row& row : rig.rows())
            stored.insert(row.id);
        QCOMPARE(refused.load(), 0);
        QCOMPARE(stored.size(), answered.size());
        QVERIFY(stored == answered);
        const auto booked = GatewayRig::finish(rig.storage().read([](storage::DbSession& db) {
            return storage::selectAll(db, QStringLiteral("SELECT CAST(sum(booked) AS bigint) FROM limit_bucket"), {},
                                      [](const QSqlQuery& q) { return q.value(0).toULongLong(); });
        }));
        QVERIFY(booked);
        QCOMPARE(static_cast<std::size_t>(booked->front()), stored.size());
    }

    void anUnreadableSecretIsAFindingAndTheRestServes()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        qunsetenv("SB_TEST_PROVIDER_KEY");
        QCOMPARE(rig.startHost(), QString());
        QVERIFY2(rig.logged().contains(QStringLiteral("env:SB_TEST_PROVIDER_KEY cannot be read")),
                 qPrintable(rig.logged()));
        QCOMPARE(rig.chat(key, "hello").status, 503);
        const auto findings = GatewayRig::finish(rig.host().reload());
        QVERIFY(findings);
        QVERIFY(!findings->empty());
        QVERIFY(rig.host().findings() == *findings);
        QSignalSpy changed(&rig.host(), &GatewayHost::findingsChanged);
        qputenv("SB_TEST_PROVIDER_KEY", "sim-key");
        QVERIFY(GatewayRig::finish(rig.host().reload()));
        QCOMPARE(rig.chat(key, "hello").status, 200);
        QVERIFY(rig.host().findings().empty());
        QCOMPARE(changed.size(), 1);
    }

    void liveCountersMove()
    {
        GatewayRig rig;
        rig.registerService();
        const std::string key = rig.addConnection("web");
        QCOMPARE(rig.startHost(), QString());
        QSignalSpy changed(&rig.host(), &GatewayHost::liveChanged);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(rig.chat(key, "hello").status, 200);
        QTRY_COMPARE(rig.host().live().counters.requests, std::uint64_t{5});
        QVERIFY(rig.host().live().requestsPerSecond > 0);
        QTRY_COMPARE(rig.host().live().undelivered, std::uint64_t{0});
        QVERIFY(changed.count() >= 1);
    }

    void stoppingWhileStartingEndsStopped()
    {
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        rig.stopHost();
        for (int i = 0; i < 5; ++i) {
            rig.host().start();
            if (i > 0)
                QTest::qWait(i);
            rig.host().stop();
            QTRY_COMPARE(rig.host().state(), GatewayHost::State::Stopped);
        }
        rig.host().start();
        QTRY_COMPARE(rig.host().state(), GatewayHost::State::Running);
    }

    void aReloadWhileStartingIsAnsweredAfterIt()
    {
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        rig.stopHost();
        rig.host().start();
        QVERIFY(GatewayRig::finish(rig.host().reload()));
        QTRY_COMPARE(rig.host().state(), GatewayHost::State::Running);
    }

    void aReloadWhileStoppedAnswersWithTheFindings()
    {
        GatewayRig rig;
        rig.registerService();
        QCOMPARE(rig.startHost(), QString());
        rig.stopHost();
        QVERIFY(GatewayRig::finish(rig.host().reload()));
        QCOMPARE(rig.host().state(), GatewayHost::State::Stopped);
    }
};

QTEST_GUILESS_MAIN(tst_GatewayHost)
#include "tst_GatewayHost.moc"
