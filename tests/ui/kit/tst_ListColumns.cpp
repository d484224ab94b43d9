// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/EntityTableModel.h"
#include "kit/ListColumns.h"
#include "support/UiTestMain.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <memory>

using namespace sb::ui;

namespace {

struct Row {
    QString name;
    QString cost;
    bool operator==(const Row&) const = default;
};
using Model = EntityTableModel<Row, QString>;

} // namespace

class tst_ListColumns : public QObject {
    Q_OBJECT

    /// A list of three columns, or of those that are asked for.
    struct List {
        explicit List(QStringList keys = {QStringLiteral("name"), QStringLiteral("path"), QStringLiteral("cost")},
                      const QString& stretched = {})
        {
            sorted.setSortRole(Roles::Sort);
            fill(keys);
            table.setObjectName(QStringLiteral("list"));
            table.setModel(&sorted);
            table.setSortingEnabled(true);
            table.sortByColumn(0, Qt::AscendingOrder);
            table.resize(900, 200);
            columns = new ListColumns(&table, std::move(keys), stretched);
        }

        void fill(const QStringList& keys)
        {
            std::vector<Model::Column> list;
            for (const QString& key : keys)
                list.emplace_back(key.toUpper(), [key](const Row& row) {
                    return key == QStringLiteral("cost") ? row.cost : row.name;
                });
            auto next = std::make_unique<Model>(std::move(list), [](const Row& row) { return row.name; });
            sorted.setSourceModel(next.get());
            model = std::move(next);
            model->setRows(
                {{QStringLiteral("beta"), QStringLiteral("1")}, {QStringLiteral("alpha"), QStringLiteral("2")}});
        }

        QStringList shown() const
        {
            QStringList titles;
            for (int visual = 0; visual < header()->count(); ++visual) {
                const int section = header()->logicalIndex(visual);
                if (!header()->isSectionHidden(section))
                    titles << sorted.headerData(section, Qt::Horizontal).toString();
            }
            return titles;
        }
        QString firstName() const { return sorted.index(0, 0).data().toString(); }
        QHeaderView* header() const { return table.horizontalHeader(); }

        /// What the menu offers, opened at `section`.
        QMenu* menuAt(int section)
        {
            table.setCurrentIndex(sorted.index(0, section));
            QTest::keyClick(&table, Qt::Key_F10, Qt::ShiftModifier);
            return table.findChild<QMenu*>(QStringLiteral("columnMenu"));
        }
        void choose(int section, const QString& text)
        {
            for (QAction* action : menuAt(section)->actions()) {
                if (action->text() == text) {
                    action->trigger();
                    table.findChild<QMenu*>(QStringLiteral("columnMenu"))->close();
                    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
                    return;
                }
            }
            QFAIL(qPrintable(QStringLiteral("no ") + text));
        }
        QStringList offered(int section)
        {
            QStringList texts;
            for (const QAction* action : menuAt(section)->actions()) {
                if (!action->isSeparator())
                    texts << action->text();
            }
            return texts;
        }

        QSortFilterProxyModel sorted;
        std::unique_ptr<Model> model;
        QTableView table;
        ListColumns* columns;
    };

    static void showNow(List& list)
    {
        list.table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list.table));
        list.table.setFocus();
        QTRY_VERIFY(list.table.hasFocus());
    }

