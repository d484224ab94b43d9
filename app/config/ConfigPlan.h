// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/ConfigFile.h"
#include "domain/DomainSnapshot.h"

#include <map>
#include <string>
#include <vector>

namespace sb::config {

/// What has to be done so that the database matches a file: ids where rows exist, names where they are yet to be made.
struct ConfigPlan {
    enum class Change { Added, Changed, Removed };
    struct Line {
        Change change = Change::Added;
        std::string what;        ///< "service /openai", "service /openai in staging"
        std::string detail = {}; ///< for Changed: what differs, "url, summary"

        bool operator==(const Line&) const = default;
    };

    struct ServiceChange {
        ServiceId id; ///< none: a new one
        Service service;
        std::string project; ///< handle, at project scope
        bool detailsDiffer = false;
        std::vector<ConfigFile::ServiceEnvironmentEntry> put; ///< environments to insert or replace
        std::vector<EnvironmentId> remove;
    };
    struct KeyByReference {
        std::string environment;
        Sha256Digest hash{};
    };
    struct ConnectionChange {
        ConnectionId id; ///< none: a new one
        std::string name;
        std::string project;
        std::string service; ///< context path; empty: it calls a route
        std::string route;   ///< name
        bool targetDiffers = false;
        std::vector<ConfigFile::ConnectionEnvironmentEntry> put; ///< environments to add, or whose limits differ
        std::vector<EnvironmentId> remove;
        std::vector<KeyByReference> keys; ///< to add; earlier ones by reference in the same environment are revoked
    };

    struct RouteChange {
        Route route;             ///< id none: a new one
        std::string environment; ///< name; empty: every environment
    };

    std::vector<Line> lines; ///< in the order of the file; empty: nothing to do
    std::optional<Organization> organization;
    std::vector<Project> putProjects; ///< id none: new
    std::vector<ProjectId> removeProjects;
    std::optional<std::vector<Environment>> environments; ///< all of them in their new order; id none: new
    std::vector<EnvironmentId> removeEnvironments;
    std::vector<ServiceChange> services;
    std::vector<ServiceId> removeServices;
    std::vector<RouteChange> routes;
    std::vector<RouteId> removeRoutes;
    std::vector<ConnectionChange> connections;
    std::vector<ConnectionId> removeConnections;

    bool isEmpty() const { return lines.empty(); }
};

struct PlannedConfig {
    ConfigPlan plan;
    ConfigIssues issues; ///< references that lead nowhere; then the plan must not be applied
};

/// Pure. `keyHashes`: SHA-256 of every gateway key that the file gives by reference, by the reference's text.
PlannedConfig planConfig(const ConfigFile& file, const DomainSnapshot& snapshot,
                         const std::map<std::string, Sha256Digest>& keyHashes);

/// Public ids of keys given by reference begin so; the others hold no underscore.
inline constexpr std::string_view kReferencedKeyPrefix = "ref_";
inline bool isReferencedKey(const GatewayKey& key)
{
    return key.publicId.starts_with(kReferencedKeyPrefix);
}

} // namespace sb::config
