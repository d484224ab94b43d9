// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/UsageFixture.h"

#include "kit/EnvironmentScope.h"
#include "kit/UiText.h"
#include "requests/RequestDetailView.h"
#include "requests/RequestsPage.h"
#include "support/UiTestMain.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;
using std::chrono::hours;
using std::chrono::minutes;

class tst_RequestsPage : public QObject {
    Q_OBJECT

    std::unique_ptr<UsageFixture> fixture;
    std::unique_ptr<EnvironmentScope> scope;
    std::unique_ptr<RequestsPage> page;
    QString gatewayUrl;

    QTableView* table() const { return page->findChild<QTableView*>(QStringLiteral("requestTable")); }
    int rows() const { return table()->isVisible() ? table()->model()->rowCount() : 0; }
    QString cell(int row, const QString& column) const
    {
        const auto* model = table()->model();
        for (int i = 0; i < model->columnCount(); ++i) {
            if (model->headerData(i, Qt::Horizontal).toString() == column)
                return model->index(row, i).data().toString();
        }
        return QStringLiteral("(no such column)");
    }
    QString text(const char* name) const
    {
        const auto* label = page->findChild<QLabel*>(QLatin1String(name));
        return label && label->isVisible() ? label->text() : QStringLiteral("(not shown)");
    }
    void choose(const char* box, const QString& item) const
    {
        auto* combo = page->findChild<QComboBox*>(QLatin1String(box));
        const int at = combo->findText(item);
        QVERIFY2(at >= 0, qPrintable(item));
        combo->setCurrentIndex(at);
    }
    void show()
    {
        page->resize(1200, 800);
        page->show();
        page->activate();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }
    QString printedCost() const
    {
        const auto* model = page->findChild<QTableView*>(QStringLiteral("requestCostTable"))->model();
        QStringList lines;
        for (int row = 0; row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model->columnCount(); ++column)
                cells << model->index(row, column).data().toString();
            lines << cells.join(QStringLiteral(" | "));
        }
        return lines.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void init()
    {
        fixture = std::make_unique<UsageFixture>();
        scope = std::make_unique<EnvironmentScope>();
        scope->setEnvironments(fixture->environments);
        gatewayUrl = QStringLiteral("http://127.0.0.1:8484");
        page = std::make_unique<RequestsPage>(fixture->storage, fixture->clock, *scope, [this] { return gatewayUrl; });
        new QAbstractItemModelTester(table()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal,
                                     page.get());
    }
    void cleanup()
    {
        page.reset();
        fixture.reset();
    }

    void anEmptyPeriodOffersToClearTheFilterAndAnEmptyDatabaseSendsHome()
    {
        show();
        QTRY_COMPARE(text("viewSentence"), QStringLiteral("No request matches: 24 hours."));
        auto* action = page->findChild<QPushButton*>(QStringLiteral("viewAction"));
        QCOMPARE(action->text(), QStringLiteral("Clear filters"));
        action->click();
        QTRY_VERIFY(text("viewSentence").startsWith(QStringLiteral("No request has come through the gateway yet.")));
        QSignalSpy navigated(page.get(), &Page::navigate);
        action->click();
        QCOMPARE(navigated.size(), 1);
    }

    void rowsAreNewestFirstAndEqualTheDatabase()
    {
        auto unpriced = fixture->request(minutes(20), "a-model-nobody-knows");
        auto priced = fixture->request(minutes(5));
        fixture->write({unpriced, priced});
        show();
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(cell(0, QStringLiteral("Model")), QStringLiteral("gpt-4o-mini"));
        QCOMPARE(cell(0, QStringLiteral("Service")), QStringLiteral("OpenAI"));
        QCOMPARE(cell(0, QStringLiteral("In")), UiText::count(1000));
        QCOMPARE(cell(0, QStringLiteral("Cost")),
                 UiText::usd(Money{fixture->number(QStringLiteral("SELECT max(cost_nano) FROM req"))}));
        QCOMPARE(cell(0, QStringLiteral("Result")), QStringLiteral("200 ok"));
        QVERIFY(
            cell(0, QStringLiteral("Time")).endsWith(QStringLiteral("11:55:00"))); // Berlin is two hours ahead in July
        QCOMPARE(cell(1, QStringLiteral("Cost")), QStringLiteral("unpriced"));
        QTRY_COMPARE(text("requestCount"), QStringLiteral("2 request(s) · times in Europe/Berlin"));
    }

