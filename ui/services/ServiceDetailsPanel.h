// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "async/OnResult.h"
#include "services/ServicesSlice.h"
#include "storage/repositories/ServiceRepository.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QTabWidget;

namespace sb::ui {

class AsyncView;
class EnvironmentConfigurations;
class GeneralDetails;

/// One service: General details, Environment configurations, Used by. Reloads when the catalogue changes, but never
/// under the hands of somebody who is typing.
class ServiceDetailsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ServiceDetailsPanel(const ServicesSlice& slice, QWidget* parent = nullptr);

    void showService(ServiceId id);
    void servingChanged();
    void showEnvironments(); ///< the tab, which has the limits
    void reload();
    void clear();
    bool isDirty() const;
    void discardChanges();
    ServiceId service() const { return m_id; }

Q_SIGNALS:
    void saved();

private:
    void showDetails(const storage::ServiceDetails& details);

    const ServicesSlice m_slice;
    ServiceId m_id;
    bool m_filled = false; ///< before that the forms differ from what they were loaded with: nothing
    Latest<storage::ServiceDetails> m_latest;
    AsyncView* m_view;
    QTabWidget* m_tabs;
    GeneralDetails* m_general;
    EnvironmentConfigurations* m_environments;
    QLabel* m_usage;
    QListWidget* m_usedBy;
};

} // namespace sb::ui
