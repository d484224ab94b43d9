// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/IssuedKeysPanel.h"

#include "connections/ConnectionText.h"
#include "connections/SnippetTabs.h"
#include "kit/CopyField.h"
#include "kit/Named.h"
#include "kit/UiText.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sb::ui {

IssuedKeysPanel::IssuedKeysPanel(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_snippets(new SnippetTabs(this))
{
    m_title->setObjectName(QStringLiteral("issuedKeysTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);

    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins({});
    m_column->addWidget(m_title);
    m_column->addWidget(m_snippets);
    m_column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);

    auto* lab = named(new QPushButton(tr("Try in Prompt Lab"), this), "issuedTryInLab", tr("Try in Prompt Lab"));
    auto* close =
        named(new QPushButton(tr("I have copied the keys"), this), "issuedClose", tr("I have copied the keys"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(lab);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(scroll, 1);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, [this] {
        forget();
        Q_EMIT closeRequested();
    });
    connect(lab, &QPushButton::clicked, this, &IssuedKeysPanel::labRequested);
}

void IssuedKeysPanel::show(const QString& connection, const ConnectionText::Callee& callee, const QString& serviceUrl,
                           const std::vector<runtime::ServiceRegistrar::IssuedKey>& keys,
                           const ConnectionsContent& content)
{
    forget();
    m_title->setText(tr("Keys of %1, shown only now").arg(connection));
    auto* box =
        new QGroupBox(tr("Copy each key where it is used: only a hash is stored, so no one can show it again"), this);
    auto* form = new QFormLayout(box);
    const auto add = [form, box](const QString& label, const QString& value, bool secret) {
        auto* caption = new QLabel(label, box);
        auto* field = new CopyField(label, box);
        field->setSensitive(secret);
        field->setValue(value);
        caption->setBuddy(field->edit());
        form->addRow(caption, field);
        return field;
    };
    add(tr("Base URL"), serviceUrl, false);
    CopyField* first = nullptr;
    QString dotEnv;
    for (const auto& issued : keys) {
        const QString environment = content.environmentName(issued.environment);
        const QString text = UiText::qs(issued.key.reveal());
        CopyField* field = add(tr("Key for %1").arg(environment), text, true);
        first = first ? first : field;
        if (keys.size() > 1)
            dotEnv += QStringLiteral("# %1\n").arg(environment);
        dotEnv += ConnectionText::dotEnv(connection, serviceUrl, text);
    }
    m_column->insertWidget(1, box);
    m_keys = box;
    m_snippets->setConnection(connection, callee, dotEnv, true);
    if (first)
        first->button()->setFocus();
}

void IssuedKeysPanel::forget()
{
    delete m_keys;
    m_keys = nullptr;
    m_snippets->clear();
}

} // namespace sb::ui
