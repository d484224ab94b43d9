// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"
#include "domain/ServiceDraft.h"
#include "domain/validation/FieldIssue.h"
#include "kit/FormBinder.h"
#include "services/TestPanel.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QPushButton;

namespace sb::secrets {
class SecretStore;
}

namespace sb::ui {

class BackendSecurityForm;
class FormFields;
class LimitsForm;

/// One service in one environment: backend security, window quotas, per-request maxima, connection test. The same form
/// in the registration and on the details page, where the stored secret can be replaced but is never shown.
class EnvironmentForm : public QWidget {
    Q_OBJECT
public:
    enum class Mode { Register, Edit };

    EnvironmentForm(Mode mode, const Environment& environment, secrets::SecretStore& secrets,
                    QWidget* parent = nullptr);

    /// Shows the fields this provider needs; a header that was not edited becomes the provider's preset.
    void setProvider(ProviderKind provider);
    void load(EnvironmentDraft& draft);
    /// Edit mode: window quotas that only a configuration file manages; empty: the form does.
    void setManagedLimits(const std::vector<LimitRule>& rules);
    void read(EnvironmentDraft& draft) const;
    bool isDirty() const;
    /// What is in the form now, for saved() when that was written; something else may be typed meanwhile.
    FormBinder<EnvironmentDraft>::State state() const { return m_binder.state(); }
    void saved(const EnvironmentDraft& sent, FormBinder<EnvironmentDraft>::State state);
    void wipeSecrets();

    /// Edit mode: where the present secret is kept; empty fields then mean "keep it".
    void setStoredSecurity(const BackendSecurity& security);
    const BackendSecurity& storedSecurity() const;

    /// What the service's address says of the region where requests are signed for.
    void presetRegion();
    /// What the connection test needs of the service.
    void setServiceSource(std::function<Service()> source) { m_service = std::move(source); }
    void setLocalHosts(std::function<std::vector<std::string>()> hosts) { m_localHosts = std::move(hosts); }
    /// The address changed: an older test says nothing any more.
    void resetTest() { m_test->reset(); }
    /// Another service is registered: what was chosen for the last one's test does not carry over.
    void startTestOver() { m_test->startOver(); }
    TestPanel::Verdict verdict() const { return m_test->verdict(); }

    /// Rules of domain/validation plus "where is the key kept".
    FieldIssues check() const;
    void showIssues(const FieldIssues& issues);
    void clearIssues();
    bool focusFirstError();

    bool isConfigured() const;
    void setConfigured(bool configured);
    const Environment& environment() const { return m_environment; }

    /// "Same as <name>": header and limits of the other form, never a key.
    void offerSameAs(EnvironmentForm* previous);

Q_SIGNALS:
    void changed();
    void verdictChanged();

private:
    std::vector<FormFields*> fields() const;
    void showWarnings();
    void configureByTyping();
    void copyFrom(const EnvironmentForm& other);
    void prepareTest(std::function<void(Result<runtime::ConnectionTest::Request>)> done);

    Mode m_mode;
    Environment m_environment;
    secrets::SecretStore& m_secrets;
    std::function<Service()> m_service;
    std::function<std::vector<std::string>()> m_localHosts;
    FormBinder<EnvironmentDraft> m_binder;
    bool m_loading = false;
    QTimer m_warnSoon;

    QCheckBox* m_configured;
    QPushButton* m_sameAs;
    BackendSecurityForm* m_security;
    LimitsForm* m_limits;
    TestPanel* m_test;
};

} // namespace sb::ui
