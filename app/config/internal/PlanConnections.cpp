// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/internal/Planner.h"

#include <algorithm>

namespace sb::config {

void Planner::planConnections()
{
    if (!m_file.connections)
        return;
    std::set<ConnectionId> kept;
    for (const auto& entry : *m_file.connections) {
        const ConnectionId id = planConnection(entry);
        if (!id.isNone())
            kept.insert(id);
    }
    for (const Connection& connection : m_snapshot.connections) {
        if (kept.contains(connection.id))
            continue;
        m_plan.removeConnections.push_back(connection.id);
        line(Change::Removed, "connection " + connection.name);
    }
}

bool Planner::hasTarget(const Connection& current, const ConfigFile::ConnectionEntry& entry) const
{
    if (entry.route.empty()) {
        const Service* service = findService(entry.service);
        return service != nullptr && service->id == current.service;
    }
    return std::ranges::any_of(
        m_snapshot.routes, [&](const Route& route) { return route.id == current.route && route.name == entry.route; });
}

ConnectionId Planner::planConnection(const ConfigFile::ConnectionEntry& entry)
{
    if (!projectWillExist(entry.project))
        fault(entry.line, "there is no project '" + entry.project + "'");
    if (!entry.route.empty() && !routeWillExist(entry.route))
        fault(entry.line, "there is no route '" + entry.route + "'");
    if (entry.route.empty() && !serviceWillExist(entry.service))
        fault(entry.line, "there is no service with context '" + entry.service + "'");
    for (const auto& environment : entry.environments) {
        if (!environmentWillExist(environment.environment))
            fault(environment.line, "there is no environment '" + environment.environment + "'");
    }
    const Project* project = findProject(entry.project);
    const Connection* current = nullptr;
    for (const Connection& candidate : m_snapshot.connections) {
        if (project != nullptr && candidate.project == project->id && candidate.name == entry.name)
            current = &candidate;
    }
    ConfigPlan::ConnectionChange change;
    change.name = entry.name;
    change.project = entry.project;
    change.service = entry.service;
    change.route = entry.route;
    const std::string what = "connection " + entry.name;
    if (current == nullptr) {
        change.put = entry.environments;
        line(Change::Added, what);
    } else {
        change.id = current->id;
        if (!hasTarget(*current, entry)) {
            change.targetDiffers = true;
            line(Change::Changed, what, entry.route.empty() ? "service" : "route");
        }
        compareEnvironments(*current, entry, change);
    }
    planKeys(current, entry, change);
    if (current == nullptr || change.targetDiffers || !change.put.empty() || !change.remove.empty() ||
        !change.keys.empty())
        m_plan.connections.push_back(std::move(change));
    return current != nullptr ? current->id : ConnectionId{};
}

void Planner::compareEnvironments(const Connection& current, const ConfigFile::ConnectionEntry& entry,
                                  ConfigPlan::ConnectionChange& change)
{
    std::set<EnvironmentId> kept;
    for (const auto& environment : entry.environments) {
        const Environment* known = findEnvironment(environment.environment);
        const std::string what = "connection " + current.name + " in " + environment.environment;
        const ConnectionEnvironment* connected =
            rowIn(m_snapshot.connectionEnvironments, &ConnectionEnvironment::connection, current.id, known);
        if (known != nullptr)
            kept.insert(known->id);
        if (connected == nullptr) {
            change.put.push_back(environment);
            line(Change::Added, what);
        } else if (limitsOf(LimitScope::ConnectionEnvironment, connected->id.value) != comparable(environment.limits)) {
            change.put.push_back(environment);
            line(Change::Changed, what, "limits");
        }
    }
    for (const ConnectionEnvironment& connected : m_snapshot.connectionEnvironments) {
        if (connected.connection != current.id || kept.contains(connected.environment))
            continue;
        change.remove.push_back(connected.environment);
        line(Change::Removed, "connection " + current.name + " in " + environmentName(connected.environment));
    }
}

void Planner::planKeys(const Connection* current, const ConfigFile::ConnectionEntry& entry,
                       ConfigPlan::ConnectionChange& change)
{
    for (const auto& environment : entry.environments) {
        if (environment.key.isNone())
            continue;
        const auto hash = m_keyHashes.find(environment.key.toString());
        if (hash == m_keyHashes.end()) {
            fault(environment.line, "the key " + environment.key.toString() + " could not be read");
            continue;
        }
        if (!m_keysSeen.insert(hash->second).second) {
            fault(environment.line, "the key " + environment.key.toString() +
                                        " is used twice: every connection and environment needs its own");
            continue;
        }
        const Environment* known = findEnvironment(environment.environment);
        const auto isSame = [&](const GatewayKey& key) {
            return current != nullptr && known != nullptr && key.connection == current->id &&
                   key.environment == known->id && key.hash == hash->second;
        };
        if (std::ranges::any_of(m_snapshot.keys, isSame))
            continue;
        change.keys.push_back({environment.environment, hash->second});
        const auto isIts = [&](const ConnectionEnvironment& connected) {
            return current != nullptr && known != nullptr && connected.connection == current->id &&
                   connected.environment == known->id;
        };
        if (!std::ranges::any_of(m_snapshot.connectionEnvironments, isIts))
            continue; // said with the connection or the environment that is added
        line(Change::Changed, "connection " + entry.name + " in " + environment.environment, "key");
    }
}

} // namespace sb::config
