// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/RequestColumns.h"

#include "kit/UiText.h"

#include <QCoreApplication>

namespace sb::ui {

namespace {

using storage::RequestRow;

struct Context {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Requests)
};

QString tokens(std::uint64_t count, UsageSource source)
{
    if (source == UsageSource::None)
        return Context::tr("unknown");
    const QString text = UiText::count(static_cast<std::int64_t>(count));
    const bool estimated = source == UsageSource::Partial || source == UsageSource::Estimated;
    return estimated ? QStringLiteral("~%1").arg(text) : text;
}

QString cost(const RequestRow& row)
{
    if (!row.cost && row.status != RequestStatus::Ok && row.usageSource == UsageSource::None)
        return QStringLiteral("\u2013"); // nothing was used, so there is nothing to price
    return UiText::usd(row.cost);
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
    const auto textColumn = [](const QString& title, std::string RequestRow::* member) {
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
        textColumn(Context::tr("Environment"), &RequestRow::environment),
        textColumn(Context::tr("Service"), &RequestRow::service),
        textColumn(Context::tr("Model"), &RequestRow::model),
        textColumn(Context::tr("Project"), &RequestRow::project),
        textColumn(Context::tr("Connection"), &RequestRow::connection),
        numberColumn(Context::tr("In"), [](const RequestRow& row) { return tokens(row.tokensIn, row.usageSource); }),
        numberColumn(Context::tr("Out"), [](const RequestRow& row) { return tokens(row.tokensOut, row.usageSource); }),
        numberColumn(Context::tr("Cost"), cost),
        numberColumn(Context::tr("Latency"), [](const RequestRow& row) { return UiText::milliseconds(row.latencyMs); }),
        numberColumn(Context::tr("First token"),
                     [](const RequestRow& row) {
                         return row.ttftMs ? UiText::milliseconds(*row.ttftMs) : QStringLiteral("\u2013");
                     }),
        numberColumn(Context::tr("Attempts"), [](const RequestRow& row) { return UiText::count(row.attempts); }),
    };
}

} // namespace sb::ui
