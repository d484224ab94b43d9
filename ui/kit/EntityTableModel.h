// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/Tone.h"

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>

#include <functional>
#include <utility>
#include <vector>

namespace sb::ui {

namespace Roles {
inline constexpr int Sort = Qt::UserRole + 1; ///< raw value for sorting
inline constexpr int Tone = Qt::UserRole + 2; ///< int of kit/Tone.h: StateDelegate paints the cell as a pill
} // namespace Roles

/// One column of a table as data: a concrete model is a list of these, `{tr("Name"), nameOf}` or
/// `TableColumn<Row>{tr("Cost"), costText}.number(costOf)`. (A constructor and not an aggregate: GCC 12 crashes on
/// designated initialisers of function members with defaults.)
template <class Row>
struct TableColumn {
    TableColumn(QString columnTitle, std::function<QString(const Row&)> textOf)
        : title(std::move(columnTitle)), text(std::move(textOf))
    {
    }
    /// Right-aligned, sorted by `key`.
    TableColumn&& number(std::function<QVariant(const Row&)> key) &&
    {
        numeric = true;
        sortKey = std::move(key);
        return std::move(*this);
    }
    TableColumn&& sortedBy(std::function<QVariant(const Row&)> key) &&
    {
        sortKey = std::move(key);
        return std::move(*this);
    }
    TableColumn&& withToolTip(std::function<QString(const Row&)> textOf) &&
    {
        toolTip = std::move(textOf);
        return std::move(*this);
    }
    /// Makes the cell a state pill.
    TableColumn&& withTone(std::function<Tone(const Row&)> toneOf) &&
    {
        tone = std::move(toneOf);
        return std::move(*this);
    }

    QString title;
    std::function<QString(const Row&)> text;
    std::function<QVariant(const Row&)> sortKey; ///< default: the text
    bool numeric = false;
    std::function<QString(const Row&)> toolTip;
    std::function<Tone(const Row&)> tone;
};

/// A table of value rows whose columns are data: a concrete model is a column list. `setRows` diffs by key, so
/// selection and scroll position survive a refresh.
template <class Row, class Key>
class EntityTableModel final : public QAbstractTableModel {
public:
    using Column = TableColumn<Row>;

    EntityTableModel(std::vector<Column> columns, std::function<Key(const Row&)> keyOf, QObject* parent = nullptr)
        : QAbstractTableModel(parent), m_columns(std::move(columns)), m_keyOf(std::move(keyOf))
    {
    }

    const Row& rowAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    const std::vector<Row>& rows() const { return m_rows; }

    int rowOfKey(const Key& key) const
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_keyOf(m_rows[i]) == key)
                return static_cast<int>(i);
        }
        return -1;
    }

    void setRows(std::vector<Row> rows)
    {
        for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
            const Key key = m_keyOf(rowAt(i));
            bool kept = false;
            for (const Row& row : rows)
                kept = kept || m_keyOf(row) == key;
            if (!kept) {
                beginRemoveRows({}, i, i);
                m_rows.erase(m_rows.begin() + i);
                endRemoveRows();
            }
        }
        for (std::size_t target = 0; target < rows.size(); ++target) {
            const int current = rowOfKey(m_keyOf(rows[target]));
            const int wanted = static_cast<int>(target);
            if (current < 0) {
                beginInsertRows({}, wanted, wanted);
                m_rows.insert(m_rows.begin() + wanted, std::move(rows[target]));
                endInsertRows();
                continue;
            }
            if (current != wanted) {
                beginMoveRows({}, current, current, {}, wanted > current ? wanted + 1 : wanted);
                Row moved = std::move(m_rows[static_cast<std::size_t>(current)]);
                m_rows.erase(m_rows.begin() + current);
                m_rows.insert(m_rows.begin() + wanted, std::move(moved));
                endMoveRows();
            }
            if (!(m_rows[target] == rows[target])) {
                m_rows[target] = std::move(rows[target]);
                Q_EMIT dataChanged(index(wanted, 0), index(wanted, columnCount() - 1));
            }
        }
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column& column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::DisplayRole)
            return column.title;
        if (role == Qt::TextAlignmentRole && column.numeric)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    }

    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid())
            return {};
        const Row& row = rowAt(index.row());
        const Column& column = m_columns[static_cast<std::size_t>(index.column())];
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row);
        case Qt::ToolTipRole:
            return column.toolTip ? QVariant(column.toolTip(row)) : QVariant();
        case Qt::TextAlignmentRole:
            return column.numeric ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
        case Roles::Sort:
            return column.sortKey ? column.sortKey(row) : QVariant(column.text(row));
        case Roles::Tone:
            return column.tone ? QVariant(static_cast<int>(column.tone(row))) : QVariant();
        default:
            return {};
        }
    }

private:
    std::vector<Column> m_columns;
    std::function<Key(const Row&)> m_keyOf;
    std::vector<Row> m_rows;
};

} // namespace sb::ui
