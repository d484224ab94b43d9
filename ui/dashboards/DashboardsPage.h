// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "kit/Page.h"

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class EnvironmentScope;
class OverviewPage;
class Prompts;

/// Navigation entry "Dashboards": the analysis pages as tabs.
class DashboardsPage final : public Page {
    Q_OBJECT
public:
    DashboardsPage(storage::StorageService& storage, const Clock& clock, EnvironmentScope& scope, Prompts& prompts,
                   QWidget* parent = nullptr);

    void refresh() override;
    /// A serialised analytics::ViewState.
    void openAt(const QString& argument) override;

private:
    OverviewPage* m_overview;
};

} // namespace sb::ui
