// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/SnapshotRepository.h"

#include "storage/LimitSql.h"
#include "storage/ServiceSql.h"
#include "storage/SqlValues.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/ModelRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/RouteRepository.h"

#include <algorithm>

namespace sb::storage {
namespace {

/// Moves a query's rows into `target`; false and the Error in `failure` when it failed.
template <class T>
bool take(Result<T> result, T& target, Error& failure)
{
    if (!result) {
        failure = std::move(result).error();
        return false;
    }
    target = std::move(*result);
    return true;
}

} // namespace

Result<DomainSnapshot> SnapshotRepository::load(Timestamp now)
{
    return inSameTransaction(m_db, [&]() -> Result<DomainSnapshot> {
        DomainSnapshot snapshot;
        Error failure;
        OrganizationRepository organizations(m_db);
        ModelRepository models(m_db);
        const bool complete =
            take(organizations.current(), snapshot.organization, failure) &&
            take(organizations.projects(), snapshot.projects, failure) &&
            take(organizations.environments(), snapshot.environments, failure) &&
            take(servicesql::services(m_db, QStringLiteral("deleted_us IS NULL ORDER BY id"), {}), snapshot.services,
                 failure) &&
            take(servicesql::environments(m_db,
                                          QStringLiteral("state <> 'not_configured' AND service_id IN (SELECT id FROM "
                                                         "service WHERE deleted_us IS NULL)"),
                                          {}),
                 snapshot.serviceEnvironments, failure) &&
            take(connections(), snapshot.connections, failure) &&
            take(connectionEnvironments(), snapshot.connectionEnvironments, failure) &&
            take(RouteRepository(m_db).list(), snapshot.routes, failure) &&
            take(ConnectionRepository(m_db).keys(), snapshot.keys, failure) &&
            take(limitsql::rules(m_db, QStringLiteral("enabled"), {}), snapshot.limits, failure) &&
            take(limitsql::caps(m_db, QStringLiteral("1 = 1"), {}), snapshot.caps, failure) &&
            take(models.models(), snapshot.models, failure) &&
            take(models.pricesEndingAfter(now), snapshot.prices, failure);
        if (!complete)
            return failure;
        std::erase_if(snapshot.keys, [](const GatewayKey& key) { return key.revoked.has_value(); });
        return snapshot;
    });
}

Result<std::vector<Connection>> SnapshotRepository::connections()
{
    return selectAll(m_db,
                     QStringLiteral("SELECT id, project_id, name, service_id, route_id, created_us FROM connection "
                                    "WHERE deleted_us IS NULL ORDER BY id"),
                     {}, [](const QSqlQuery& q) {
                         return Connection{.id = sql::idOf<ConnectionId>(q.value(0)),
                                           .project = sql::idOf<ProjectId>(q.value(1)),
                                           .name = sql::textOf(q.value(2)),
                                           .service = sql::idOf<ServiceId>(q.value(3)),
                                           .route = sql::idOf<RouteId>(q.value(4)),
                                           .created = sql::timeOf(q.value(5)),
                                           .deleted = {}};
                     });
}

Result<std::vector<ConnectionEnvironment>> SnapshotRepository::connectionEnvironments()
{
    return selectAll(
        m_db,
        QStringLiteral(
            "SELECT e.id, e.connection_id, e.env_id FROM connection_env e JOIN connection c ON c.id = e.connection_id "
            "WHERE c.deleted_us IS NULL ORDER BY e.id"),
        {}, [](const QSqlQuery& q) {
            return ConnectionEnvironment{.id = sql::idOf<ConnectionEnvironmentId>(q.value(0)),
                                         .connection = sql::idOf<ConnectionId>(q.value(1)),
                                         .environment = sql::idOf<EnvironmentId>(q.value(2))};
        });
}

} // namespace sb::storage
