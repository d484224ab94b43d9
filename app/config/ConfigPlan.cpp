// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/internal/Planner.h"

#include <algorithm>
#include <iterator>

namespace sb::config {

std::vector<LimitRule> comparable(std::vector<LimitRule> rules)
{
    for (LimitRule& rule : rules) {
        rule.id = {};
        rule.scope = LimitScope::ServiceEnvironment;
        rule.scopeId = 0;
    }
    std::ranges::sort(rules, {}, &LimitRule::per);
    return rules;
}

RequestCaps comparable(RequestCaps caps)
{
    caps.scope = LimitScope::ServiceEnvironment;
    caps.scopeId = 0;
    return caps;
}

void Planner::run()
{
    planOrganization();
    planProjects();
    planEnvironments();
    planServices();
    planRoutes();
    planConnections();
}

void Planner::line(Change change, std::string what, std::string detail)
{
    m_plan.lines.push_back({change, std::move(what), std::move(detail)});
}

bool Planner::projectWillExist(std::string_view handle) const
{
    if (m_file.projects)
        return std::ranges::any_of(*m_file.projects, [&](const auto& entry) { return entry.handle == handle; });
    return findProject(handle) != nullptr;
}

bool Planner::environmentWillExist(std::string_view name) const
{
    if (m_file.environments)
        return std::ranges::any_of(*m_file.environments, [&](const auto& entry) { return entry.name == name; });
    return findEnvironment(name) != nullptr;
}

bool Planner::serviceWillExist(std::string_view context) const
{
    if (m_file.services)
        return std::ranges::any_of(*m_file.services,
                                   [&](const auto& entry) { return entry.service.contextPath == context; });
    return findService(context) != nullptr;
}

bool Planner::routeWillExist(std::string_view name) const
{
    if (m_file.routes)
        return std::ranges::any_of(*m_file.routes, [&](const auto& entry) { return entry.route.name == name; });
    return std::ranges::any_of(m_snapshot.routes, [&](const Route& route) { return route.name == name; });
}

const Project* Planner::findProject(std::string_view handle) const
{
    const auto found = std::ranges::find(m_snapshot.projects, handle, &Project::handle);
    return found == m_snapshot.projects.end() ? nullptr : &*found;
}

const Environment* Planner::findEnvironment(std::string_view name) const
{
    const auto found = std::ranges::find(m_snapshot.environments, name, &Environment::name);
    return found == m_snapshot.environments.end() ? nullptr : &*found;
}

const Service* Planner::findService(std::string_view context) const
{
    const auto found = std::ranges::find(m_snapshot.services, context, &Service::contextPath);
    return found == m_snapshot.services.end() ? nullptr : &*found;
}

std::string Planner::environmentName(EnvironmentId id) const
{
    const auto found = std::ranges::find(m_snapshot.environments, id, &Environment::id);
    return found == m_snapshot.environments.end() ? std::string("?") : found->name;
}

std::vector<LimitRule> Planner::limitsOf(LimitScope scope, std::int32_t id) const
{
    std::vector<LimitRule> rules;
    std::ranges::copy_if(m_snapshot.limits, std::back_inserter(rules),
                         [&](const LimitRule& rule) { return rule.scope == scope && rule.scopeId == id; });
    return comparable(std::move(rules));
}

RequestCaps Planner::capsOf(LimitScope scope, std::int32_t id) const
{
    const auto found = std::ranges::find_if(
        m_snapshot.caps, [&](const RequestCaps& caps) { return caps.scope == scope && caps.scopeId == id; });
    return found == m_snapshot.caps.end() ? RequestCaps{} : comparable(*found);
}

void Planner::planOrganization()
{
    if (!m_file.organization)
        return;
    const auto& entry = *m_file.organization;
    Organization wanted = m_snapshot.organization;
    Differences differs;
    if (!entry.handle.empty())
        differs.take(wanted.handle, entry.handle, "handle");
    if (!entry.name.empty())
        differs.take(wanted.name, entry.name, "name");
    if (!entry.timeZone.empty())
        differs.take(wanted.timeZone, entry.timeZone, "timezone");
    if (entry.retentionDays)
        differs.take(wanted.retentionDays, *entry.retentionDays, "retention_days");
    if (differs.isEmpty())
        return;
    m_plan.organization = wanted;
    line(Change::Changed, "organization " + wanted.handle, differs.names());
}

void Planner::planProjects()
{
    if (!m_file.projects)
        return;
    for (const auto& entry : *m_file.projects) {
        const Project* current = findProject(entry.handle);
        if (current != nullptr && (entry.name.empty() || current->name == entry.name))
            continue;
        Project project = current != nullptr ? *current : Project{};
        project.organization = m_snapshot.organization.id;
        project.handle = entry.handle;
        project.name = entry.name.empty() ? entry.handle : entry.name;
        m_plan.putProjects.push_back(project);
        line(current != nullptr ? Change::Changed : Change::Added, "project " + entry.handle,
             current != nullptr ? "name" : "");
    }
    for (const Project& project : m_snapshot.projects) {
        if (projectWillExist(project.handle))
            continue;
        m_plan.removeProjects.push_back(project.id);
        line(Change::Removed, "project " + project.handle);
    }
}

void Planner::planEnvironments()
{
    if (!m_file.environments)
        return;
    std::vector<Environment> wanted;
    bool differs = m_file.environments->size() != m_snapshot.environments.size();
    for (std::size_t i = 0; i < m_file.environments->size(); ++i) {
        const std::string& name = (*m_file.environments)[i].name;
        const Environment* current = findEnvironment(name);
        Environment environment = current != nullptr ? *current : Environment{};
        if (current == nullptr) {
            environment.organization = m_snapshot.organization.id;
            environment.name = name;
            environment.isProduction = name == "production";
        }
        environment.promotionOrder = static_cast<int>(i) + 1;
        if (current == nullptr)
            line(Change::Added, "environment " + name);
        else if (i >= m_snapshot.environments.size() || m_snapshot.environments[i].name != name)
            line(Change::Changed, "environment " + name, "order");
        else {
            wanted.push_back(*current);
            wanted.back().promotionOrder = environment.promotionOrder;
            continue;
        }
        differs = true;
        wanted.push_back(std::move(environment));
    }
    for (const Environment& environment : m_snapshot.environments) {
        if (environmentWillExist(environment.name))
            continue;
        m_plan.removeEnvironments.push_back(environment.id);
        line(Change::Removed, "environment " + environment.name);
    }
    if (differs)
        m_plan.environments = std::move(wanted);
}

PlannedConfig planConfig(const ConfigFile& file, const DomainSnapshot& snapshot,
                         const std::map<std::string, Sha256Digest>& keyHashes)
{
    PlannedConfig result;
    Planner(file, snapshot, keyHashes, result).run();
    std::ranges::stable_sort(result.issues, {}, &ConfigIssue::line);
    return result;
}

} // namespace sb::config
