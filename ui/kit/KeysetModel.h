// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "base/Result.h"
#include "kit/EntityTableModel.h"

#include <QAbstractTableModel>
#include <QFuture>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace sb::ui {

/// The signals of every KeysetModel (a template cannot have its own).
class KeysetModelBase : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

Q_SIGNALS:
    void loadingChanged(bool loading);
    void firstPageLoaded(int rows);
    void failed(const sb::Error& error);
};

/// A long log, newest first, fetched page by page below a cursor (never by offset): constant cost at any depth. Sorting
/// and filtering happen in SQL, in the fetch function. Rows of pages that were not looked at lately are dropped and
/// fetched again when they come into view; meanwhile they are placeholders. Answers to an older `reload` are ignored.
template <class Row, class Cursor>
class KeysetModel final : public KeysetModelBase {
public:
    using Column = TableColumn<Row>;
    using Page = std::vector<Row>;
    using Fetch = std::function<QFuture<Result<Page>>(std::optional<Cursor> after, int limit)>;
    using CursorOf = std::function<Cursor(const Row&)>;

    KeysetModel(std::vector<Column> columns, CursorOf cursorOf, QObject* parent = nullptr, int pageSize = 500,
                int keptPages = 12)
        : KeysetModelBase(parent), m_columns(std::move(columns)), m_cursorOf(std::move(cursorOf)), m_pageSize(pageSize),
          m_keptPages(std::max(2, keptPages))
    {
    }

    /// Replaces the source (another filter) and loads its first page. Old rows stay until that page is here.
    void setFetch(Fetch fetch)
    {
        m_fetch = std::move(fetch);
        reload();
    }

    /// Loads the first page again.
    void reload()
    {
        if (!m_fetch)
            return;
        ++m_generation;
        m_inFlight.clear();
        m_wanted.clear();
        request(0, std::nullopt, Purpose::Reload);
    }

    bool isLoading() const { return !m_inFlight.empty(); }
    /// Absent while the row is a placeholder.
    const Row* rowAt(int row) const
    {
        const auto [page, offset] = locate(row);
        if (page >= m_pages.size() || offset >= m_pages[page].rows.size())
            return nullptr;
        return &m_pages[page].rows[offset];
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() || m_pages.empty()
                   ? 0
                   : static_cast<int>(m_pages.size() - 1) * m_pageSize + m_pages.back().size;
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    bool canFetchMore(const QModelIndex& parent) const override
    {
        return !parent.isValid() && !m_pages.empty() && !m_complete && !isLoading();
    }
    void fetchMore(const QModelIndex& parent) override
    {
        if (canFetchMore(parent))
            request(m_pages.size(), m_pages.back().last, Purpose::Append);
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
        const Column& column = m_columns[static_cast<std::size_t>(index.column())];
        if (role == Qt::TextAlignmentRole)
            return column.numeric ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
        const auto [page, offset] = locate(index.row());
        touch(page);
        if (offset >= m_pages[page].rows.size())
            return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
        const Row& row = m_pages[page].rows[offset];
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row);
        case Qt::ToolTipRole:
            return column.toolTip ? QVariant(column.toolTip(row)) : QVariant();
        case Roles::Sort:
            return column.sortKey ? column.sortKey(row) : QVariant(column.text(row));
        case Roles::Tone:
            return column.tone ? QVariant(static_cast<int>(column.tone(row))) : QVariant();
        default:
            return {};
        }
    }

