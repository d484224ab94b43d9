// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "kit/Page.h"

#include <memory>

namespace sb::runtime {
class GatewayHost;
}

namespace sb::ui {

/// Navigation entry "Gateway": start and stop, where it listens, what goes through it, what is wrong with its
/// configuration.
class GatewayPage final : public Page {
    Q_OBJECT
public:
    /// Both outlive the page.
    GatewayPage(runtime::GatewayHost& host, const Clock& clock, QWidget* parent = nullptr);
    ~GatewayPage() override;

    void activate() override;
    void refresh() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
