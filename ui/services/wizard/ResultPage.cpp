// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/wizard/ResultPage.h"

#include "async/OnResult.h"
#include "kit/CopyField.h"
#include "kit/CurlCommand.h"
#include "kit/FormFields.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"

#include <QComboBox>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sb::ui {

namespace {

constexpr int kProposedDays = 90;

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        if (item->layout())
            clearLayout(item->layout());
        delete item;
    }
}

} // namespace

ResultPage::ResultPage(runtime::ServiceRegistrar& registrar, QWidget* parent)
    : QWidget(parent), m_registrar(registrar), m_title(new QLabel(this)),
      m_address(new CopyField(tr("Invoke URL"), this)), m_states(new QVBoxLayout),
      m_message(new MessageBar(tr("result message"), this)),
      m_startGateway(named(new QPushButton(tr("Start gateway"), this), "resultStartGateway", tr("Start gateway"))),
      m_form(new FormFields(this)), m_name(new QLineEdit(this)), m_project(new QComboBox(this)),
      m_lifetime(new QComboBox(this)),
      m_create(named(new QPushButton(tr("Create connection"), this), "createConnection", tr("Create connection")))
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("resultTitle"));
    m_title->setTextFormat(Qt::PlainText); // it quotes the name a person typed
    m_lifetime->addItem(tr("30 days"), 30);
    m_lifetime->addItem(tr("90 days"), kProposedDays);
    m_lifetime->addItem(tr("1 year"), 365);
    m_lifetime->addItem(tr("Never expires"), 0);
    m_lifetime->setCurrentIndex(m_lifetime->findData(kProposedDays));
    m_create->setIcon(Icons::get(QStringLiteral("key")));

    auto* address = new QGroupBox(tr("Address"), this);
    auto* addressColumn = new QVBoxLayout(address);
    addressColumn->addWidget(m_address);
    auto* same =
        new QLabel(tr("The address is the same in every environment: the key decides which one is used."), address);
    same->setWordWrap(true);
    same->setForegroundRole(QPalette::PlaceholderText);
    addressColumn->addWidget(same);
    addressColumn->addLayout(m_states);
    addressColumn->addWidget(m_startGateway, 0, Qt::AlignLeading);

    auto* connection = new QGroupBox(tr("Give it to a team"), this);
    auto* connectionColumn = new QVBoxLayout(connection);
    m_form->addField(QStringLiteral("name"), tr("Connection name"), m_name);
    m_form->addField(QStringLiteral("project"), tr("Project"), m_project);
    m_form->addField(QStringLiteral("lifetime"), tr("Keys are valid for"), m_lifetime);
    connectionColumn->addWidget(m_form);
    connectionColumn->addWidget(m_create, 0, Qt::AlignLeading);

    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->addWidget(m_title);
    m_column->addWidget(m_message);
    m_column->addWidget(address);
    m_column->addWidget(connection);
    m_column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);

    auto* buttons = new QHBoxLayout;
    const auto addButton = [&](const char* name, const QString& text) {
        auto* button = named(new QPushButton(text, this), name, text);
        buttons->addWidget(button);
        return button;
    };
    buttons->addStretch(1);
    connect(addButton("resultPromptLab", tr("Open in Prompt Lab")), &QPushButton::clicked, this,
            [this] { Q_EMIT promptLabRequested(UiText::qs(m_service.contextPath)); });
    connect(addButton("resultAnother", tr("Register another")), &QPushButton::clicked, this,
            &ResultPage::registerAnotherRequested);
    connect(addButton("resultClose", tr("Close")), &QPushButton::clicked, this, &ResultPage::closeRequested);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(scroll, 1);
    column->addLayout(buttons);

    connect(m_create, &QPushButton::clicked, this, &ResultPage::createConnection);
    connect(m_startGateway, &QPushButton::clicked, this, [this] {
        m_startGateway->hide();
        Q_EMIT startGatewayRequested();
    });
}

