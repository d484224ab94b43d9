// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ServiceDraft.h"
#include "kit/FormBinder.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QRadioButton;

namespace sb::secrets {
class SecretStore;
}

namespace sb::ui {

class FormFields;

/// How a service's provider is told who asks: the header and the key, or the signature, and where the key is kept.
class BackendSecurityForm : public QWidget {
    Q_OBJECT
public:
    /// `keepsEmpty`: a secret is stored already, and an empty field keeps it.
    BackendSecurityForm(bool keepsEmpty, secrets::SecretStore& secrets, QWidget* parent = nullptr);

    void bind(FormBinder<EnvironmentDraft>& binder);
    FormFields* fields() const { return m_fields; }

    /// Shows the fields this provider needs; a header that was not edited becomes the provider's preset.
    void setProvider(ProviderKind provider);
    ProviderKind provider() const { return m_provider; }
    AuthKind authKind() const;

    /// The region that the address names, unless another was typed.
    void presetRegion(const std::string& region);

    /// Where the present secrets are kept, said in words.
    void setStored(const BackendSecurity& security);
    const BackendSecurity& stored() const { return m_stored; }

    /// "Where is the key kept", and which of the issues an empty field does not have because its secret is stored.
    void completeIssues(const EnvironmentDraft& draft, FieldIssues& issues) const;
    void wipeSecrets();
    void wipeSent(const EnvironmentDraft& sent); ///< but not what was typed since
    void focusCredential();

Q_SIGNALS:
    void credentialChanged(); ///< or anything else that a connection test depends on

private:
    void setAuthKind(AuthKind kind);
    void showFields();
    void showSentAs();
    void showPlace();
    void showKeyHints();
    SecretPlace place() const;
    bool isMoving() const; ///< what is stored to another place
    void splitPastedHeader();

    bool m_keepsEmpty;
    secrets::SecretStore& m_secrets;
    ProviderKind m_provider = ProviderKind::OpenAi;
    BackendSecurity m_stored;
    qsizetype m_headerLength = 0;
    QString m_presetRegion;

    FormFields* m_fields;
    QCheckBox* m_noAuthentication;
    QWidget* m_bedrockChoice;
    QRadioButton* m_useApiKey;
    QRadioButton* m_useAccessKey;
    QLineEdit* m_header;
    SecretEdit* m_apiKey;
    QLineEdit* m_region;
    QLineEdit* m_accessKeyId; ///< an id is no secret: legible
    SecretEdit* m_secretAccessKey;
    SecretEdit* m_sessionToken;
    QComboBox* m_place;
    QLineEdit* m_apiVersion;
    QPlainTextEdit* m_deployments;
};

} // namespace sb::ui
