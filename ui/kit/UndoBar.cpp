// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/UndoBar.h"

#include "kit/Named.h"

#include <QHBoxLayout>
#include <QLabel>
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
        m_undo = {};
        hide();
    });
    connect(m_button, &QPushButton::clicked, this, &UndoBar::undo);
    hide();
}

void UndoBar::offer(const QString& text, std::function<void()> undo, int milliseconds)
{
    m_undo = std::move(undo);
    m_button->show();
    show(text, milliseconds);
}

void UndoBar::note(const QString& text, int milliseconds)
{
    m_undo = {};
    m_button->hide();
    show(text, milliseconds);
}

void UndoBar::show(const QString& text, int milliseconds)
{
    m_text->setText(text);
    QFrame::show();
    m_timer.start(milliseconds);
}

void UndoBar::undo()
{
    if (!m_undo)
        return;
    const auto action = std::exchange(m_undo, {});
    m_timer.stop();
    hide();
    action();
}

} // namespace sb::ui
