// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/RequestColumns.h"

#include "kit/ListColumns.h"
#include "kit/UiText.h"

#include <QCoreApplication>

namespace sb::ui {

namespace {

using storage::RequestRow;

constexpr int kServiceCharacters = 22; ///< long names leave room for cost and latency in a window 1280 wide
constexpr int kModelCharacters = 28;

struct Context {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Requests)
};

QString nothing()
{
    return QStringLiteral("\u2013");
}

/// Nothing was used, so there is nothing to count or to price.
bool isWithoutUsage(const RequestRow& row)
{
    return row.status != RequestStatus::Ok && row.usageSource == UsageSource::None;
}

QString tokens(const RequestRow& row, std::uint64_t RequestRow::*member)
{
    if (isWithoutUsage(row))
        return nothing();
    if (row.usageSource == UsageSource::None)
        return Context::tr("unknown");
    const QString text = UiText::count(static_cast<std::int64_t>(row.*member));
    const bool estimated = row.usageSource == UsageSource::Partial || row.usageSource == UsageSource::Estimated;
    return estimated ? QStringLiteral("~%1").arg(text) : text;
}

QString cost(const RequestRow& row)
{
    return !row.cost && isWithoutUsage(row) ? nothing() : UiText::usd(row.cost);
}

Tone toneOf(RequestStatus status)
{
    switch (status) {
    case RequestStatus::Ok:
        return Tone::Good;
    case RequestStatus::Refused:
    case RequestStatus::Limited:
    case RequestStatus::Aborted:
        return Tone::Warning;
    case RequestStatus::UpstreamError:
    case RequestStatus::Timeout:
    case RequestStatus::GatewayError:
        return Tone::Bad;
    case RequestStatus::SupersededAttempt:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

} // namespace

std::vector<RequestListModel::Column> requestColumns(std::function<QString()> zone)
{
    using Column = RequestListModel::Column;
    const auto textColumn = [](const QString& title, std::string RequestRow::*member) {
        return Column(title, [member](const RequestRow& row) { return UiText::qs(row.*member); });
    };
    const auto numberColumn = [](const QString& title, std::function<QString(const RequestRow&)> text) {
        Column column(title, std::move(text));
        column.numeric = true;
        return column;
    };

    Column time(Context::tr("Time"),
                [zone = std::move(zone)](const RequestRow& row) { return UiText::dateTime(row.time, zone()); });
    const auto resultText = [](const RequestRow& row) {
        return row.httpStatus > 0 ? QStringLiteral("%1 %2").arg(row.httpStatus).arg(UiText::status(row.status))
                                  : UiText::status(row.status);
    };
    Column result = Column(Context::tr("Result"), resultText)
                        .withToolTip([](const RequestRow& row) { return UiText::qs(row.errorCode); })
                        .withTone([](const RequestRow& row) { return toneOf(row.status); });

    return {
        time,
        result,
        textColumn(Context::tr("Service"), &RequestRow::service),
        textColumn(Context::tr("Model"), &RequestRow::model),
        numberColumn(Context::tr("In"), [](const RequestRow& row) { return tokens(row, &RequestRow::tokensIn); }),
        numberColumn(Context::tr("Out"), [](const RequestRow& row) { return tokens(row, &RequestRow::tokensOut); }),
        numberColumn(Context::tr("Cost"), cost),
        numberColumn(Context::tr("Latency"), [](const RequestRow& row) { return UiText::milliseconds(row.latencyMs); }),
        numberColumn(Context::tr("First token"),
                     [](const RequestRow& row) { return row.ttftMs ? UiText::milliseconds(*row.ttftMs) : nothing(); }),
        textColumn(Context::tr("Environment"), &RequestRow::environment),
        textColumn(Context::tr("Project"), &RequestRow::project),
        textColumn(Context::tr("Connection"), &RequestRow::connection),
        numberColumn(Context::tr("Attempts"), [](const RequestRow& row) { return UiText::count(row.attempts); }),
    };
}

void arrangeRequestColumns(QTableView* table)
{
    auto* columns = new ListColumns(table, QStringLiteral("time result service model in out cost latency firstToken "
                                                          "environment project connection attempts")
                                               .split(QLatin1Char(' ')));
    columns->limit(QStringLiteral("service"), kServiceCharacters);
    columns->limit(QStringLiteral("model"), kModelCharacters);
}

} // namespace sb::ui
