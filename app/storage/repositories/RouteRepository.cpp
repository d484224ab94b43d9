// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/RouteRepository.h"

#include "base/EventId.h"
#include "base/Sha256.h"
#include "storage/AuditLog.h"
#include "storage/SqlError.h"
#include "storage/SqlValues.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sb::storage {
namespace {

/// What a version does, in the words of the configuration file.
QJsonObject documentOf(const Route& route)
{
    QJsonArray targets;
    for (const RouteTarget& target : route.targets) {
        QJsonObject item{{QStringLiteral("service"), sql::text(target.context)},
                         {QStringLiteral("model"), sql::text(target.model)},
                         {QStringLiteral("weight"), static_cast<qint64>(target.weight)}};
        if (target.priority)
            item.insert(QStringLiteral("priority"), static_cast<qint64>(*target.priority));
        targets.append(item);
    }
    return {{QStringLiteral("policy"), QJsonObject{{QStringLiteral("type"), sql::text(policyCode(route.policy))}}},
            {QStringLiteral("targets"), targets},
            {QStringLiteral("fallbacks"), QJsonObject{{QStringLiteral("max_attempts"), route.maxAttempts}}}};
}

/// A document that somebody broke by hand gives a route without targets, which the gateway reports.
void readDocument(const QByteArray& json, Route& route)
{
    const QJsonObject document = QJsonDocument::fromJson(json).object();
    const QString policy = document.value(QLatin1String("policy")).toObject().value(QLatin1String("type")).toString();
    const auto known = policyFromCode(policy.toStdString());
    if (!known)
        return;
    route.policy = *known;
    route.maxAttempts = std::clamp(document.value(QLatin1String("fallbacks"))
                                       .toObject()
                                       .value(QLatin1String("max_attempts"))
                                       .toInt(route.maxAttempts),
                                   1, kMostAttempts);
    const QJsonArray targets = document.value(QLatin1String("targets")).toArray();
    for (const auto& value : targets) {
        const QJsonObject item = value.toObject();
        RouteTarget target;
        target.context = sql::utf8(item.value(QLatin1String("service")).toString());
        target.model = sql::utf8(item.value(QLatin1String("model")).toString());
        target.weight = item.value(QLatin1String("weight")).toInteger(1);
        if (item.contains(QLatin1String("priority")))
            target.priority = item.value(QLatin1String("priority")).toInteger();
        if (target.context.starts_with('/') && !target.model.empty())
            route.targets.push_back(std::move(target));
    }
}

QJsonObject auditOf(const Route& route)
{
    QJsonObject document = documentOf(route);
    document.insert(QStringLiteral("name"), sql::text(route.name));
    document.insert(QStringLiteral("environment_id"), route.environment.value);
    return document;
}

Error notFound()
{
    return {ErrorCode::NotFound, "no such route"};
}

} // namespace

Result<std::vector<Route>> RouteRepository::list()
{
    return selectAll(m_db,
                     QStringLiteral("SELECT r.id, r.org_id, r.env_id, r.name, v.version, v.policy FROM route r "
                                    "JOIN route_version v ON v.route_id = r.id AND v.active "
                                    "WHERE r.deleted_us IS NULL ORDER BY r.name, r.id"),
                     {}, [](const QSqlQuery& q) {
                         Route route;
                         route.id = sql::idOf<RouteId>(q.value(0));
                         route.organization = sql::idOf<OrganizationId>(q.value(1));
                         route.environment = sql::idOf<EnvironmentId>(q.value(2));
                         route.name = sql::textOf(q.value(3));
                         route.version = sql::intOf(q.value(4));
                         readDocument(q.value(5).toByteArray(), route);
                         return route;
                     });
}

