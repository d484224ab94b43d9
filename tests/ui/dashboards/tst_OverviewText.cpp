// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/OverviewText.h"

#include <QTest>

using namespace sb;
using namespace sb::ui;
using analytics::OverviewData;
using analytics::ViewState;

namespace {

Timestamp now()
{
    return std::chrono::sys_days{std::chrono::year{2026} / 7 / 15} + std::chrono::hours(10);
}

OverviewData someData()
{
    OverviewData data;
    data.period.zone = ZoneRules::load("Europe/Berlin").value();
    data.current.requests = 120;
    data.current.succeeded = 108;
    data.current.errors = 6;
    data.current.cost = Money{12'000'000'000};
    data.current.tokensIn = 1'500'000;
    data.current.tokensOut = 9'999;
    data.current.p95LatencyMs = 2100;
    data.previous = data.current;
    data.previous.requests = 100;
    data.previous.errors = 4;
    data.previous.cost = Money{10'000'000'000};
    data.previous.p95LatencyMs = 3000;
    data.newestRecord = now() - std::chrono::seconds(10);
    std::int32_t day = 20260714;
    for (int i = 0; i < 2; ++i) {
        const auto next = data.period.zone->addDays(day, 1);
        data.buckets.push_back({data.period.zone->startOfDay(day), data.period.zone->startOfDay(next), i == 1});
        day = next;
    }
    analytics::CostSeries gpt{
        1, "gpt-4o", false, {Money{6'000'000'000}, Money{3'000'000'000}}, {60, 30}, Money{9'000'000'000}};
    analytics::CostSeries other{
        0, "", true, {Money{2'000'000'000}, Money{1'000'000'000}}, {20, 10}, Money{3'000'000'000}};
    data.cost = {gpt, other};
    data.tokens = {{600'000, 600'000}, {300'000, 0}, {0, 0}, {9'000, 999}, {0, 0}};
    data.latency = {{700.5, std::nullopt}, {2100, std::nullopt}, {3000, std::nullopt}, {std::nullopt, std::nullopt}};
    return data;
}

QString printed(const std::vector<OverviewText::Figure>& figures)
{
    QStringList lines;
    for (const auto& figure : figures) {
        QString line = QStringList{figure.title, figure.value, figure.change}.join(QStringLiteral(" | "));
        line.replace(QChar(0x00A0), QLatin1Char(' '));
        lines << (figure.attention ? line + QStringLiteral(" !") : line);
    }
    return lines.join(QLatin1Char('\n'));
}

QString plain(QString text)
{
    return text.replace(QChar(0x00A0), QLatin1Char(' '));
}

} // namespace

class tst_OverviewText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figuresCompareWithThePeriodBefore()
    {
        QCOMPARE(printed(OverviewText::figures(someData(), {})), QStringLiteral("Spend | $12.00 | 20 % more\n"
                                                                                "Requests | 120 | 20 % more\n"
                                                                                "Tokens in | 1.5 M | unchanged\n"
                                                                                "Tokens out | 9,999 | unchanged\n"
                                                                                "Error rate | 5.0 % | 1.0 points more\n"
                                                                                "p95 latency | 2.1 s | 30 % less\n"
                                                                                "Unpriced | 0 | \n"
                                                                                "Estimated | 0 % | "));
    }

    void unpricedRequestsAskForAttention()
    {
        auto data = someData();
        data.current.unpriced = 3;
        QVERIFY(printed(OverviewText::figures(data, {})).contains(QStringLiteral("Unpriced | 3 | not in the spend !")));
    }

    void nothingBeforeIsNotCalledAChange()
    {
        auto data = someData();
        data.previous = {};
        QVERIFY(printed(OverviewText::figures(data, {}))
                    .startsWith(QStringLiteral("Spend | $12.00 | \nRequests | 120 | \n")));
        QVERIFY(plain(OverviewText::changeSentence(data, {}))
                    .startsWith(QStringLiteral(
                        "Spend is $12.00 on 120 request(s); there was no traffic in the 30 days before")));
    }

    void anUnknownPeriodBeforeIsSaidToBeUnknown()
    {
        auto data = someData();
        data.previous = {};
        data.previousKnown = false;
        QVERIFY(OverviewText::changeSentence(data, {}).contains(
            QStringLiteral("no longer known exactly in this time zone")));
    }

    void theSentenceSplitsTheChangeIntoVolumeAndPrice()
    {
        QCOMPARE(plain(OverviewText::changeSentence(someData(), {})),
                 QStringLiteral("Spend is $12.00, 20 % more than in the 30 days before: requests 20 % more, cost per "
                                "request unchanged."));
        auto data = someData();
        data.current.unpriced = 20; // of what was priced every request became dearer, and volume did not change
        QCOMPARE(plain(OverviewText::changeSentence(data, {})),
                 QStringLiteral("Spend is $12.00, 20 % more than in the 30 days before: priced requests unchanged, "
                                "cost per request 20 % more."));
    }

    void equalSpendIsSaidToBeEqual()
    {
        auto data = someData();
        data.previous.cost = data.current.cost;
        QVERIFY(OverviewText::changeSentence(data, {}).startsWith(
            QStringLiteral("Spend is $12.00, as much as in the 30 days before: requests")));
    }

    void theComparisonFollowsThePeriod()
    {
        ViewState view;
        view.preset = analytics::PeriodPreset::Today;
        QCOMPARE(OverviewText::comparisonName(view), QStringLiteral("by this time yesterday"));
        view.preset = analytics::PeriodPreset::MonthToDate;
        QCOMPARE(OverviewText::comparisonName(view), QStringLiteral("in the same part of last month"));
    }

    void theStatusLineSaysWhatTheNumbersAre()
    {
        auto data = someData();
        data.current.unpriced = 2;
        data.current.estimated = 12;
        QCOMPARE(
            plain(OverviewText::statusLine(data, QStringLiteral("USD"), now())),
            QStringLiteral(
                "Newest request 10 s ago \u00b7 2 unpriced \u00b7 10 % estimated \u00b7 Europe/Berlin \u00b7 USD"));
        data.sample = analytics::SampleShare::Only;
        QVERIFY(OverviewText::statusLine(data, QStringLiteral("USD"), now()).endsWith(QStringLiteral("Sample data")));
        data.sample = analytics::SampleShare::Mixed;
        QVERIFY(OverviewText::statusLine(data, QStringLiteral("USD"), now())
                    .endsWith(QStringLiteral("Includes sample data")));
    }

    void theCostChartAddsUpAndSummarises()
    {
        const ChartSpec spec = OverviewText::costChart(someData(), {});
        QCOMPARE(spec.title, QStringLiteral("Cost by model"));
        QCOMPARE(plain(spec.summary), QStringLiteral("Cost by model, 30 days, total $12.00: gpt-4o 75 %, Other 25 %"));
        QCOMPARE(totalAt(spec, 0), std::optional<std::int64_t>(8'000'000'000));
        QCOMPARE(spec.series.back().name, QStringLiteral("Other"));
        QVERIFY(spec.series.back().isOther);
    }

    void tokenClassesNobodyUsedAreNotDrawn()
    {
        const ChartSpec spec = OverviewText::tokenChart(someData(), {});
        QStringList names;
        for (const ChartSeries& series : spec.series)
            names << series.name;
        QCOMPARE(names, QStringList({QStringLiteral("Input"), QStringLiteral("Cache read"), QStringLiteral("Output")}));
    }

    void latencyKeepsItsGapsAndItsPrecision()
    {
        const ChartSpec spec = OverviewText::latencyChart(someData(), {});
        QCOMPARE(spec.series.size(), std::size_t{3}); // no first token in any bucket
        QCOMPARE(spec.series[0].values[0], std::optional<std::int64_t>(700'500));
        QCOMPARE(spec.series[0].values[1], std::nullopt);
        QCOMPARE(exactValue(*spec.series[0].values[0], spec.unit), QStringLiteral("700.500"));
    }
};

QTEST_GUILESS_MAIN(tst_OverviewText)
#include "tst_OverviewText.moc"
