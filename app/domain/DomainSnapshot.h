// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Connection.h"
#include "domain/Limit.h"
#include "domain/Model.h"
#include "domain/Organization.h"
#include "domain/Route.h"
#include "domain/Service.h"

#include <vector>

namespace sb {

/// Everything the gateway's configuration is compiled from, read in one transaction: live rows only (nothing
/// soft-deleted), prices not yet expired.
struct DomainSnapshot {
    Organization organization;
    std::vector<Project> projects;
    std::vector<Environment> environments; ///< in promotion order
    std::vector<Service> services;
    std::vector<ServiceEnvironment> serviceEnvironments;
    std::vector<Connection> connections;
    std::vector<ConnectionEnvironment> connectionEnvironments;
    std::vector<Route> routes;     ///< with their active versions
    std::vector<GatewayKey> keys;  ///< not revoked
    std::vector<LimitRule> limits; ///< enabled
    std::vector<RequestCaps> caps;
    std::vector<Model> models;
    std::vector<PriceRow> prices;

    bool operator==(const DomainSnapshot&) const = default;
};

} // namespace sb
