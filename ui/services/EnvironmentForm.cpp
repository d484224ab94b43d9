// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/EnvironmentForm.h"

#include "catalog/ProviderDescriptor.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/FormFields.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "secrets/SecretStore.h"
#include "services/TestRequest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace sb::ui {

namespace {

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

/// A button that opens and closes `content` and says which.
QPushButton* disclosure(const char* name, const QString& title, QWidget* content, QWidget* parent)
{
    auto* button = named(new QPushButton(QStringLiteral("▸ ") + title, parent), name, title);
    button->setFlat(true);
    content->hide();
    QObject::connect(button, &QPushButton::clicked, content, [button, content, title] {
        const bool open = content->isHidden();
        content->setVisible(open);
        button->setText((open ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + title);
    });
    return button;
}

/// What is stored is shown in words; a place is no secret.
QString whereKept(const SecretRef& ref)
{
    switch (ref.kind) {
    case SecretRef::Kind::Keychain:
        return EnvironmentForm::tr("Stored in the system keychain. Leave empty to keep it.");
    case SecretRef::Kind::Environment:
        return EnvironmentForm::tr("Read from the variable %1. Leave empty to keep it.").arg(UiText::qs(ref.name));
    case SecretRef::Kind::File:
        return EnvironmentForm::tr("Read from the file %1. Leave empty to keep it.").arg(UiText::qs(ref.name));
    case SecretRef::Kind::None:
        break;
    }
    return EnvironmentForm::tr("No key is stored.");
}

} // namespace

EnvironmentForm::EnvironmentForm(Mode mode, const Environment& environment, secrets::SecretStore& secrets,
                                 QWidget* parent)
    : QWidget(parent), m_mode(mode), m_environment(environment), m_secrets(secrets)
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
    auto* security = new QGroupBox(tr("Backend Security"), content);
    auto* securityColumn = new QVBoxLayout(security);
    securityColumn->addWidget(makeSecurity());
    securityColumn->addStretch(1);
    auto* limits = new QGroupBox(tr("Token-based rate limiting"), content);
    (new QVBoxLayout(limits))->addWidget(makeLimits());
    grid->addWidget(security, 1, 0);
    grid->addWidget(limits, 1, 1);
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

    bind();
    m_configured->setVisible(mode == Mode::Register);
    connect(m_test, &TestPanel::verdictChanged, this, &EnvironmentForm::verdictChanged);
    connect(&m_secrets, &secrets::SecretStore::keychainStateChanged, this, &EnvironmentForm::showPlace);
    for (QLineEdit* edit :
         {static_cast<QLineEdit*>(m_apiKey), m_header, m_region, static_cast<QLineEdit*>(m_accessKeyId),
          static_cast<QLineEdit*>(m_secretAccessKey), static_cast<QLineEdit*>(m_sessionToken), m_apiVersion})
        connect(edit, &QLineEdit::textChanged, m_test, &TestPanel::reset);
    showSecurityFields();
    showPlace();
}

