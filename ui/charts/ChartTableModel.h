// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"

#include <QAbstractTableModel>

namespace sb::ui {

/// A chart's numbers as a table: a row per bucket, a column per series, the total last when the values add up.
class ChartTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setSpec(const ChartSpec& spec);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool hasTotal() const { return m_spec.kind == ChartKind::Stacked && !m_spec.series.empty(); }
    QString cell(std::size_t bucket, std::size_t column) const;

    ChartSpec m_spec;
};

} // namespace sb::ui