private Q_SLOTS:
    void aListComesBackAsItWasLeft()
    {
        QByteArray state;
        {
            List list;
            showNow(list);
            QTRY_VERIFY(list.header()->sectionSize(0) != list.header()->defaultSectionSize()); // fitted
            list.header()->resizeSection(0, 234);
            list.header()->moveSection(2, 0);
            list.choose(1, QStringLiteral("PATH"));
            list.table.sortByColumn(0, Qt::DescendingOrder);
            state = list.columns->state();
        }
        List list;
        list.columns->restore(state);
        showNow(list);
        QCOMPARE(list.shown(), (QStringList{QStringLiteral("COST"), QStringLiteral("NAME")}));
        QCOMPARE(list.firstName(), QStringLiteral("beta"));
        QCOMPARE(list.header()->sortIndicatorOrder(), Qt::DescendingOrder);
        list.header()->moveSection(0, 1); // away from the edge that is stretched
        QCOMPARE(list.header()->sectionSize(0), 234);
        QCOMPARE(list.columns->listName(), QStringLiteral("list"));
    }

    void widthsSurviveAListThatIsEmptyToday()
    {
        List list;
        list.columns->restore(R"({"version":1,"columns":[{"key":"name","width":234},{"key":"path"},{"key":"cost"}]})");
        list.model->setRows({});
        showNow(list);
        QVERIFY(list.columns->state().contains(R"("width":234)"));
        list.model->setRows({{QStringLiteral("gamma"), QStringLiteral("3")}});
        QTRY_VERIFY(list.header()->sectionSize(1) != list.header()->defaultSectionSize());
        QCOMPARE(list.header()->sectionSize(0), 234);
    }

    void aNewColumnAppearsWhereItWasMade()
    {
        List list;
        list.columns->restore(R"({"version":1,"columns":[{"key":"cost"},{"key":"name"}]})");
        QCOMPARE(list.shown(), (QStringList{QStringLiteral("COST"), QStringLiteral("NAME"), QStringLiteral("PATH")}));
    }

    void aColumnThatIsNotThereTodayKeepsItsPlace()
    {
        const QByteArray state =
            R"({"version":1,"columns":[{"key":"cost"},{"key":"dev","width":99,"hidden":true},{"key":"name"},{"key":"path"}]})";
        List list;
        list.columns->restore(state);
        const QByteArray kept = list.columns->state();
        QStringList keys{QStringLiteral("name"), QStringLiteral("dev"), QStringLiteral("path"), QStringLiteral("cost")};
        list.columns->replace(keys, [&] { list.fill(keys); });
        QCOMPARE(list.shown(), (QStringList{QStringLiteral("COST"), QStringLiteral("NAME"), QStringLiteral("PATH")}));
        QVERIFY(list.header()->isSectionHidden(1));

        List later(keys);
        later.columns->restore(kept);
        QCOMPARE(later.shown(), (QStringList{QStringLiteral("COST"), QStringLiteral("NAME"), QStringLiteral("PATH")}));
    }

    void theArrangementSurvivesAnExchangeOfTheColumns()
    {
        List list;
        showNow(list);
        list.choose(1, QStringLiteral("Sort by PATH, descending"));
        list.choose(2, QStringLiteral("Move COST before PATH"));
        const QStringList keys{QStringLiteral("name"), QStringLiteral("path"), QStringLiteral("dev"),
                               QStringLiteral("cost")};
        list.columns->replace(keys, [&] { list.fill(keys); });
        QCOMPARE(list.shown(), (QStringList{QStringLiteral("NAME"), QStringLiteral("COST"), QStringLiteral("PATH"),
                                            QStringLiteral("DEV")}));
        QCOMPARE(list.header()->sortIndicatorSection(), 1);
        QCOMPARE(list.firstName(), QStringLiteral("beta"));
    }

    void whatCannotBeUnderstoodChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("\xff\x00\x01", 3);
        QTest::newRow("another version") << QByteArray(R"({"version":2,"columns":[{"key":"cost"}]})");
        QTest::newRow("other types") << QByteArray(R"({"version":1,"columns":[7,{"key":3,"width":"x"}],"sort":1})");
        QTest::newRow("unknown column") << QByteArray(R"({"version":1,"columns":[{"key":"gone"}],"sort":"gone"})");
    }
    void whatCannotBeUnderstoodChangesNothing()
    {
        QFETCH(QByteArray, state);
        List list;
        list.columns->restore(state);
        QCOMPARE(list.shown(), (QStringList{QStringLiteral("NAME"), QStringLiteral("PATH"), QStringLiteral("COST")}));
        QCOMPARE(list.header()->sortIndicatorSection(), 0);
    }

    void aWidthIsNeverOutOfReach()
    {
        List list;
        list.columns->restore(
            R"({"version":1,"columns":[{"key":"name","width":1},{"key":"path","width":9999999},{"key":"cost"}]})");
        QVERIFY(list.header()->sectionSize(0) >= list.header()->minimumSectionSize());
        QVERIFY(list.header()->sectionSize(1) <= 4000);
    }

    void aListThatWouldShowNothingShowsEverything()
    {
        List list;
        list.columns->restore(R"({"version":1,"columns":[{"key":"name","hidden":true},{"key":"path","hidden":true},)"
                              R"({"key":"cost","hidden":true}]})");
        QCOMPARE(list.shown().size(), 3);
    }

    void theLastColumnCannotBeHidden()
    {
        List list;
        showNow(list);
        list.choose(0, QStringLiteral("PATH"));
        list.choose(0, QStringLiteral("COST"));
        QVERIFY(!list.menuAt(0)->findChild<QAction*>(QStringLiteral("name"))->isEnabled());
        QVERIFY(list.menuAt(0)->findChild<QAction*>(QStringLiteral("cost"))->isEnabled());
    }

    void theMenuIsReachedByKeyboardAndByTheHeader()
    {
        List list;
        showNow(list);
        QCOMPARE(list.offered(1),
                 (QStringList{QStringLiteral("NAME"), QStringLiteral("PATH"), QStringLiteral("COST"),
                              QStringLiteral("Move PATH before NAME"), QStringLiteral("Move PATH behind COST"),
                              QStringLiteral("Sort by PATH, ascending"), QStringLiteral("Sort by PATH, descending"),
                              QStringLiteral("Reset columns")}));
        const auto close = [&list] { delete list.table.findChild<QMenu*>(QStringLiteral("columnMenu")); };
        close();
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(&list.table, &byKey);
        QVERIFY(list.table.findChild<QMenu*>(QStringLiteral("columnMenu")));
        close();
        Q_EMIT list.header()->customContextMenuRequested(QPoint(1, 1));
        QVERIFY(list.table.findChild<QMenu*>(QStringLiteral("columnMenu")));
    }

    void whatIsHiddenComesBackAsWideAsItWas()
    {
        List list;
        showNow(list);
        QTRY_VERIFY(list.header()->sectionSize(0) != list.header()->defaultSectionSize());
        list.header()->resizeSection(0, 222);
        list.choose(0, QStringLiteral("NAME"));
        const QByteArray state = list.columns->state();
        List later;
        later.columns->restore(state);
        showNow(later);
        later.choose(1, QStringLiteral("NAME"));
        QCOMPARE(later.header()->sectionSize(0), 222);
    }

    void resettingMakesItAsItWasMade()
    {
        List list;
        showNow(list);
        list.columns->restore(R"({"version":1,"columns":[{"key":"cost","width":300},{"key":"name","hidden":true}],)"
                              R"("sort":"cost","descending":true})");
        list.choose(2, QStringLiteral("Reset columns"));
        QCOMPARE(list.shown(), (QStringList{QStringLiteral("NAME"), QStringLiteral("PATH"), QStringLiteral("COST")}));
        QCOMPARE(list.header()->sortIndicatorSection(), 0);
        QCOMPARE(list.firstName(), QStringLiteral("alpha"));
        QVERIFY(!list.columns->state().contains("300"));
    }

    void oneColumnMayTakeTheRoomThatIsLeft()
    {
        List list({QStringLiteral("name"), QStringLiteral("path"), QStringLiteral("cost")}, QStringLiteral("path"));
        showNow(list);
        QCOMPARE(list.header()->length(), list.table.viewport()->width());
        list.header()->resizeSection(0, list.header()->sectionSize(0) + 30);
        QCOMPARE(list.header()->length(), list.table.viewport()->width());
        list.table.resize(250, 200);
        list.header()->resizeSection(0, 200);
        QVERIFY2(list.header()->sectionSize(1) > list.table.fontMetrics().averageCharWidth() * 10,
                 "a narrow window scrolls sideways before the column is unreadable");
        QVERIFY(!list.header()->stretchLastSection());
    }
};

SB_UI_TEST_MAIN(tst_ListColumns)
#include "tst_ListColumns.moc"
