// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ConfigurationRepository.h"

#include "storage/AuditLog.h"
#include "storage/LimitSql.h"
#include "storage/SqlError.h"
#include "storage/SqlValues.h"

namespace sb::storage {
namespace {

int countOf(const QSqlQuery& q)
{
    return q.value(0).toInt();
}

} // namespace

Result<void> ConfigurationRepository::note(std::string_view action, std::string_view kind, std::int32_t id,
                                           EnvironmentId environment)
{
    return appendAudit(m_db,
                       {.actor = m_actor,
                        .action = action,
                        .objectKind = kind,
                        .objectId = std::to_string(id),
                        .environment = environment},
                       m_now);
}

Result<ProjectId> ConfigurationRepository::putProject(const Project& project)
{
    auto id = insertReturningId(
        m_db,
        QStringLiteral(
            "INSERT INTO project(org_id, handle, name, created_us) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (org_id, handle) DO UPDATE SET name = excluded.name, deleted_us = NULL RETURNING id"),
        {sql::bind(project.organization), sql::bind(project.handle), sql::bind(project.name), sql::bind(m_now)});
    if (!id)
        return std::move(id).error();
    const ProjectId made(static_cast<std::int32_t>(*id));
    if (auto noted = note("project.put", "project", made.value); !noted)
        return std::move(noted).error();
    return made;
}

Result<void> ConfigurationRepository::removeProject(ProjectId id)
{
    auto used =
        selectOne(m_db,
                  QStringLiteral("SELECT (SELECT count(*) FROM service WHERE project_id = ? AND deleted_us IS NULL) + "
                                 "(SELECT count(*) FROM connection WHERE project_id = ? AND deleted_us IS NULL)"),
                  {sql::bind(id), sql::bind(id)}, countOf);
    if (!used)
        return std::move(used).error();
    if (used->value_or(0) > 0)
        return Error{ErrorCode::Conflict, "the project still has services or connections", "projects"};
    auto removed =
        execute(m_db, QStringLiteral("UPDATE project SET deleted_us = ? WHERE id = ? AND deleted_us IS NULL"),
                {sql::bind(m_now), sql::bind(id)});
    if (!removed)
        return std::move(removed).error();
    return note("project.delete", "project", id.value);
}

Result<std::vector<EnvironmentId>>
ConfigurationRepository::arrangeEnvironments(const std::vector<Environment>& environments)
{
    // Orders are unique: the old ones step aside first.
    if (auto aside = execute(m_db, QStringLiteral("UPDATE environment SET promotion_order = -id")); !aside)
        return std::move(aside).error();
    std::vector<EnvironmentId> ids;
    for (const Environment& environment : environments) {
        if (!environment.id.isNone()) {
            auto placed = execute(m_db, QStringLiteral("UPDATE environment SET promotion_order = ? WHERE id = ?"),
                                  {sql::bind(environment.promotionOrder), sql::bind(environment.id)});
            if (!placed)
                return std::move(placed).error();
            ids.push_back(environment.id);
            continue;
        }
        auto id = insertReturningId(
            m_db,
            QStringLiteral("INSERT INTO environment(org_id, name, is_production, promotion_order) VALUES (?, ?, ?, ?) "
                           "RETURNING id"),
            {sql::bind(environment.organization), sql::bind(environment.name), sql::bind(environment.isProduction),
             sql::bind(environment.promotionOrder)});
        if (!id)
            return conflictOn(std::move(id).error(), {"name"});
        ids.emplace_back(static_cast<std::int32_t>(*id));
        if (auto noted = note("environment.create", "environment", ids.back().value, ids.back()); !noted)
            return std::move(noted).error();
    }
    return ids;
}

Result<void> ConfigurationRepository::removeEnvironment(EnvironmentId id)
{
    auto used = selectOne(m_db,
                          QStringLiteral("SELECT (SELECT count(*) FROM service_env WHERE env_id = ?) + "
                                         "(SELECT count(*) FROM connection_env WHERE env_id = ?) + "
                                         "(SELECT count(*) FROM access_key WHERE env_id = ?) + "
                                         "(SELECT count(*) FROM route WHERE env_id = ? AND deleted_us IS NULL)"),
                          {sql::bind(id), sql::bind(id), sql::bind(id), sql::bind(id)}, countOf);
    if (!used)
        return std::move(used).error();
    if (used->value_or(0) > 0)
        return Error{ErrorCode::Conflict,
                     "the environment cannot be removed: services, connections or routes were configured in it",
                     "environments"};
    if (auto removed = execute(m_db, QStringLiteral("DELETE FROM environment WHERE id = ?"), {sql::bind(id)}); !removed)
        return std::move(removed).error();
    return note("environment.delete", "environment", id.value);
}

Result<void> ConfigurationRepository::unconfigureService(ServiceId service, EnvironmentId environment)
{
    auto id = selectOne(m_db, QStringLiteral("SELECT id FROM service_env WHERE service_id = ? AND env_id = ?"),
                        {sql::bind(service), sql::bind(environment)},
                        [](const QSqlQuery& q) { return sql::idOf<ServiceEnvironmentId>(q.value(0)); });
    if (!id)
        return std::move(id).error();
    if (!*id)
        return {};
    auto cleared = execute(
        m_db,
        QStringLiteral(
            "UPDATE service_env SET auth_kind = 'none', header = '', prefix = '', secret_ref = '', region = '', "
            "access_key_ref = '', secret_key_ref = '', session_token_ref = '', state = 'not_configured' WHERE id = ?"),
        {sql::bind(**id)});
    if (!cleared)
        return std::move(cleared).error();
    if (auto limits = limitsql::replaceRules(m_db, LimitScope::ServiceEnvironment, (*id)->value, {}); !limits)
        return limits;
    if (auto caps = limitsql::replaceCaps(m_db, LimitScope::ServiceEnvironment, (*id)->value, {}); !caps)
        return caps;
    return note("service.unconfigure", "service", service.value, environment);
}

Result<void> ConfigurationRepository::retargetConnection(ConnectionId connection, ServiceId service, RouteId route)
{
    auto changed = execute(
        m_db, QStringLiteral("UPDATE connection SET target_kind = ?, service_id = ?, route_id = ? WHERE id = ?"),
        {route.isNone() ? QStringLiteral("service") : QStringLiteral("route"), sql::bindOrNull(service),
         sql::bindOrNull(route), sql::bind(connection)});
    if (!changed)
        return std::move(changed).error();
    return note("connection.retarget", "connection", connection.value);
}

Result<void> ConfigurationRepository::putConnectionEnvironment(ConnectionId connection, EnvironmentId environment,
                                                               const std::vector<LimitRule>& limits)
{
    auto id = insertReturningId(
        m_db,
        QStringLiteral("INSERT INTO connection_env(connection_id, env_id) VALUES (?, ?) "
                       "ON CONFLICT (connection_id, env_id) DO UPDATE SET env_id = excluded.env_id RETURNING id"),
        {sql::bind(connection), sql::bind(environment)});
    if (!id)
        return std::move(id).error();
    auto written =
        limitsql::replaceRules(m_db, LimitScope::ConnectionEnvironment, static_cast<std::int32_t>(*id), limits);
    return written ? note("connection.limits", "connection", connection.value, environment) : written;
}

Result<void> ConfigurationRepository::removeConnectionEnvironment(ConnectionId connection, EnvironmentId environment)
{
    auto revoked = execute(
        m_db,
        QStringLiteral(
            "UPDATE access_key SET revoked_us = ? WHERE connection_id = ? AND env_id = ? AND revoked_us IS NULL"),
        {sql::bind(m_now), sql::bind(connection), sql::bind(environment)});
    if (!revoked)
        return std::move(revoked).error();
    auto id = selectOne(m_db, QStringLiteral("SELECT id FROM connection_env WHERE connection_id = ? AND env_id = ?"),
                        {sql::bind(connection), sql::bind(environment)}, countOf);
    if (!id)
        return std::move(id).error();
    if (*id) {
        if (auto limits = limitsql::replaceRules(m_db, LimitScope::ConnectionEnvironment, **id, {}); !limits)
            return limits;
        if (auto removed = execute(m_db, QStringLiteral("DELETE FROM connection_env WHERE id = ?"), {sql::bind(**id)});
            !removed)
            return std::move(removed).error();
    }
    return note("connection.unconfigure", "connection", connection.value, environment);
}

} // namespace sb::storage
