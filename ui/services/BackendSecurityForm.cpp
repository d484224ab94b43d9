// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/BackendSecurityForm.h"

#include "catalog/ProviderDescriptor.h"
#include "domain/validation/ServiceValidation.h"
#include "kit/FormFields.h"
#include "kit/Named.h"
#include "kit/UiText.h"
#include "secrets/SecretStore.h"
#include "services/TestRequest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace sb::ui {

namespace {

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

const char* usualVariable(ProviderKind provider)
{
    switch (provider) {
    case ProviderKind::OpenAi:
        return "OPENAI_API_KEY";
    case ProviderKind::AzureOpenAi:
        return "AZURE_OPENAI_API_KEY";
    case ProviderKind::Anthropic:
        return "ANTHROPIC_API_KEY";
    case ProviderKind::Mistral:
        return "MISTRAL_API_KEY";
    case ProviderKind::AwsBedrock:
        return "AWS_BEARER_TOKEN_BEDROCK";
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return "MODELS_API_KEY";
}

/// What is stored is shown in words; a place is no secret.
QString whereKept(const SecretRef& ref)
{
    switch (ref.kind) {
    case SecretRef::Kind::Keychain:
        return BackendSecurityForm::tr("Stored in the system keychain. Leave empty to keep it.");
    case SecretRef::Kind::Environment:
        return BackendSecurityForm::tr("Read from the variable %1. Leave empty to keep it.").arg(UiText::qs(ref.name));
    case SecretRef::Kind::File:
        return BackendSecurityForm::tr("Read from the file %1. Leave empty to keep it.").arg(UiText::qs(ref.name));
    case SecretRef::Kind::None:
        break;
    }
    return BackendSecurityForm::tr("No key is stored.");
}

} // namespace

BackendSecurityForm::BackendSecurityForm(bool keepsEmpty, secrets::SecretStore& secrets, QWidget* parent)
    : QWidget(parent), m_keepsEmpty(keepsEmpty), m_secrets(secrets)
{
    m_fields = new FormFields(this);
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
    m_accessKeyId = new QLineEdit(this);
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

    m_fields->addWide(m_noAuthentication);
    m_fields->addWide(m_bedrockChoice);
    m_fields->addField(key("authorization_header"), tr("Authorization header"), m_header);
    m_fields->addField(key("api_key"), tr("API key"), m_apiKey);
    m_fields->addField(key("region"), tr("Region"), m_region);
    m_fields->addField(key("access_key"), tr("Access key ID"), m_accessKeyId);
    m_fields->addField(key("secret_key"), tr("Secret access key"), m_secretAccessKey);
    m_fields->addField(key("session_token"), tr("Session token"), m_sessionToken,
                       tr("Only with temporary credentials."));
    m_fields->addField(key("place"), tr("Stored in"), m_place);
    m_fields->addField(key("api_version"), tr("API version"), m_apiVersion,
                       tr("A date, such as 2024-10-21; empty: the v1 paths, which need none."));
    m_fields->addField(key("deployments"), tr("Deployments"), m_deployments,
                       tr("model=deployment, one per line. Empty: the model's name is the deployment's."));

    connect(m_noAuthentication, &QCheckBox::toggled, this, &BackendSecurityForm::showFields);
    connect(m_useAccessKey, &QRadioButton::toggled, this, &BackendSecurityForm::showFields);
    connect(m_header, &QLineEdit::textChanged, this, [this](const QString& text) {
        constexpr int kPasteLength = 8; // so much at once was pasted or written by assistive technology, not typed
        const bool pasted = text.size() - m_headerLength >= kPasteLength;
        m_headerLength = text.size();
        showSentAs();
        if (pasted)
            splitPastedHeader();
    });
    connect(m_header, &QLineEdit::editingFinished, this, &BackendSecurityForm::splitPastedHeader);
    connect(m_place, &QComboBox::currentIndexChanged, this, &BackendSecurityForm::showPlace);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_fields);
    column->addStretch(1);
    connect(&m_secrets, &secrets::SecretStore::keychainStateChanged, this, &BackendSecurityForm::showPlace);
    for (QLineEdit* edit :
         {static_cast<QLineEdit*>(m_apiKey), m_header, m_region, m_accessKeyId,
          static_cast<QLineEdit*>(m_secretAccessKey), static_cast<QLineEdit*>(m_sessionToken), m_apiVersion})
        connect(edit, &QLineEdit::textChanged, this, &BackendSecurityForm::credentialChanged);
    for (QAbstractButton* button : {static_cast<QAbstractButton*>(m_noAuthentication),
                                    static_cast<QAbstractButton*>(m_useApiKey)}) // its twin changes with it
        connect(button, &QAbstractButton::toggled, this, &BackendSecurityForm::credentialChanged);
    connect(m_place, &QComboBox::currentIndexChanged, this, &BackendSecurityForm::credentialChanged);
    connect(m_deployments, &QPlainTextEdit::textChanged, this, &BackendSecurityForm::credentialChanged);
    // What was said about the old text does not hold for the new one.
    connect(m_deployments, &QPlainTextEdit::textChanged, m_fields,
            [this] { m_fields->clearIssue(key("deployments")); });
    connect(m_place, &QComboBox::currentIndexChanged, m_fields, [this] { m_fields->clearIssue(key("place")); });
    showFields();
}

