// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/GatewayRig.h"

#include <QProcess>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace sb;
using namespace sb::test;

/// `signalboxctl gateway` under load, killed at random times and started again: what a client got whole is in the database
/// once, and so is everything that reached the provider.
class tst_kill : public QObject {
    Q_OBJECT

    static constexpr int kClients = 4;
    static constexpr std::int64_t kRecovered = 32;

    /// The gateway as a process of its own; prints its address when it accepts.
    static bool launch(QProcess& process, const GatewayRig& rig, std::atomic<std::uint16_t>& port)
    {
        process.setProgram(QStringLiteral(SB_CTL));
        process.setArguments({QStringLiteral("gateway"), QStringLiteral("--profile"), rig.profile(), QStringLiteral("--listen"),
                              QStringLiteral("127.0.0.1:0"), QStringLiteral("--workers"), QStringLiteral("2")});
        process.setStandardErrorFile(rig.profile() + QStringLiteral("/gateway.log"), QIODevice::Append);
        process.start();
        QByteArray line;
        while (!line.contains('\n')) {
            if (process.state() == QProcess::NotRunning || (!process.canReadLine() && !process.waitForReadyRead(20'000)))
                return false;
            line = process.readLine();
        }
        port = static_cast<std::uint16_t>(QUrl(QString::fromLatin1(line.mid(line.indexOf("http")).trimmed())).port(0));
        return port != 0;
    }

    static std::size_t linesOf(const std::filesystem::path& file)
    {
        std::ifstream in(file, std::ios::binary);
        return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(in), {}, '\n'));
    }

private Q_SLOTS:
    void nothingAnsweredIsLostOrThereTwice()
    {
        const int kills = qEnvironmentVariableIntValue("SB_KILLS") > 0 ? qEnvironmentVariableIntValue("SB_KILLS") : 20;
        LimitRule limit; // so that counters and their buckets take part
        limit.per = LimitWindow::Day;
        limit.maxRequests = 1'000'000;
        limit.maxTotalTokens = 1'000'000'000;
        GatewayRig rig;
        rig.registerService({limit});
        const std::string key = rig.addConnection("load");

        std::atomic<std::uint16_t> port{0};
        std::atomic<bool> done{false};
        std::mutex mutex;
        std::set<std::string> answered; // ids of answers that arrived whole
        std::vector<std::thread> clients;
        for (int c = 0; c < kClients; ++c) {
            clients.emplace_back([&, c] {
                for (int n = 0; !done; ++n) {
                    const std::uint16_t current = port;
                    if (current == 0) {
                        std::this_thread::yield();
                        continue;
                    }
                    const RawAnswer answer = GatewayRig::chatAt(current, key, "request " + std::to_string(c) + "-" + std::to_string(n));
                    if (answer.status != 200 || !answer.complete)
                        continue;
                    std::string id = answer.header("x-signalbox-request-id");
                    std::erase(id, '-');
                    const std::lock_guard lock(mutex);
                    answered.insert(id);
                }
            });
        }
        const auto finish = [&] {
            done = true;
            for (std::thread& client : clients)
                if (client.joinable())
                    client.join();
        };

        std::mt19937 random(4711);
        QString trouble;
        for (int i = 0; i < kills && trouble.isEmpty(); ++i) {
            QProcess process;
            if (!launch(process, rig, port)) {
                trouble = QStringLiteral("the gateway did not start after %1 kills").arg(i);
                break;
            }
            QTest::qSleep(static_cast<int>(random() % 250 + 10));
            process.kill();
            process.waitForFinished();
            port = 0;
        }
        finish();
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble));

        QProcess last; // delivers what the journal still holds, then ends by itself
        QVERIFY(launch(last, rig, port));
        last.terminate();
        QVERIFY(last.waitForFinished(20'000));
        QCOMPARE(last.exitStatus(), QProcess::NormalExit);
        QCOMPARE(last.exitCode(), 0);

        std::map<std::string, std::size_t> stored;
        std::size_t recovered = 0;
        for (const GatewayRig::Row& row : rig.rows()) {
            ++stored[row.id];
            if ((row.flags & kRecovered) != 0)
                ++recovered;
        }
        std::size_t lost = 0;
        for (const std::string& id : answered)
            if (!stored.contains(id))
                ++lost;
        const auto twice = std::count_if(stored.begin(), stored.end(), [](const auto& entry) { return entry.second != 1; });
        const std::size_t served = linesOf(rig.ledger());
        qInfo("%d kills: %zu answered, %zu served by the provider, %zu stored, %zu of them recovered", kills, answered.size(),
              served, stored.size(), recovered);
        QVERIFY(answered.size() > static_cast<std::size_t>(kills));
        QCOMPARE(lost, std::size_t{0});
        QCOMPARE(twice, 0);
        QVERIFY(served <= stored.size());                    // whatever reached the provider is on the record
        QVERIFY(stored.size() - recovered <= served);        // and only recovered ones may not have reached it
        QVERIFY(recovered > 0);                              // the kills did hit requests under way

        // The counters that a restart begins with agree with the facts.
        const auto booked = GatewayRig::finish(rig.storage().read([](storage::DbSession& db) {
            return storage::selectAll(db,
                                      QStringLiteral("SELECT CAST(sum(b.booked) AS bigint) FROM limit_bucket b JOIN limit_state s ON s.id = b.limit_id "
                                                     "WHERE s.dimension = 3"),
                                      {}, [](const QSqlQuery& q) { return q.value(0).toLongLong(); });
        }));
        QVERIFY(booked);
        QCOMPARE(static_cast<std::size_t>(booked->front()), stored.size());
    }
};

QTEST_GUILESS_MAIN(tst_kill)
#include "tst_kill.moc"
