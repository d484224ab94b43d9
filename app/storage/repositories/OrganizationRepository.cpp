// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/OrganizationRepository.h"

#include "storage/SqlError.h"
#include "storage/SqlValues.h"

namespace sb::storage {

Result<Organization> OrganizationRepository::current()
{
    auto row = selectOne(
        m_db,
        QStringLiteral(
            "SELECT id, handle, name, currency, time_zone, retention_days FROM organization ORDER BY id LIMIT 1"),
        {}, [](const QSqlQuery& q) {
            return Organization{.id = sql::idOf<OrganizationId>(q.value(0)),
                                .handle = sql::textOf(q.value(1)),
                                .name = sql::textOf(q.value(2)),
                                .currency = sql::textOf(q.value(3)),
                                .timeZone = sql::textOf(q.value(4)),
                                .retentionDays = sql::intOf(q.value(5))};
        });
    if (!row)
        return std::move(row).error();
    if (!*row)
        return Error{ErrorCode::NotFound, "the database has no organization"};
    return **row;
}

Result<std::vector<Project>> OrganizationRepository::projects()
{
    return selectAll(
        m_db,
        QStringLiteral("SELECT id, org_id, handle, name, deleted_us FROM project WHERE deleted_us IS NULL ORDER BY id"),
        {}, [](const QSqlQuery& q) {
            return Project{.id = sql::idOf<ProjectId>(q.value(0)),
                           .organization = sql::idOf<OrganizationId>(q.value(1)),
                           .handle = sql::textOf(q.value(2)),
                           .name = sql::textOf(q.value(3)),
                           .deleted = sql::optionalTimeOf(q.value(4))};
        });
}

Result<std::vector<Environment>> OrganizationRepository::environments()
{
    return selectAll(
        m_db,
        QStringLiteral(
            "SELECT id, org_id, name, is_production, promotion_order FROM environment ORDER BY promotion_order"),
        {}, [](const QSqlQuery& q) {
            return Environment{.id = sql::idOf<EnvironmentId>(q.value(0)),
                               .organization = sql::idOf<OrganizationId>(q.value(1)),
                               .name = sql::textOf(q.value(2)),
                               .isProduction = q.value(3).toBool(),
                               .promotionOrder = sql::intOf(q.value(4))};
        });
}

Result<ProjectId> OrganizationRepository::insertProject(const Project& project)
{
    auto id =
        insertReturningId(m_db,
                          QStringLiteral("INSERT INTO project(org_id, handle, name, created_us) "
                                         "SELECT id, ?, ?, created_us FROM organization WHERE id = ? RETURNING id"),
                          {sql::bind(project.handle), sql::bind(project.name), sql::bind(project.organization)});
    if (!id)
        return conflictOn(std::move(id).error(), {"handle"});
    return ProjectId(static_cast<std::int32_t>(*id));
}

Result<void> OrganizationRepository::update(const Organization& organization)
{
    auto done =
        execute(m_db,
                QStringLiteral("UPDATE organization SET handle = ?, name = ?, currency = ?, time_zone = ?, "
                               "retention_days = ? WHERE id = ?"),
                {sql::bind(organization.handle), sql::bind(organization.name), sql::bind(organization.currency),
                 sql::bind(organization.timeZone), sql::bind(organization.retentionDays), sql::bind(organization.id)});
    if (!done)
        return conflictOn(std::move(done).error(), {"handle"});
    if (*done == 0)
        return Error{ErrorCode::NotFound, "no such organization"};
    return {};
}

Result<EnvironmentId> OrganizationRepository::insertEnvironment(const Environment& environment)
{
    auto id = insertReturningId(
        m_db,
        QStringLiteral(
            "INSERT INTO environment(org_id, name, is_production, promotion_order) VALUES (?, ?, ?, ?) RETURNING id"),
        {sql::bind(environment.organization), sql::bind(environment.name), sql::bind(environment.isProduction),
         sql::bind(environment.promotionOrder)});
    if (!id)
        return conflictOn(std::move(id).error(), {"promotion_order", "name"});
    return EnvironmentId(static_cast<std::int32_t>(*id));
}

} // namespace sb::storage
