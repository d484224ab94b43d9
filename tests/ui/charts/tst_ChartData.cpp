// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartSamples.h"

#include "charts/ChartCsv.h"
#include "charts/ChartPalette.h"
#include "charts/ChartTableModel.h"
#include "charts/ChartTicks.h"
#include "kit/Tone.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <set>

using namespace sb;
using namespace sb::ui;
using namespace sb::test;

namespace {

QStringList labelsOf(const ChartSpec& spec)
{
    QStringList labels;
    for (const TimeTick& tick : timeTicks(spec))
        labels << tick.label;
    return labels;
}

} // namespace

class tst_ChartData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void daysAreLabelledOnNiceSteps()
    {
        QCOMPARE(labelsOf(dailyChart(30, {QStringLiteral("a")})),
                 QStringList({QStringLiteral("1 Jul"), QStringLiteral("6 Jul"), QStringLiteral("11 Jul"),
                              QStringLiteral("16 Jul"), QStringLiteral("21 Jul"), QStringLiteral("26 Jul")}));
    }

    void hoursAreLabelledInTheReportingZone()
    {
        // 22:00 UTC is midnight in Berlin in summer.
        const ChartSpec spec = hourlyChart(at(2026, 7, 14, 22), 24, std::chrono::minutes(60), "Europe/Berlin");
        QCOMPARE(labelsOf(spec),
                 QStringList({QStringLiteral("15 Jul"), QStringLiteral("03:00"), QStringLiteral("06:00"),
                              QStringLiteral("09:00"), QStringLiteral("12:00"), QStringLiteral("15:00"),
                              QStringLiteral("18:00"), QStringLiteral("21:00")}));
    }

    void quarterHoursStayOnRoundHoursAcrossTheDaylightSavingChange()
    {
        // 29 March 2026 has no 02:00 in Berlin: the ticks stay on round wall-clock hours.
        const ChartSpec spec = hourlyChart(at(2026, 3, 28, 23), 92, std::chrono::minutes(15), "Europe/Berlin");
        QCOMPARE(labelsOf(spec),
                 QStringList({QStringLiteral("29 Mar"), QStringLiteral("03:00"), QStringLiteral("06:00"),
                              QStringLiteral("09:00"), QStringLiteral("12:00"), QStringLiteral("15:00"),
                              QStringLiteral("18:00"), QStringLiteral("21:00")}));
    }

    void ticksNeverExceedTheLimit_data()
    {
        QTest::addColumn<int>("days");
        for (const int days : {1, 2, 7, 9, 10, 31, 90, 365, 400})
            QTest::addRow("%d days", days) << days;
    }
    void ticksNeverExceedTheLimit()
    {
        QFETCH(int, days);
        const auto ticks = timeTicks(dailyChart(static_cast<std::size_t>(days), {QStringLiteral("a")}), 9);
        QVERIFY(!ticks.empty());
        QVERIFY(ticks.size() <= 9);
        if (days >= 9)
            QVERIFY(ticks.size() >= 5);
    }

    void valueAxisEndsOnAWholeStep_data()
    {
        QTest::addColumn<double>("largest");
        QTest::addColumn<ChartUnit>("unit");
        QTest::addColumn<double>("divisor");
        QTest::addColumn<double>("step");
        QTest::addColumn<double>("maximum");
        QTest::addColumn<QString>("format");
        QTest::newRow("dollars") << 41.2 << ChartUnit::NanoUsd << 1.0 << 20.0 << 60.0 << QStringLiteral("$%.0f");
        QTest::newRow("cents") << 0.41 << ChartUnit::NanoUsd << 1.0 << 0.2 << 0.6 << QStringLiteral("$%.2f");
        QTest::newRow("tiny") << 0.00031 << ChartUnit::NanoUsd << 1.0 << 0.0001 << 0.0004 << QStringLiteral("$%.4f");
        QTest::newRow("thousands") << 41200.0 << ChartUnit::NanoUsd << 1000.0 << 20.0 << 60.0
                                   << QStringLiteral("$%.0f k");
        QTest::newRow("tokens") << 3.0 << ChartUnit::Tokens << 1.0 << 1.0 << 3.0 << QStringLiteral("%.0f");
        QTest::newRow("million tokens") << 2.4e6 << ChartUnit::Tokens << 1e6 << 1.0 << 3.0 << QStringLiteral("%.0f M");
        QTest::newRow("milliseconds") << 950.0 << ChartUnit::Microseconds << 1.0 << 500.0 << 1000.0
                                      << QStringLiteral("%.0f ms");
        QTest::newRow("seconds") << 2400.0 << ChartUnit::Microseconds << 1000.0 << 1.0 << 3.0
                                 << QStringLiteral("%.0f s");
        QTest::newRow("nothing") << 0.0 << ChartUnit::Tokens << 1.0 << 1.0 << 1.0 << QStringLiteral("%.0f");
    }
    void valueAxisEndsOnAWholeStep()
    {
        QFETCH(double, largest);
        QFETCH(ChartUnit, unit);
        const ValueScale scale = valueScale(largest, unit);
        QTEST(scale.divisor, "divisor");
        QTEST(scale.step, "step");
        QTEST(scale.maximum, "maximum");
        QTEST(scale.format, "format");
    }

    void aKeyKeepsItsColourWhenTheOrderChanges()
    {
        const auto spec =
            dailyChart(2, {QStringLiteral("gpt-4o"), QStringLiteral("claude"), QStringLiteral("mistral")});
        auto reversed = spec.series;
        std::reverse(reversed.begin(), reversed.end());
        const auto colours = seriesColours(spec.series, Qt::white);
        const auto again = seriesColours(reversed, Qt::white);
        QCOMPARE(again[2], colours[0]);
        QCOMPARE(again[1], colours[1]);
        QCOMPARE(again[0], colours[2]);
    }

    void sevenSeriesHaveSevenColoursAndOtherIsGrey()
    {
        QStringList names;
        for (int i = 0; i < 7; ++i)
            names << QStringLiteral("model-%1").arg(i);
        names << QStringLiteral("Other");
        const auto colours = seriesColours(dailyChart(1, names).series, Qt::white);
        std::set<QRgb> distinct;
        for (const QColor& colour : colours)
            distinct.insert(colour.rgb());
        QCOMPARE(distinct.size(), std::size_t{8});
        QCOMPARE(colours.back().hslSaturation(), 0);
    }

    void marksStandOutInBothThemes_data()
    {
        QTest::addColumn<QColor>("background");
        QTest::newRow("light") << QColor(Qt::white);
        QTest::newRow("dark") << QColor(0x1e, 0x1e, 0x1e);
    }
    void marksStandOutInBothThemes()
    {
        QFETCH(QColor, background);
        QStringList names;
        for (int i = 0; i < 7; ++i)
            names << QStringLiteral("m%1").arg(i);
        for (const QColor& colour : seriesColours(dailyChart(1, names).series, background))
            QVERIFY2(Tones::contrast(colour, background) >= 3.0, qPrintable(colour.name()));
    }

    void tableTwinSaysWhatTheChartShows()
    {
        ChartSpec spec = dailyChart(2, {QStringLiteral("gpt-4o"), QStringLiteral("Other")});
        spec.series[1].values[0].reset();
        ChartTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setSpec(spec);
        const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("gpt-4o"));
        QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Total"));
        QCOMPARE(text(0, 0), QStringLiteral("1 Jul 2026"));
        QCOMPARE(text(0, 1), QStringLiteral("$1.00"));
        QCOMPARE(text(0, 2), QStringLiteral("no data"));
        QCOMPARE(text(0, 3), QStringLiteral("$1.00"));
        QCOMPARE(text(1, 0), QStringLiteral("2 Jul 2026 (unfinished)"));
        QCOMPARE(text(1, 3), QStringLiteral("$6.00"));
    }

    void csvIsExactAndCarriesZoneAndOffset()
    {
        ChartSpec spec = dailyChart(2, {QStringLiteral("=SUM(A1)"), QStringLiteral("a,b \"c\"")}, "Europe/Berlin");
        spec.series[0].values[0] = 30'001; // 0.000030001 USD
        spec.series[1].values[1].reset();
        QCOMPARE(toCsv(spec),
                 QStringLiteral(
                     "from,to,zone,utc_offset,unfinished,'=SUM(A1) (usd),\"a,b \"\"c\"\" (usd)\",total (usd)\r\n"
                     "2026-07-01T00:00:00,2026-07-02T00:00:00,Europe/Berlin,+02:00,no,0.000030001,2.00,2.000030001\r\n"
                     "2026-07-02T00:00:00,2026-07-03T00:00:00,Europe/Berlin,+02:00,yes,2.00,,2.00\r\n"));
    }

    void textThatASpreadsheetWouldRunIsDefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::newRow("plain") << QStringLiteral("gpt-4o") << QStringLiteral("gpt-4o");
        QTest::newRow("equals") << QStringLiteral("=1+1") << QStringLiteral("'=1+1");
        QTest::newRow("plus") << QStringLiteral("+1") << QStringLiteral("'+1");
        QTest::newRow("minus") << QStringLiteral("-1") << QStringLiteral("'-1");
        QTest::newRow("at") << QStringLiteral("@x") << QStringLiteral("'@x");
        QTest::newRow("tab") << QStringLiteral("\tx") << QStringLiteral("'\tx");
        QTest::newRow("line break") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
    }
    void textThatASpreadsheetWouldRunIsDefused()
    {
        QFETCH(QString, text);
        QTEST(csvText(text), "field");
    }

    void coarsenedBucketsKeepEverySumAndGap()
    {
        ChartSpec spec = dailyChart(5, {QStringLiteral("a")});
        spec.series[0].values[2].reset();
        spec.series[0].values[3].reset();
        const ChartSpec coarse = coarsened(spec, 3);
        QCOMPARE(coarse.buckets.size(), std::size_t{3});
        QCOMPARE(coarse.series[0].values[0], std::optional<std::int64_t>(3'000'000'000));
        QCOMPARE(coarse.series[0].values[1], std::nullopt);
        QCOMPARE(coarse.series[0].values[2], std::optional<std::int64_t>(5'000'000'000));
        QCOMPARE(coarse.buckets[0].end, spec.buckets[1].end);
        QVERIFY(coarse.buckets[2].unfinished);
        QVERIFY(!coarse.buckets[1].unfinished);
    }
};

QTEST_GUILESS_MAIN(tst_ChartData)
#include "tst_ChartData.moc"