Result<RouteId> RouteRepository::put(const Route& route, std::string_view actor, Timestamp now, Random& random)
{
    return inSameTransaction(m_db, [&]() -> Result<RouteId> {
        auto all = list();
        if (!all)
            return std::move(all).error();
        const auto stored = std::find_if(all->begin(), all->end(), [&](const Route& r) { return r.id == route.id; });
        RouteId id = route.id;
        if (id.isNone()) {
            auto made = insertReturningId(
                m_db, QStringLiteral("INSERT INTO route(org_id, env_id, name) VALUES (?, ?, ?) RETURNING id"),
                {sql::bind(route.organization), sql::bind(route.environment), sql::bind(route.name)});
            if (!made)
                return conflictOn(std::move(made).error(), {"name"});
            id = RouteId(static_cast<std::int32_t>(*made));
        } else if (stored == all->end()) {
            return notFound();
        } else if (stored->doesTheSame(route)) {
            return id;
        }
        const int version = stored == all->end() ? 1 : stored->version + 1;
        if (auto inserted = insertVersion(id, version, route, now, random); !inserted)
            return std::move(inserted).error();
        auto noted = appendAudit(m_db,
                                 {.actor = actor,
                                  .action = stored == all->end() ? "route.create" : "route.update",
                                  .objectKind = "route",
                                  .objectId = std::to_string(id.value),
                                  .before = stored == all->end() ? QJsonObject{} : auditOf(*stored),
                                  .after = auditOf(route),
                                  .environment = route.environment},
                                 now);
        if (!noted)
            return std::move(noted).error();
        return id;
    });
}

Result<void> RouteRepository::insertVersion(RouteId id, int version, const Route& route, Timestamp now, Random& random)
{
    const QByteArray document = QJsonDocument(documentOf(route)).toJson(QJsonDocument::Compact);
    const auto digest = sha256({document.constData(), static_cast<std::size_t>(document.size())});
    auto parent = selectOne(m_db, QStringLiteral("SELECT id FROM route_version WHERE route_id = ? AND active"),
                            {sql::bind(id)}, [](const QSqlQuery& q) { return q.value(0); });
    if (!parent)
        return std::move(parent).error();
    auto retired = execute(m_db, QStringLiteral("UPDATE route_version SET active = ? WHERE route_id = ? AND active"),
                           {sql::bind(false), sql::bind(id)});
    if (!retired)
        return std::move(retired).error();
    auto inserted =
        execute(m_db,
                QStringLiteral(
                    "INSERT INTO route_version(id, route_id, version, policy, checksum, parent_id, active, created_us) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                {sql::bind(EventId::generate(now, random), m_db.engine()), sql::bind(id), sql::bind(version),
                 QString::fromUtf8(document), sql::bind(toHex(digest)), parent->value_or(QVariant()), sql::bind(true),
                 sql::bind(now)});
    return inserted ? Result<void>() : Result<void>(std::move(inserted).error());
}

Result<void> RouteRepository::softDelete(RouteId id, std::string_view actor, Timestamp now)
{
    return inSameTransaction(m_db, [&]() -> Result<void> {
        auto users = selectAll(
            m_db, QStringLiteral("SELECT name FROM connection WHERE route_id = ? AND deleted_us IS NULL ORDER BY name"),
            {sql::bind(id)}, [](const QSqlQuery& q) { return sql::textOf(q.value(0)); });
        if (!users)
            return std::move(users).error();
        if (!users->empty())
            return usedBy(*users, "connections");
        auto deleted =
            execute(m_db, QStringLiteral("UPDATE route SET deleted_us = ? WHERE id = ? AND deleted_us IS NULL"),
                    {sql::bind(now), sql::bind(id)});
        if (!deleted)
            return std::move(deleted).error();
        if (*deleted == 0)
            return notFound();
        return appendAudit(
            m_db,
            {.actor = actor, .action = "route.delete", .objectKind = "route", .objectId = std::to_string(id.value)},
            now);
    });
}

Result<std::vector<std::string>> RouteRepository::usersOf(std::string_view contextPath)
{
    auto all = list();
    if (!all)
        return std::move(all).error();
    std::vector<std::string> names;
    for (const Route& route : *all) {
        if (std::any_of(route.targets.begin(), route.targets.end(),
                        [&](const RouteTarget& target) { return target.context == contextPath; }))
            names.push_back(route.name);
    }
    return names;
}

} // namespace sb::storage