QWidget* EnvironmentForm::makeSecurity()
{
    m_security = new FormFields(this);
    const QString none = tr("No authentication");
    m_noAuthentication = named(new QCheckBox(none, this), "noAuthentication", none);
    m_bedrockChoice = new QWidget(this);
    const QString byKey = tr("Bedrock API key (bearer token)");
    const QString bySignature = tr("AWS access key (signed requests)");
    m_useApiKey = named(new QRadioButton(byKey, m_bedrockChoice), "useApiKey", byKey);
    m_useAccessKey = named(new QRadioButton(bySignature, m_bedrockChoice), "useAccessKey", bySignature);
    m_useApiKey->setChecked(true);
    auto* choice = new QVBoxLayout(m_bedrockChoice);
    choice->setContentsMargins({});
    choice->addWidget(m_useApiKey);
    choice->addWidget(m_useAccessKey);
    m_header = new QLineEdit(this);
    m_apiKey = new SecretEdit(this);
    m_region = new QLineEdit(this);
    m_region->setPlaceholderText(QStringLiteral("us-east-1"));
    m_accessKeyId = new SecretEdit(this);
    m_secretAccessKey = new SecretEdit(this);
    m_sessionToken = new SecretEdit(this);
    m_place = new QComboBox(this);
    m_place->addItem(tr("System keychain"), static_cast<int>(SecretPlace::Keychain));
    m_place->addItem(tr("Environment variable"), static_cast<int>(SecretPlace::Environment));
    m_place->addItem(tr("Private file (mode 0600) in the profile"), static_cast<int>(SecretPlace::File));
    m_apiVersion = new QLineEdit(this);
    m_apiVersion->setPlaceholderText(QStringLiteral("2024-10-21"));
    m_deployments = new QPlainTextEdit(this);
    m_deployments->setTabChangesFocus(true);
    m_deployments->setPlaceholderText(QStringLiteral("gpt-4o-mini=my-deployment"));
    m_deployments->setMaximumHeight(fontMetrics().height() * 4);

    m_security->addWide(m_noAuthentication);
    m_security->addWide(m_bedrockChoice);
    m_security->addField(key("authorization_header"), tr("Authorization header"), m_header);
    m_security->addField(key("api_key"), tr("API key"), m_apiKey);
    m_security->addField(key("region"), tr("Region"), m_region);
    m_security->addField(key("access_key"), tr("Access key ID"), m_accessKeyId);
    m_security->addField(key("secret_key"), tr("Secret access key"), m_secretAccessKey);
    m_security->addField(key("session_token"), tr("Session token"), m_sessionToken,
                         tr("Only with temporary credentials."));
    m_security->addField(key("place"), tr("Stored in"), m_place);
    m_security->addField(key("api_version"), tr("API version"), m_apiVersion,
                         tr("A date, such as 2024-10-21; empty: the v1 paths, which need none."));
    m_security->addField(key("deployments"), tr("Deployments"), m_deployments,
                         tr("model=deployment, one per line. Empty: the model's name is the deployment's."));

    connect(m_noAuthentication, &QCheckBox::toggled, this, &EnvironmentForm::showSecurityFields);
    connect(m_useAccessKey, &QRadioButton::toggled, this, &EnvironmentForm::showSecurityFields);
    connect(m_header, &QLineEdit::textChanged, this, [this](const QString& text) {
        constexpr int kPasteLength = 8; // so much at once was pasted or written by assistive technology, not typed
        const bool pasted = text.size() - m_headerLength >= kPasteLength;
        m_headerLength = text.size();
        showSentAs();
        if (pasted)
            splitPastedHeader();
    });
    connect(m_header, &QLineEdit::editingFinished, this, &EnvironmentForm::splitPastedHeader);
    connect(m_place, &QComboBox::currentIndexChanged, this, &EnvironmentForm::showPlace);
    return m_security;
}

QWidget* EnvironmentForm::makeLimits()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins({});
    m_timeUnit = new QComboBox(box);
    m_timeUnit->addItem(tr("Minute"), static_cast<int>(LimitWindow::Minute));
    m_timeUnit->addItem(tr("Hour"), static_cast<int>(LimitWindow::Hour));
    m_timeUnit->addItem(tr("Day"), static_cast<int>(LimitWindow::Day));

    m_limits = new FormFields(box);
    m_limits->addField(key("time_unit"), tr("Time Unit"), m_timeUnit);
    const auto addCount = [](FormFields* fields, const char* name, const QString& label, const QString& hint = {}) {
        auto* edit = new QLineEdit(fields);
        edit->setPlaceholderText(EnvironmentForm::tr("no limit"));
        fields->addField(key(name), label, edit, hint);
    };
    addCount(m_limits, "max_prompt_tokens", tr("Max Prompt Token Count"));
    addCount(m_limits, "max_completion_tokens", tr("Max Completion Token Count"));
    addCount(m_limits, "max_total_tokens", tr("Max Total Token Count"),
             tr("Sums over all requests in the time unit. 100 000, 90k and 1.5M are understood."));
    m_more = new FormFields(box);
    addCount(m_more, "max_requests", tr("Max Request Count"));
    addCount(m_more, "max_cost", tr("Max Cost in USD"), tr("Per time unit as above, such as 25.00."));
    m_perRequest = new FormFields(box);
    addCount(m_perRequest, "request_max_prompt_tokens", tr("Prompt tokens of one request"),
             tr("A longer prompt is refused before it is sent."));
    addCount(m_perRequest, "request_max_completion_tokens", tr("Completion tokens of one request"),
             tr("A longer answer is cut at this length."));
    addCount(m_perRequest, "request_max_total_tokens", tr("Total tokens of one request"));
    column->addWidget(m_limits);
    column->addWidget(disclosure("moreLimits", tr("More limits"), m_more, box), 0, Qt::AlignLeading);
    column->addWidget(m_more);
    column->addWidget(disclosure("perRequest", tr("Per request"), m_perRequest, box), 0, Qt::AlignLeading);
    column->addWidget(m_perRequest);
    column->addStretch(1);

    const auto explain = [this] {
        m_limits->setHint(key("time_unit"),
                          m_timeUnit->currentData().toInt() == static_cast<int>(LimitWindow::Day)
                              ? tr("A calendar day in the organization's time zone.")
                              : tr("Rolling: always the last %1.")
                                    .arg(m_timeUnit->currentData().toInt() == static_cast<int>(LimitWindow::Hour)
                                             ? tr("60 minutes")
                                             : tr("60 seconds")));
    };
    connect(m_timeUnit, &QComboBox::currentIndexChanged, this, explain);
    explain();
    return box;
}