    void olderPagesAreFetchedWhenScrolledTo()
    {
        std::vector<UsageRecord> many;
        for (int i = 0; i < 450; ++i)
            many.push_back(fixture->request(minutes(i)));
        fixture->write(many);
        show();
        QTRY_COMPARE(rows(), 200);
        table()->scrollToBottom();
        QTRY_COMPARE(rows(), 400);
        table()->scrollToBottom();
        QTRY_COMPARE(rows(), 450);
        QTRY_VERIFY(cell(449, QStringLiteral("Time")).endsWith(QStringLiteral("04:31:00")));
        QTRY_COMPARE(text("requestCount"), QStringLiteral("450 request(s) · times in Europe/Berlin"));
    }

    void filtersReachTheDatabase()
    {
        auto failed = fixture->request(minutes(3));
        failed.status = RequestStatus::Timeout;
        failed.errorCode = "upstream_timeout";
        failed.httpStatus = 504;
        auto staging = fixture->request(minutes(4));
        staging.environment = fixture->environments[1].id;
        fixture->write(
            {failed, staging, fixture->request(minutes(5), "claude-3-5-haiku-latest"), fixture->request(hours(50))});
        show();
        QTRY_COMPARE(rows(), 3);
        choose("since", QStringLiteral("7 days"));
        QTRY_COMPARE(rows(), 4);
        choose("result", QStringLiteral("Everything that failed"));
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(cell(0, QStringLiteral("Result")), QStringLiteral("504 timeout"));
        choose("result", QStringLiteral("Any result"));
        QTRY_COMPARE(rows(), 4);
        page->findChild<QLineEdit*>(QStringLiteral("modelContains"))->setText(QStringLiteral("HAIKU"));
        QTRY_COMPARE(rows(), 1);
        page->findChild<QLineEdit*>(QStringLiteral("modelContains"))->clear();
        QTRY_COMPARE(rows(), 4);
        choose("toService", QStringLiteral("Claude"));
        QTRY_COMPARE(rows(), 1);
        choose("toService", QStringLiteral("Every service"));
        choose("inEnvironment", UiText::qs(fixture->environments[1].name));
        QTRY_COMPARE(rows(), 1);
    }

    void theEnvironmentOfTheWindowIsFollowed()
    {
        auto staging = fixture->request(minutes(4));
        staging.environment = fixture->environments[1].id;
        fixture->write({staging, fixture->request(minutes(5)), fixture->request(minutes(6))});
        scope->setCurrent(fixture->environments[1].id);
        page = std::make_unique<RequestsPage>(fixture->storage, fixture->clock, *scope, [] { return QString(); });
        show();
        QTRY_COMPARE(rows(), 1);
        scope->setCurrent(fixture->environments[0].id);
        QTRY_COMPARE(rows(), 2);
        scope->setCurrent({});
        QTRY_COMPARE(rows(), 3);
    }

