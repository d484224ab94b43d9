// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPoint>
#include <QStringList>

#include <functional>
#include <vector>

class QHeaderView;
class QMenu;
class QTableView;

namespace sb::ui {

/// The columns of a list as its user arranged them: width, order, which are hidden, and the sort order. A menu on the
/// header, by keyboard Shift+F10 or the menu key in the list, chooses them; the main window keeps the state of every
/// list that has one of these, by the table's object name.
///
/// Columns are known by keys that never change, so that a state outlives a new column, a translated title, or an
/// environment that is not there today. Owned by the table, whose model must be set.
class ListColumns : public QObject {
    Q_OBJECT
public:
    /// `keys`: one for each column of the model. `stretched` takes the room that is left; by default the last one does.
    ListColumns(QTableView* table, QStringList keys, const QString& stretched = {});

    /// For a list whose columns change while it lives: `change` exchanges them, the arrangement stays.
    void replace(QStringList keys, const std::function<void()>& change);

    /// Its content makes this column at most so wide, unless somebody widens it. Before there are rows.
    void limit(const QString& key, int characters) { m_limits.insert(key, characters); }
    /// The content grew: widens what is too narrow for it, except columns that somebody gave a width.
    void growToContents();

    QString listName() const;
    QByteArray state() const;
    /// What cannot be understood is ignored; without any state the list is as it was made.
    void restore(const QByteArray& state);

private:
    struct Column {
        QString key;
        int width = 0; ///< 0: as its content needs
        bool isHidden = false;
    };
    struct Arrangement {
        std::vector<Column> columns; ///< in the order on the screen
        QString sortedBy;
        Qt::SortOrder order = Qt::AscendingOrder;
    };

    bool eventFilter(QObject* watched, QEvent* event) override;
    Arrangement current() const; ///< as it is on the screen, and what is known of columns that are not there
    void apply(const Arrangement& arrangement);
    void giveRest(); ///< to the stretched column
    void fitWhenFilled();
    void fit();
    void fitColumn(int section);
    bool isFitted(int section) const;
    void reset();
    void setShown(int section, bool shown);
    void move(int section, int besides);
    void openMenuByKeyboard();
    void openMenu(int section, const QPoint& at);
    void addColumnActions(QMenu* menu);
    void addArrangeActions(QMenu* menu, int section);
    QHeaderView* header() const;
    QString title(int section) const;
    QList<int> visibleSections() const; ///< in the order on the screen
    bool isStretched(int section) const;

    QTableView* m_table;
    QStringList m_keys;
    QString m_stretched;
    Arrangement m_made;           ///< before anybody arranged anything
    Arrangement m_arranged;       ///< what was restored, or remembered when columns changed
    QHash<QString, int> m_limits; ///< in characters, by key
    QHash<QString, int> m_fitted; ///< widths that the content gave, nobody else
    bool m_isFilled = false;
};

} // namespace sb::ui
