// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"
#include "domain/ServiceDraft.h"
#include "domain/validation/FieldIssue.h"

#include <QWidget>

#include <functional>
#include <vector>

class QTabWidget;

namespace sb::secrets {
class SecretStore;
}

namespace sb::ui {

class EnvironmentForm;

/// Step 3: one tab per environment in promotion order, so that each fixed label is on screen once.
class EnvironmentsStep : public QWidget {
    Q_OBJECT
public:
    EnvironmentsStep(secrets::SecretStore& secrets, std::function<std::vector<std::string>()> localHosts,
                     QWidget* parent = nullptr);

    /// Makes the tabs; keeps what was typed in environments that are still there.
    void setEnvironments(const std::vector<Environment>& environments);
    void setProvider(ProviderKind provider);
    void setServiceSource(std::function<Service()> source);
    void presetRegion(); ///< from the service's address
    void resetTests();
    void startTestsOver(); ///< for another service: nothing chosen for the last one's test carries over

    void load(ServiceDraft& draft);
    void read(ServiceDraft& draft) const;
    void wipeSecrets();
    /// Shows what is wrong, opens the tab of the first error and focuses it.
    bool validate();
    /// Issues with field names "environments/<name>/<column>"; true when one of them is in a tab.
    bool showIssues(const FieldIssues& issues);
    const std::vector<EnvironmentForm*>& forms() const { return m_forms; }
    /// Whether a key is to go to the keychain, and that does not open.
    bool lacksKeychain() const;

Q_SIGNALS:
    void submitRequested(); ///< Enter in a field

private:
    void markTab(int index);

    secrets::SecretStore& m_secrets;
    ProviderKind m_provider = ProviderKind::OpenAi;
    std::function<Service()> m_service;
    std::function<std::vector<std::string>()> m_localHosts;
    std::vector<Environment> m_environments;
    std::vector<EnvironmentForm*> m_forms;
    QTabWidget* m_tabs;
};

} // namespace sb::ui
