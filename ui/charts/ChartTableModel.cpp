// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ChartTableModel.h"

namespace sb::ui {

void ChartTableModel::setSpec(const ChartSpec& spec)
{
    beginResetModel();
    m_spec = spec;
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_spec.buckets.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(1 + m_spec.series.size() + (hasTotal() ? 1 : 0));
}

QString ChartTableModel::cell(std::size_t bucket, std::size_t column) const
{
    if (column == 0) {
        const QString label = bucketLabel(m_spec, bucket);
        return m_spec.buckets[bucket].unfinished ? tr("%1 (unfinished)").arg(label) : label;
    }
    const auto value =
        column <= m_spec.series.size() ? m_spec.series[column - 1].values[bucket] : totalAt(m_spec, bucket);
    return value ? shownValue(*value, m_spec.unit) : tr("no data");
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return cell(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column()));
    if (role == Qt::TextAlignmentRole && index.column() > 0)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole && section > 0)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Time");
    const auto column = static_cast<std::size_t>(section);
    return column <= m_spec.series.size() ? m_spec.series[column - 1].name : tr("Total");
}

} // namespace sb::ui
