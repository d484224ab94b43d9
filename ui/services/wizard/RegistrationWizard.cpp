// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/wizard/RegistrationWizard.h"

#include "async/OnResult.h"
#include "kit/MessageBar.h"
#include "kit/Named.h"
#include "kit/PageHeader.h"
#include "kit/UiText.h"
#include "secrets/SecretStore.h"
#include "services/EnvironmentForm.h"
#include "services/wizard/DetailsStep.h"
#include "services/wizard/EnvironmentsStep.h"
#include "services/wizard/ProviderStep.h"
#include "services/wizard/ResultPage.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

RegistrationWizard::RegistrationWizard(const ServicesSlice& slice, QWidget* parent)
    : QWidget(parent), m_slice(slice), m_heading(new QLabel(this)),
      m_message(new MessageBar(tr("registration message"), this)), m_stack(new QStackedWidget(this)),
      m_provider(new ProviderStep(this)), m_details(new DetailsStep(slice.storage, slice.gatewayAddress, this)),
      m_environments(new EnvironmentsStep(slice.secrets, slice.localHosts, this)),
      m_result(new ResultPage(slice.registrar, this)), m_buttons(new QWidget(this)), m_hint(new QLabel(this)),
      m_cancel(named(new QPushButton(tr("Cancel"), this), "wizardCancel", tr("Cancel"))),
      m_back(named(new QPushButton(tr("Back"), this), "wizardBack", tr("Back"))),
      m_next(named(new QPushButton(tr("Next"), this), "wizardNext", tr("Next"))),
      m_register(named(new QPushButton(tr("Register"), this), "wizardRegister", tr("Register")))
{
    setObjectName(QStringLiteral("registrationWizard"));
    setAccessibleName(tr("Register a GenAI Service"));
    m_heading->setForegroundRole(QPalette::PlaceholderText);
    m_heading->setObjectName(QStringLiteral("wizardStep"));
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setObjectName(QStringLiteral("wizardHint"));
    for (QWidget* page : {static_cast<QWidget*>(m_provider), static_cast<QWidget*>(m_details),
                          static_cast<QWidget*>(m_environments), static_cast<QWidget*>(m_result)})
        m_stack->addWidget(page);

    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins({});
    row->addWidget(m_hint, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_back);
    row->addWidget(m_next);
    row->addWidget(m_register);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(new PageHeader(tr("Register a GenAI Service"), this));
    column->addWidget(m_heading);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    column->addWidget(m_buttons);

    connect(m_cancel, &QPushButton::clicked, this, &RegistrationWizard::cancel);
    connect(m_back, &QPushButton::clicked, this, [this] { go(static_cast<Step>(step() - 1)); });
    connect(m_next, &QPushButton::clicked, this, &RegistrationWizard::next);
    connect(m_register, &QPushButton::clicked, this, &RegistrationWizard::submit);
    connect(m_provider, &ProviderStep::providerChanged, this, [this] {
        m_typed = true;
        m_details->setProvider(*m_provider->provider());
        m_environments->setProvider(*m_provider->provider());
        showButtons();
    });
    connect(m_details, &DetailsStep::changed, this, [this] { m_typed = true; });
    connect(m_details, &DetailsStep::urlChanged, m_environments, &EnvironmentsStep::resetTests);
    connect(m_environments, &EnvironmentsStep::submitRequested, this, &RegistrationWizard::submit);
    m_environments->setServiceSource([this] {
        ServiceDraft draft;
        m_details->read(draft);
        return draft.service;
    });
    connect(m_result, &ResultPage::closeRequested, this, [this] {
        startFresh();
        m_typed = false;
        Q_EMIT closed();
    });
    connect(m_result, &ResultPage::registerAnotherRequested, this, [this] { startFresh(); });
    connect(m_result, &ResultPage::promptLabRequested, this,
            [this](const QString& path) { Q_EMIT navigate(QStringLiteral("Prompt Lab"), path); });
    connect(m_result, &ResultPage::startGatewayRequested, this, [this] { m_slice.startGateway(); });
    connect(&m_slice.registrar, &runtime::ServiceRegistrar::registered, this, &RegistrationWizard::succeeded);
    connect(&m_slice.registrar, &runtime::ServiceRegistrar::registrationFailed, this, &RegistrationWizard::failed);
    startFresh();
}

