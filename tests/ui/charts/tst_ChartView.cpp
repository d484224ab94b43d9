// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartSamples.h"

#include "charts/ChartView.h"
#include "support/ScriptedPrompts.h"
#include "support/UiTestMain.h"

#include <QAbstractScrollArea>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QGraphicsView>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;

namespace {

bool hasColourNear(const QImage& picture, const QColor& wanted)
{
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QColor pixel = picture.pixelColor(x, y);
            if (std::abs(pixel.red() - wanted.red()) < 12 && std::abs(pixel.green() - wanted.green()) < 12 &&
                std::abs(pixel.blue() - wanted.blue()) < 12)
                return true;
        }
    }
    return false;
}

} // namespace

class tst_ChartView : public QObject {
    Q_OBJECT

    ScriptedPrompts prompts;
    std::unique_ptr<ChartView> view;
    QWidget* plot() const { return view->findChild<QWidget*>(QStringLiteral("costPlot")); }
    void trigger(const QString& action) const
    {
        for (QAction* item : view->findChild<QMenu*>(QStringLiteral("costExportMenu"))->actions()) {
            if (item->text() == action)
                return item->trigger();
        }
        QFAIL("no such action");
    }

private Q_SLOTS:
    void init()
    {
        view = std::make_unique<ChartView>(QStringLiteral("Cost"), QStringLiteral("cost"), prompts);
        view->resize(800, 400);
        view->setSpec(dailyChart(7, {QStringLiteral("gpt-4o"), QStringLiteral("claude")}));
        view->show();
        QVERIFY(QTest::qWaitForWindowActive(view.get()));
    }
    void cleanup() { view.reset(); }

    void arrowKeysMoveTheCrosshairAndTheReadoutSaysTheValues()
    {
        plot()->setFocus();
        QSignalSpy moved(view.get(), &ChartView::crosshairMoved);
        QTest::keyClick(plot(), Qt::Key_Left);
        QCOMPARE(view->crosshair(), std::optional<std::size_t>(6));
        QTest::keyClick(plot(), Qt::Key_Left);
        QCOMPARE(view->crosshair(), std::optional<std::size_t>(5));
        auto* readout = view->findChild<QLabel*>(QStringLiteral("costReadout"));
        QVERIFY(readout->isVisible());
        QCOMPARE(readout->text(), QStringLiteral("6 Jul 2026: total $18.00, gpt-4o $6.00, claude $12.00"));
        QTest::keyClick(plot(), Qt::Key_Home);
        QCOMPARE(view->crosshair(), std::optional<std::size_t>(0));
        QTest::keyClick(plot(), Qt::Key_Left);
        QCOMPARE(view->crosshair(), std::optional<std::size_t>(0));
        QTest::keyClick(plot(), Qt::Key_End);
        QTest::keyClick(plot(), Qt::Key_Right);
        QCOMPARE(view->crosshair(), std::optional<std::size_t>(6));
        QTest::keyClick(plot(), Qt::Key_Escape);
        QCOMPARE(view->crosshair(), std::nullopt);
        QCOMPARE(moved.last().first().toInt(), -1);
    }

    void theMouseSnapsToTheNearestBucket()
    {
        const int y = plot()->height() / 2;
        QTest::mouseMove(qobject_cast<QAbstractScrollArea*>(plot())->viewport(), QPoint(plot()->width() / 2, y));
        QTRY_VERIFY(view->crosshair().has_value());
        const std::size_t middle = *view->crosshair();
        QVERIFY(middle >= 2 && middle <= 4);
    }

    void keyVShowsTheTableWithTheSameNumbers()
    {
        plot()->setFocus();
        QTest::keyClick(plot(), Qt::Key_V);
        QVERIFY(view->isTableShown());
        auto* table = view->findChild<QTableView*>(QStringLiteral("costTable"));
        QVERIFY(table->hasFocus());
        QCOMPARE(table->model()->index(6, 3).data().toString(), QStringLiteral("$21.00"));
        QCOMPARE(table->accessibleName(), QStringLiteral("Cost by model as table"));
        QTest::keyClick(table, Qt::Key_V);
        QVERIFY(!view->isTableShown());
        QVERIFY(plot()->hasFocus());
    }

    void theButtonNamesWhatItDoes()
    {
        auto* button = view->findChild<QPushButton*>(QStringLiteral("costToggle"));
        QCOMPARE(button->text(), QStringLiteral("Cost as table"));
        button->click();
        QCOMPARE(button->text(), QStringLiteral("Cost as chart"));
        QCOMPARE(button->accessibleName(), button->text());
    }

    void theChartIsNamedAndSummarised()
    {
        QCOMPARE(plot()->accessibleName(), QStringLiteral("Cost by model"));
        QCOMPARE(plot()->accessibleDescription(), QStringLiteral("Cost by model, some days"));
    }

