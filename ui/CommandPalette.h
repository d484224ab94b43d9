// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

#include <functional>
#include <vector>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace sb::ui {

/// Ctrl+K: type some letters, Enter runs the first match. Pages, actions and services. Late entries are appended
/// without moving the selection.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    struct Command {
        QString title;
        QString kind;        ///< "Page", "Action", "Service"
        QString shortcut;    ///< shown
        QString unavailable; ///< why it cannot run now; empty: it can
        std::function<void()> run;
    };

    explicit CommandPalette(QWidget* parent = nullptr);

    void setCommands(std::vector<Command> commands);
    void addCommands(std::vector<Command> commands);

    /// How well `pattern` (letters in order, any case) matches: higher is better, negative not at all.
    static int score(const QString& pattern, const QString& title);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void filter();
    void runCurrent();

    std::vector<Command> m_commands;
    QLineEdit* m_edit;
    QListView* m_list;
    QStandardItemModel* m_model;
};

} // namespace sb::ui