void BackendSecurityForm::bind(FormBinder<EnvironmentDraft>& binder)
{
    using D = EnvironmentDraft;
    binder.choice<AuthKind>(
        {m_noAuthentication, m_useApiKey, m_useAccessKey}, [this](AuthKind kind) { setAuthKind(kind); },
        [this] { return authKind(); }, [](D& d) -> AuthKind& { return d.authKind; });
    binder.text(m_header, [](D& d) -> std::string& { return d.authorizationHeader; });
    binder.secret(m_apiKey, [](D& d) -> Secret& { return d.apiKey; });
    binder.text(m_region, [](D& d) -> std::string& { return d.region; });
    binder.secret(m_accessKeyId, [](D& d) -> Secret& { return d.accessKeyId; });
    binder.secret(m_secretAccessKey, [](D& d) -> Secret& { return d.secretAccessKey; });
    binder.secret(m_sessionToken, [](D& d) -> Secret& { return d.sessionToken; });
    binder.choice<SecretPlace>(m_place, [](D& d) -> SecretPlace& { return d.place; });
    binder.text(m_apiVersion, [](D& d) -> std::string& { return d.apiVersion; });
    binder.text(m_deployments, [](D& d) -> std::string& { return d.deployments; });
}

void BackendSecurityForm::setProvider(ProviderKind provider)
{
    const QString presetBefore = UiText::qs(catalog::descriptor(m_provider).authorizationHeader);
    const QString preset = UiText::qs(catalog::descriptor(provider).authorizationHeader);
    m_provider = provider;
    if (m_header->text().isEmpty() || m_header->text() == presetBefore)
        m_header->setText(preset);
    showFields();
}

void BackendSecurityForm::presetRegion(const std::string& region)
{
    if (m_region->text().isEmpty() || m_region->text() == m_presetRegion)
        m_region->setText(UiText::qs(region));
    m_presetRegion = UiText::qs(region);
}

void BackendSecurityForm::setAuthKind(AuthKind kind)
{
    m_noAuthentication->setChecked(kind == AuthKind::None);
    m_useAccessKey->setChecked(kind == AuthKind::SigV4);
    m_useApiKey->setChecked(kind != AuthKind::SigV4);
    showFields();
}

AuthKind BackendSecurityForm::authKind() const
{
    if (m_provider == ProviderKind::OpenAiCompatible && m_noAuthentication->isChecked())
        return AuthKind::None;
    if (m_provider == ProviderKind::AwsBedrock && m_useAccessKey->isChecked())
        return AuthKind::SigV4;
    return AuthKind::Header;
}

void BackendSecurityForm::showFields()
{
    const catalog::ProviderDescriptor& descriptor = catalog::descriptor(m_provider);
    const AuthKind kind = authKind();
    m_noAuthentication->setVisible(m_provider == ProviderKind::OpenAiCompatible);
    m_bedrockChoice->setVisible(descriptor.supportsSigV4);
    for (const char* name : {"authorization_header", "api_key"})
        m_fields->setFieldVisible(key(name), kind == AuthKind::Header);
    for (const char* name : {"region", "access_key", "secret_key", "session_token"})
        m_fields->setFieldVisible(key(name), kind == AuthKind::SigV4);
    m_fields->setFieldVisible(key("place"), kind != AuthKind::None);
    m_fields->setFieldVisible(key("api_version"), descriptor.needsApiVersion);
    m_fields->setFieldVisible(key("deployments"), descriptor.needsDeployments);
    showSentAs();
    showPlace();
}

void BackendSecurityForm::showSentAs()
{
    const auto choice = validation::readAuthorizationHeader(m_header->text().toStdString(), m_provider);
    if (!choice) {
        m_fields->setHint(key("authorization_header"), {});
        return;
    }
    m_fields->setHint(key("authorization_header"),
                      tr("Sent as %1: %2****").arg(UiText::qs(choice->header), UiText::qs(choice->prefix)));
}

void BackendSecurityForm::splitPastedHeader()
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

