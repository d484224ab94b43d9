// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "domain/Organization.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace sb::secrets {
class SecretStore;
}
namespace sb::settings {
class AppSettings;
}
namespace sb::storage {
class StorageService;
}

namespace sb::runtime {

class GatewayHost;

/// What the program works with, after command line > environment > stored setting > default; CommandLine.h reads the
/// first.
struct LaunchOptions {
    QString profileDirectory;      ///< --profile, default the platform's data directory
    QHash<QString, QString> given; ///< options given on the command line: name without dashes -> value

    // Filled in by AppContext:
    QString databaseUrl;       ///< without password; SQLite in the profile when nothing says otherwise
    QString databaseUrlOrigin; ///< "command line", "environment", "setting", "default"
    QString listenHost;
    quint16 listenPort = 8484;
};

/// Everything a program is built from, made in main() and passed by reference; pages get only their slice. Main thread.
/// Opening the database begins in the constructor; what fails there shows in storage().health() and problems().
class AppContext : public QObject {
    Q_OBJECT
public:
    explicit AppContext(const LaunchOptions& options, QObject* parent = nullptr);
    ~AppContext() override;

    const LaunchOptions& options() const;
    /// What was wrong with the stored settings at the start: an address that cannot be used, a password that cannot be
    /// read.
    const std::vector<Error>& problems() const;
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
