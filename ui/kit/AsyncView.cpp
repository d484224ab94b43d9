// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/AsyncView.h"

#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace sb::ui {

namespace {
enum class Button { None, EmptyAction, ClearFilters, Retry };
}

struct AsyncView::Impl {
    QWidget* content = nullptr;
    QWidget* state = nullptr;
    QStackedLayout* stack = nullptr;
    QLabel* sentence = nullptr;
    QPushButton* action = nullptr;
    QPlainTextEdit* details = nullptr;
    MessageBar* bar = nullptr;
    Button button = Button::None;
    bool hasContent = false;

    void showState(const QString& text, const QString& actionText, Button kind, const QString& detailText = {})
    {
        bar->clear();
        sentence->setText(text);
        action->setText(actionText);
        action->setAccessibleName(actionText);
        action->setVisible(!actionText.isEmpty());
        details->setPlainText(detailText);
        details->setVisible(!detailText.isEmpty());
        button = kind;
        stack->setCurrentWidget(state);
    }
};

AsyncView::AsyncView(QWidget* content, QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->content = content;
    m_impl->state = new QWidget(this);
    m_impl->sentence = new QLabel(m_impl->state);
    m_impl->sentence->setObjectName(QStringLiteral("viewSentence"));
    m_impl->sentence->setWordWrap(true);
    m_impl->sentence->setAlignment(Qt::AlignCenter);
    m_impl->sentence->setTextFormat(Qt::PlainText);
    m_impl->action = new QPushButton(m_impl->state);
    m_impl->action->setObjectName(QStringLiteral("viewAction"));
    m_impl->details = named(new QPlainTextEdit(m_impl->state), "viewDetails", tr("Details of the failure"));
    m_impl->details->setReadOnly(true);
    m_impl->details->setTabChangesFocus(true);
    m_impl->details->setMaximumHeight(fontMetrics().height() * 5);
    m_impl->details->hide();

    auto* column = new QVBoxLayout(m_impl->state);
    column->addStretch(2);
    column->addWidget(m_impl->sentence);
    column->addSpacing(fontMetrics().height() / 2);
    column->addWidget(m_impl->action, 0, Qt::AlignHCenter);
    column->addWidget(m_impl->details);
    column->addStretch(3);

    m_impl->stack = new QStackedLayout;
    m_impl->stack->addWidget(content);
    m_impl->stack->addWidget(m_impl->state);
    m_impl->bar = new MessageBar(tr("loading message"), this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_impl->bar);
    outer->addLayout(m_impl->stack, 1);

    connect(m_impl->action, &QPushButton::clicked, this, [this] {
        switch (m_impl->button) {
        case Button::EmptyAction:
            Q_EMIT emptyActionTriggered();
            break;
        case Button::ClearFilters:
            Q_EMIT clearFiltersRequested();
            break;
        case Button::Retry:
            Q_EMIT retryRequested();
            break;
        case Button::None:
            break;
        }
    });
    showLoading();
}

AsyncView::~AsyncView() = default;

void AsyncView::showLoading()
{
    if (!m_impl->hasContent)
        m_impl->showState(tr("Loading…"), {}, Button::None);
}

void AsyncView::showContent()
{
    m_impl->hasContent = true;
    m_impl->bar->clear();
    m_impl->stack->setCurrentWidget(m_impl->content);
}

void AsyncView::showEmpty(const QString& sentence, const QString& actionText)
{
    m_impl->hasContent = false;
    m_impl->showState(sentence, actionText, Button::EmptyAction);
}

void AsyncView::showFilteredOut(const QString& sentence)
{
    m_impl->hasContent = false;
    m_impl->showState(sentence, tr("Clear filters"), Button::ClearFilters);
}

void AsyncView::showFailed(const Error& error)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    if (!m_impl->hasContent) {
        m_impl->showState(UiText::sentence(error), tr("Retry"), Button::Retry, UiText::qs(error.what));
        return;
    }
    m_impl->bar->showMessage({Tone::Warning, tr("%1 What is shown was loaded before.").arg(UiText::sentence(error)),
                              tr("Retry"), UiText::qs(error.what)},
                             [this] { Q_EMIT retryRequested(); });
}

} // namespace sb::ui
