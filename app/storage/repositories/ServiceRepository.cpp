// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ServiceRepository.h"

#include "storage/AuditLog.h"
#include "storage/LimitSql.h"
#include "storage/ServiceSql.h"
#include "storage/SqlError.h"
#include "storage/SqlValues.h"
#include "storage/repositories/RouteRepository.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <unordered_map>

namespace sb::storage {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kQuarterSeconds = 900;

QString nameKey(std::string_view name)
{
    return sql::text(name).toCaseFolded();
}

QString scopeOf(const Service& service)
{
    return service.scope == Scope::Project ? QStringLiteral("project") : QStringLiteral("organization");
}

QString marketplaceName(MarketplaceState state)
{
    return state == MarketplaceState::Published ? QStringLiteral("published")
           : state == MarketplaceState::Removed ? QStringLiteral("removed")
                                                : QStringLiteral("draft");
}

Result<void> replaceLabels(DbSession& db, ServiceId id, OrganizationId organization,
                           const std::vector<std::string>& labels)
{
    if (auto cleared = execute(db, QStringLiteral("DELETE FROM service_label WHERE service_id = ?"), {sql::bind(id)});
        !cleared)
        return std::move(cleared).error();
    for (const std::string& label : labels) {
        auto made = execute(
            db, QStringLiteral("INSERT INTO label(org_id, name) VALUES (?, ?) ON CONFLICT (org_id, name) DO NOTHING"),
            {sql::bind(organization), sql::bind(label)});
        if (!made)
            return std::move(made).error();
        auto linked = execute(
            db,
            QStringLiteral("INSERT INTO service_label(service_id, label_id) SELECT CAST(? AS int), id FROM label "
                           "WHERE org_id = ? AND name = ? ON CONFLICT (service_id, label_id) DO NOTHING"),
            {sql::bind(id), sql::bind(organization), sql::bind(label)});
        if (!linked)
            return std::move(linked).error();
    }
    return {};
}

QVariantList securityValues(const ServiceEnvironment& environment)
{
    const BackendSecurity& security = environment.security;
    return {sql::bind(environment.urlOverride),
            servicesql::authName(security.kind),
            sql::bind(security.header),
            sql::bind(security.prefix),
            sql::bind(security.secret.toString()),
            sql::bind(security.region),
            sql::bind(security.accessKey.toString()),
            sql::bind(security.secretKey.toString()),
            sql::bind(security.sessionToken.toString()),
            sql::bind(environment.apiVersion),
            servicesql::deploymentsJson(environment)};
}

/// Row of service_env, its limits and the deployment record.
Result<void> writeEnvironment(DbSession& db, ServiceId service, const ServiceRegistration::PerEnvironment& wanted,
                              std::string_view actor, Timestamp now)
{
    const ServiceEnvironment& environment = wanted.configuration;
    auto row = selectOne(
        db,
        QStringLiteral(
            "INSERT INTO service_env AS e (service_id, env_id, url_override, auth_kind, header, prefix, secret_ref, "
            "region, "
            "access_key_ref, secret_key_ref, session_token_ref, api_version, deployments, desired_rev, deployed_rev, "
            "state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 'active') "
            "ON CONFLICT (service_id, env_id) DO UPDATE SET url_override = excluded.url_override, "
            "auth_kind = excluded.auth_kind, header = excluded.header, prefix = excluded.prefix, "
            "secret_ref = excluded.secret_ref, region = excluded.region, access_key_ref = excluded.access_key_ref, "
            "secret_key_ref = excluded.secret_key_ref, session_token_ref = excluded.session_token_ref, "
            "api_version = excluded.api_version, deployments = excluded.deployments, desired_rev = e.desired_rev + 1, "
            "deployed_rev = e.desired_rev + 1, state = 'active' RETURNING id, desired_rev"),
        QVariantList{sql::bind(service), sql::bind(environment.environment)} + securityValues(environment),
        [](const QSqlQuery& q) {
            return std::pair{static_cast<std::int32_t>(q.value(0).toInt()), q.value(1).toInt()};
        });
    if (!row)
        return std::move(row).error();
    const auto [id, revision] = row->value_or(std::pair{0, 0});

    if (auto limits = limitsql::replaceRules(db, LimitScope::ServiceEnvironment, id, wanted.limits); !limits)
        return limits;
    if (auto caps = limitsql::replaceCaps(db, LimitScope::ServiceEnvironment, id, wanted.caps); !caps)
        return caps;
    const QString snapshot = QString::fromUtf8(
        QJsonDocument(servicesql::toJson(environment, wanted.limits, wanted.caps)).toJson(QJsonDocument::Compact));
    auto deployed = execute(
        db,
        QStringLiteral("INSERT INTO service_deployment(service_env_id, revision, at_us, action, snapshot, actor) "
                       "VALUES (?, ?, ?, 'deploy', ?, ?)"),
        {sql::bind(id), revision, sql::bind(now), snapshot, sql::bind(actor)});
    return deployed ? Result<void>() : Result<void>(std::move(deployed).error());
}

Error notFound()
{
    return {ErrorCode::NotFound, "no such service"};
}

} // namespace

