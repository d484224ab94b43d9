// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/wizard/ProviderStep.h"

#include "kit/Tone.h"
#include "kit/UiText.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QRadioButton>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

QString whatYouNeed(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        return ProviderStep::tr("An API key of platform.openai.com (sk-…).");
    case ProviderKind::AzureOpenAi:
        return ProviderStep::tr("The resource's address, a key of it, and the names of your deployments.");
    case ProviderKind::Anthropic:
        return ProviderStep::tr("An API key of console.anthropic.com (sk-ant-…).");
    case ProviderKind::Mistral:
        return ProviderStep::tr("An API key of console.mistral.ai.");
    case ProviderKind::AwsBedrock:
        return ProviderStep::tr("The region, and a Bedrock API key or an AWS access key.");
    case ProviderKind::OpenAiCompatible:
        return ProviderStep::tr(
            "Any server that speaks the OpenAI format: vLLM, Ollama, llama.cpp, the simulator; a key if it "
            "wants one.");
    }
    return {};
}

/// Enter chooses and goes on; a platform theme may take Enter for a press of the button instead.
class ProviderButton final : public QRadioButton {
public:
    using QRadioButton::QRadioButton;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
            QRadioButton::keyPressEvent(event);
            return;
        }
        setChecked(true);
        event->ignore(); // the wizard's
    }
};

/// The whole card is the target of the mouse, the radio button that of keyboard and assistive technology.
class Card final : public QWidget {
public:
    Card(ProviderKind kind, QWidget* parent) : QWidget(parent)
    {
        const QString name = UiText::provider(kind);
        radio = new ProviderButton(name, this);
        radio->setObjectName(UiText::qs(providerCode(kind)));
        radio->setAccessibleName(name);
        radio->setAccessibleDescription(whatYouNeed(kind));
        QFont font = radio->font();
        font.setPointSizeF(font.pointSizeF() * 1.15);
        font.setWeight(QFont::DemiBold);
        radio->setFont(font);
        auto* need = new QLabel(whatYouNeed(kind), this);
        need->setWordWrap(true);
        need->setForegroundRole(QPalette::PlaceholderText);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(16, 14, 16, 14);
        column->addWidget(radio);
        column->addWidget(need);
        column->addStretch(1);
        connect(radio, &QRadioButton::toggled, this, qOverload<>(&QWidget::update));
        setCursor(Qt::PointingHandCursor);
    }

    QRadioButton* radio;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool chosen = radio->isChecked();
        painter.setBrush(chosen ? Tones::fill(Tone::Info, palette()) : palette().color(QPalette::Base));
        painter.setPen(QPen(palette().color(chosen ? QPalette::Highlight : QPalette::Mid), chosen ? 2 : 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }

    void mouseReleaseEvent(QMouseEvent* event) override
    {
        if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
            radio->setChecked(true);
    }
};

} // namespace

ProviderStep::ProviderStep(QWidget* parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto* grid = new QGridLayout;
    int position = 0;
    for (const ProviderKind kind : kProviderKinds) {
        auto* card = new Card(kind, this);
        m_group->addButton(card->radio, static_cast<int>(kind));
        grid->addWidget(card, position / 2, position % 2);
        ++position;
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(new QLabel(tr("Whose models should this service reach?"), this));
    column->addLayout(grid);
    column->addStretch(1);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked)
            Q_EMIT providerChanged();
    });
}

std::optional<ProviderKind> ProviderStep::provider() const
{
    const int id = m_group->checkedId();
    return id < 0 ? std::nullopt : std::optional(static_cast<ProviderKind>(id));
}

void ProviderStep::setProvider(std::optional<ProviderKind> provider)
{
    if (provider) {
        m_group->button(static_cast<int>(*provider))->setChecked(true);
        return;
    }
    m_group->setExclusive(false);
    for (QAbstractButton* button : m_group->buttons())
        button->setChecked(false);
    m_group->setExclusive(true);
}

} // namespace sb::ui