void EnvironmentForm::bind()
{
    using D = EnvironmentDraft;
    const auto count = [this](FormFields* fields, const char* name, std::string D::*member) {
        m_binder.text(fields->findChild<QLineEdit*>(key(name)), [member](D& d) -> std::string& { return d.*member; });
    };
    m_binder.checked(m_configured, [](D& d) -> bool& { return d.configured; });
    m_binder.text(m_header, [](D& d) -> std::string& { return d.authorizationHeader; });
    m_binder.secret(m_apiKey, [](D& d) -> Secret& { return d.apiKey; });
    m_binder.text(m_region, [](D& d) -> std::string& { return d.region; });
    m_binder.secret(m_accessKeyId, [](D& d) -> Secret& { return d.accessKeyId; });
    m_binder.secret(m_secretAccessKey, [](D& d) -> Secret& { return d.secretAccessKey; });
    m_binder.secret(m_sessionToken, [](D& d) -> Secret& { return d.sessionToken; });
    m_binder.choice<SecretPlace>(m_place, [](D& d) -> SecretPlace& { return d.place; });
    m_binder.text(m_apiVersion, [](D& d) -> std::string& { return d.apiVersion; });
    m_binder.text(m_deployments, [](D& d) -> std::string& { return d.deployments; });
    m_binder.choice<LimitWindow>(m_timeUnit, [](D& d) -> LimitWindow& { return d.timeUnit; });
    count(m_limits, "max_prompt_tokens", &D::maxPromptTokens);
    count(m_limits, "max_completion_tokens", &D::maxCompletionTokens);
    count(m_limits, "max_total_tokens", &D::maxTotalTokens);
    count(m_more, "max_requests", &D::maxRequests);
    count(m_more, "max_cost", &D::maxCostUsd);
    count(m_perRequest, "request_max_prompt_tokens", &D::requestMaxPromptTokens);
    count(m_perRequest, "request_max_completion_tokens", &D::requestMaxCompletionTokens);
    count(m_perRequest, "request_max_total_tokens", &D::requestMaxTotalTokens);
    m_binder.onChanged([this] { Q_EMIT changed(); });
    configureByTyping();
}

void EnvironmentForm::configureByTyping()
{
    // Typing in an environment configures it; the tick box alone may take that back.
    const auto configure = [this](const QString& text) {
        if (!m_loading && m_mode == Mode::Register && !text.isEmpty())
            m_configured->setChecked(true);
    };
    for (FormFields* fields : {m_security, m_limits, m_more, m_perRequest}) {
        for (QLineEdit* edit : fields->findChildren<QLineEdit*>()) {
            connect(edit, &QLineEdit::textChanged, this, configure);
            // What was said about the old text does not hold for the new one.
            connect(edit, &QLineEdit::textChanged, fields, [fields, edit] { fields->clearIssue(edit->objectName()); });
        }
    }
    connect(m_deployments, &QPlainTextEdit::textChanged, m_security,
            [this] { m_security->clearIssue(key("deployments")); });
    connect(m_place, &QComboBox::currentIndexChanged, m_security, [this] { m_security->clearIssue(key("place")); });
    connect(m_deployments, &QPlainTextEdit::textChanged, this,
            [this, configure] { configure(m_deployments->toPlainText()); });
}