void BackendSecurityForm::showPlace()
{
    QString hint;
    switch (place()) {
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
        hint = tr("Type the variable's name above instead of the key. Whoever starts the gateway sets it.");
        break;
    case SecretPlace::File:
        hint = tr("Written to a file in the profile that only you can read. It is not encrypted.");
        break;
    }
    if (isMoving() && place() != SecretPlace::Environment)
        hint += QLatin1Char(' ') + tr("What is stored moves there when you save.");
    m_fields->setHint(key("place"), hint);
    showKeyHints();
}

/// What to type for each secret, and that an empty field keeps the stored one.
void BackendSecurityForm::showKeyHints()
{
    const bool namesVariable = place() == SecretPlace::Environment && (!m_keepsEmpty || isMoving());
    const auto show = [&](const char* name, const SecretRef& stored, const QString& otherwise = {}) {
        m_fields->setHint(key(name), namesVariable  ? tr("The name of the variable.")
                                     : m_keepsEmpty ? whereKept(stored)
                                                    : otherwise);
    };
    const bool isVariable = place() == SecretPlace::Environment;
    for (SecretEdit* edit : {m_apiKey, m_secretAccessKey, m_sessionToken})
        edit->setAsksForVariable(isVariable);
    const auto example = [isVariable](QLineEdit* edit, const char* variable, const QString& otherwise = {}) {
        edit->setPlaceholderText(isVariable ? QString::fromLatin1(variable) : otherwise);
    };
    example(m_apiKey, usualVariable(m_provider), UiText::qs(catalog::descriptor(m_provider).keyPlaceholder));
    example(m_accessKeyId, "AWS_ACCESS_KEY_ID", QStringLiteral("AKIA…"));
    example(m_secretAccessKey, "AWS_SECRET_ACCESS_KEY");
    example(m_sessionToken, "AWS_SESSION_TOKEN");
    show("api_key", m_stored.secret, tr("env:NAME or file:/path is taken as a reference, not as a key."));
    show("access_key", m_stored.accessKey);
    show("secret_key", m_stored.secretKey);
    show("session_token", m_stored.sessionToken, tr("Only with temporary credentials."));
}

SecretPlace BackendSecurityForm::place() const
{
    return static_cast<SecretPlace>(m_place->currentData().toInt());
}

bool BackendSecurityForm::isMoving() const
{
    const bool isStored = !m_stored.secret.isNone() || !m_stored.secretKey.isNone();
    return isStored && m_stored.kind == authKind() && place() != placeOf(m_stored);
}

void BackendSecurityForm::setStored(const BackendSecurity& security)
{
    m_stored = security;
    showPlace();
}

void BackendSecurityForm::completeIssues(const EnvironmentDraft& draft, FieldIssues& issues) const
{
    // An empty field keeps what is stored, which no variable can take over.
    if (m_keepsEmpty && !(isMoving() && draft.place == SecretPlace::Environment)) {
        const auto kept = [this](const FieldIssue& issue) {
            return issue.code == "required" && ((issue.field == "api_key" && !m_stored.secret.isNone()) ||
                                                (issue.field == "access_key" && !m_stored.accessKey.isNone()) ||
                                                (issue.field == "secret_key" && !m_stored.secretKey.isNone()));
        };
        std::erase_if(issues, kept);
    }
    const bool newSecret = !draft.apiKey.isEmpty() || !draft.accessKeyId.isEmpty() || !draft.secretAccessKey.isEmpty();
    if (draft.authKind != AuthKind::None && (newSecret || isMoving()) && draft.place == SecretPlace::Keychain &&
        m_secrets.keychainState() != secrets::KeychainState::Available &&
        m_secrets.keychainState() != secrets::KeychainState::Unknown && namesNoReference(draft))
        issues.push_back({"place", "no_keychain"});
}

void BackendSecurityForm::wipeSecrets()
{
    for (SecretEdit* edit : {m_apiKey, m_secretAccessKey, m_sessionToken})
        edit->wipe();
    m_accessKeyId->clear();
}

void BackendSecurityForm::wipeSent(const EnvironmentDraft& sent)
{
    if (m_accessKeyId->text().trimmed().toStdString() == sent.accessKeyId.reveal())
        m_accessKeyId->clear();
    const std::array<std::pair<SecretEdit*, const Secret*>, 3> fields{
        {{m_apiKey, &sent.apiKey}, {m_secretAccessKey, &sent.secretAccessKey}, {m_sessionToken, &sent.sessionToken}}};
    for (const auto& [edit, secret] : fields) {
        if (edit->secret().reveal() == secret->reveal())
            edit->wipe();
    }
}

void BackendSecurityForm::focusCredential()
{
    (authKind() == AuthKind::SigV4 ? m_accessKeyId : static_cast<QLineEdit*>(m_apiKey))->setFocus();
}

} // namespace sb::ui