Result<std::vector<ServiceListRow>> ServiceRepository::list(Timestamp now)
{
    return inSameTransaction(m_db, [&]() -> Result<std::vector<ServiceListRow>> {
        auto services = servicesql::services(m_db, QStringLiteral("deleted_us IS NULL ORDER BY name_key"), {});
        if (!services)
            return std::move(services).error();
        return complete(std::move(*services), now);
    });
}

Result<std::vector<ServiceListRow>> ServiceRepository::recentlyDeleted()
{
    return inSameTransaction(m_db, [&]() -> Result<std::vector<ServiceListRow>> {
        // rows of the sample data are deleted from the beginning (deleted_us = 0) and never offered
        auto services = servicesql::services(m_db, QStringLiteral("deleted_us > 0 ORDER BY deleted_us DESC"), {});
        if (!services)
            return std::move(services).error();
        return complete(std::move(*services), std::nullopt);
    });
}

Result<std::vector<ServiceListRow>> ServiceRepository::complete(std::vector<Service> services,
                                                                std::optional<Timestamp> now)
{
    std::vector<ServiceListRow> rows;
    std::unordered_map<std::int32_t, std::size_t> position;
    for (Service& service : services) {
        position.emplace(service.id.value, rows.size());
        rows.emplace_back().service = std::move(service);
    }
    const auto rowOf = [&](const QVariant& id) -> ServiceListRow* {
        const auto found = position.find(id.toInt());
        return found == position.end() ? nullptr : &rows[found->second];
    };

    auto projects =
        selectAll(m_db, QStringLiteral("SELECT s.id, p.name FROM service s JOIN project p ON p.id = s.project_id"), {},
                  [&](const QSqlQuery& q) {
                      if (ServiceListRow* row = rowOf(q.value(0)))
                          row->projectName = sql::textOf(q.value(1));
                      return true;
                  });
    if (!projects)
        return std::move(projects).error();
    auto states = servicesql::environments(m_db, QStringLiteral("1 = 1"), {});
    if (!states)
        return std::move(states).error();
    for (const ServiceEnvironment& environment : *states) {
        if (ServiceListRow* row = rowOf(environment.service.value))
            row->states.emplace(environment.environment, environment.state);
    }
    if (!now)
        return rows;

    const std::int64_t second = toMicros(*now) / 1'000'000;
    const std::int64_t from = (second - kDaySeconds) / kQuarterSeconds * kQuarterSeconds;
    auto usage =
        selectAll(m_db,
                  QStringLiteral("SELECT d.service_id, CAST(sum(r.n) AS bigint), CAST(sum(r.cost_nano) AS bigint), "
                                 "CAST(sum(r.n_unpriced) AS bigint) FROM r15 r JOIN dim d ON d.dim_id = r.dim_id "
                                 "WHERE r.bucket_s > ? AND d.service_id > 0 GROUP BY d.service_id"),
                  {sql::bind(from)}, [&](const QSqlQuery& q) {
                      if (ServiceListRow* row = rowOf(q.value(0))) {
                          row->requests24h = sql::int64Of(q.value(1));
                          row->cost24h = Money{sql::int64Of(q.value(2))};
                          row->unpriced24h = sql::int64Of(q.value(3));
                      }
                      return true;
                  });
    if (!usage)
        return std::move(usage).error();
    return rows;
}

Result<ServiceDetails> ServiceRepository::get(ServiceId id)
{
    return inSameTransaction(m_db, [&]() -> Result<ServiceDetails> {
        auto service = servicesql::services(m_db, QStringLiteral("id = ?"), {sql::bind(id)});
        if (!service)
            return std::move(service).error();
        if (service->empty())
            return notFound();
        auto environments = servicesql::environments(m_db, QStringLiteral("service_id = ?"), {sql::bind(id)});
        if (!environments)
            return std::move(environments).error();
        const QString mine = QStringLiteral(
            "scope_kind = 'service_env' AND scope_id IN (SELECT id FROM service_env WHERE service_id = ?)");
        auto limits = limitsql::rules(m_db, mine, {sql::bind(id)});
        if (!limits)
            return std::move(limits).error();
        auto caps = limitsql::caps(m_db, mine, {sql::bind(id)});
        if (!caps)
            return std::move(caps).error();
        auto connections = liveConnections(id);
        if (!connections)
            return std::move(connections).error();
        return ServiceDetails{.service = std::move(service->front()),
                              .environments = std::move(*environments),
                              .limits = std::move(*limits),
                              .caps = std::move(*caps),
                              .connections = std::move(*connections)};
    });
}

