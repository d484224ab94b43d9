// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CommandPalette.h"

#include "kit/Named.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {
constexpr int kCommandRole = Qt::UserRole + 1;
}

CommandPalette::CommandPalette(QWidget* parent)
    : QDialog(parent), m_edit(new QLineEdit(this)), m_list(new QListView(this)), m_model(new QStandardItemModel(this))
{
    setWindowTitle(tr("Search or run"));
    setObjectName(QStringLiteral("palette"));
    named(m_edit, "paletteText", tr("Search pages, actions and services"));
    m_edit->setPlaceholderText(tr("Search pages, actions and services"));
    m_edit->setClearButtonEnabled(false);
    named(m_list, "paletteList", tr("Matches"));
    m_list->setModel(m_model);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_edit->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_edit);
    column->addWidget(m_list);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 20);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_edit, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::setCommands(std::vector<Command> commands)
{
    m_commands = std::move(commands);
    filter();
}

void CommandPalette::addCommands(std::vector<Command> commands)
{
    const QVariant selected = m_list->currentIndex().data(kCommandRole);
    m_commands.insert(m_commands.end(), std::make_move_iterator(commands.begin()),
                      std::make_move_iterator(commands.end()));
    filter();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->data(kCommandRole) == selected)
            m_list->setCurrentIndex(m_model->index(row, 0));
    }
}

int CommandPalette::score(const QString& pattern, const QString& title)
{
    int total = 0;
    qsizetype at = -1;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        const qsizetype found = title.indexOf(wanted, at + 1, Qt::CaseInsensitive);
        if (found < 0)
            return -1;
        const bool wordStart = found == 0 || !title[found - 1].isLetterOrNumber();
        total += 1 + (found == at + 1 ? 8 : 0) + (wordStart ? 6 : 0) + (found == 0 ? 4 : 0);
        at = found;
    }
    return total;
}

void CommandPalette::filter()
{
    struct Match {
        int score;
        std::size_t index;
    };
    std::vector<Match> matches;
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        const int value = score(m_edit->text(), m_commands[i].title);
        if (value >= 0)
            matches.push_back({value, i});
    }
    std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.score > b.score; });
    m_model->clear();
    for (const Match& match : matches) {
        const Command& command = m_commands[match.index];
        QString text = tr("%1: %2", "kind: title").arg(command.kind, command.title);
        if (!command.shortcut.isEmpty())
            text += QStringLiteral("   [%1]").arg(command.shortcut);
        if (!command.unavailable.isEmpty())
            text += QStringLiteral("   – %1").arg(command.unavailable);
        auto* item = new QStandardItem(text);
        item->setData(static_cast<int>(match.index), kCommandRole);
        item->setEnabled(command.unavailable.isEmpty());
        m_model->appendRow(item);
    }
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || !(current.flags() & Qt::ItemIsEnabled))
        return;
    const auto run = m_commands[current.data(kCommandRole).value<std::size_t>()].run;
    accept();
    if (run)
        run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0 && m_model->rowCount() > 0) {
            const int row = std::clamp(m_list->currentIndex().row() + step, 0, m_model->rowCount() - 1);
            m_list->setCurrentIndex(m_model->index(row, 0));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    m_edit->clear();
    m_edit->setFocus();
    filter();
}

} // namespace sb::ui
