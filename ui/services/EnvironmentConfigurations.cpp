// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/EnvironmentConfigurations.h"

#include "async/OnResult.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/Icons.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/StatePill.h"
#include "kit/UiText.h"
#include "kit/UndoBar.h"
#include "runtime/ServiceRegistrar.h"
#include "services/DraftFromStored.h"
#include "services/EnvironmentForm.h"
#include "storage/StorageService.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {

/// The failure as an issue at its field, if it has one.
FieldIssues issuesOf(const Error& error)
{
    const std::string column = error.field.substr(error.field.rfind('/') + 1);
    if (column.empty())
        return {};
    if (error.code == ErrorCode::InvalidArgument)
        return {{column, "bad_format"}};
    if (column == "place")
        return {{column, "secret_not_moved"}};
    return {{column, "secret_not_kept", error.what}};
}

} // namespace

EnvironmentConfigurations::EnvironmentConfigurations(const ServicesSlice& slice, QWidget* parent)
    : QWidget(parent), m_slice(slice), m_tabs(new QTabWidget(this)),
      m_message(new MessageBar(tr("configuration message"), this)), m_state(new StatePill(this)),
      m_revision(new QLabel(this)),
      m_save(named(new QPushButton(tr("Save and deploy"), this), "saveEnvironment", tr("Save and deploy"))),
      m_revert(named(new QPushButton(tr("Revert"), this), "revertEnvironment", tr("Revert")))
{
    m_tabs->setObjectName(QStringLiteral("configurationTabs"));
    m_tabs->tabBar()->setAccessibleName(tr("Configured environments"));
    m_revision->setForegroundRole(QPalette::PlaceholderText);
    auto* row = new QHBoxLayout;
    row->addWidget(m_state);
    row->addWidget(m_revision, 1);
    row->addWidget(m_revert);
    row->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addWidget(m_tabs, 1);
    column->addLayout(row);
    connect(m_tabs, &QTabWidget::currentChanged, this, &EnvironmentConfigurations::showCurrent);
    connect(m_save, &QPushButton::clicked, this, &EnvironmentConfigurations::save);
    connect(m_revert, &QPushButton::clicked, this, [this] {
        if (Tab* tab = current())
            loadTab(*tab);
        showCurrent();
    });
}

EnvironmentConfigurations::Tab* EnvironmentConfigurations::current()
{
    const int index = m_tabs->currentIndex();
    return index < 0 || index >= static_cast<int>(m_entries.size()) ? nullptr
                                                                    : &m_entries[static_cast<std::size_t>(index)];
}

bool EnvironmentConfigurations::isDirty() const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [](const Tab& tab) { return tab.form->isDirty(); });
}

void EnvironmentConfigurations::discardChanges()
{
    for (Tab& tab : m_entries)
        loadTab(tab);
    showCurrent();
}

void EnvironmentConfigurations::rebuild(const std::vector<Environment>& environments)
{
    m_environments = environments;
    while (m_tabs->count() > 0) {
        QWidget* tab = m_tabs->widget(0);
        m_tabs->removeTab(0);
        delete tab;
    }
    m_entries.clear();
    for (const Environment& environment : environments) {
        Tab tab;
        tab.form = new EnvironmentForm(EnvironmentForm::Mode::Edit, environment, m_slice.secrets, m_tabs);
        tab.form->setServiceSource([this] { return m_details.service; });
        tab.form->setLocalHosts(m_slice.localHosts);
        connect(tab.form, &EnvironmentForm::changed, this, &EnvironmentConfigurations::showCurrent);
        m_entries.push_back(std::move(tab));
    }
    for (const Tab& tab : m_entries)
        m_tabs->addTab(tab.form, UiText::qs(tab.form->environment().name));
}

void EnvironmentConfigurations::load(const storage::ServiceDetails& details)
{
    const bool same = details.service.id == m_details.service.id;
    const std::vector<Environment> environments = m_slice.workplace().environments;
    if (environments != m_environments)
        rebuild(environments);
    if (!same)
        m_message->clear();
    m_details = details;
    for (Tab& tab : m_entries) {
        storeTab(tab, details);
        if (!same || !tab.form->isDirty())
            loadTab(tab);
    }
    showCurrent();
}

void EnvironmentConfigurations::storeTab(Tab& tab, const storage::ServiceDetails& details)
{
    tab.stored = {};
    tab.limits.clear();
    tab.caps = {};
    for (const ServiceEnvironment& environment : details.environments) {
        if (environment.environment == tab.form->environment().id)
            tab.stored = environment;
    }
    for (const LimitRule& rule : details.limits) {
        if (!tab.stored.id.isNone() && rule.scopeId == tab.stored.id.value)
            tab.limits.push_back(rule);
    }
    for (const RequestCaps& caps : details.caps) {
        if (!tab.stored.id.isNone() && caps.scopeId == tab.stored.id.value)
            tab.caps = caps;
    }
}