Result<std::vector<std::string>> ServiceRepository::liveConnections(ServiceId id)
{
    return selectAll(
        m_db, QStringLiteral("SELECT name FROM connection WHERE service_id = ? AND deleted_us IS NULL ORDER BY name"),
        {sql::bind(id)}, [](const QSqlQuery& q) { return sql::textOf(q.value(0)); });
}

Result<ServiceId> ServiceRepository::findByContextPath(std::string_view contextPath)
{
    auto id = selectOne(m_db, QStringLiteral("SELECT id FROM service WHERE context_path = ? AND deleted_us IS NULL"),
                        {sql::bind(contextPath)}, [](const QSqlQuery& q) { return sql::idOf<ServiceId>(q.value(0)); });
    if (!id)
        return std::move(id).error();
    if (!*id)
        return notFound();
    return **id;
}

Result<bool> ServiceRepository::isContextPathFree(std::string_view contextPath, ServiceId except)
{
    auto taken = selectOne(
        m_db, QStringLiteral("SELECT count(*) FROM service WHERE context_path = ? AND deleted_us IS NULL AND id <> ?"),
        {sql::bind(contextPath), sql::bind(except)}, [](const QSqlQuery& q) { return q.value(0).toInt(); });
    if (!taken)
        return std::move(taken).error();
    return taken->value_or(0) == 0;
}

Result<bool> ServiceRepository::isNameFree(std::string_view name, ProjectId project, ServiceId except)
{
    auto taken = selectOne(
        m_db,
        QStringLiteral("SELECT count(*) FROM service WHERE name_key = ? AND coalesce(project_id, 0) = ? AND "
                       "deleted_us IS NULL AND id <> ?"),
        {nameKey(name), sql::bind(project), sql::bind(except)}, [](const QSqlQuery& q) { return q.value(0).toInt(); });
    if (!taken)
        return std::move(taken).error();
    return taken->value_or(0) == 0;
}

Result<ServiceId> ServiceRepository::insert(const ServiceRegistration& registration, std::string_view actor,
                                            Timestamp now)
{
    const Service& service = registration.service;
    auto id = insertReturningId(
        m_db,
        QStringLiteral("INSERT INTO service(org_id, project_id, scope, provider_id, name, name_key, context_path, url, "
                       "version, summary, marketplace_state, created_us, updated_us) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"),
        {sql::bind(service.organization), sql::bindOrNull(service.project), scopeOf(service),
         static_cast<int>(service.provider), sql::bind(service.name), nameKey(service.name),
         sql::bind(service.contextPath), sql::bind(service.url), sql::bind(service.version), sql::bind(service.summary),
         marketplaceName(service.marketplaceState), sql::bind(now), sql::bind(now)});
    if (!id)
        return conflictOn(std::move(id).error(), {"context_path", "name"});
    const ServiceId serviceId(static_cast<std::int32_t>(*id));
    if (auto labels = replaceLabels(m_db, serviceId, service.organization, service.labels); !labels)
        return std::move(labels).error();

    QJsonObject after = servicesql::toJson(service);
    QJsonArray environments;
    for (const auto& environment : registration.environments) {
        if (auto written = writeEnvironment(m_db, serviceId, environment, actor, now); !written)
            return std::move(written).error();
        environments.append(servicesql::toJson(environment.configuration, environment.limits, environment.caps));
    }
    after.insert(QStringLiteral("environments"), environments);
    auto noted = appendAudit(m_db,
                             {.actor = actor,
                              .action = "service.create",
                              .objectKind = "service",
                              .objectId = std::to_string(serviceId.value),
                              .after = after},
                             now);
    if (!noted)
        return std::move(noted).error();
    return serviceId;
}

Result<void> ServiceRepository::update(const Service& service, std::string_view actor, Timestamp now)
{
    auto before = servicesql::services(m_db, QStringLiteral("id = ? AND deleted_us IS NULL"), {sql::bind(service.id)});
    if (!before)
        return std::move(before).error();
    if (before->empty())
        return notFound();
    auto changed =
        execute(m_db,
                QStringLiteral(
                    "UPDATE service SET name = ?, name_key = ?, context_path = ?, url = ?, version = ?, summary = ?, "
                    "marketplace_state = ?, scope = ?, project_id = ?, updated_us = ?, row_version = row_version + 1 "
                    "WHERE id = ? AND row_version = ? AND deleted_us IS NULL"),
                {sql::bind(service.name), nameKey(service.name), sql::bind(service.contextPath), sql::bind(service.url),
                 sql::bind(service.version), sql::bind(service.summary), marketplaceName(service.marketplaceState),
                 scopeOf(service), sql::bindOrNull(service.project), sql::bind(now), sql::bind(service.id),
                 sql::bind(service.rowVersion)});
    if (!changed)
        return conflictOn(std::move(changed).error(), {"context_path", "name"});
    if (*changed == 0)
        return Error{ErrorCode::Conflict, "somebody else changed this service meanwhile", "row_version"};
    if (auto labels = replaceLabels(m_db, service.id, service.organization, service.labels); !labels)
        return labels;
    return appendAudit(m_db,
                       {.actor = actor,
                        .action = "service.update",
                        .objectKind = "service",
                        .objectId = std::to_string(service.id.value),
                        .before = servicesql::toJson(before->front()),
                        .after = servicesql::toJson(service)},
                       now);
}

