// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "base/Time.h"
#include "domain/Route.h"
#include "storage/DbSession.h"

#include <string>
#include <string_view>
#include <vector>

namespace sb::storage {

/// Routes with their versions. What a version does is one JSON document (view routing_configs), so that a policy needs
/// no migration.
class RouteRepository {
public:
    explicit RouteRepository(DbSession& db) : m_db(db) {}

    Result<std::vector<Route>> list(); ///< live ones, each with its active version, by name

    /// Inserts a new one (id none), else makes a new active version if it would do something else. Conflict (field
    /// "name") when the environment has a route of that name. Audited.
    Result<RouteId> put(const Route& route, std::string_view actor, Timestamp now, Random& random);
    /// Conflict while a connection calls it. Its versions stay.
    Result<void> softDelete(RouteId id, std::string_view actor, Timestamp now);
    /// The live routes that a service is a target of, by name.
    Result<std::vector<std::string>> usersOf(std::string_view contextPath);

private:
    Result<void> insertVersion(RouteId id, int version, const Route& route, Timestamp now, Random& random);

    DbSession& m_db;
};

} // namespace sb::storage
