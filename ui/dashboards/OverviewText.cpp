// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboards/OverviewText.h"

#include "kit/UiText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sb::ui::OverviewText {

namespace {

using analytics::Figures;
using analytics::GroupBy;
using analytics::OverviewData;
using analytics::PeriodPreset;
using analytics::SampleShare;
using analytics::ViewState;

struct Context {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Overview)
};

QString separator()
{
    return QStringLiteral(" \u00b7 ");
}

bool isUnchanged(double now, double before)
{
    return std::abs(now - before) < 0.0005 * before;
}

/// "18 % more", "3 % less", "unchanged"; empty without something to compare with.
QString relativeChange(double now, double before)
{
    if (before <= 0)
        return {};
    if (isUnchanged(now, before))
        return Context::tr("unchanged");
    const double change = (now - before) / before;
    return change > 0 ? Context::tr("%1 more").arg(UiText::percent(change))
                      : Context::tr("%1 less").arg(UiText::percent(-change));
}

QString pointsChange(std::optional<double> now, std::optional<double> before)
{
    if (!now || !before)
        return {};
    const double points = (*now - *before) * 100;
    if (std::abs(points) < 0.05)
        return Context::tr("unchanged");
    const QString amount = QLocale().toString(std::abs(points), 'f', 1);
    return points > 0 ? Context::tr("%1 points more").arg(amount) : Context::tr("%1 points less").arg(amount);
}

double asDouble(std::int64_t value)
{
    return static_cast<double>(value);
}

double shareOf(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? asDouble(part) / asDouble(whole) : 0;
}

QString seriesName(const analytics::CostSeries& series)
{
    if (series.isOther)
        return Context::tr("Other");
    return series.name.empty() ? Context::tr("(none)") : UiText::qs(series.name);
}

ChartSpec emptyChart(const OverviewData& data, const QString& subject)
{
    ChartSpec spec;
    spec.subject = subject;
    spec.bucketSize = data.period.bucket;
    spec.buckets = data.buckets;
    spec.zone = data.period.zone;
    return spec;
}

std::vector<std::optional<std::int64_t>> present(const std::vector<std::int64_t>& values)
{
    return {values.begin(), values.end()};
}

std::int64_t sum(const std::vector<std::int64_t>& values)
{
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

} // namespace

QString periodName(const ViewState& view)
{
    switch (view.preset) {
    case PeriodPreset::Today:
        return Context::tr("today");
    case PeriodPreset::Last24Hours:
        return Context::tr("24 hours");
    case PeriodPreset::Last7Days:
        return Context::tr("7 days");
    case PeriodPreset::Last30Days:
        return Context::tr("30 days");
    case PeriodPreset::Last90Days:
        return Context::tr("90 days");
    case PeriodPreset::MonthToDate:
        return Context::tr("month to date");
    case PeriodPreset::LastMonth:
        return Context::tr("last month");
    case PeriodPreset::Custom:
        return Context::tr("chosen days");
    }
    return {};
}

QString comparisonName(const ViewState& view)
{
    switch (view.preset) {
    case PeriodPreset::Today:
        return Context::tr("by this time yesterday");
    case PeriodPreset::Last24Hours:
        return Context::tr("in the 24 hours before");
    case PeriodPreset::Last7Days:
        return Context::tr("in the 7 days before");
    case PeriodPreset::Last30Days:
        return Context::tr("in the 30 days before");
    case PeriodPreset::Last90Days:
        return Context::tr("in the 90 days before");
    case PeriodPreset::MonthToDate:
        return Context::tr("in the same part of last month");
    case PeriodPreset::LastMonth:
        return Context::tr("in the month before");
    case PeriodPreset::Custom:
        return Context::tr("in as many days before");
    }
    return {};
}

QString groupName(GroupBy group)
{
    switch (group) {
    case GroupBy::Model:
        return Context::tr("model");
    case GroupBy::Provider:
        return Context::tr("provider");
    case GroupBy::Project:
        return Context::tr("project");
    case GroupBy::Environment:
        return Context::tr("environment");
    case GroupBy::Service:
        return Context::tr("service");
    }
    return {};
}