    void columnsAreDrawnInTheirColours_data()
    {
        QTest::addColumn<int>("buckets");
        QTest::newRow("columns") << 30;
        QTest::newRow("areas") << 120;
        QTest::newRow("coarsened areas") << 288;
    }
    void columnsAreDrawnInTheirColours()
    {
        QFETCH(int, buckets);
        view->setSpec(dailyChart(static_cast<std::size_t>(buckets), {QStringLiteral("gpt-4o")}));
        const QImage picture = view->image();
        QVERIFY(!picture.isNull());
        bool marked = false;
        for (int y = 0; y < picture.height() && !marked; ++y) {
            for (int x = 0; x < picture.width() && !marked; ++x)
                marked = picture.pixelColor(x, y).hslSaturation() > 100;
        }
        QVERIFY2(marked, "nothing coloured was drawn");
        QVERIFY(view->spec().buckets.size() <= 250);
    }

    void aGapInALineIsNotBridged()
    {
        ChartSpec spec = dailyChart(7, {QStringLiteral("p95")});
        spec.kind = ChartKind::Lines;
        spec.unit = ChartUnit::Microseconds;
        spec.buckets.back().unfinished = false;
        for (auto& value : spec.series[0].values)
            value = 1'000'000;
        view->setSpec(spec);
        const QImage whole = view->image();
        spec.series[0].values[3].reset();
        view->setSpec(spec);
        QVERIFY(whole != view->image());
    }

    void moreThanSevenSeriesGetAToggleList()
    {
        QStringList names;
        for (int i = 0; i < 7; ++i)
            names << QStringLiteral("m%1").arg(i);
        names << QStringLiteral("Other");
        view->setSpec(dailyChart(3, names));
        auto boxes = view->findChildren<QCheckBox*>();
        QCOMPARE(boxes.size(), 8);
        const QImage before = view->image();
        boxes.last()->click();
        QTRY_VERIFY(view->image() != before);
        view->setSpec(dailyChart(3, names)); // new data keeps what was hidden
        QVERIFY(!view->findChild<QCheckBox*>(QStringLiteral("costSeriesOther"))->isChecked());
        view->setSpec(dailyChart(3, {QStringLiteral("m0")}));
        QVERIFY(view->findChildren<QCheckBox*>().isEmpty());
    }

    void copiesCsvAndImage()
    {
        trigger(QStringLiteral("Copy as CSV"));
        QCOMPARE(QGuiApplication::clipboard()->text(), view->csv());
        trigger(QStringLiteral("Copy as image"));
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

    void savesCsvWhereAsked()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("cost.csv"));
        prompts.files.push_back(path);
        QSignalSpy saved(view.get(), &ChartView::exported);
        trigger(QStringLiteral("Save as CSV..."));
        QTRY_COMPARE(saved.size(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), view->csv());
    }

    void sayWhyAnExportFailed()
    {
        QSignalSpy failed(view.get(), &ChartView::exportFailed);
        prompts.files.push_back(QStringLiteral("/nonexistent-folder/cost.csv"));
        trigger(QStringLiteral("Save as CSV..."));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!failed.first().first().toString().isEmpty());
    }

    void theDarkPaletteIsFollowed()
    {
        QPalette dark = view->palette();
        dark.setColor(QPalette::Base, QColor(0x1e, 0x1e, 0x1e));
        dark.setColor(QPalette::Text, Qt::white);
        view->setPalette(dark);
        const QImage picture = view->image();
        QVERIFY(hasColourNear(picture, QColor(0x1e, 0x1e, 0x1e)));
        QVERIFY(!hasColourNear(picture.copy(picture.width() / 3, picture.height() / 3, 40, 40), Qt::white));
    }

    void amountsMayGrowAndShrinkByAnyFactor()
    {
        // With a step of nano-dollars left standing, a range of dollars would be divided into a billion ticks.
        for (const std::int64_t nano :
             {std::int64_t{1}, std::int64_t{5'000'000'000'000}, std::int64_t{1}, std::int64_t{0}}) {
            ChartSpec spec = dailyChart(1, {QStringLiteral("gpt-4o")});
            spec.series.front().values.front() = nano;
            view->setSpec(spec);
            QCoreApplication::sendPostedEvents();
            QVERIFY(view->findChildren<QGraphicsView*>().first()->items().size() < 200);
        }
    }

    void anEmptySpecificationShowsAnEmptyPlot()
    {
        view->setSpec(dailyChart(0, {}));
        QTest::keyClick(plot(), Qt::Key_Right);
        QCOMPARE(view->crosshair(), std::nullopt);
        QVERIFY(!view->image().isNull());
    }
};

SB_UI_TEST_MAIN(tst_ChartView)
#include "tst_ChartView.moc"