void EnvironmentForm::setProvider(ProviderKind provider)
{
    const QString presetBefore = UiText::qs(catalog::descriptor(m_provider).authorizationHeader);
    const QString preset = UiText::qs(catalog::descriptor(provider).authorizationHeader);
    m_provider = provider;
    if (m_header->text().isEmpty() || m_header->text() == presetBefore) {
        m_loading = true;
        m_header->setText(preset);
        m_loading = false;
    }
    m_apiKey->setPlaceholderText(UiText::qs(catalog::descriptor(provider).keyPlaceholder));
    showSecurityFields();
}

AuthKind EnvironmentForm::authKind() const
{
    if (m_provider == ProviderKind::OpenAiCompatible && m_noAuthentication->isChecked())
        return AuthKind::None;
    if (m_provider == ProviderKind::AwsBedrock && m_useAccessKey->isChecked())
        return AuthKind::SigV4;
    return AuthKind::Header;
}

void EnvironmentForm::showSecurityFields()
{
    const catalog::ProviderDescriptor& descriptor = catalog::descriptor(m_provider);
    const AuthKind kind = authKind();
    m_noAuthentication->setVisible(m_provider == ProviderKind::OpenAiCompatible);
    m_bedrockChoice->setVisible(descriptor.supportsSigV4);
    for (const char* name : {"authorization_header", "api_key"})
        m_security->setFieldVisible(key(name), kind == AuthKind::Header);
    for (const char* name : {"region", "access_key", "secret_key", "session_token"})
        m_security->setFieldVisible(key(name), kind == AuthKind::SigV4);
    m_security->setFieldVisible(key("place"), kind != AuthKind::None);
    m_security->setFieldVisible(key("api_version"), descriptor.needsApiVersion);
    m_security->setFieldVisible(key("deployments"), descriptor.needsDeployments);
    showSentAs();
}

void EnvironmentForm::showSentAs()
{
    const auto choice = validation::readAuthorizationHeader(m_header->text().toStdString(), m_provider);
    if (!choice) {
        m_security->setHint(key("authorization_header"), {});
        return;
    }
    m_security->setHint(key("authorization_header"),
                        tr("Sent as %1: %2****").arg(UiText::qs(choice->header), UiText::qs(choice->prefix)));
}

void EnvironmentForm::splitPastedHeader()
{
    // A whole header was pasted: its token belongs into the masked field.
    const auto choice = validation::readAuthorizationHeader(m_header->text().toStdString(), m_provider);
    if (!choice || choice->pasted.isEmpty())
        return;
    if (m_apiKey->text().isEmpty())
        m_apiKey->setText(UiText::qs(choice->pasted.reveal()));
    m_header->setText(UiText::qs(choice->header) + (choice->prefix.empty()
                                                        ? QString()
                                                        : QStringLiteral(": ") + UiText::qs(choice->prefix).trimmed()));
}

void EnvironmentForm::showPlace()
{
    QString hint;
    switch (static_cast<SecretPlace>(m_place->currentData().toInt())) {
    case SecretPlace::Keychain:
        switch (m_secrets.keychainState()) {
        case secrets::KeychainState::Available:
            hint = tr("Kept in the system keychain; the database holds only a reference.");
            break;
        case secrets::KeychainState::Unknown:
            hint = tr("Kept in the system keychain, which is being checked.");
            break;
        case secrets::KeychainState::LockedOrAbsent:
            hint = tr("The keychain is locked or unavailable: unlock it, or choose another place.");
            break;
        case secrets::KeychainState::NoService:
            hint = tr("This computer has no keychain service: choose another place.");
            break;
        }
        break;
    case SecretPlace::Environment:
        hint = tr("Type the variable's name above instead of the key, such as OPENAI_API_KEY. Whoever starts the "
                  "gateway sets it.");
        break;
    case SecretPlace::File:
        hint = tr("Written to a file in the profile that only you can read. It is not encrypted.");
        break;
    }
    m_security->setHint(key("place"), hint);
    if (m_mode == Mode::Register) {
        const bool variable = m_place->currentData().toInt() == static_cast<int>(SecretPlace::Environment);
        m_security->setHint(key("api_key"), variable
                                                ? tr("The name of the variable.")
                                                : tr("env:NAME or file:/path is taken as a reference, not as a key."));
    }
}