void ResultPage::present(const Service& service, const QString& invokeUrl, const std::vector<Line>& lines,
                         const std::vector<Project>& projects, bool gatewayRunning)
{
    forgetKeys();
    m_message->clear();
    m_form->clearIssues();
    m_service = service;
    m_lines = lines;
    const QString name = UiText::qs(service.name);
    m_title->setText(service.marketplaceState == MarketplaceState::Published
                         ? tr("%1 is registered and published in the Marketplace.").arg(name)
                         : tr("%1 is registered.").arg(name));
    m_address->setValue(invokeUrl);
    m_startGateway->setVisible(!gatewayRunning);
    m_name->setText(UiText::qs(service.contextPath).mid(1) + QStringLiteral("-app"));
    m_project->clear();
    for (const Project& project : projects) {
        if (service.scope == Scope::Organization || project.id == service.project)
            m_project->addItem(UiText::qs(project.name), project.id.value);
    }
    m_form->setEnabled(true);
    m_create->setEnabled(true);
    m_create->setFocus();
}

void ResultPage::showStates(const ServingFaults& faults)
{
    clearLayout(m_states);
    for (const Line& line : m_lines) {
        const ServingState state =
            servingState(DeploymentState::Active, faults, m_service.id, line.environment.id); // registering deploys
        auto* row = new QHBoxLayout;
        auto* pill = new StatePill(this);
        pill->setState(state.tone, state.word);
        auto* words = new QLabel(state.why.isEmpty() ? line.tested : state.why, this);
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        row->addWidget(new QLabel(UiText::qs(line.environment.name), this));
        row->addWidget(pill);
        row->addWidget(words, 1);
        m_states->addLayout(row);
    }
}

void ResultPage::createConnection()
{
    m_form->clearIssues();
    m_message->clear();
    Connection connection;
    connection.name = m_name->text().trimmed().toStdString();
    connection.service = m_service.id;
    connection.project = ProjectId(m_project->currentData().toInt());
    if (connection.name.empty()) {
        m_form->showIssue(QStringLiteral("name"), UiText::sentence(FieldIssue{"name", "required"}));
        m_form->focusFirstError();
        return;
    }
    std::vector<EnvironmentId> environments;
    for (const Line& line : m_lines)
        environments.push_back(line.environment.id);
    m_create->setEnabled(false);
    onResult(m_registrar.createConnection(connection, environments, m_lifetime->currentData().toInt()), this,
             [this](Result<std::vector<runtime::ServiceRegistrar::IssuedKey>> keys) {
                 if (keys) {
                     showKeys(*keys);
                     return;
                 }
                 m_create->setEnabled(true);
                 if (keys.error().field == "name") {
                     m_form->showIssue(QStringLiteral("name"), UiText::sentence(keys.error()));
                     m_form->focusFirstError();
                 } else {
                     m_message->showError(keys.error(), tr("Retry"), [this] { createConnection(); });
                 }
             });
}

void ResultPage::showKeys(const std::vector<runtime::ServiceRegistrar::IssuedKey>& keys)
{
    m_form->setEnabled(false);
    m_keys = new QGroupBox(tr("Keys, shown only now"), this);
    auto* column = new QVBoxLayout(m_keys);
    auto* hint =
        new QLabel(tr("Copy each key where it is used. Only a hash is stored, so no one can show it again."), m_keys);
    hint->setWordWrap(true);
    column->addWidget(hint);
    CopyField* first = nullptr;
    for (const auto& issued : keys) {
        QString environment;
        for (const Line& line : m_lines) {
            if (line.environment.id == issued.environment)
                environment = UiText::qs(line.environment.name);
        }
        const QString text = UiText::qs(issued.key.reveal());
        const auto add = [&](const QString& label, const QString& value) {
            auto* caption = new QLabel(label, m_keys);
            auto* field = new CopyField(label, m_keys);
            field->setSensitive(true);
            field->setValue(value);
            caption->setBuddy(field->edit());
            column->addWidget(caption);
            column->addWidget(field);
            return field;
        };
        CopyField* keyField = add(tr("Key for %1").arg(environment), text);
        add(tr("curl for %1").arg(environment), curlCommand({.provider = m_service.provider,
                                                             .address = ShellText::literal(m_address->value()),
                                                             .key = ShellText::literal(text),
                                                             .model = exampleModel(m_service.provider)},
                                                            CurlLayout::OneLine));
        if (!first)
            first = keyField;
    }
    m_column->insertWidget(m_column->count() - 1, m_keys);
    m_hasKeys = true;
    m_message->showMessage({Tone::Good, tr("The connection %1 is made.").arg(m_name->text().trimmed())});
    if (first)
        first->button()->setFocus();
}

void ResultPage::forgetKeys()
{
    delete m_keys;
    m_keys = nullptr;
    m_hasKeys = false;
}

} // namespace sb::ui
