// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/wizard/EnvironmentsStep.h"

#include "kit/Icons.h"
#include "kit/UiText.h"
#include "services/EnvironmentForm.h"

#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

EnvironmentsStep::EnvironmentsStep(secrets::SecretStore& secrets, std::function<std::vector<std::string>()> localHosts,
                                   QWidget* parent)
    : QWidget(parent), m_secrets(secrets), m_localHosts(std::move(localHosts)), m_tabs(new QTabWidget(this))
{
    m_tabs->setObjectName(QStringLiteral("environmentTabs"));
    m_tabs->tabBar()->setAccessibleName(tr("Environments"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_tabs);
}

void EnvironmentsStep::setEnvironments(const std::vector<Environment>& environments)
{
    if (environments == m_environments)
        return;
    ServiceDraft kept;
    read(kept);
    m_environments = environments;
    while (m_tabs->count() > 0) {
        QWidget* tab = m_tabs->widget(0);
        m_tabs->removeTab(0);
        delete tab;
    }
    m_forms.clear();
    for (const Environment& environment : environments) {
        auto* form = new EnvironmentForm(EnvironmentForm::Mode::Register, environment, m_secrets, m_tabs);
        form->setServiceSource(m_service);
        form->setLocalHosts(m_localHosts);
        if (!m_forms.empty())
            form->offerSameAs(m_forms.back());
        const int index = m_tabs->addTab(form, UiText::qs(environment.name));
        m_forms.push_back(form);
        connect(form, &EnvironmentForm::changed, this, [this, index] { markTab(index); });
        connect(form, &EnvironmentForm::verdictChanged, this, [this, index] { markTab(index); });
        const auto* test = form->findChild<TestPanel*>();
        for (const QLineEdit* edit : form->findChildren<QLineEdit*>()) {
            if (!test->isAncestorOf(edit)) // there Enter tests
                connect(edit, &QLineEdit::returnPressed, this, &EnvironmentsStep::submitRequested);
        }
    }
    load(kept);
}

void EnvironmentsStep::setProvider(ProviderKind provider)
{
    m_provider = provider;
    for (EnvironmentForm* form : m_forms)
        form->setProvider(provider);
}

void EnvironmentsStep::setServiceSource(std::function<Service()> source)
{
    m_service = std::move(source);
    for (EnvironmentForm* form : m_forms)
        form->setServiceSource(m_service);
}

void EnvironmentsStep::presetRegion()
{
    for (EnvironmentForm* form : m_forms)
        form->presetRegion();
}

void EnvironmentsStep::resetTests()
{
    for (EnvironmentForm* form : m_forms)
        form->resetTest();
}

void EnvironmentsStep::startTestsOver()
{
    for (EnvironmentForm* form : m_forms)
        form->startTestOver();
}

void EnvironmentsStep::load(ServiceDraft& draft)
{
    bool any = false;
    for (EnvironmentForm* form : m_forms) {
        form->setProvider(m_provider);
        EnvironmentDraft fresh;
        EnvironmentDraft* source = &fresh;
        for (EnvironmentDraft& environment : draft.environments) {
            if (environment.environment == form->environment().id)
                source = &environment;
        }
        form->load(*source);
        form->clearIssues();
        any = any || source->configured;
    }
    if (!any && !m_forms.empty())
        m_forms.front()->setConfigured(true);
    for (int i = 0; i < m_tabs->count(); ++i)
        markTab(i);
    m_tabs->setCurrentIndex(0);
}

void EnvironmentsStep::read(ServiceDraft& draft) const
{
    draft.environments.clear();
    for (const EnvironmentForm* form : m_forms) {
        EnvironmentDraft environment;
        form->read(environment);
        draft.environments.push_back(std::move(environment));
    }
}

void EnvironmentsStep::wipeSecrets()
{
    for (EnvironmentForm* form : m_forms)
        form->wipeSecrets();
}

bool EnvironmentsStep::lacksKeychain() const
{
    return std::any_of(m_forms.begin(), m_forms.end(), [](const EnvironmentForm* form) {
        if (!form->isConfigured())
            return false;
        const FieldIssues issues = form->check();
        return std::any_of(issues.begin(), issues.end(),
                           [](const FieldIssue& issue) { return issue.code == "no_keychain"; });
    });
}

bool EnvironmentsStep::validate()
{
    FieldIssues all;
    bool any = false;
    for (const EnvironmentForm* form : m_forms) {
        if (!form->isConfigured())
            continue;
        any = true;
        for (FieldIssue& issue : form->check()) {
            issue.field = "environments/" + form->environment().name + "/" + issue.field;
            all.push_back(std::move(issue));
        }
    }
    showIssues(all);
    return any && !hasErrors(all);
}

bool EnvironmentsStep::showIssues(const FieldIssues& issues)
{
    bool focused = false;
    for (std::size_t i = 0; i < m_forms.size(); ++i) {
        EnvironmentForm* form = m_forms[i];
        const std::string prefix = "environments/" + form->environment().name + "/";
        FieldIssues own;
        for (const FieldIssue& issue : issues) {
            if (issue.field.rfind(prefix, 0) == 0)
                own.push_back(issue);
        }
        form->showIssues(own);
        if (!focused && hasErrors(own)) {
            m_tabs->setCurrentIndex(static_cast<int>(i));
            focused = form->focusFirstError();
        }
    }
    return focused;
}

void EnvironmentsStep::markTab(int index)
{
    const EnvironmentForm* form = m_forms[static_cast<std::size_t>(index)];
    Tone tone = form->isConfigured() ? Tone::Info : Tone::Neutral;
    if (form->verdict() == TestPanel::Verdict::Passed)
        tone = Tone::Good;
    if (form->verdict() == TestPanel::Verdict::Failed)
        tone = Tone::Bad;
    const QString icon = tone == Tone::Bad      ? Tones::iconName(tone)
                         : form->isConfigured() ? QStringLiteral("tick")
                                                : QStringLiteral("circle");
    m_tabs->setTabIcon(index, Icons::get(icon, tone));
    m_tabs->setTabToolTip(index, form->isConfigured() ? tr("configured, %1").arg(TestPanel::word(form->verdict()))
                                                      : tr("not configured"));
}

} // namespace sb::ui
