// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Connection.h"
#include "domain/Limit.h"
#include "storage/DbSession.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::storage {

struct ConnectionListRow {
    Connection connection;
    std::string projectName;
    std::string serviceName;
    std::string contextPath; ///< empty where a route is called, as is serviceName
    std::string routeName;
    std::vector<GatewayKey> keys; ///< of every environment, revoked ones too
    std::optional<Timestamp> lastUsed;

    bool operator==(const ConnectionListRow&) const = default;
};

class ConnectionRepository {
public:
    explicit ConnectionRepository(DbSession& db) : m_db(db) {}

    Result<std::vector<ConnectionListRow>> list();
    Result<ConnectionListRow> get(ConnectionId id);
    Result<ConnectionId> findByName(std::string_view name); ///< NotFound

    /// Connection, its environments and audit entry. Conflict with field "name".
    Result<ConnectionId> insert(const Connection& connection, const std::vector<EnvironmentId>& environments,
                                std::string_view actor, Timestamp now);
    Result<GatewayKeyId> insertKey(const GatewayKey& key, std::string_view actor);
    Result<void> revokeKey(std::string_view publicId, std::string_view actor, Timestamp now); ///< NotFound
    Result<std::vector<GatewayKey>> keys();
    Result<void> softDelete(ConnectionId id, std::string_view actor, Timestamp now); ///< revokes its keys
    /// Brings back the keys that the deletion revoked. Conflict with field "name" when the name was taken meanwhile.
    Result<void> restore(ConnectionId id, std::string_view actor, Timestamp now);

private:
    Result<std::vector<ConnectionListRow>> rows(const QString& where, const QVariantList& values);
    Result<void> addEnvironment(ConnectionId connection, EnvironmentId environment);

    DbSession& m_db;
};

} // namespace sb::storage
