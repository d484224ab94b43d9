// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ConnectionRepository.h"

#include "storage/AuditLog.h"
#include "storage/SqlError.h"
#include "storage/SqlValues.h"

#include <QByteArray>

#include <algorithm>
#include <unordered_map>

namespace sb::storage {
namespace {

const QString kKeyColumns = QStringLiteral(
    "k.id, k.connection_id, k.env_id, k.public_id, k.secret_hash, k.created_us, k.expires_us, k.revoked_us");

Connection connectionOf(const QSqlQuery& q)
{
    return {.id = sql::idOf<ConnectionId>(q.value(0)),
            .project = sql::idOf<ProjectId>(q.value(1)),
            .name = sql::textOf(q.value(2)),
            .service = sql::idOf<ServiceId>(q.value(3)),
            .route = sql::idOf<RouteId>(q.value(4)),
            .created = sql::timeOf(q.value(5)),
            .deleted = sql::optionalTimeOf(q.value(6))};
}

GatewayKey keyOf(const QSqlQuery& q)
{
    GatewayKey key{.id = sql::idOf<GatewayKeyId>(q.value(0)),
                   .connection = sql::idOf<ConnectionId>(q.value(1)),
                   .environment = sql::idOf<EnvironmentId>(q.value(2)),
                   .publicId = sql::textOf(q.value(3)),
                   .hash = {},
                   .created = sql::timeOf(q.value(5)),
                   .expires = sql::optionalTimeOf(q.value(6)),
                   .revoked = sql::optionalTimeOf(q.value(7))};
    const QByteArray hash = q.value(4).toByteArray();
    std::copy_n(hash.begin(), std::min<qsizetype>(hash.size(), static_cast<qsizetype>(key.hash.size())),
                key.hash.begin());
    return key;
}

QJsonObject toJson(const Connection& connection)
{
    return {{QStringLiteral("name"), sql::text(connection.name)},
            {QStringLiteral("project_id"), connection.project.value},
            {QStringLiteral("service_id"), connection.service.value},
            {QStringLiteral("route_id"), connection.route.value}};
}

Error notFound(const char* what)
{
    return {ErrorCode::NotFound, what};
}

} // namespace

Result<std::vector<ConnectionListRow>> ConnectionRepository::list()
{
    return inSameTransaction(m_db, [&] { return rows(QStringLiteral("c.deleted_us IS NULL"), {}); });
}

Result<ConnectionListRow> ConnectionRepository::get(ConnectionId id)
{
    return inSameTransaction(m_db, [&]() -> Result<ConnectionListRow> {
        auto found = rows(QStringLiteral("c.id = ?"), {sql::bind(id)});
        if (!found)
            return std::move(found).error();
        if (found->empty())
            return notFound("no such connection");
        return std::move(found->front());
    });
}

Result<std::vector<ConnectionListRow>> ConnectionRepository::rows(const QString& where, const QVariantList& values)
{
    auto result = selectAll(
        m_db,
        QStringLiteral(
            "SELECT c.id, c.project_id, c.name, c.service_id, c.route_id, c.created_us, c.deleted_us, p.name, "
            "s.name, s.context_path, r.name FROM connection c JOIN project p ON p.id = c.project_id "
            "LEFT JOIN service s ON s.id = c.service_id LEFT JOIN route r ON r.id = c.route_id WHERE %1 ORDER BY "
            "c.name, c.id")
            .arg(where),
        values, [](const QSqlQuery& q) {
            return ConnectionListRow{.connection = connectionOf(q),
                                     .projectName = sql::textOf(q.value(7)),
                                     .serviceName = sql::textOf(q.value(8)),
                                     .contextPath = sql::textOf(q.value(9)),
                                     .routeName = sql::textOf(q.value(10)),
                                     .keys = {},
                                     .lastUsed = {}};
        });
    if (!result)
        return result;
    std::unordered_map<std::int32_t, std::size_t> position;
    for (std::size_t i = 0; i < result->size(); ++i)
        position.emplace((*result)[i].connection.id.value, i);

    // the index on (key_id, ts_us) answers max() without reading requests
    auto keys =
        selectAll(m_db,
                  QStringLiteral("SELECT %1, (SELECT max(ts_us) FROM req WHERE key_id = k.id) FROM access_key k "
                                 "JOIN connection c ON c.id = k.connection_id WHERE %2 ORDER BY k.id")
                      .arg(kKeyColumns, where),
                  values, [](const QSqlQuery& q) {
                      return std::pair{keyOf(q), sql::optionalTimeOf(q.value(8))};
                  });
    if (!keys)
        return std::move(keys).error();
    for (auto& [key, used] : *keys) {
        const auto found = position.find(key.connection.value);
        if (found == position.end())
            continue;
        ConnectionListRow& row = (*result)[found->second];
        row.lastUsed = std::max(row.lastUsed, used);
        row.keys.push_back(std::move(key));
    }
    return result;
}

Result<ConnectionId> ConnectionRepository::findByName(std::string_view name)
{
    auto id = selectOne(
        m_db, QStringLiteral("SELECT id FROM connection WHERE name = ? AND deleted_us IS NULL ORDER BY id LIMIT 1"),
        {sql::bind(name)}, [](const QSqlQuery& q) { return sql::idOf<ConnectionId>(q.value(0)); });
    if (!id)
        return std::move(id).error();
    if (!*id)
        return notFound("no such connection");
    return **id;
}

Result<ConnectionId> ConnectionRepository::insert(const Connection& connection,
                                                  const std::vector<EnvironmentId>& environments,
                                                  std::string_view actor, Timestamp now)
{
    const QString kind = connection.route.isNone() ? QStringLiteral("service") : QStringLiteral("route");
    auto id = insertReturningId(
        m_db,
        QStringLiteral("INSERT INTO connection(project_id, name, target_kind, service_id, route_id, created_us) "
                       "VALUES (?, ?, ?, ?, ?, ?) RETURNING id"),
        {sql::bind(connection.project), sql::bind(connection.name), kind, sql::bindOrNull(connection.service),
         sql::bindOrNull(connection.route), sql::bind(now)});
    if (!id)
        return conflictOn(std::move(id).error(), {"name"});
    const ConnectionId connectionId(static_cast<std::int32_t>(*id));
    for (const EnvironmentId environment : environments) {
        if (auto added = addEnvironment(connectionId, environment); !added)
            return std::move(added).error();
    }
    auto noted = appendAudit(m_db,
                             {.actor = actor,
                              .action = "connection.create",
                              .objectKind = "connection",
                              .objectId = std::to_string(connectionId.value),
                              .after = toJson(connection)},
                             now);
    if (!noted)
        return std::move(noted).error();
    return connectionId;
}

Result<void> ConnectionRepository::addEnvironment(ConnectionId connection, EnvironmentId environment)
{
    auto added = execute(m_db,
                         QStringLiteral("INSERT INTO connection_env(connection_id, env_id) VALUES (?, ?) "
                                        "ON CONFLICT (connection_id, env_id) DO NOTHING"),
                         {sql::bind(connection), sql::bind(environment)});
    return added ? Result<void>() : Result<void>(std::move(added).error());
}

Result<GatewayKeyId> ConnectionRepository::insertKey(const GatewayKey& key, std::string_view actor)
{
    if (auto added = addEnvironment(key.connection, key.environment); !added)
        return std::move(added).error();
    auto id = insertReturningId(
        m_db,
        QStringLiteral("INSERT INTO access_key(connection_id, env_id, public_id, secret_hash, created_us, expires_us, "
                       "revoked_us) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id"),
        {sql::bind(key.connection), sql::bind(key.environment), sql::bind(key.publicId), sql::bind(key.hash),
         sql::bind(key.created), sql::bind(key.expires), sql::bind(key.revoked)});
    if (!id)
        return conflictOn(std::move(id).error(), {"public_id"});
    auto noted = appendAudit(m_db,
                             {.actor = actor,
                              .action = "key.create",
                              .objectKind = "access_key",
                              .objectId = key.publicId,
                              .after = {{QStringLiteral("connection_id"), key.connection.value}},
                              .environment = key.environment},
                             key.created);
    if (!noted)
        return std::move(noted).error();
    return GatewayKeyId(static_cast<std::int32_t>(*id));
}

Result<void> ConnectionRepository::revokeKey(std::string_view publicId, std::string_view actor, Timestamp now)
{
    auto revoked =
        execute(m_db, QStringLiteral("UPDATE access_key SET revoked_us = ? WHERE public_id = ? AND revoked_us IS NULL"),
                {sql::bind(now), sql::bind(publicId)});
    if (!revoked)
        return std::move(revoked).error();
    if (*revoked == 0)
        return notFound("no such key, or it is revoked already");
    return appendAudit(
        m_db, {.actor = actor, .action = "key.revoke", .objectKind = "access_key", .objectId = std::string(publicId)},
        now);
}

Result<std::vector<GatewayKey>> ConnectionRepository::keys()
{
    return selectAll(m_db,
                     QStringLiteral("SELECT %1 FROM access_key k JOIN connection c ON c.id = k.connection_id "
                                    "WHERE c.deleted_us IS NULL OR c.deleted_us > 0 ORDER BY k.id")
                         .arg(kKeyColumns),
                     {}, keyOf);
}

Result<void> ConnectionRepository::softDelete(ConnectionId id, std::string_view actor, Timestamp now)
{
    auto deleted =
        execute(m_db, QStringLiteral("UPDATE connection SET deleted_us = ? WHERE id = ? AND deleted_us IS NULL"),
                {sql::bind(now), sql::bind(id)});
    if (!deleted)
        return std::move(deleted).error();
    if (*deleted == 0)
        return notFound("no such connection");
    auto revoked = execute(
        m_db, QStringLiteral("UPDATE access_key SET revoked_us = ? WHERE connection_id = ? AND revoked_us IS NULL"),
        {sql::bind(now), sql::bind(id)});
    if (!revoked)
        return std::move(revoked).error();
    return appendAudit(m_db,
                       {.actor = actor,
                        .action = "connection.delete",
                        .objectKind = "connection",
                        .objectId = std::to_string(id.value)},
                       now);
}

Result<void> ConnectionRepository::restore(ConnectionId id, std::string_view actor, Timestamp now)
{
    // Only the keys that the deletion revoked come back; those revoked before it stay revoked.
    auto keysBack =
        execute(m_db,
                QStringLiteral("UPDATE access_key SET revoked_us = NULL WHERE connection_id = ? AND revoked_us = "
                               "(SELECT deleted_us FROM connection WHERE id = ?)"),
                {sql::bind(id), sql::bind(id)});
    if (!keysBack)
        return std::move(keysBack).error();
    auto restored =
        execute(m_db, QStringLiteral("UPDATE connection SET deleted_us = NULL WHERE id = ? AND deleted_us > 0"),
                {sql::bind(id)});
    if (!restored)
        return conflictOn(std::move(restored).error(), {"name"});
    if (*restored == 0)
        return notFound("no such deleted connection");
    return appendAudit(m_db,
                       {.actor = actor,
                        .action = "connection.restore",
                        .objectKind = "connection",
                        .objectId = std::to_string(id.value)},
                       now);
}

} // namespace sb::storage
