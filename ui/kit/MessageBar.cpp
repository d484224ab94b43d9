// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/MessageBar.h"

#include "kit/Icons.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>

namespace sb::ui {

MessageBar::MessageBar(const QString& name, QWidget* parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_action(new QPushButton(this)),
      m_details(new QPushButton(tr("Details"), this)), m_dismiss(new QPushButton(tr("Dismiss"), this)),
      m_detailsText(new QPlainTextEdit(this)), m_name(name)
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setObjectName(QStringLiteral("messageBar"));
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setTextFormat(Qt::PlainText);
    m_action->setObjectName(QStringLiteral("messageAction"));
    named(m_details, "messageDetails", tr("Details of %1").arg(name));
    named(m_dismiss, "messageDismiss", tr("Dismiss %1").arg(name));
    named(m_detailsText, "messageDetailsText", tr("Text of the details of %1").arg(name));
    m_detailsText->setReadOnly(true);
    m_detailsText->setTabChangesFocus(true);
    m_detailsText->setMaximumHeight(fontMetrics().height() * 6);
    m_detailsText->hide();
    m_details->setFlat(true);
    m_dismiss->setFlat(true);

    auto* row = new QHBoxLayout;
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_details);
    row->addWidget(m_dismiss);
    auto* column = new QVBoxLayout(this);
    const int gap = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing);
    column->setContentsMargins(gap + 2, gap, gap, gap);
    column->addLayout(row);
    column->addWidget(m_detailsText);

    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto action = m_onAction; // the action may replace the message
        if (action)
            action();
    });
    connect(m_details, &QPushButton::clicked, this, [this] { setDetailsVisible(!m_detailsText->isVisible()); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT dismissed();
    });
    hide();
}

void MessageBar::showMessage(const Message& message, std::function<void()> onAction)
{
    const bool same = isVisibleTo(parentWidget()) && message.text == m_message.text && message.tone == m_message.tone;
    m_count = same ? m_count + 1 : 1;
    m_message = message;
    m_onAction = std::move(onAction);
    m_text->setText(m_count > 1 ? tr("%1 (%n times)", nullptr, m_count).arg(message.text) : message.text);
    m_action->setVisible(!message.action.isEmpty());
    m_action->setText(message.action);
    m_action->setAccessibleName(message.action);
    m_details->setVisible(!message.details.isEmpty());
    m_detailsText->setPlainText(message.details);
    if (!same)
        setDetailsVisible(false);
    applyTone();
    show();
}

void MessageBar::showError(const Error& error, const QString& action, std::function<void()> onAction)
{
    showMessage({error.code == ErrorCode::Cancelled ? Tone::Info : Tone::Bad, UiText::sentence(error), action,
                 UiText::qs(error.what)},
                std::move(onAction));
}

void MessageBar::clear()
{
    m_message = {};
    m_count = 0;
    m_onAction = {};
    m_text->clear();
    hide();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::setDetailsVisible(bool visible)
{
    m_detailsText->setVisible(visible);
    m_details->setText(visible ? tr("Hide details") : tr("Details"));
}

void MessageBar::applyTone()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(Icons::get(Tones::iconName(m_message.tone), m_message.tone).pixmap(size, size));
    // Only this one colour is its own: everything else follows the window, which may still be hidden.
    const QColor fill = Tones::fill(m_message.tone, QGuiApplication::palette());
    if (palette().color(QPalette::Window) == fill)
        return;
    QPalette own;
    own.setColor(QPalette::Window, fill);
    setPalette(own);
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    const bool isRecoloured =
        event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange;
    if (isRecoloured && m_count > 0)
        applyTone();
}

} // namespace sb::ui
