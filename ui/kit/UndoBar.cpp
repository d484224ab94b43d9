// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/UndoBar.h"

#include "kit/Named.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace sb::ui {

UndoBar::UndoBar(QWidget* parent)
    : QFrame(parent), m_text(new QLabel(this)),
      m_button(named(new QPushButton(tr("Undo"), this), "undoButton", tr("Undo")))
{
    setObjectName(QStringLiteral("undoBar"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setObjectName(QStringLiteral("undoText"));
    m_text->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_button->isHidden()) {
            showLatest(); // a note is over
            return;
        }
        m_offers.clear();
        hide();
    });
    qApp->installEventFilter(this);
    connect(m_button, &QPushButton::clicked, this, &UndoBar::undo);
    hide();
}

void UndoBar::offer(const QString& text, std::function<void()> undo, int milliseconds)
{
    m_offers.push_back({text, std::move(undo), milliseconds});
    showLatest();
}

void UndoBar::note(const QString& text, int milliseconds)
{
    m_button->hide();
    show(text, milliseconds);
}

void UndoBar::showLatest()
{
    if (m_offers.empty()) {
        m_timer.stop();
        hide();
        return;
    }
    m_button->show();
    show(m_offers.back().text, m_offers.back().milliseconds);
}

bool UndoBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride || !canUndo() ||
        !static_cast<QKeyEvent*>(event)->matches(QKeySequence::Undo))
        return QFrame::eventFilter(watched, event);
    const auto* line = qobject_cast<QLineEdit*>(watched);
    const auto* area = qobject_cast<QPlainTextEdit*>(watched);
    if ((!line || line->isUndoAvailable()) && (!area || area->document()->isUndoAvailable()))
        return QFrame::eventFilter(watched, event);
    event->ignore();
    return true;
}

void UndoBar::show(const QString& text, int milliseconds)
{
    m_text->setText(text);
    QFrame::show();
    m_timer.start(milliseconds);
}

void UndoBar::undo()
{
    if (m_offers.empty())
        return;
    const auto action = std::move(m_offers.back().undo);
    m_offers.pop_back();
    showLatest();
    action();
}

} // namespace sb::ui
