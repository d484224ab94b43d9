// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Sha256.h"
#include "domain/Limit.h"
#include "domain/Organization.h"
#include "domain/Route.h"
#include "domain/Service.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::config {

/// Something wrong with a configuration file, at its line (from 1). Never quotes a value that could be a secret.
struct ConfigIssue {
    int line = 0;
    std::string what;

    bool operator==(const ConfigIssue&) const = default;
};
using ConfigIssues = std::vector<ConfigIssue>;

/// The configuration file of the contract, version 1, as values. Ids are none: names refer. A section that is absent
/// (nullopt) leaves that part of the database alone; one that is present is the whole truth about it.
struct ConfigFile {
    struct OrganizationEntry {
        int line = 0;
        std::string handle; ///< these five: empty or absent = unchanged
        std::string name;
        std::string currency;
        std::string timeZone;
        std::optional<int> retentionDays;
    };
    struct ProjectEntry {
        int line = 0;
        std::string handle;
        std::string name; ///< empty: unchanged, for a new one the handle
    };
    struct EnvironmentEntry {
        int line = 0;
        std::string name;
    };
    struct ServiceEnvironmentEntry {
        int line = 0;
        std::string environment;
        ServiceEnvironment configuration; ///< ids, revisions and state unset
        std::vector<LimitRule> limits;
        RequestCaps caps;
    };
    struct ServiceEntry {
        int line = 0;
        Service service;     ///< ids and times unset; marketplaceState Published or Draft
        std::string project; ///< handle, at project scope
        std::vector<ServiceEnvironmentEntry> environments;
    };
    struct ConnectionEnvironmentEntry {
        int line = 0;
        std::string environment;
        SecretRef key; ///< a gateway key given by reference; None: made with `key create`
        std::vector<LimitRule> limits;
    };
    struct ConnectionEntry {
        int line = 0;
        std::string name;
        std::string project; ///< handle
        std::string service; ///< context path; empty: it calls a route
        std::string route;   ///< name
        std::vector<ConnectionEnvironmentEntry> environments;
    };
    struct RouteEntry {
        int line = 0;
        Route route;             ///< ids and version unset
        std::string environment; ///< empty: every environment
        std::vector<int> targetLines;
    };

    std::optional<OrganizationEntry> organization;
    std::optional<std::vector<ProjectEntry>> projects;
    std::optional<std::vector<EnvironmentEntry>> environments;
    std::optional<std::vector<ServiceEntry>> services;
    std::optional<std::vector<ConnectionEntry>> connections;
    std::optional<std::vector<RouteEntry>> routes;
};

struct ReadConfig {
    ConfigFile file;
    ConfigIssues issues; ///< empty: the file is usable
};

/// Reads a configuration file: at most 4 MiB and 32 levels, no anchors, no unknown or repeated keys, no literal
/// secrets.
ReadConfig readYaml(std::string_view text);

/// A code of domain/validation in words, for messages without a form around them: "must not be empty".
std::string describeIssue(std::string_view code, std::string_view detail);

} // namespace sb::config
