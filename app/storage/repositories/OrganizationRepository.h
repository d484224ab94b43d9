// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"
#include "storage/DbSession.h"

namespace sb::storage {

/// Organization, projects and environments. Synchronous, for storage threads only, as are all repositories.
class OrganizationRepository {
public:
    explicit OrganizationRepository(DbSession& db) : m_db(db) {}

    Result<Organization> current(); ///< migration 1 makes the default one
    Result<std::vector<Project>> projects();
    Result<std::vector<Environment>> environments(); ///< in promotion order
    Result<ProjectId> insertProject(const Project& project);
    Result<void> update(const Organization& organization);
    Result<EnvironmentId> insertEnvironment(const Environment& environment);

private:
    DbSession& m_db;
};

} // namespace sb::storage
