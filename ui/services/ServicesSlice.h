// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Organization.h"
#include "services/ServingFaults.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace sb::runtime {
class ServiceRegistrar;
}
namespace sb::secrets {
class SecretStore;
}
namespace sb::storage {
class StorageService;
}

namespace sb::ui {

class Prompts;
class UndoBar;

/// The organization with what belongs to it, as last read.
struct Workplace {
    Organization organization;
    std::vector<Project> projects;
    std::vector<Environment> environments; ///< in promotion order
};

/// What the services pages get of the program; everything referred to outlives them.
struct ServicesSlice {
    storage::StorageService& storage;
    secrets::SecretStore& secrets;
    runtime::ServiceRegistrar& registrar;
    const Clock& clock;
    Prompts& prompts;
    UndoBar& undo;
    std::string actor; ///< for the audit trail
    std::function<Workplace()> workplace;
    /// Where the gateway answers, or will answer when it is started: "http://127.0.0.1:8484".
    std::function<QString()> gatewayAddress;
    std::function<bool()> gatewayIsRunning;
    std::function<void()> startGateway;
    std::function<std::vector<std::string>()> localHosts; ///< that a connection test may find in a private network
    std::function<ServingFaults()> servingFaults;
};

} // namespace sb::ui