void EnvironmentConfigurations::loadTab(Tab& tab)
{
    const bool formHoldsThem =
        tab.limits.size() <= 1 && std::all_of(tab.limits.begin(), tab.limits.end(), [](const LimitRule& rule) {
            return rule.per != LimitWindow::Month && rule.mode == LimitMode::Enforce && rule.enabled;
        });
    EnvironmentDraft draft =
        draftFromStored(tab.stored, tab.limits.empty() || !formHoldsThem ? LimitRule{} : tab.limits.front(), tab.caps);
    if (draft.region.empty())
        draft.region = validation::regionInUrl(m_details.service.url);
    tab.form->setProvider(m_details.service.provider);
    tab.form->setManagedLimits(formHoldsThem ? std::vector<LimitRule>() : tab.limits);
    tab.form->load(draft);
    tab.form->wipeSecrets();
    tab.form->setStoredSecurity(tab.stored.security);
    tab.form->clearIssues();
}

void EnvironmentConfigurations::showCurrent()
{
    const Tab* tab = current();
    if (!tab)
        return;
    const ServingState state =
        servingState(tab->stored.id.isNone() ? DeploymentState::NotConfigured : tab->stored.state,
                     m_slice.servingFaults(), m_details.service.id, tab->form->environment().id);
    m_state->setState(state.tone, state.word);
    m_revision->setWordWrap(true);
    m_revision->setText(
        !state.why.isEmpty() ? state.why
        : tab->stored.id.isNone()
            ? tr("Saving configures and deploys it.")
            : tr("revision %1, deployed %2").arg(tab->stored.desiredRevision).arg(tab->stored.deployedRevision));
    const bool dirty = tab->form->isDirty();
    m_revert->setEnabled(dirty);
    m_save->setEnabled(dirty && !m_writing);
    m_save->setToolTip(dirty ? QString() : tr("Nothing was changed."));
}

void EnvironmentConfigurations::save()
{
    Tab* tab = current();
    if (!tab)
        return;
    m_message->clear();
    const FieldIssues issues = tab->form->check();
    tab->form->showIssues(issues);
    if (hasErrors(issues)) {
        tab->form->focusFirstError();
        return;
    }
    auto draft = std::make_shared<EnvironmentDraft>();
    tab->form->read(*draft);
    auto sent = std::make_shared<EnvironmentDraft>(); // the registrar fills its own with what it moves
    tab->form->read(*sent);
    m_writing = true;
    showCurrent();
    EnvironmentForm* form = tab->form;
    const ServiceRegistration::PerEnvironment former{tab->stored, tab->limits, tab->caps};
    onResult(m_slice.registrar.updateEnvironment(m_details.service.id, draft), this,
             [this, form = QPointer(form), sent, former, state = form->state(),
              service = m_details.service.id](Result<void> written) {
                 m_writing = false;
                 if (!form || service != m_details.service.id) // something else is shown meanwhile
                     return;
                 if (written) {
                     form->saved(*sent, state);
                     showCurrent();
                     offerUndo(service, form->environment(), former);
                     Q_EMIT saved();
                     return;
                 }
                 showCurrent();
                 form->showIssues(issuesOf(written.error()));
                 if (form->focusFirstError())
                     return;
                 m_message->showError(written.error(), tr("Retry"), [this] { save(); });
             });
}

void EnvironmentConfigurations::offerUndo(ServiceId service, const Environment& environment,
                                          const ServiceRegistration::PerEnvironment& former)
{
    // By its service, too: another one may be shown when this is taken back.
    const QString name =
        tr("%1 in %2", "service in environment").arg(UiText::qs(m_details.service.name), UiText::qs(environment.name));
    const QString text = tr("%1 is saved and deployed.").arg(name);
    if (former.configuration.id.isNone()) { // there was nothing that it could be again
        m_slice.undo.note(text);
        return;
    }
    m_slice.undo.offer(text, [guard = QPointer(this), service, name, former] {
        if (!guard)
            return;
        onResult(guard->m_slice.registrar.restoreEnvironment(service, former), guard,
                 [guard, name](Result<bool> keyStays) {
                     if (!keyStays) {
                         guard->m_message->showError(keyStays.error());
                         return;
                     }
                     guard->m_slice.undo.note(*keyStays ? tr("%1 has its former values again, except for the key: the "
                                                             "old one is not kept, so the new one stays.")
                                                              .arg(name)
                                                        : tr("%1 has its former values again.").arg(name));
                     Q_EMIT guard->saved();
                 });
    });
}

} // namespace sb::ui
