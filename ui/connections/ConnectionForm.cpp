// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionForm.h"

#include "async/OnResult.h"
#include "kit/FormFields.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/UiText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sb::ui {

namespace {
constexpr int kProposedDays = 90;
}

ConnectionForm::ConnectionForm(runtime::ServiceRegistrar& registrar, QWidget* parent)
    : QWidget(parent), m_registrar(registrar), m_message(new MessageBar(tr("new connection message"), this)),
      m_fields(new FormFields(this)), m_service(new QComboBox(this)), m_name(new QLineEdit(this)),
      m_project(new QComboBox(this)), m_environmentBox(new QWidget(this)),
      m_environmentColumn(new QVBoxLayout(m_environmentBox)), m_lifetime(new QComboBox(this)),
      m_create(named(new QPushButton(tr("Create connection"), this), "createConnection", tr("Create connection")))
{
    m_create->setIcon(Icons::get(QStringLiteral("key")));
    m_create->setDefault(true);
    auto* cancel = named(new QPushButton(tr("Cancel"), this), "cancelConnection", tr("Cancel"));
    m_environmentColumn->setContentsMargins({});
    m_lifetime->addItem(tr("30 days"), 30);
    m_lifetime->addItem(tr("90 days"), kProposedDays);
    m_lifetime->addItem(tr("1 year"), 365);
    m_lifetime->addItem(tr("Never expires"), 0);

    m_fields->addField(QStringLiteral("service"), tr("Target service"), m_service);
    m_fields->addField(QStringLiteral("name"), tr("Connection name"), m_name,
                       tr("Who uses it: an application or a team."));
    m_fields->addField(QStringLiteral("project"), tr("Project"), m_project, tr("Its costs are counted there."));
    m_fields->addField(QStringLiteral("environments"), tr("Environments"), m_environmentBox,
                       tr("Each gets a key of its own; the key decides which environment is called."));
    m_fields->addField(QStringLiteral("ttl"), tr("Keys are valid for"), m_lifetime);

    auto* content = new QWidget(this);
    auto* contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins({});
    contentColumn->addWidget(m_fields);
    contentColumn->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(new PageHeader(tr("New connection"), this));
    column->addWidget(m_message);
    column->addWidget(scroll, 1);
    column->addLayout(buttons);

    connect(m_service, &QComboBox::currentIndexChanged, this, &ConnectionForm::showService);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_fields->clearIssue(QStringLiteral("name")); });
    connect(m_create, &QPushButton::clicked, this, &ConnectionForm::create);
    connect(cancel, &QPushButton::clicked, this, &ConnectionForm::cancelled);
}

void ConnectionForm::start(const ConnectionsContent& content, ServiceId preselected)
{
    m_content = content;
    m_message->clear();
    m_fields->clearIssues();
    m_name->clear();
    m_suggested.clear();
    m_lifetime->setCurrentIndex(m_lifetime->findData(kProposedDays));
    m_create->setEnabled(true);
    m_service->clear();
    for (const storage::ServiceListRow& row : m_content.services)
        m_service->addItem(tr("%1 (%2)").arg(UiText::qs(row.service.name), UiText::qs(row.service.contextPath)),
                           row.service.id.value);
    if (const int at = m_service->findData(preselected.value); at >= 0)
        m_service->setCurrentIndex(at);
    showService();
    m_name->setFocus();
    m_name->selectAll();
}

ServiceId ConnectionForm::service() const
{
    return ServiceId(m_service->currentData().toInt());
}

void ConnectionForm::showService()
{
    for (const auto& [id, box] : m_environments)
        delete box; // at once: two boxes of one name must not be there together, not even until the next event
    m_environments.clear();
    m_project->clear();
    const storage::ServiceListRow* chosen = m_content.service(service());
    if (chosen == nullptr)
        return;
    for (const Project& project : m_content.projects) {
        if (chosen->service.scope == Scope::Organization || project.id == chosen->service.project)
            m_project->addItem(UiText::qs(project.name), project.id.value);
    }
    for (const Environment& environment : m_content.environments) {
        const auto state = chosen->states.find(environment.id);
        if (state == chosen->states.end() || state->second == DeploymentState::NotConfigured)
            continue;
        const QString name = UiText::qs(environment.name);
        auto* box = named(new QCheckBox(name, m_environmentBox), "connectionEnvironment", name);
        box->setObjectName(QStringLiteral("connectionEnvironment_") + name);
        box->setChecked(!environment.isProduction); // a key to production is given knowingly
        m_environmentColumn->addWidget(box);
        m_environments.emplace_back(environment.id, box);
        connect(box, &QCheckBox::toggled, this, [this] { m_fields->clearIssue(QStringLiteral("environments")); });
    }
    if (m_environments.size() == 1)
        m_environments.front().second->setChecked(true);
    suggestName();
}

void ConnectionForm::suggestName()
{
    const storage::ServiceListRow* chosen = m_content.service(service());
    if (chosen == nullptr || (m_name->text() != m_suggested && !m_name->text().isEmpty()))
        return;
    const QString base = UiText::qs(chosen->service.contextPath).mid(1) + QStringLiteral("-app");
    const auto taken = [this](const QString& name) {
        return std::any_of(m_content.connections.begin(), m_content.connections.end(),
                           [&name](const storage::ConnectionListRow& row) {
                               return UiText::qs(row.connection.name).compare(name, Qt::CaseInsensitive) == 0;
                           });
    };
    m_suggested = base;
    for (int number = 2; taken(m_suggested); ++number)
        m_suggested = QStringLiteral("%1-%2").arg(base).arg(number);
    m_name->setText(m_suggested);
}

bool ConnectionForm::isTouched() const
{
    return isVisible() && m_name->text() != m_suggested;
}

void ConnectionForm::create()
{
    m_fields->clearIssues();
    m_message->clear();
    Connection connection;
    connection.name = m_name->text().trimmed().toStdString();
    connection.service = service();
    connection.project = ProjectId(m_project->currentData().toInt());
    std::vector<EnvironmentId> environments;
    for (const auto& [id, box] : m_environments) {
        if (box->isChecked())
            environments.push_back(id);
    }
    FieldIssues issues;
    if (connection.service.isNone())
        issues.push_back({"service", "required"});
    if (connection.name.empty())
        issues.push_back({"name", "required"});
    if (environments.empty())
        issues.push_back({"environments", "none_configured"});
    if (m_fields->showIssues(issues)) {
        m_fields->focusFirstError();
        return;
    }
    m_create->setEnabled(false);
    using Keys = std::vector<runtime::ServiceRegistrar::IssuedKey>;
    onResult(m_registrar.createConnection(connection, environments, m_lifetime->currentData().toInt()), this,
             [this, connection](Result<Keys> keys) {
                 m_create->setEnabled(true);
                 if (keys) {
                     m_suggested = m_name->text(); // nothing left to lose
                     Q_EMIT created(UiText::qs(connection.name), connection.service,
                                    std::make_shared<Keys>(std::move(*keys)));
                     return;
                 }
                 const QString field = UiText::qs(keys.error().field);
                 if (!field.isEmpty() && m_fields->contains(field)) {
                     m_fields->showIssue(field, keys.error().code == ErrorCode::Conflict
                                                    ? UiText::sentence(FieldIssue{"name", "taken"})
                                                    : UiText::sentence(keys.error()));
                     m_fields->focusFirstError();
                 } else {
                     m_message->showError(keys.error(), tr("Retry"), [this] { create(); });
                 }
             });
}

} // namespace sb::ui
