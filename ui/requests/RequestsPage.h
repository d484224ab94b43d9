// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "kit/Page.h"

#include <functional>
#include <memory>

namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class EnvironmentScope;

/// Navigation entry "Requests": every request, newest first, with a filter, a live tail that waits while the user looks
/// at older ones, and all that is known about the chosen one.
class RequestsPage final : public Page {
    Q_OBJECT
public:
    /// `gatewayUrl` gives the address of the running gateway, empty when it is stopped; the filter follows `scope`.
    RequestsPage(storage::StorageService& storage, const Clock& clock, EnvironmentScope& scope,
                 std::function<QString()> gatewayUrl, QWidget* parent = nullptr);
    ~RequestsPage() override;

    void activate() override;
    void refresh() override;
    /// A request id: the list then begins at that request and its details are shown.
    void openAt(const QString& argument) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
