// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/StorageService.h"

#include "EngineTest.h"
#include "storage/repositories/OrganizationRepository.h"
#include "support/TempPostgres.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace sb;
using namespace sb::test;
using storage::DbSession;
using storage::StorageHealth;
using storage::StorageOptions;
using storage::StorageService;

namespace {

/// Runs the event loop until `condition` holds; false after ten seconds.
template <class F>
bool eventually(F condition)
{
    const QDeadlineTimer deadline(10'000);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        QThread::yieldCurrentThread();
    }
    return true;
}

class StorageServiceTest : public EngineTest {
protected:
    StorageOptions options() const
    {
        StorageOptions wanted;
        wanted.url = database->url();
        return wanted;
    }

    static Result<std::int64_t> countProjects(DbSession& session)
    {
        auto count = storage::selectOne(session, QStringLiteral("SELECT count(*) FROM project"), {},
                                        [](const QSqlQuery& q) { return std::int64_t{q.value(0).toLongLong()}; });
        if (!count)
            return std::move(count).error();
        return count->value_or(-1);
    }
    static Result<void> addProject(DbSession& session, const QString& handle)
    {
        auto added = session.exec(
            QStringLiteral("INSERT INTO project(org_id, handle, name, created_us) VALUES (1, ?, 'x', 0)"), {handle});
        return added ? Result<void>() : Result<void>(std::move(added).error());
    }
};
SB_ON_BOTH_ENGINES(StorageServiceTest);

TEST_P(StorageServiceTest, answersCallsMadeBeforeItWasOpen)
{
    StorageService service(options());
    auto early = service.read(countProjects);
    EXPECT_EQ(service.health().state, StorageHealth::State::Opening);
    EXPECT_TRUE(succeeded(service.open().result()));
    EXPECT_EQ(valueOf(early.result()), 1);
    EXPECT_EQ(service.health().state, StorageHealth::State::Ready);
    EXPECT_GT(service.health().schemaVersion, 0);
}

TEST_P(StorageServiceTest, aWriteThatFailsIsRolledBackWhole)
{
    StorageService service(options());
    ASSERT_TRUE(succeeded(service.open().result()));
    auto failed = service.write([](DbSession& session) -> Result<void> {
        if (auto added = addProject(session, QStringLiteral("a")); !added)
            return added;
        return Error{ErrorCode::InvalidArgument, "changed my mind"};
    });
    EXPECT_EQ(failed.result().error().what, "changed my mind");
    EXPECT_EQ(valueOf(service.read(countProjects).result()), 1);
}

TEST_P(StorageServiceTest, writesAreSerialisedAndSeenByLaterReads)
{
    StorageService service(options());
    ASSERT_TRUE(succeeded(service.open().result()));
    std::vector<QFuture<Result<void>>> writes;
    for (int i = 0; i < 50; ++i)
        writes.push_back(service.write([i](DbSession& session) { return addProject(session, QString::number(i)); }));
    for (auto& write : writes)
        EXPECT_TRUE(succeeded(write.result()));
    EXPECT_EQ(valueOf(service.read(countProjects).result()), 51);
}

TEST_P(StorageServiceTest, aReaderCannotWrite)
{
    StorageService service(options());
    ASSERT_TRUE(succeeded(service.open().result()));
    auto refused = service.read([](DbSession& session) { return addProject(session, QStringLiteral("a")); });
    ASSERT_FALSE(refused.result());
    EXPECT_EQ(refused.result().error().code, ErrorCode::PermissionDenied);
}

TEST_P(StorageServiceTest, aFullDiskIsSaidAndNothingIsHalfWritten)
{
    if (GetParam() != Engine::Sqlite)
        GTEST_SKIP() << "the size of a server's disk is not ours to set";
    StorageService service(options());
    ASSERT_TRUE(succeeded(service.open().result()));
    const auto fill = [](DbSession& session) -> Result<void> {
        if (auto limited = session.exec(QStringLiteral("PRAGMA max_page_count = 1")); !limited) // the size it has now
            return std::move(limited).error();
        for (int i = 0; i < 10'000; ++i) {
            if (auto added = addProject(session, QString(200, u'x') + QString::number(i)); !added)
                return added;
        }
        return {};
    };
    const Result<void> refused = service.write(fill).result();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(refused.error().field, "disk");
    EXPECT_EQ(valueOf(service.read(countProjects).result()), 1);
}

TEST_P(StorageServiceTest, finishesQueuedWritesBeforeItGoes)
{
    {
        StorageService service(options());
        for (int i = 0; i < 20; ++i)
            service.write([i](DbSession& session) { return addProject(session, QString::number(i)); });
        ASSERT_TRUE(succeeded(service.open().result()));
    }
    EXPECT_EQ(valueOf(countProjects(*db)), 21);
}

const QString kEndless =
    QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
                   "SELECT count(*) FROM n");

Result<void> runEndless(DbSession& session)
{
    auto query = session.exec(kEndless);
    if (!query)
        return std::move(query).error();
    return query->next() ? Result<void>() : Result<void>(Error{ErrorCode::Timeout, "cut while reading"});
}

