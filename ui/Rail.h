// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QString>

#include <vector>

class QStandardItemModel;

namespace sb::ui {

/// The navigation list. Entries are list items, headers cannot be chosen. In a narrow window only the icons show; the
/// names stay for assistive technology and as tool tips.
class Rail : public QListView {
    Q_OBJECT
public:
    struct Item {
        QString id; ///< empty: a header
        QString title;
        QString icon;
        bool grouped = false; ///< belongs to the header above
    };

    Rail(const std::vector<Item>& items, QWidget* parent = nullptr);

    void setCompact(bool compact);
    /// Marks the entry without emitting entryChosen.
    void setCurrentEntry(const QString& id);

Q_SIGNALS:
    void entryChosen(const QString& id);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;

private:
    void adaptWidth();

    QStandardItemModel* m_items;
    bool m_compact = false;
    bool m_quiet = false;
};

} // namespace sb::ui
