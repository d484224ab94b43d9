// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "domain/Organization.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace sb::secrets { class SecretStore; }
namespace sb::settings { class AppSettings; }
namespace sb::storage { class StorageService; }

namespace sb::runtime {

class GatewayHost;

/// What the command line and the environment say; both programs parse it with CommandLine.h.
struct LaunchOptions {
    QString profileDirectory; ///< --profile, default the platform's data directory
    QString databaseUrl;      ///< --database or DATABASE_URL; empty: SQLite in the profile
    QString databaseUrlOrigin; ///< "command line", "environment", "setting", "default"
    QString listenHost;
    quint16 listenPort = 8484;
};

/// Everything a program is built from, made in main() and passed by reference; pages get only their slice. Main thread.
class AppContext : public QObject {
    Q_OBJECT
public:
    explicit AppContext(const LaunchOptions& options, QObject* parent = nullptr);
    ~AppContext() override;

    const LaunchOptions& options() const;
    const Clock& clock() const;
    settings::AppSettings& settings();
    storage::StorageService& storage();
    secrets::SecretStore& secrets();
    GatewayHost& gateway();

    /// The organization, its projects and environments as last read; organizationChanged() when they differ.
    const Organization& organization() const;
    const std::vector<Project>& projects() const;
    const std::vector<Environment>& environments() const;
    void reloadOrganization();

    QString actor() const; ///< who changes things, for the audit trail: the login name

Q_SIGNALS:
    void organizationChanged();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::runtime