TEST_P(StorageServiceTest, aReadThatTakesTooLongFailsAndTheReaderGoesOn)
{
    StorageOptions wanted = options();
    wanted.readers = 1;
    wanted.statementTimeoutMs = 200;
    StorageService service(wanted);
    ASSERT_TRUE(succeeded(service.open().result()));
    QElapsedTimer since;
    since.start();
    const Result<void> cut = service.read(runEndless).result();
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::Timeout) << cut.error().what;
    EXPECT_LT(since.elapsed(), 5000);
    EXPECT_EQ(valueOf(service.read(countProjects).result()), 1);
}

TEST_P(StorageServiceTest, cancellingAReadStopsItsStatement)
{
    StorageOptions wanted = options();
    wanted.readers = 1;
    wanted.statementTimeoutMs = 0;
    StorageService service(wanted);
    ASSERT_TRUE(succeeded(service.open().result()));
    auto endless = service.read(runEndless);
    endless.cancel();
    QElapsedTimer since;
    since.start();
    EXPECT_EQ(valueOf(service.read(countProjects).result()), 1);
    EXPECT_LT(since.elapsed(), 8000);
}

TEST_P(StorageServiceTest, refusesANewerSchemaAndSaysSo)
{
    ASSERT_TRUE(db->exec(QStringLiteral("INSERT INTO schema_history VALUES (9001, 'future', 'x', 0, '9')")));
    StorageService service(options());
    const Result<void> opened = service.open().result();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Conflict);
    EXPECT_EQ(opened.error().field, "schema");
    EXPECT_EQ(service.health().state, StorageHealth::State::NewerSchema);
    EXPECT_FALSE(service.read(countProjects).result());
}

TEST_P(StorageServiceTest, usageSignalsAreFoldedToTenASecond)
{
    StorageService service(options());
    int signalled = 0;
    QObject::connect(&service, &StorageService::usageWritten, &service, [&] { ++signalled; });
    for (int i = 0; i < 1000; ++i)
        service.notifyUsageWritten();
    EXPECT_TRUE(eventually([&] { return signalled >= 1; }));
    EXPECT_LE(signalled, 2);
}

TEST_P(StorageServiceTest, comesBackByItselfWhenTheDatabaseWasAway)
{
    if (GetParam() == Engine::Sqlite) {
        // A folder where the file should be: cannot be opened, until it goes away.
        const QTemporaryDir place;
        const QString path = place.filePath(QStringLiteral("later.db"));
        ASSERT_TRUE(QDir().mkdir(path));
        StorageOptions wanted;
        wanted.url = *storage::DatabaseUrl::parse(QStringLiteral("sqlite://") + path);
        StorageService service(wanted);
        EXPECT_EQ(service.open().result().error().field, "database");
        EXPECT_EQ(service.health().state, StorageHealth::State::Unavailable);
        ASSERT_TRUE(QDir().rmdir(path));
        EXPECT_TRUE(eventually([&] { return service.health().state == StorageHealth::State::Ready; }));
        return;
    }
    StorageService service(options());
    ASSERT_TRUE(succeeded(service.open().result()));
    db.reset();
    TempPostgres::shared()->stop();
    EXPECT_TRUE(eventually([&] {
        const auto answer = service.read(countProjects).result();
        return !answer && service.health().state == StorageHealth::State::Unavailable;
    }));
    EXPECT_EQ(service.write([](DbSession& s) { return addProject(s, QStringLiteral("lost")); }).result().error().code,
              ErrorCode::Unavailable);
    ASSERT_TRUE(TempPostgres::shared()->start());
    EXPECT_TRUE(eventually([&] { return service.health().state == StorageHealth::State::Ready; }));
    EXPECT_TRUE(succeeded(service.write([](DbSession& s) { return addProject(s, QStringLiteral("kept")); }).result()));
    EXPECT_EQ(valueOf(service.read(countProjects).result()), 2);
}

TEST_P(StorageServiceTest, afterAnOutageEveryReaderHasAFreshConnection)
{
    if (GetParam() == Engine::Sqlite)
        GTEST_SKIP() << "a file does not go away under an open connection";
    StorageService service(options());
    ASSERT_TRUE(succeeded(service.open().result()));
    // One read per reader: none finishes before all have begun.
    const auto askEveryReader = [&service] {
        auto begun = std::make_shared<std::atomic<int>>(0);
        std::vector<QFuture<Result<std::int64_t>>> answers;
        for (int i = 0; i < service.options().readers; ++i) {
            answers.push_back(service.read([begun, all = service.options().readers](DbSession& session) {
                ++*begun;
                for (const QDeadlineTimer deadline(5000); *begun < all && !deadline.hasExpired();)
                    QThread::yieldCurrentThread();
                return countProjects(session);
            }));
        }
        for (auto& answer : answers)
            EXPECT_EQ(valueOf(answer.result()), 1);
    };
    askEveryReader();
    db.reset();
    TempPostgres::shared()->stop();
    EXPECT_TRUE(eventually([&] {
        static_cast<void>(service.write([](DbSession& s) { return addProject(s, QStringLiteral("lost")); }).result());
        return service.health().state == StorageHealth::State::Unavailable;
    }));
    ASSERT_TRUE(TempPostgres::shared()->start());
    EXPECT_TRUE(eventually([&] { return service.health().state == StorageHealth::State::Ready; }));
    askEveryReader();
}

} // namespace
