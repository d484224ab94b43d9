// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "connections/ConnectionText.h"
#include "domain/Organization.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace sb::runtime {
class ServiceRegistrar;
}
namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class Prompts;
class UndoBar;

/// What the connections page gets of the program; everything outlives it.
struct ConnectionsSlice {
    storage::StorageService& storage;
    runtime::ServiceRegistrar& registrar;
    const Clock& clock;
    Prompts& prompts;
    UndoBar& undo;
    std::string actor;
    std::function<QString()> gatewayAddress; ///< "http://127.0.0.1:8484"
};

/// What the page shows, read in one transaction.
struct ConnectionsContent {
    std::vector<storage::ConnectionListRow> connections;
    std::vector<storage::ServiceListRow> services;
    std::vector<Project> projects;
    std::vector<Environment> environments;

    static Result<ConnectionsContent> read(storage::DbSession& db, Timestamp now);

    QString environmentName(EnvironmentId id) const;
    const Environment* environment(EnvironmentId id) const;
    const storage::ServiceListRow* service(ServiceId id) const;
    /// `routeName`: empty where a service is called.
    ConnectionText::Callee callee(ServiceId service, const std::string& routeName) const;
};

} // namespace sb::ui