void EnvironmentForm::load(EnvironmentDraft& draft)
{
    m_loading = true;
    if (draft.authorizationHeader.empty())
        draft.authorizationHeader = std::string(catalog::descriptor(m_provider).authorizationHeader);
    m_noAuthentication->setChecked(draft.authKind == AuthKind::None);
    m_useAccessKey->setChecked(draft.authKind == AuthKind::SigV4);
    m_useApiKey->setChecked(draft.authKind != AuthKind::SigV4);
    m_binder.load(draft);
    m_loading = false;
    showSecurityFields();
}

void EnvironmentForm::read(EnvironmentDraft& draft) const
{
    m_binder.read(draft);
    draft.environment = m_environment.id;
    draft.authKind = authKind();
    if (m_mode == Mode::Edit)
        draft.configured = true;
}

bool EnvironmentForm::isDirty() const
{
    return m_binder.isDirty();
}

void EnvironmentForm::wipeSecrets()
{
    for (SecretEdit* edit : {m_apiKey, m_accessKeyId, m_secretAccessKey, m_sessionToken})
        edit->wipe();
}

void EnvironmentForm::setStoredSecurity(const BackendSecurity& security)
{
    m_stored = security;
    m_security->setHint(key("api_key"), whereKept(security.secret));
    m_security->setHint(key("access_key"), whereKept(security.accessKey));
    m_security->setHint(key("secret_key"), whereKept(security.secretKey));
    m_security->setHint(key("session_token"), whereKept(security.sessionToken));
}

FieldIssues EnvironmentForm::check() const
{
    EnvironmentDraft draft;
    read(draft);
    FieldIssues issues = validation::checkEnvironment(draft, m_provider, m_environment.isProduction);
    if (m_mode == Mode::Edit) {
        // An empty field keeps what is stored.
        const auto kept = [this](const FieldIssue& issue) {
            return issue.code == "required" && ((issue.field == "api_key" && !m_stored.secret.isNone()) ||
                                                (issue.field == "access_key" && !m_stored.accessKey.isNone()) ||
                                                (issue.field == "secret_key" && !m_stored.secretKey.isNone()));
        };
        std::erase_if(issues, kept);
    }
    const bool newSecret = !draft.apiKey.isEmpty() || !draft.accessKeyId.isEmpty() || !draft.secretAccessKey.isEmpty();
    if (draft.authKind != AuthKind::None && newSecret && draft.place == SecretPlace::Keychain &&
        m_secrets.keychainState() != secrets::KeychainState::Available &&
        m_secrets.keychainState() != secrets::KeychainState::Unknown && namesNoReference(draft))
        issues.push_back({"place", "no_keychain"});
    return issues;
}

void EnvironmentForm::showIssues(const FieldIssues& issues)
{
    for (FormFields* fields : {m_security, m_limits, m_more, m_perRequest})
        fields->showIssues(issues);
    for (const FieldIssue& issue : issues) {
        const QString name = UiText::qs(issue.field).section(QLatin1Char('/'), -1);
        if (m_more->contains(name))
            m_more->show();
        if (m_perRequest->contains(name))
            m_perRequest->show();
    }
}

void EnvironmentForm::clearIssues()
{
    showIssues({});
}

bool EnvironmentForm::focusFirstError()
{
    for (FormFields* fields : {m_security, m_limits, m_more, m_perRequest}) {
        if (fields->focusFirstError())
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
    m_noAuthentication->setChecked(theirs.authKind == AuthKind::None);
    m_useAccessKey->setChecked(theirs.authKind == AuthKind::SigV4);
    m_useApiKey->setChecked(theirs.authKind != AuthKind::SigV4);
    if (!m_more->findChild<QLineEdit*>(key("max_requests"))->text().isEmpty() ||
        !m_more->findChild<QLineEdit*>(key("max_cost"))->text().isEmpty())
        m_more->show();
    showSecurityFields();
    (authKind() == AuthKind::SigV4 ? m_accessKeyId : m_apiKey)->setFocus();
    Q_EMIT changed();
}

void EnvironmentForm::prepareTest(std::function<void(Result<runtime::ConnectionTest::Request>)> done)
{
    EnvironmentDraft draft;
    read(draft);
    makeTestRequest(m_service ? m_service() : Service{}, draft, m_stored, m_secrets, this, std::move(done));
}

} // namespace sb::ui
