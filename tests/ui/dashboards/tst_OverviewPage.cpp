// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/UsageFixture.h"

#include "charts/ChartView.h"
#include "dashboards/OverviewPage.h"
#include "kit/EnvironmentScope.h"
#include "kit/UiText.h"
#include "support/ScriptedPrompts.h"
#include "support/UiTestMain.h"

#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;
using std::chrono::hours;
using std::chrono::minutes;

class tst_OverviewPage : public QObject {
    Q_OBJECT

    std::unique_ptr<UsageFixture> fixture;
    ScriptedPrompts prompts;
    std::unique_ptr<EnvironmentScope> scope;
    std::unique_ptr<OverviewPage> page;

    QString text(const char* name) const
    {
        const auto* label = page->findChild<QLabel*>(QLatin1String(name));
        return label && label->isVisible() ? label->text() : QStringLiteral("(not shown)");
    }
    ChartView* chart(const char* name) const { return page->findChild<ChartView*>(QLatin1String(name)); }
    void choose(const char* box, const QString& item) const
    {
        auto* combo = page->findChild<QComboBox*>(QLatin1String(box));
        combo->setCurrentIndex(combo->findText(item));
    }
    void show()
    {
        page->resize(1200, 900);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }
    /// Three priced requests of two models on two days, one failed, one of an unknown model.
    void writeSomeTraffic()
    {
        auto failed = fixture->request(minutes(30));
        failed.status = RequestStatus::UpstreamError;
        failed.errorCode = "upstream_error";
        failed.httpStatus = 502;
        failed.usage = {};
        failed.cost = Money{0};
        fixture->write({fixture->request(minutes(5)), fixture->request(hours(30)),
                        fixture->request(minutes(10), "gpt-4o"), failed,
                        fixture->request(minutes(15), "a-model-nobody-knows")});
    }

private Q_SLOTS:
    void init()
    {
        fixture = std::make_unique<UsageFixture>();
        scope = std::make_unique<EnvironmentScope>();
        page = std::make_unique<OverviewPage>(fixture->storage, fixture->clock, *scope, prompts);
    }
    void cleanup()
    {
        page.reset();
        fixture.reset();
    }

    void aNewcomerIsSentHome()
    {
        show();
        QTRY_VERIFY(text("viewSentence").startsWith(QStringLiteral("No request has come through the gateway yet.")));
        QSignalSpy navigated(page.get(), &OverviewPage::navigate);
        page->findChild<QPushButton*>(QStringLiteral("viewAction"))->click();
        QCOMPARE(navigated.size(), 1);
        QCOMPARE(navigated.first().first().toString(), QStringLiteral("Home"));
    }

