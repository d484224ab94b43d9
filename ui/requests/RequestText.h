// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Service.h"
#include "storage/repositories/RequestRepository.h"

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace sb::ui {

/// What the detail pane says about one request. Pure; translated.
namespace RequestText {

/// Name and value, for a two-column table.
using Facts = std::vector<std::pair<QString, QString>>;

/// Who, what, how it ended. `zone` is the reporting zone.
Facts summary(const storage::RequestDetail& detail, const QString& zone);

/// A stretch of a request's life, in milliseconds from its arrival.
struct Phase {
    QString name;
    double startMs = 0;
    double lengthMs = 0;
    bool operator==(const Phase&) const = default;
};
std::vector<Phase> timeline(const UsageRecord& record);

/// One token class times the price it paid.
struct CostLine {
    QString tokenClass;
    QString count;
    QString price;  ///< per million tokens, or per search
    QString amount; ///< exact; the lines add up to the total
    bool operator==(const CostLine&) const = default;
};
struct CostExplanation {
    std::vector<CostLine> lines; ///< the total last; empty when nothing can be multiplied
    QString sentence;            ///< which price row, since when, from where; or why there is no amount
};
CostExplanation cost(const storage::RequestDetail& detail, const QString& zone);

/// Indented JSON; the text as it is when it is not JSON.
QString prettyJson(const std::string& text);

/// What went wrong and what to do; empty for a successful request.
QString errorSentence(const UsageRecord& record);

/// A call of the same service and model for a shell, with the key from a variable: texts of prompts are not kept.
QString curl(const UsageRecord& record, const Service& service, const QString& gatewayUrl);

} // namespace RequestText
} // namespace sb::ui
