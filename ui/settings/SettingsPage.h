// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/Page.h"

#include <functional>
#include <memory>

namespace sb::secrets {
class SecretStore;
}
namespace sb::settings {
class AppSettings;
}
namespace sb::storage {
class StorageService;
}

namespace sb::ui {

/// Navigation entry "Settings": each value with where it comes from; what the command line or the environment holds is
/// read only here. Changes apply at once, except the database, which is opened at the next start.
class SettingsPage final : public Page {
    Q_OBJECT
public:
    /// `setListen` tells the gateway where its next start listens. All outlive the page.
    SettingsPage(settings::AppSettings& settings, storage::StorageService& storage, secrets::SecretStore& secrets,
                 std::function<void(const QString& host, quint16 port)> setListen, QWidget* parent = nullptr);
    ~SettingsPage() override;

    void activate() override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ui
