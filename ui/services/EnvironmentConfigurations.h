// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ServicesSlice.h"
#include "storage/repositories/ServiceRepository.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QTabWidget;

namespace sb::ui {

class EnvironmentForm;
class MessageBar;
class StatePill;

/// The tab "Environment configurations": backend security and limits per environment. The stored secret is replaced,
/// never shown. What this form cannot represent (several window quotas, from a configuration file) is shown and left
/// alone.
class EnvironmentConfigurations : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentConfigurations(const ServicesSlice& slice, QWidget* parent = nullptr);

    void load(const storage::ServiceDetails& details);
    bool isDirty() const;
    void discardChanges(); ///< in every environment
    void showCurrent();    ///< state, revision and buttons of the environment in front

Q_SIGNALS:
    void saved();

private:
    struct Tab {
        EnvironmentForm* form = nullptr;
        ServiceEnvironment stored; ///< id none: not configured
        std::vector<LimitRule> limits;
        RequestCaps caps;
    };
    void rebuild(const std::vector<Environment>& environments);
    static void storeTab(Tab& tab, const storage::ServiceDetails& details);
    void loadTab(Tab& tab);
    void save();
    void offerUndo(ServiceId service, const Environment& environment,
                   const ServiceRegistration::PerEnvironment& former);
    Tab* current();

    const ServicesSlice m_slice;
    storage::ServiceDetails m_details;
    std::vector<Environment> m_environments;
    std::vector<Tab> m_entries;
    bool m_writing = false; ///< one after the other: each begins with what the last one left
    QTabWidget* m_tabs;
    MessageBar* m_message;
    StatePill* m_state;
    QLabel* m_revision;
    QPushButton* m_save;
    QPushButton* m_revert;
};

} // namespace sb::ui