std::vector<Figure> figures(const OverviewData& data, const ViewState& view)
{
    const Figures& now = data.current;
    const Figures& before = data.previous; // all zero when it is not known: nothing is then called a change
    const auto rate = now.errorRate();
    const auto latency = [](const std::optional<double>& ms) {
        return ms ? UiText::milliseconds(*ms) : Context::tr("no data");
    };
    const double estimated = shareOf(now.estimated, now.requests);
    const QString than = Context::tr("than %1").arg(comparisonName(view));

    return {
        {QStringLiteral("spend"), Context::tr("Spend"), UiText::usd(now.cost),
         relativeChange(asDouble(now.cost.nano), asDouble(before.cost.nano)), than},
        {QStringLiteral("requests"), Context::tr("Requests"), UiText::count(now.requests),
         relativeChange(asDouble(now.requests), asDouble(before.requests)), than},
        {QStringLiteral("tokensIn"), Context::tr("Tokens in"), UiText::compactCount(now.tokensIn),
         relativeChange(asDouble(now.tokensIn), asDouble(before.tokensIn)), than},
        {QStringLiteral("tokensOut"), Context::tr("Tokens out"), UiText::compactCount(now.tokensOut),
         relativeChange(asDouble(now.tokensOut), asDouble(before.tokensOut)), than},
        {QStringLiteral("errorRate"), Context::tr("Error rate"), rate ? UiText::percent(*rate) : Context::tr("no data"),
         pointsChange(rate, before.errorRate()), than},
        {QStringLiteral("p95"), Context::tr("p95 latency"), latency(now.p95LatencyMs),
         now.p95LatencyMs && before.p95LatencyMs ? relativeChange(*now.p95LatencyMs, *before.p95LatencyMs) : QString(),
         than},
        {QStringLiteral("unpriced"),
         Context::tr("Unpriced"),
         UiText::count(now.unpriced),
         now.unpriced > 0 ? Context::tr("not in the spend") : QString(),
         {},
         now.unpriced > 0},
        {QStringLiteral("estimated"),
         Context::tr("Estimated"),
         UiText::percent(estimated),
         now.estimated > 0 ? Context::tr("%Ln request(s)", nullptr, static_cast<int>(now.estimated)) : QString(),
         {}},
    };
}

QString changeSentence(const OverviewData& data, const ViewState& view)
{
    const Figures& now = data.current;
    const Figures& before = data.previous;
    const QString spend = UiText::usd(now.cost);
    if (!data.previousKnown) {
        return Context::tr("Spend is %1 on %Ln request(s); what was %2 is no longer known exactly in this time zone.",
                           nullptr, static_cast<int>(now.requests))
            .arg(spend, comparisonName(view));
    }
    if (before.requests == 0) {
        return Context::tr("Spend is %1 on %Ln request(s); there was no traffic %2 to compare with.", nullptr,
                           static_cast<int>(now.requests))
            .arg(spend, comparisonName(view));
    }
    const std::int64_t pricedNow = now.requests - now.unpriced;
    const std::int64_t pricedBefore = before.requests - before.unpriced;
    if (before.cost.nano <= 0 || pricedBefore <= 0 || pricedNow <= 0) {
        return Context::tr("Spend is %1 on %Ln request(s), against %2 %3.", nullptr, static_cast<int>(now.requests))
            .arg(spend, UiText::usd(before.cost), comparisonName(view));
    }
    const double each = asDouble(now.cost.nano) / asDouble(pricedNow);
    const double eachBefore = asDouble(before.cost.nano) / asDouble(pricedBefore);
    const bool allPriced = now.unpriced == 0 && before.unpriced == 0;
    const QString volume = relativeChange(asDouble(pricedNow), asDouble(pricedBefore));
    const QString volumeText =
        allPriced ? Context::tr("requests %1").arg(volume) : Context::tr("priced requests %1").arg(volume);
    const QString eachText = Context::tr("cost per request %1").arg(relativeChange(each, eachBefore));
    const double spendNow = asDouble(now.cost.nano);
    const double spendBefore = asDouble(before.cost.nano);
    const QString parts = QStringLiteral("%1, %2").arg(volumeText, eachText);
    if (isUnchanged(spendNow, spendBefore))
        return Context::tr("Spend is %1, as much as %2: %3.").arg(spend, comparisonName(view), parts);
    return Context::tr("Spend is %1, %2 than %3: %4.")
        .arg(spend, relativeChange(spendNow, spendBefore), comparisonName(view), parts);
}

QString statusLine(const OverviewData& data, const QString& currency, Timestamp now)
{
    QStringList parts;
    parts << (data.newestRecord ? Context::tr("Newest request %1").arg(UiText::ago(*data.newestRecord, now))
                                : Context::tr("No request yet"));
    parts << Context::tr("%Ln unpriced", nullptr, static_cast<int>(data.current.unpriced));
    parts << Context::tr("%1 estimated").arg(UiText::percent(shareOf(data.current.estimated, data.current.requests)));
    if (data.period.zone)
        parts << UiText::qs(data.period.zone->name());
    parts << currency;
    if (data.sample == SampleShare::Only)
        parts << Context::tr("Sample data");
    else if (data.sample == SampleShare::Mixed)
        parts << Context::tr("Includes sample data");
    return parts.join(separator());
}

