// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Limit.h"
#include "domain/Organization.h"
#include "storage/DbSession.h"

#include <string_view>
#include <vector>

namespace sb::storage {

/// What applying a configuration file needs beyond the screens' repositories: declarative changes, each audited. The
/// caller's transaction makes them one.
class ConfigurationRepository {
public:
    ConfigurationRepository(DbSession& db, std::string_view actor, Timestamp now) : m_db(db), m_actor(actor), m_now(now)
    {
    }

    /// Inserts, renames or brings back a deleted one of that handle.
    Result<ProjectId> putProject(const Project& project);
    /// Conflict while live services or connections are in it.
    Result<void> removeProject(ProjectId id);

    /// Makes new ones (id none) and gives all of them their order; returns the ids in that order.
    Result<std::vector<EnvironmentId>> arrangeEnvironments(const std::vector<Environment>& environments);
    /// Conflict while anything was ever configured in it.
    Result<void> removeEnvironment(EnvironmentId id);

    /// Takes a service out of an environment: references and limits go, its history stays.
    Result<void> unconfigureService(ServiceId service, EnvironmentId environment);

    /// Exactly one of service and route is set.
    Result<void> retargetConnection(ConnectionId connection, ServiceId service, RouteId route);
    Result<void> putConnectionEnvironment(ConnectionId connection, EnvironmentId environment,
                                          const std::vector<LimitRule>& limits);
    Result<void> removeConnectionEnvironment(ConnectionId connection, EnvironmentId environment); ///< revokes its keys

private:
    Result<void> note(std::string_view action, std::string_view kind, std::int32_t id, EnvironmentId environment = {});

    DbSession& m_db;
    std::string m_actor;
    Timestamp m_now;
};

} // namespace sb::storage
