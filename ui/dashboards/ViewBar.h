// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/ViewState.h"
#include "domain/Organization.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace sb::ui {

/// The filter bar of an analysis page: period, time zone, grouping and environments of a ViewState.
class ViewBar final : public QWidget {
    Q_OBJECT
public:
    explicit ViewBar(QWidget* parent = nullptr);
    ~ViewBar() override;

    /// What there is to choose from; keeps the choice. Emits nothing.
    void setChoices(const Organization& organization, const std::vector<Environment>& environments);

    const analytics::ViewState& view() const;
    void setView(const analytics::ViewState& view); ///< emits viewChanged when it differs
    /// Every environment is unticked: nothing can be shown.
    bool isEverythingExcluded() const;

Q_SIGNALS:
    void viewChanged();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
