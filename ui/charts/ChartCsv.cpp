// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ChartCsv.h"

#include "kit/UiText.h"

#include <QStringList>

#include <cstdlib>

namespace sb::ui {

namespace {

QString unitSuffix(ChartUnit unit)
{
    switch (unit) {
    case ChartUnit::NanoUsd:
        return QStringLiteral("usd");
    case ChartUnit::Tokens:
        return QStringLiteral("tokens");
    case ChartUnit::Microseconds:
        return QStringLiteral("ms");
    }
    return {};
}

QString offsetText(std::chrono::minutes offset)
{
    const auto minutes = std::abs(offset.count());
    return QStringLiteral("%1%2:%3")
        .arg(offset.count() < 0 ? QLatin1Char('-') : QLatin1Char('+'))
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString isoText(const ZoneRules& zone, Timestamp t)
{
    return wallTime(zone, t).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
}

} // namespace

QString csvText(const QString& text)
{
    QString field = text;
    if (!field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field.front()))
        field.prepend(QLatin1Char('\''));
    if (field.contains(QLatin1Char('"')) || field.contains(QLatin1Char(',')) || field.contains(QLatin1Char('\n')) ||
        field.contains(QLatin1Char('\r'))) {
        field.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        field = QLatin1Char('"') + field + QLatin1Char('"');
    }
    return field;
}

QString toCsv(const ChartSpec& spec)
{
    const bool stacked = spec.kind == ChartKind::Stacked;
    const QString unit = unitSuffix(spec.unit);
    QStringList head{QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("zone"), QStringLiteral("utc_offset"),
                     QStringLiteral("unfinished")};
    for (const ChartSeries& series : spec.series)
        head << csvText(QStringLiteral("%1 (%2)").arg(series.name, unit));
    if (stacked)
        head << QStringLiteral("total (%1)").arg(unit);

    QString csv = head.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    for (std::size_t i = 0; i < spec.buckets.size(); ++i) {
        const analytics::Bucket& bucket = spec.buckets[i];
        QStringList line{isoText(*spec.zone, bucket.start), isoText(*spec.zone, bucket.end),
                         csvText(UiText::qs(spec.zone->name())), offsetText(spec.zone->offsetAt(bucket.start)),
                         bucket.unfinished ? QStringLiteral("yes") : QStringLiteral("no")};
        for (const ChartSeries& series : spec.series)
            line << (series.values[i] ? exactValue(*series.values[i], spec.unit) : QString());
        if (stacked) {
            const auto total = totalAt(spec, i);
            line << (total ? exactValue(*total, spec.unit) : QString());
        }
        csv += line.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return csv;
}

} // namespace sb::ui