void RegistrationWizard::startFresh(std::optional<ProviderKind> provider)
{
    m_result->forgetKeys();
    m_message->clear();
    m_environments->setEnvironments(m_slice.workplace().environments);
    m_details->setProjects(m_slice.workplace().projects);
    m_provider->setProvider(provider);
    ServiceDraft fresh;
    m_details->load(fresh);
    if (provider)
        m_details->setProvider(*provider);
    m_environments->load(fresh);
    m_environments->wipeSecrets();
    m_environments->startTestsOver();
    m_typed = false;
    go(Provider);
}

void RegistrationWizard::offerFreshStart(std::optional<ProviderKind> provider)
{
    m_message->showMessage(
        {Tone::Info, tr("This registration was begun before: go on with it, or start afresh."), tr("Start afresh")},
        [this, provider] { startFresh(provider); });
}

void RegistrationWizard::servingChanged()
{
    m_result->showStates(m_slice.servingFaults());
}

bool RegistrationWizard::hasDraft() const
{
    return m_typed && step() != Done;
}

bool RegistrationWizard::showsKeys() const
{
    return step() == Done && m_result->hasShownKeys();
}

RegistrationWizard::Step RegistrationWizard::step() const
{
    return static_cast<Step>(m_stack->currentIndex());
}

void RegistrationWizard::go(Step step)
{
    m_message->clear();
    if (step == Details)
        m_details->showInvokeUrl();
    if (step == Environments) {
        m_environments->setEnvironments(m_slice.workplace().environments);
        m_environments->presetRegion();
    }
    m_stack->setCurrentIndex(step);
    static constexpr std::array titles{QT_TR_NOOP("Provider"), QT_TR_NOOP("Details"),
                                       QT_TR_NOOP("Environment configurations")};
    m_heading->setVisible(step != Done);
    if (step != Done)
        m_heading->setText(tr("Step %1 of 3: %2").arg(int(step) + 1).arg(tr(titles[static_cast<std::size_t>(step)])));
    m_buttons->setVisible(step != Done);
    showButtons();
    focusStep();
}

void RegistrationWizard::showButtons()
{
    const Step now = step();
    m_back->setVisible(now != Provider);
    m_next->setVisible(now < Environments);
    m_register->setVisible(now == Environments);
    const bool chosen = m_provider->provider().has_value();
    m_next->setEnabled(!m_busy && (now != Provider || chosen));
    m_back->setEnabled(!m_busy);
    m_register->setEnabled(!m_busy);
    m_register->setDefault(true);
    m_next->setDefault(true);
    m_hint->setText(m_busy                       ? tr("Please wait…")
                    : now == Provider && !chosen ? tr("Choose a provider to go on.")
                                                 : QString());
}