ChartSpec costChart(const OverviewData& data, const ViewState& view)
{
    ChartSpec spec = emptyChart(data, Context::tr("Cost"));
    spec.title = Context::tr("Cost by %1").arg(groupName(view.group));
    spec.kind = ChartKind::Stacked;
    spec.unit = ChartUnit::NanoUsd;
    Money total;
    for (const analytics::CostSeries& group : data.cost) {
        ChartSeries series{
            group.isOther ? QStringLiteral("other") : UiText::qs(group.name), seriesName(group), group.isOther, {}};
        series.values.reserve(group.cost.size());
        for (const Money amount : group.cost)
            series.values.emplace_back(amount.nano);
        spec.series.push_back(std::move(series));
        total += group.total;
    }
    QStringList shares;
    for (std::size_t i = 0; i < std::min<std::size_t>(data.cost.size(), 2); ++i) {
        if (total.nano > 0)
            shares << Context::tr("%1 %2").arg(seriesName(data.cost[i]),
                                               UiText::percent(shareOf(data.cost[i].total.nano, total.nano)));
    }
    spec.summary =
        Context::tr("Cost by %1, %2, total %3").arg(groupName(view.group), periodName(view), UiText::usd(total));
    if (!shares.isEmpty())
        spec.summary += Context::tr(": %1").arg(shares.join(QStringLiteral(", ")));
    return spec;
}

ChartSpec tokenChart(const OverviewData& data, const ViewState& view)
{
    ChartSpec spec = emptyChart(data, Context::tr("Tokens"));
    spec.title = Context::tr("Tokens by class");
    spec.kind = ChartKind::Stacked;
    spec.unit = ChartUnit::Tokens;
    const struct {
        const char* key;
        QString name;
        const std::vector<std::int64_t>& values;
    } kClasses[]{
        {"class/input", Context::tr("Input"), data.tokens.inputUncached},
        {"class/cache_read", Context::tr("Cache read"), data.tokens.cacheRead},
        {"class/cache_write", Context::tr("Cache write"), data.tokens.cacheWrite},
        {"class/output", Context::tr("Output"), data.tokens.output},
        {"class/reasoning", Context::tr("Reasoning"), data.tokens.reasoning},
    };
    std::int64_t total = 0;
    for (const auto& tokenClass : kClasses)
        total += sum(tokenClass.values);
    QStringList shares;
    for (const auto& tokenClass : kClasses) {
        const std::int64_t amount = sum(tokenClass.values);
        if (amount == 0)
            continue; // a class nobody used is not a line of the picture
        spec.series.push_back({QLatin1String(tokenClass.key), tokenClass.name, false, present(tokenClass.values)});
        shares << Context::tr("%1 %2").arg(tokenClass.name, UiText::percent(shareOf(amount, total)));
    }
    spec.summary = Context::tr("Tokens, %1, total %2").arg(periodName(view), UiText::count(total));
    if (!shares.isEmpty())
        spec.summary += Context::tr(": %1").arg(shares.join(QStringLiteral(", ")));
    return spec;
}

ChartSpec latencyChart(const OverviewData& data, const ViewState& view)
{
    ChartSpec spec = emptyChart(data, Context::tr("Latency"));
    spec.title = Context::tr("Latency percentiles");
    spec.kind = ChartKind::Lines;
    spec.unit = ChartUnit::Microseconds;
    const auto add = [&spec](const char* key, const QString& name, const std::vector<std::optional<double>>& values) {
        if (std::none_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); }))
            return;
        ChartSeries series{QLatin1String(key), name, false, {}};
        for (const auto& ms : values)
            series.values.push_back(ms ? std::optional<std::int64_t>(std::llround(*ms * 1000)) : std::nullopt);
        spec.series.push_back(std::move(series));
    };
    add("latency/p50", Context::tr("p50"), data.latency.p50);
    add("latency/p95", Context::tr("p95"), data.latency.p95);
    add("latency/p99", Context::tr("p99"), data.latency.p99);
    add("latency/ttft95", Context::tr("First token p95"), data.latency.ttftP95);
    const Figures& now = data.current;
    QStringList parts;
    if (now.p50LatencyMs)
        parts << Context::tr("p50 %1").arg(UiText::milliseconds(*now.p50LatencyMs));
    if (now.p95LatencyMs)
        parts << Context::tr("p95 %1").arg(UiText::milliseconds(*now.p95LatencyMs));
    if (now.p95TtftMs)
        parts << Context::tr("first token p95 %1").arg(UiText::milliseconds(*now.p95TtftMs));
    spec.summary = parts.isEmpty() ? Context::tr("Latency, %1: no successful request").arg(periodName(view))
                                   : Context::tr("Latency of successful requests, %1: %2")
                                         .arg(periodName(view), parts.join(QStringLiteral(", ")));
    return spec;
}

} // namespace sb::ui::OverviewText
