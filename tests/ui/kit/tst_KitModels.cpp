// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/EntityTableModel.h"
#include "kit/KeysetModel.h"
#include "support/UiTestMain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sb;
using namespace sb::ui;

namespace {

struct Row {
    int id = 0;
    QString name;
    bool operator==(const Row&) const = default;
};

using Table = EntityTableModel<Row, int>;
using Log = KeysetModel<Row, int>;

std::vector<Table::Column> columns()
{
    return {TableColumn<Row>{QStringLiteral("Id"), [](const Row& row) { return QString::number(row.id); }}.number(
                [](const Row& row) { return row.id; }),
            {QStringLiteral("Name"), [](const Row& row) { return row.name; }}};
}

template <class T>
QFuture<Result<T>> ready(Result<T> value)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// Rows total..1, newest (highest) first.
Log::Fetch numbers(int total, int* calls = nullptr)
{
    return [=](std::optional<int> after, int limit) {
        if (calls)
            ++*calls;
        std::vector<Row> page;
        for (int id = after ? *after - 1 : total; id > 0 && static_cast<int>(page.size()) < limit; --id)
            page.push_back({id, QString::number(id)});
        return ready<std::vector<Row>>(std::move(page));
    };
}

int idOf(const Row& row)
{
    return row.id;
}

} // namespace

class tst_KitModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refreshKeepsPersistentPositions()
    {
        Table table(columns(), idOf);
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
        table.setRows({{1, QStringLiteral("a")}, {2, QStringLiteral("b")}, {3, QStringLiteral("c")}});
        const QPersistentModelIndex third = table.index(2, 1);

        table.setRows({{3, QStringLiteral("C")}, {4, QStringLiteral("d")}, {2, QStringLiteral("b")}});

        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(third.row(), 0);
        QCOMPARE(third.data().toString(), QStringLiteral("C"));
        QCOMPARE(table.rowOfKey(1), -1);
    }

    void unchangedRowsAreNotAnnounced()
    {
        Table table(columns(), idOf);
        table.setRows({{1, QStringLiteral("a")}, {2, QStringLiteral("b")}});
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.setRows({{1, QStringLiteral("a")}, {2, QStringLiteral("B")}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    }

    void logGrowsPageByPageToItsEnd()
    {
        Log log(columns(), idOf, nullptr, 10);
        QAbstractItemModelTester tester(&log, QAbstractItemModelTester::FailureReportingMode::Fatal);
        log.setFetch(numbers(25));
        QTRY_COMPARE(log.rowCount(), 10);
        while (log.canFetchMore({})) {
            log.fetchMore({});
            QTRY_VERIFY(!log.isLoading());
        }
        QCOMPARE(log.rowCount(), 25);
        QCOMPARE(log.rowAt(24)->id, 1);
    }

    void pagesOutOfSightAreDroppedAndComeBack()
    {
        Log log(columns(), idOf, nullptr, 10, 2);
        log.setFetch(numbers(40));
        QTRY_COMPARE(log.rowCount(), 10);
        while (log.canFetchMore({})) {
            log.fetchMore({});
            QTRY_VERIFY(!log.isLoading());
        }
        QVERIFY(!log.rowAt(0));
        QCOMPARE(log.index(0, 1).data().toString(), QStringLiteral("…"));
        QTRY_VERIFY(log.rowAt(0));
        QCOMPARE(log.index(0, 1).data().toString(), QStringLiteral("40"));
        QCOMPARE(log.rowCount(), 40);
    }

    void answerToAnOlderFilterIsIgnored()
    {
        Log log(columns(), idOf, nullptr, 10);
        auto slow = std::make_shared<QPromise<Result<std::vector<Row>>>>();
        slow->start();
        log.setFetch([slow](std::optional<int>, int) { return slow->future(); });
        log.setFetch(numbers(3));
        QTRY_COMPARE(log.rowCount(), 3);
        slow->addResult(Result<std::vector<Row>>(std::vector<Row>{{99, QStringLiteral("old")}}));
        slow->finish();
        QTest::qWait(0);
        QCOMPARE(log.rowCount(), 3);
        QCOMPARE(log.rowAt(0)->id, 3);
    }

    void failureIsReportedAndOldRowsStay()
    {
        Log log(columns(), idOf, nullptr, 10);
        log.setFetch(numbers(3));
        QTRY_COMPARE(log.rowCount(), 3);
        QSignalSpy failed(&log, &KeysetModelBase::failed);
        log.setFetch([](std::optional<int>, int) {
            return ready<std::vector<Row>>(Error{ErrorCode::Unavailable, "gone"});
        });
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(log.rowCount(), 3);
    }

    void resultIsDroppedWhenTheContextDied()
    {
        QPromise<Result<int>> promise;
        promise.start();
        bool called = false;
        auto* context = new QObject;
        onResult(promise.future(), context, [&](Result<int>) { called = true; });
        delete context;
        promise.addResult(Result<int>(1));
        promise.finish();
        QTest::qWait(0);
        QVERIFY(!called);
    }

    void cancelledFutureArrivesAsCancelled()
    {
        QPromise<Result<int>> promise;
        promise.start();
        QObject context;
        std::optional<Error> error;
        onResult(promise.future(), &context, [&](Result<int> result) { error = result.error(); });
        promise.future().cancel();
        promise.finish();
        QTRY_VERIFY(error);
        QCOMPARE(error->code, ErrorCode::Cancelled);
    }
};

SB_UI_TEST_MAIN(tst_KitModels)
#include "tst_KitModels.moc"
