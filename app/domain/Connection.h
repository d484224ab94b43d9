// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "base/Sha256.h"
#include "base/Time.h"
#include "domain/Ids.h"

#include <optional>
#include <string>

namespace sb {

/// A consumer's permission to use one service (or route), with a key and an address per environment.
struct Connection {
    ConnectionId id;
    ProjectId project;
    std::string name;
    ServiceId service; ///< exactly one of service and route is set
    RouteId route;
    Timestamp created{};
    std::optional<Timestamp> deleted = {};

    bool operator==(const Connection&) const = default;
};

/// A connection in one environment: what its own limits hang on.
struct ConnectionEnvironment {
    ConnectionEnvironmentId id;
    ConnectionId connection;
    EnvironmentId environment;

    bool operator==(const ConnectionEnvironment&) const = default;
};

/// The stored side of a gateway key: its public id and SHA-256, never the key.
struct GatewayKey {
    GatewayKeyId id;
    ConnectionId connection;
    EnvironmentId environment;
    std::string publicId;
    Sha256Digest hash{}; ///< of the whole key text
    Timestamp created{};
    std::optional<Timestamp> expires = {};
    std::optional<Timestamp> revoked = {};

    bool operator==(const GatewayKey&) const = default;
    bool isUsableAt(Timestamp now) const { return !revoked && (!expires || now < *expires); }
};

} // namespace sb
