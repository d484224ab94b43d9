// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/internal/Planner.h"

#include <algorithm>

namespace sb::config {

namespace {

std::string routeEnvironment(const std::string& name)
{
    return name.empty() ? "" : " in " + name;
}

} // namespace

void Planner::planRoutes()
{
    if (!m_file.routes)
        return;
    std::set<RouteId> kept;
    for (const auto& entry : *m_file.routes) {
        if (!entry.environment.empty() && !environmentWillExist(entry.environment))
            fault(entry.line, "there is no environment '" + entry.environment + "'");
        for (std::size_t i = 0; i < entry.route.targets.size(); ++i) {
            if (!serviceWillExist(entry.route.targets[i].context))
                fault(entry.targetLines[i],
                      "there is no service with context '" + entry.route.targets[i].context + "'");
        }
        const std::string what = "route " + entry.route.name + routeEnvironment(entry.environment);
        const Route* current = findRoute(entry);
        ConfigPlan::RouteChange change{entry.route, entry.environment};
        change.route.organization = m_snapshot.organization.id;
        if (current == nullptr) {
            line(Change::Added, what);
            m_plan.routes.push_back(std::move(change));
            continue;
        }
        kept.insert(current->id);
        change.route.id = current->id;
        if (current->doesTheSame(entry.route))
            continue;
        Differences differs;
        differs.note(current->policy != entry.route.policy, "policy");
        differs.note(current->targets != entry.route.targets, "targets");
        differs.note(current->maxAttempts != entry.route.maxAttempts, "fallbacks");
        line(Change::Changed, what, differs.names());
        m_plan.routes.push_back(std::move(change));
    }
    for (const Route& route : m_snapshot.routes) {
        if (kept.contains(route.id))
            continue;
        m_plan.removeRoutes.push_back(route.id);
        const bool everywhere = route.environment.isNone();
        line(Change::Removed,
             "route " + route.name + (everywhere ? "" : routeEnvironment(environmentName(route.environment))));
    }
}

const Route* Planner::findRoute(const ConfigFile::RouteEntry& entry) const
{
    const Environment* environment = entry.environment.empty() ? nullptr : findEnvironment(entry.environment);
    if (!entry.environment.empty() && environment == nullptr)
        return nullptr;
    const EnvironmentId id = environment == nullptr ? EnvironmentId{} : environment->id;
    const auto found = std::ranges::find_if(m_snapshot.routes, [&](const Route& route) {
        return route.name == entry.route.name && route.environment == id;
    });
    return found == m_snapshot.routes.end() ? nullptr : &*found;
}

} // namespace sb::config