    void theChosenRequestIsExplainedToTheLastDigit()
    {
        auto record = fixture->request(minutes(5), "gpt-4o-mini", 20, 45);
        fixture->write({record});
        show();
        QTRY_COMPARE(rows(), 1);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        auto* detail = page->findChild<RequestDetailView*>();
        QTRY_VERIFY(detail->isVisible());
        QCOMPARE(detail->requestId(), std::optional(record.id));
        const QString cost = printedCost();
        const std::int64_t charged = fixture->number(QStringLiteral("SELECT cost_nano FROM req"));
        QVERIFY2(cost.endsWith(QStringLiteral("Total |  |  | %1").arg(UiText::usdExact(Money{charged}))),
                 qPrintable(cost));
        QVERIFY(page->findChild<QPlainTextEdit*>(QStringLiteral("requestUsage"))
                    ->toPlainText()
                    .contains(QStringLiteral("\"total_tokens\": 1200")));
        QCOMPARE(page->findChild<QTabWidget*>(QStringLiteral("requestTabs"))->count(), 4); // no error tab

        page->findChild<QPushButton*>(QStringLiteral("copyAsCurl"))->click();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
            QStringLiteral("curl -sS 'http://127.0.0.1:8484/openai/v1/chat/completions'")));
    }

    void aFailedRequestHasAnErrorTab()
    {
        auto failed = fixture->request(minutes(3));
        failed.status = RequestStatus::UpstreamError;
        failed.errorCode = "upstream_unavailable";
        failed.errorText = "connection refused";
        failed.httpStatus = 502;
        fixture->write({failed});
        show();
        QTRY_COMPARE(rows(), 1);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        auto* tabs = page->findChild<QTabWidget*>(QStringLiteral("requestTabs"));
        QTRY_COMPARE(tabs->count(), 5);
        tabs->setCurrentIndex(4);
        QCOMPARE(text("requestError"),
                 QStringLiteral("The provider could not be reached. Check the service URL and the network."));
        QCOMPARE(page->findChild<QPlainTextEdit*>(QStringLiteral("requestErrorText"))->toPlainText(),
                 QStringLiteral("connection refused"));
    }

    void withoutAGatewayThereIsNoCurl()
    {
        gatewayUrl.clear();
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(rows(), 1);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        auto* copy = page->findChild<QPushButton*>(QStringLiteral("copyAsCurl"));
        QTRY_VERIFY(copy->isVisible());
        QVERIFY(!copy->isEnabled());
        QVERIFY(copy->toolTip().startsWith(QStringLiteral("Start the gateway")));
    }

    void aNewRequestAppearsOnTopAndTheChoiceStays()
    {
        auto first = fixture->request(minutes(5));
        fixture->write({first});
        show();
        QTRY_COMPARE(rows(), 1);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        fixture->write({fixture->request(minutes(1), "gpt-4o")});
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(cell(0, QStringLiteral("Model")), QStringLiteral("gpt-4o"));
        QCOMPARE(table()->currentIndex().row(), 1);
        QCOMPARE(page->findChild<RequestDetailView*>()->requestId(), std::optional(first.id));
    }

    void theTailWaitsWhileTheUserLooksAtOlderRequests()
    {
        std::vector<UsageRecord> many;
        for (int i = 0; i < 150; ++i)
            many.push_back(fixture->request(minutes(i + 10)));
        fixture->write(many);
        show();
        QTRY_COMPARE(rows(), 150);
        table()->verticalScrollBar()->setValue(20);
        fixture->write({fixture->request(minutes(1))});
        QTRY_COMPARE(text("tailState"), QStringLiteral("paused: scroll to the top to follow"));
        QCOMPARE(rows(), 150);
        table()->scrollToTop();
        QTRY_COMPARE(rows(), 151);
    }

    void theListIsLoadedAgainWhenTheDatabaseIsBack()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(rows(), 1);
        page->findChild<QCheckBox*>(QStringLiteral("live"))->click(); // nothing else may load it
        fixture->write({fixture->request(minutes(1))});
        QTRY_COMPARE(text("tailState"), QStringLiteral("newer requests exist"));
        QCOMPARE(rows(), 1);
        QCOMPARE(fixture->storage.health().state, storage::StorageHealth::State::Ready);
        Q_EMIT fixture->storage.healthChanged();
        QTRY_COMPARE(rows(), 2);
    }

    void costAndLatencyAreSeenInAWindowOf1280()
    {
        auto request = fixture->request(minutes(5), "anthropic.claude-3-5-sonnet-20241022-v2:0-with-a-long-name");
        request.status = RequestStatus::UpstreamError;
        request.httpStatus = 502;
        fixture->write({request});
        page->resize(1280 - 150, 760); // beside the rail
        page->show();
        page->activate();
        QTRY_COMPARE(rows(), 1);
        const QHeaderView* header = table()->horizontalHeader();
        QTRY_VERIFY(header->sectionSize(3) > header->minimumSectionSize());
        for (int section = 0; section < 8; ++section) {
            QVERIFY2(header->sectionViewportPosition(section) + header->sectionSize(section) <=
                         table()->viewport()->width(),
                     qPrintable(table()->model()->headerData(section, Qt::Horizontal).toString()));
        }
    }

    void everyFilterIsSeenInANarrowWindow()
    {
        fixture->write({fixture->request(minutes(5))});
        page->resize(1024 - 150, 600);
        page->show();
        page->activate();
        QTRY_COMPARE(rows(), 1);
        const auto* bar = page->findChild<QWidget*>(QStringLiteral("requestFilter"));
        for (const char* name : {"since", "inEnvironment", "toService", "modelContains", "result"}) {
            const auto* filter = bar->findChild<QWidget*>(QLatin1String(name));
            const QRect place(filter->mapTo(page.get(), QPoint()), filter->size());
            QVERIFY2(page->rect().contains(place), name);
            QVERIFY2(place.width() >= filter->minimumSizeHint().width(), name);
        }
        QVERIFY(page->width() <= 1024 - 150);
    }

    void aRequestIsOpenedByItsId()
    {
        std::vector<UsageRecord> many;
        for (int i = 0; i < 20; ++i)
            many.push_back(fixture->request(hours(24 * i)));
        fixture->write(many);
        show();
        QTRY_COMPARE(rows(), 2); // of the last 24 hours
        page->openAt(UiText::qs(many[10].id.toString()));
        QTRY_COMPARE(rows(), 10);
        QTRY_COMPARE(table()->currentIndex().row(), 0);
        auto* detail = page->findChild<RequestDetailView*>();
        QTRY_VERIFY(detail->isVisible());
        QTRY_COMPARE(detail->requestId(), std::optional(many[10].id));
        for (auto* button : page->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Show the newest"))
                button->click();
        }
        QTRY_COMPARE(rows(), 20);
    }
};

SB_UI_TEST_MAIN(tst_RequestsPage)
#include "tst_RequestsPage.moc"