Result<void> ServiceRepository::putEnvironment(ServiceId id, const ServiceRegistration::PerEnvironment& environment,
                                               std::string_view actor, Timestamp now)
{
    const EnvironmentId where = environment.configuration.environment;
    auto before = servicesql::environments(m_db, QStringLiteral("service_id = ? AND env_id = ?"),
                                           {sql::bind(id), sql::bind(where)});
    if (!before)
        return std::move(before).error();
    QJsonObject old;
    if (!before->empty()) {
        const QVariantList scope{sql::bind(before->front().id)};
        auto limits = limitsql::rules(m_db, QStringLiteral("scope_kind = 'service_env' AND scope_id = ?"), scope);
        if (!limits)
            return std::move(limits).error();
        auto caps = limitsql::caps(m_db, QStringLiteral("scope_kind = 'service_env' AND scope_id = ?"), scope);
        if (!caps)
            return std::move(caps).error();
        old = servicesql::toJson(before->front(), *limits, caps->empty() ? RequestCaps{} : caps->front());
    }
    if (auto written = writeEnvironment(m_db, id, environment, actor, now); !written)
        return written;
    return appendAudit(m_db,
                       {.actor = actor,
                        .action = "service.deploy",
                        .objectKind = "service",
                        .objectId = std::to_string(id.value),
                        .before = old,
                        .after = servicesql::toJson(environment.configuration, environment.limits, environment.caps),
                        .environment = where},
                       now);
}

Result<void> ServiceRepository::softDelete(ServiceId id, std::string_view actor, Timestamp now)
{
    auto connections = liveConnections(id);
    if (!connections)
        return std::move(connections).error();
    if (!connections->empty())
        return usedBy(*connections, "connections");
    auto context = selectOne(m_db, QStringLiteral("SELECT context_path FROM service WHERE id = ?"), {sql::bind(id)},
                             [](const QSqlQuery& q) { return sql::textOf(q.value(0)); });
    if (!context)
        return std::move(context).error();
    auto routes = RouteRepository(m_db).usersOf(context->value_or(std::string()));
    if (!routes)
        return std::move(routes).error();
    if (!routes->empty())
        return usedBy(*routes, "routes");
    auto deleted = execute(
        m_db,
        QStringLiteral(
            "UPDATE service SET deleted_us = ?, row_version = row_version + 1 WHERE id = ? AND deleted_us IS NULL"),
        {sql::bind(now), sql::bind(id)});
    if (!deleted)
        return std::move(deleted).error();
    if (*deleted == 0)
        return notFound();
    return appendAudit(
        m_db,
        {.actor = actor, .action = "service.delete", .objectKind = "service", .objectId = std::to_string(id.value)},
        now);
}

Result<std::vector<SecretRef>> ServiceRepository::secretReferences()
{
    auto rows = servicesql::environments(m_db, QStringLiteral("1 = 1"), {});
    if (!rows)
        return std::move(rows).error();
    std::vector<SecretRef> references;
    for (const ServiceEnvironment& row : *rows) {
        const BackendSecurity& security = row.security;
        for (const SecretRef& ref : {security.secret, security.accessKey, security.secretKey, security.sessionToken}) {
            if (!ref.isNone())
                references.push_back(ref);
        }
    }
    return references;
}

Result<void> ServiceRepository::restore(ServiceId id, std::string_view actor, Timestamp now)
{
    auto restored =
        execute(m_db,
                QStringLiteral("UPDATE service SET deleted_us = NULL, updated_us = ?, row_version = row_version + 1 "
                               "WHERE id = ? AND deleted_us > 0"),
                {sql::bind(now), sql::bind(id)});
    if (!restored)
        return conflictOn(std::move(restored).error(), {"context_path", "name"});
    if (*restored == 0)
        return notFound();
    return appendAudit(
        m_db,
        {.actor = actor, .action = "service.restore", .objectKind = "service", .objectId = std::to_string(id.value)},
        now);
}

} // namespace sb::storage
