// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/ConfigPlan.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sb::config {

/// The rules of one scope without what the database adds to them, in a fixed order.
std::vector<LimitRule> comparable(std::vector<LimitRule> rules);
RequestCaps comparable(RequestCaps caps);

/// Names of what differs, for a line of the plan: "url, summary".
class Differences {
public:
    void note(bool differs, std::string_view name)
    {
        if (differs)
            m_names.append(m_names.empty() ? "" : ", ").append(name);
    }
    /// Takes `value` over into `place`.
    template <class T>
    void take(T& place, const T& value, std::string_view name)
    {
        note(place != value, name);
        place = value;
    }
    bool isEmpty() const { return m_names.empty(); }
    const std::string& names() const { return m_names; }

private:
    std::string m_names;
};

/// The row that `owner` has in an environment; nullptr: it is not configured there, or nobody knows the environment.
template <class Row, class Id>
const Row* rowIn(const std::vector<Row>& rows, Id Row::*owner, Id id, const Environment* environment)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
        return environment != nullptr && row.*owner == id && row.environment == environment->id;
    });
    return found == rows.end() ? nullptr : &*found;
}

/// Compares a file with what is stored, section by section.
class Planner {
public:
    Planner(const ConfigFile& file, const DomainSnapshot& snapshot,
            const std::map<std::string, Sha256Digest>& keyHashes, PlannedConfig& result)
        : m_file(file), m_snapshot(snapshot), m_keyHashes(keyHashes), m_plan(result.plan), m_issues(result.issues)
    {
    }

    void run();

private:
    using Change = ConfigPlan::Change;

    void line(Change change, std::string what, std::string detail = {});
    void fault(int at, std::string what) { m_issues.push_back({at, std::move(what)}); }

    // What will exist afterwards, for references.
    bool projectWillExist(std::string_view handle) const;
    bool environmentWillExist(std::string_view name) const;
    bool serviceWillExist(std::string_view context) const;
    bool routeWillExist(std::string_view name) const;

    const Project* findProject(std::string_view handle) const;
    const Environment* findEnvironment(std::string_view name) const;
    const Service* findService(std::string_view context) const;
    std::string environmentName(EnvironmentId id) const;
    std::vector<LimitRule> limitsOf(LimitScope scope, std::int32_t id) const;
    RequestCaps capsOf(LimitScope scope, std::int32_t id) const;

    // ConfigPlan.cpp
    void planOrganization();
    void planProjects();
    void planEnvironments();

    // PlanServices.cpp
    void planServices();
    void planService(const ConfigFile::ServiceEntry& entry);
    /// Names what differs and takes it over into `target`.
    std::string differences(const Service& current, const ConfigFile::ServiceEntry& entry, Service& target) const;
    void compareEnvironments(const Service& current, const ConfigFile::ServiceEntry& entry,
                             ConfigPlan::ServiceChange& change);

    // PlanRoutes.cpp
    void planRoutes();
    const Route* findRoute(const ConfigFile::RouteEntry& entry) const;

    // PlanConnections.cpp
    void planConnections();
    bool hasTarget(const Connection& current, const ConfigFile::ConnectionEntry& entry) const;
    /// The id of the existing connection it is, none for a new one.
    ConnectionId planConnection(const ConfigFile::ConnectionEntry& entry);
    void compareEnvironments(const Connection& current, const ConfigFile::ConnectionEntry& entry,
                             ConfigPlan::ConnectionChange& change);
    void planKeys(const Connection* current, const ConfigFile::ConnectionEntry& entry,
                  ConfigPlan::ConnectionChange& change);

    const ConfigFile& m_file;
    const DomainSnapshot& m_snapshot;
    const std::map<std::string, Sha256Digest>& m_keyHashes;
    ConfigPlan& m_plan;
    ConfigIssues& m_issues;
    std::set<Sha256Digest> m_keysSeen;
};

} // namespace sb::config
