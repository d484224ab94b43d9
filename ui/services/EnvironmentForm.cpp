// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/EnvironmentForm.h"

#include "catalog/ProviderDescriptor.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/FormFields.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "services/BackendSecurityForm.h"
#include "services/LimitsForm.h"
#include "services/TestRequest.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sb::ui {

namespace {
constexpr int kWarnDelayMs = 400; // a number half typed is nothing to warn of
}

EnvironmentForm::EnvironmentForm(Mode mode, const Environment& environment, secrets::SecretStore& secrets,
                                 QWidget* parent)
    : QWidget(parent), m_mode(mode), m_environment(environment), m_secrets(secrets),
      m_security(new BackendSecurityForm(mode == Mode::Edit, secrets, this)), m_limits(new LimitsForm(this))
{
    const QString configure = tr("Configure this environment");
    m_configured = named(new QCheckBox(configure, this), "configured", configure);
    m_sameAs = named(new QPushButton(this), "sameAs", {});
    m_sameAs->hide();
    m_test = new TestPanel(this);
    m_test->setPrepare([this](auto done) { prepareTest(std::move(done)); });

    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    auto* top = new QHBoxLayout;
    top->addWidget(m_configured);
    top->addStretch(1);
    top->addWidget(m_sameAs);
    grid->addLayout(top, 0, 0, 1, 2);
    const auto boxed = [content](const QString& title, QWidget* form) {
        auto* box = new QGroupBox(title, content);
        (new QVBoxLayout(box))->addWidget(form);
        return box;
    };
    grid->addWidget(boxed(tr("Backend Security"), m_security), 1, 0);
    grid->addWidget(boxed(tr("Token-based rate limiting"), m_limits), 1, 1);
    grid->addWidget(m_test, 2, 0, 1, 2);
    grid->setRowStretch(3, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // the tab pane has its own colour
    scroll->viewport()->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(scroll);

    m_binder.checked(m_configured, [](EnvironmentDraft& d) -> bool& { return d.configured; });
    m_security->bind(m_binder);
    m_limits->bind(m_binder);
    m_binder.onChanged([this] {
        m_warnSoon.start();
        Q_EMIT changed();
    });
    m_warnSoon.setSingleShot(true);
    m_warnSoon.setInterval(kWarnDelayMs);
    connect(&m_warnSoon, &QTimer::timeout, this, &EnvironmentForm::showWarnings);
    for (const QLineEdit* edit : m_limits->findChildren<QLineEdit*>())
        connect(edit, &QLineEdit::editingFinished, this, &EnvironmentForm::showWarnings);
    m_configured->setVisible(mode == Mode::Register);
    connect(m_test, &TestPanel::verdictChanged, this, &EnvironmentForm::verdictChanged);
    connect(m_security, &BackendSecurityForm::credentialChanged, m_test, &TestPanel::reset);
    configureByTyping();
}

std::vector<FormFields*> EnvironmentForm::fields() const
{
    std::vector<FormFields*> all{m_security->fields()};
    for (FormFields* part : m_limits->fields())
        all.push_back(part);
    return all;
}

void EnvironmentForm::configureByTyping()
{
    // Typing in an environment configures it; the tick box alone may take that back.
    const auto configure = [this](const QString& text) {
        if (!m_loading && m_mode == Mode::Register && !text.isEmpty())
            m_configured->setChecked(true);
    };
    for (FormFields* fields : fields()) {
        for (QLineEdit* edit : fields->findChildren<QLineEdit*>()) {
            connect(edit, &QLineEdit::textChanged, this, configure);
            // What was said about the old text does not hold for the new one.
            connect(edit, &QLineEdit::textChanged, fields, [fields, edit] { fields->clearIssue(edit->objectName()); });
        }
    }
    for (auto* button : m_security->findChildren<QAbstractButton*>())
        connect(button, &QAbstractButton::toggled, this, [button, configure] { configure(button->text()); });
    for (auto* edit : m_security->findChildren<QPlainTextEdit*>())
        connect(edit, &QPlainTextEdit::textChanged, this, [edit, configure] { configure(edit->toPlainText()); });
}

void EnvironmentForm::setProvider(ProviderKind provider)
{
    m_loading = true; // a preset is nothing that somebody typed
    m_security->setProvider(provider);
    m_loading = false;
}

void EnvironmentForm::presetRegion()
{
    m_loading = true;
    m_security->presetRegion(validation::regionInUrl(m_service().url));
    m_loading = false;
}

void EnvironmentForm::load(EnvironmentDraft& draft)
{
    m_loading = true;
    if (draft.authorizationHeader.empty())
        draft.authorizationHeader = std::string(catalog::descriptor(m_security->provider()).authorizationHeader);
    m_binder.load(draft);
    m_limits->openFilled();
    m_loading = false;
}

void EnvironmentForm::read(EnvironmentDraft& draft) const
{
    m_binder.read(draft);
    draft.environment = m_environment.id;
    draft.keepsLimits = m_limits->isManaged();
    if (m_mode == Mode::Edit)
        draft.configured = true;
}

void EnvironmentForm::setManagedLimits(const std::vector<LimitRule>& rules)
{
    m_limits->setManaged(rules);
}

bool EnvironmentForm::isDirty() const
{
    return m_binder.isDirty();
}

void EnvironmentForm::saved(const EnvironmentDraft& sent, FormBinder<EnvironmentDraft>::State state)
{
    m_security->wipeSent(sent);
    m_binder.markClean(std::move(state));
}

void EnvironmentForm::wipeSecrets()
{
    m_security->wipeSecrets();
}

void EnvironmentForm::setStoredSecurity(const BackendSecurity& security)
{
    m_security->setStored(security);
}

const BackendSecurity& EnvironmentForm::storedSecurity() const
{
    return m_security->stored();
}

FieldIssues EnvironmentForm::check() const
{
    EnvironmentDraft draft;
    read(draft);
    FieldIssues issues = validation::checkEnvironment(draft, m_security->provider(), m_environment.isProduction);
    m_security->completeIssues(draft, issues);
    return issues;
}

void EnvironmentForm::showIssues(const FieldIssues& issues)
{
    m_security->fields()->showIssues(issues);
    m_limits->showIssues(issues);
}

void EnvironmentForm::clearIssues()
{
    showIssues({});
    showWarnings();
}

void EnvironmentForm::showWarnings()
{
    m_limits->showWarnings(isConfigured() ? check() : FieldIssues{});
}

bool EnvironmentForm::focusFirstError()
{
    for (FormFields* part : fields()) {
        if (part->focusFirstError())
            return true;
    }
    return false;
}

bool EnvironmentForm::isConfigured() const
{
    return m_mode == Mode::Edit || m_configured->isChecked();
}

void EnvironmentForm::setConfigured(bool configured)
{
    m_configured->setChecked(configured);
}

void EnvironmentForm::offerSameAs(EnvironmentForm* previous)
{
    const QString text = tr("Same as %1").arg(UiText::qs(previous->environment().name));
    m_sameAs->setText(text);
    m_sameAs->setAccessibleName(text);
    m_sameAs->setToolTip(tr("Copies header and limits, never the key."));
    m_sameAs->show();
    connect(m_sameAs, &QPushButton::clicked, this, [this, previous] { copyFrom(*previous); });
}

void EnvironmentForm::copyFrom(const EnvironmentForm& other)
{
    EnvironmentDraft theirs;
    other.read(theirs);
    theirs.configured = true;
    m_binder.load(theirs); // a secret is never written into a widget
    m_limits->openFilled();
    showWarnings();
    m_security->focusCredential();
    Q_EMIT changed();
}

void EnvironmentForm::prepareTest(std::function<void(Result<runtime::ConnectionTest::Request>)> done)
{
    EnvironmentDraft draft;
    read(draft);
    auto withHosts = [hosts = m_localHosts ? m_localHosts() : std::vector<std::string>(),
                      done = std::move(done)](Result<runtime::ConnectionTest::Request> request) {
        if (request)
            request->localHosts = hosts;
        done(std::move(request));
    };
    makeTestRequest(m_service ? m_service() : Service{}, draft, m_security->stored(), m_secrets, this,
                    std::move(withHosts));
}

} // namespace sb::ui