private:
    enum class Purpose { Reload, Append, Refetch };

    struct StoredPage {
        std::optional<Cursor> after; ///< absent: the newest
        std::optional<Cursor> last;  ///< where the next page continues
        int size = 0;                ///< rows in the view, also while `rows` is dropped
        Page rows;
        bool dropped = false;
        mutable std::uint64_t touched = 0;
    };

    std::pair<std::size_t, std::size_t> locate(int row) const
    {
        return {static_cast<std::size_t>(row / m_pageSize), static_cast<std::size_t>(row % m_pageSize)};
    }

    void touch(std::size_t page) const
    {
        m_pages[page].touched = ++m_clock;
        if (m_pages[page].dropped && !m_inFlight.contains(page) && m_wanted.insert(page).second)
            QTimer::singleShot(0, this, [self = const_cast<KeysetModel*>(this)] { self->fetchWanted(); });
    }

    void fetchWanted()
    {
        for (const std::size_t page : std::exchange(m_wanted, {})) {
            if (page < m_pages.size() && !m_inFlight.contains(page))
                request(page, m_pages[page].after, Purpose::Refetch);
        }
    }

    void request(std::size_t page, std::optional<Cursor> after, Purpose purpose)
    {
        m_inFlight.insert(page);
        Q_EMIT loadingChanged(true);
        onResult(m_fetch(after, m_pageSize), this,
                 [this, page, after, purpose, generation = m_generation](Result<Page> result) {
                     if (generation == m_generation)
                         receive(page, after, purpose, std::move(result));
                 });
    }

    void receive(std::size_t page, const std::optional<Cursor>& after, Purpose purpose, Result<Page> result)
    {
        if (!result) {
            m_inFlight.erase(page);
            Q_EMIT failed(result.error());
        } else if (purpose == Purpose::Reload) {
            beginResetModel();
            m_pages.clear();
            m_complete = false;
            store(after, *std::move(result));
            endResetModel();
            Q_EMIT firstPageLoaded(rowCount());
        } else if (purpose == Purpose::Append) {
            if (result->empty()) {
                m_complete = true;
            } else {
                const int first = rowCount();
                beginInsertRows({}, first, first + static_cast<int>(result->size()) - 1);
                store(after, *std::move(result));
                endInsertRows();
            }
        } else {
            result->resize(std::min(result->size(), static_cast<std::size_t>(m_pages[page].size)));
            m_pages[page].rows = *std::move(result);
            m_pages[page].dropped = false;
            const int first = static_cast<int>(page) * m_pageSize;
            Q_EMIT dataChanged(index(first, 0), index(first + m_pages[page].size - 1, columnCount() - 1));
        }
        m_inFlight.erase(page); // only now: a view may call fetchMore from within the insertion
        dropOldest(page);
        Q_EMIT loadingChanged(isLoading());
    }

    void store(const std::optional<Cursor>& after, Page rows)
    {
        m_complete = static_cast<int>(rows.size()) < m_pageSize;
        StoredPage stored;
        stored.after = after;
        stored.size = static_cast<int>(rows.size());
        if (!rows.empty())
            stored.last = m_cursorOf(rows.back());
        stored.rows = std::move(rows);
        stored.touched = ++m_clock;
        m_pages.push_back(std::move(stored));
    }

    void dropOldest(std::size_t justLoaded)
    {
        std::size_t loaded = 0;
        std::size_t oldest = m_pages.size();
        for (std::size_t i = 0; i < m_pages.size(); ++i) {
            if (m_pages[i].dropped)
                continue;
            ++loaded;
            if (i != justLoaded && (oldest == m_pages.size() || m_pages[i].touched < m_pages[oldest].touched))
                oldest = i;
        }
        if (loaded > static_cast<std::size_t>(m_keptPages) && oldest < m_pages.size()) {
            m_pages[oldest].rows = {};
            m_pages[oldest].dropped = true;
        }
    }

    std::vector<Column> m_columns;
    CursorOf m_cursorOf;
    Fetch m_fetch;
    int m_pageSize;
    int m_keptPages;
    std::vector<StoredPage> m_pages;
    bool m_complete = false;
    std::uint64_t m_generation = 0;
    mutable std::uint64_t m_clock = 0;
    std::set<std::size_t> m_inFlight;
    mutable std::set<std::size_t> m_wanted;
};

} // namespace sb::ui
