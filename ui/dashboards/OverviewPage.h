// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/ViewState.h"
#include "base/Clock.h"

#include <QString>
#include <QWidget>

#include <memory>

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class EnvironmentScope;
class Prompts;

/// The first tab of Dashboards: figures against the period before, what changed in a sentence, cost, tokens and latency
/// over time. Follows the traffic within a second while it is on screen; what was shown stays until the newer picture
/// is complete.
class OverviewPage final : public QWidget {
    Q_OBJECT
public:
    /// All of them outlive the page. The environments shown follow `scope`, and can be chosen more finely here.
    OverviewPage(storage::StorageService& storage, const Clock& clock, EnvironmentScope& scope, Prompts& prompts,
                 QWidget* parent = nullptr);
    ~OverviewPage() override;

    /// Loads now.
    void refresh();
    const analytics::ViewState& view() const;
    void setView(const analytics::ViewState& view);

Q_SIGNALS:
    void navigate(const QString& entry, const QString& argument);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