    void figuresEqualTheDatabase()
    {
        writeSomeTraffic();
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("5"));
        const std::int64_t cost = fixture->number(QStringLiteral("SELECT sum(cost_nano) FROM req"));
        QVERIFY(cost > 0);
        QCOMPARE(text("figureValue_spend"), UiText::usd(Money{cost}));
        const std::int64_t in = fixture->number(QStringLiteral("SELECT sum(in_unc) FROM req"));
        QCOMPARE(text("figureValue_tokensIn"), UiText::compactCount(in));
        QCOMPARE(text("figureValue_errorRate"), UiText::percent(1.0 / 5));
        QCOMPARE(text("figureValue_unpriced"), QStringLiteral("1"));
        QVERIFY(text("overviewSentence").startsWith(QStringLiteral("Spend is %1 on 5").arg(UiText::usd(Money{cost}))));
        QVERIFY(text("overviewStatus").contains(QStringLiteral("Europe/Berlin")));
        QVERIFY(text("overviewStatus").contains(QStringLiteral("USD")));
        QVERIFY(text("overviewStatus").startsWith(QStringLiteral("Newest request 5 min ago")));
    }

    void chartsAddUpToTheFigures()
    {
        writeSomeTraffic();
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("5"));
        const ChartSpec& cost = chart("costChart")->spec();
        std::int64_t sum = 0;
        for (const ChartSeries& series : cost.series) {
            for (const auto& value : series.values)
                sum += value.value_or(0);
        }
        QCOMPARE(sum, fixture->number(QStringLiteral("SELECT sum(cost_nano) FROM req")));
        QCOMPARE(cost.title, QStringLiteral("Cost by model"));
        QCOMPARE(cost.series.front().name, QStringLiteral("gpt-4o"));
        QVERIFY(cost.buckets.back().unfinished);

        const ChartSpec& latency = chart("latencyChart")->spec();
        QVERIFY(!latency.series.empty());
        QCOMPARE(latency.series.front().values.front(), std::nullopt); // thirty days ago nothing was sent: a gap
        QVERIFY(latency.series.front().values.back().has_value());
    }

    void groupingChangesTheCostChart()
    {
        auto claude = fixture->request(minutes(20), "claude-3-5-haiku-latest");
        fixture->write({fixture->request(minutes(5)), claude});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("2"));
        choose("groupBy", QStringLiteral("Service"));
        QTRY_COMPARE(chart("costChart")->spec().title, QStringLiteral("Cost by service"));
        QStringList names;
        for (const ChartSeries& series : chart("costChart")->spec().series)
            names << series.name;
        names.sort();
        QCOMPARE(names, QStringList({QStringLiteral("Claude"), QStringLiteral("OpenAI")}));
    }

    void aRequestIsSeenWithinASecond()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        fixture->write({fixture->request(minutes(1))});
        QElapsedTimer waited;
        waited.start();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("2"));
        QVERIFY2(waited.elapsed() < 1000, qPrintable(QString::number(waited.elapsed())));
    }

    void aHiddenPageLoadsWhenItIsShownAgain()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        page->hide();
        fixture->write({fixture->request(minutes(1))});
        page->show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("2"));
    }

    void whatIsFilteredOutIsNamedAndCleared()
    {
        fixture->write({fixture->request(hours(24 * 3))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        choose("period", QStringLiteral("Today"));
        QTRY_VERIFY(text("viewSentence").startsWith(QStringLiteral("There is traffic, but none of it")));
        page->findChild<QPushButton*>(QStringLiteral("viewAction"))->click();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        QCOMPARE(page->view(), analytics::ViewState{});
    }

    void untickedEnvironmentsAreLeftOut()
    {
        auto staging = fixture->request(minutes(20));
        staging.environment = fixture->environments[1].id;
        fixture->write({fixture->request(minutes(5)), staging});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("2"));
        const auto boxes = page->findChild<QWidget*>(QStringLiteral("viewBar"))->findChildren<QCheckBox*>();
        QCOMPARE(boxes.size(), static_cast<qsizetype>(fixture->environments.size()));
        boxes[1]->click();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        for (QCheckBox* box : boxes) {
            if (box->isChecked())
                box->click();
        }
        QTRY_COMPARE(text("viewSentence"), QStringLiteral("No environment is ticked, so there is nothing to show."));
    }

    void theEnvironmentOfTheWindowIsFollowed()
    {
        auto staging = fixture->request(minutes(20));
        staging.environment = fixture->environments[1].id;
        fixture->write({fixture->request(minutes(5)), fixture->request(minutes(6)), staging});
        scope->setEnvironments(fixture->environments);
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("3"));
        scope->setCurrent(fixture->environments[1].id);
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        scope->setCurrent({});
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("3"));
    }

    void aFailureKeepsTheOldPictureAndOffersRetry()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        analytics::ViewState nowhere;
        nowhere.zone = "Nowhere/Nowhere";
        page->setView(nowhere);
        QPushButton* retry = nullptr;
        QTRY_VERIFY([&] {
            for (auto* button : page->findChildren<QPushButton*>()) {
                if (button->isVisible() && button->text() == QStringLiteral("Retry"))
                    retry = button;
            }
            return retry != nullptr;
        }());
        QCOMPARE(text("figureValue_requests"), QStringLiteral("1"));
        page->setView({});
        QTRY_VERIFY(!retry->isVisible());
    }

    void theCrosshairMovesInAllChartsOfThePage()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        auto* plot = chart("costChart")->findChild<QWidget*>(QStringLiteral("costChartPlot"));
        plot->setFocus();
        QTest::keyClick(plot, Qt::Key_Home);
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(chart("tokenChart")->crosshair(), std::optional<std::size_t>(1));
        QCOMPARE(chart("latencyChart")->crosshair(), std::optional<std::size_t>(1));
    }

    void sampleDataIsMarked()
    {
        auto sample = fixture->request(minutes(5));
        sample.source = TrafficSource::Sample;
        fixture->write({sample});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        QVERIFY(text("overviewStatus").endsWith(QStringLiteral("Sample data")));
        QVERIFY(text("sampleMarkText").startsWith(QStringLiteral("Sample data: everything shown here is invented")));
        QVERIFY(!page->findChild<QPushButton*>(QStringLiteral("sampleLeaveOut"))->isVisible());
    }

    void ownAndSampleDataTogetherAreMarkedAndTakenApart()
    {
        auto sample = fixture->request(minutes(5));
        sample.source = TrafficSource::Sample;
        fixture->write({sample, fixture->request(minutes(6))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        QCOMPARE(text("sampleMarkText"), QStringLiteral("(not shown)")); // its own only

        analytics::ViewState both;
        both.includeSample = true;
        page->setView(both);
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("2"));
        QVERIFY(text("sampleMarkText").startsWith(QStringLiteral("Includes sample data")));
        QVERIFY(text("overviewStatus").endsWith(QStringLiteral("Includes sample data")));
        page->findChild<QPushButton*>(QStringLiteral("sampleLeaveOut"))->click();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        QCOMPARE(text("sampleMarkText"), QStringLiteral("(not shown)"));

        page->setView(both);
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("2"));
        page->findChild<QPushButton*>(QStringLiteral("sampleRemove"))->click();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        QCOMPARE(text("sampleMarkText"), QStringLiteral("(not shown)"));
        QCOMPARE(fixture->number(QStringLiteral("SELECT count(*) FROM req")), 1);
    }

    void everyFigureIsNamedAfterWhatItIsOf()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        const auto name = [this](const char* label) {
            return page->findChild<QLabel*>(QLatin1String(label))->accessibleName();
        };
        QCOMPARE(name("figureValue_errorRate"), QStringLiteral("Error rate: %1").arg(UiText::percent(0)));
        QCOMPARE(name("figureValue_estimated"), QStringLiteral("Estimated: %1").arg(UiText::percent(0)));
    }

    void everythingFitsANarrowWindow()
    {
        writeSomeTraffic();
        page->resize(700, 700); // the rail leaves 800 of 1024, and other languages have longer words
        page->show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("5"));
        const auto* scroll = page->findChild<QScrollArea*>(QStringLiteral("overviewScroll"));
        QTRY_COMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(page->width(), 700);
        for (const auto* box : page->findChild<QWidget*>(QStringLiteral("viewBar"))->findChildren<QCheckBox*>())
            QVERIFY2(page->rect().contains(QRect(box->mapTo(page.get(), QPoint()), box->size())),
                     qPrintable(box->text()));
    }

    void everyControlIsNamed()
    {
        fixture->write({fixture->request(minutes(5))});
        show();
        QTRY_COMPARE(text("figureValue_requests"), QStringLiteral("1"));
        QStringList names;
        for (const auto* widget : page->findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || qobject_cast<const QLabel*>(widget))
                continue;
            if (widget->focusProxy() || widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(),
                     qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
            QVERIFY2(!names.contains(widget->accessibleName()), qPrintable(widget->accessibleName()));
            names << widget->accessibleName();
        }
        QVERIFY(names.size() > 8);
    }
};

SB_UI_TEST_MAIN(tst_OverviewPage)
#include "tst_OverviewPage.moc"
