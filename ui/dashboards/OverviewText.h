// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/Overview.h"
#include "charts/ChartSpec.h"

#include <QString>

#include <vector>

namespace sb::ui {

/// What the Overview says in words, numbers and charts about an OverviewData. Pure; every text is translated.
namespace OverviewText {

/// A figure with its change against the period before.
struct Figure {
    QString id;             ///< stable, for object names: "spend"
    QString title;          ///< "Spend"
    QString value;          ///< "$412.80"
    QString change;         ///< "18 % more", empty when there is nothing to compare
    QString comparison;     ///< with what: "than in the 30 days before", empty when `change` compares nothing
    bool attention = false; ///< something is wrong, said by the text as well

    bool operator==(const Figure&) const = default;
};
std::vector<Figure> figures(const analytics::OverviewData& data, const analytics::ViewState& view);

QString periodName(const analytics::ViewState& view);     ///< "30 days"
QString comparisonName(const analytics::ViewState& view); ///< "the 30 days before"
QString groupName(analytics::GroupBy group);              ///< "model"

/// What changed, in one sentence: spend, and how much of its change is volume and how much the price of a request.
QString changeSentence(const analytics::OverviewData& data, const analytics::ViewState& view);

/// Age of the data, unpriced, estimated, zone, currency, sample mark.
QString statusLine(const analytics::OverviewData& data, const QString& currency, Timestamp now);

ChartSpec costChart(const analytics::OverviewData& data, const analytics::ViewState& view);
ChartSpec tokenChart(const analytics::OverviewData& data, const analytics::ViewState& view);
ChartSpec latencyChart(const analytics::OverviewData& data, const analytics::ViewState& view);

} // namespace OverviewText
} // namespace sb::ui