void RegistrationWizard::focusStep()
{
    QWidget* first = nullptr;
    switch (step()) {
    case Provider:
        first = m_provider->findChild<QRadioButton*>();
        for (auto* radio : m_provider->findChildren<QRadioButton*>()) {
            if (radio->isChecked())
                first = radio;
        }
        first->setFocus(Qt::TabFocusReason); // the only reason with which a style shows the focus of a button
        return;
    case Details:
        first = m_details->findChild<QWidget*>(QStringLiteral("name"));
        break;
    case Environments:
        for (const EnvironmentForm* form : m_environments->forms()) {
            if (form->isVisibleTo(m_environments)) {
                first = form->findChild<QWidget*>(QStringLiteral("authorization_header"));
                break;
            }
        }
        break;
    case Done:
        return; // the result page chooses itself
    }
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

void RegistrationWizard::next()
{
    if (m_busy || !m_next->isEnabled())
        return;
    if (step() == Provider) {
        go(Details);
        return;
    }
    setBusy(true);
    m_details->validate([this](bool ok) {
        setBusy(false);
        if (ok)
            go(Environments);
        else
            m_details->focusFirstError();
    });
}

void RegistrationWizard::submit()
{
    if (m_busy) // a second press registers nothing twice
        return;
    m_message->clear();
    if (m_environments->lacksKeychain()) {
        openKeychain();
        return;
    }
    sendDraft();
}

/// It may have been unlocked meanwhile; if not, it asks for its password now.
void RegistrationWizard::openKeychain()
{
    setBusy(true);
    onResult(m_slice.secrets.probe(), this, [this](const Result<secrets::KeychainState>&) { // the form shows the state
        setBusy(false);
        sendDraft();
    });
}

void RegistrationWizard::sendDraft()
{
    if (!m_environments->validate()) {
        const auto& forms = m_environments->forms();
        const bool any = std::any_of(forms.begin(), forms.end(), [](const auto* form) { return form->isConfigured(); });
        if (!any)
            m_message->showMessage({Tone::Bad, UiText::sentence(FieldIssue{"environments", "none_configured"})});
        return;
    }
    m_sent = std::make_shared<ServiceDraft>();
    m_details->read(*m_sent);
    m_environments->read(*m_sent);
    setBusy(true);
    m_stack->setEnabled(false);
    m_slice.registrar.registerService(m_sent);
}

void RegistrationWizard::succeeded(const runtime::ServiceRegistrar::Registered& result)
{
    if (!m_sent)
        return;
    setBusy(false);
    m_stack->setEnabled(true);
    Service service = m_sent->service;
    service.id = result.id;
    m_sent.reset();
    std::vector<ResultPage::Line> lines;
    for (const EnvironmentForm* form : m_environments->forms()) {
        const auto& done = result.environments;
        if (std::find(done.begin(), done.end(), form->environment().id) != done.end())
            lines.push_back({form->environment(), TestPanel::word(form->verdict())});
    }
    m_environments->wipeSecrets(); // after the verdicts were read: emptying a credential resets its test
    m_typed = false;
    go(Done);
    m_result->present(service, m_slice.gatewayAddress() + UiText::qs(service.contextPath), lines,
                      m_slice.workplace().projects, m_slice.gatewayIsRunning());
    servingChanged();
    Q_EMIT registered(result.id);
}

void RegistrationWizard::failed(const runtime::ServiceRegistrar::Failure& failure)
{
    if (!m_sent)
        return;
    m_sent.reset();
    setBusy(false);
    m_stack->setEnabled(true);
    FieldIssues issues = failure.issues;
    if (issues.empty() && failure.error.code == ErrorCode::Conflict &&
        (failure.error.field == "name" || failure.error.field == "context_path"))
        issues.push_back({failure.error.field, "taken"});
    const bool inDetails = std::any_of(issues.begin(), issues.end(), [](const FieldIssue& issue) {
        return issue.severity == FieldIssue::Severity::Error && issue.field.rfind("environments/", 0) != 0;
    });
    if (inDetails) {
        go(Details);
        m_details->showIssues(issues);
        m_details->focusFirstError();
        return;
    }
    if (!m_environments->showIssues(issues))
        m_message->showError(failure.error, tr("Retry"), [this] { submit(); });
}

void RegistrationWizard::setBusy(bool busy)
{
    m_busy = busy;
    showButtons();
}

void RegistrationWizard::cancel()
{
    m_environments->wipeSecrets(); // a draft is kept without its secrets
    m_environments->resetTests();
    Q_EMIT closed();
}

void RegistrationWizard::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && step() < Environments) // in the last step Enter in a field registers, not on a tick box
        next();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sb::ui
