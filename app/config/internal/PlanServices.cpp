// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/internal/Planner.h"

#include <algorithm>

namespace sb::config {

void Planner::planServices()
{
    if (!m_file.services)
        return;
    for (const auto& entry : *m_file.services)
        planService(entry);
    for (const Service& service : m_snapshot.services) {
        if (serviceWillExist(service.contextPath))
            continue;
        m_plan.removeServices.push_back(service.id);
        line(Change::Removed, "service " + service.contextPath);
    }
}

void Planner::planService(const ConfigFile::ServiceEntry& entry)
{
    if (!entry.project.empty() && !projectWillExist(entry.project))
        fault(entry.line, "there is no project '" + entry.project + "'");
    for (const auto& environment : entry.environments) {
        if (!environmentWillExist(environment.environment))
            fault(environment.line, "there is no environment '" + environment.environment + "'");
    }
    const std::string what = "service " + entry.service.contextPath;
    const Service* current = findService(entry.service.contextPath);
    ConfigPlan::ServiceChange change;
    if (current != nullptr)
        change.service = *current;
    change.id = change.service.id;
    change.project = entry.project;
    if (current == nullptr) {
        change.service = entry.service;
        change.service.organization = m_snapshot.organization.id;
        change.put = entry.environments;
        line(Change::Added, what);
        m_plan.services.push_back(std::move(change));
        return;
    }
    if (current->provider != entry.service.provider)
        fault(entry.line,
              "the provider of " + what + " cannot change: register the other one under a context of its own");
    if (const std::string differs = differences(*current, entry, change.service); !differs.empty()) {
        change.detailsDiffer = true;
        line(Change::Changed, what, differs);
    }
    compareEnvironments(*current, entry, change);
    if (change.detailsDiffer || !change.put.empty() || !change.remove.empty())
        m_plan.services.push_back(std::move(change));
}

std::string Planner::differences(const Service& current, const ConfigFile::ServiceEntry& entry, Service& target) const
{
    Differences differs;
    const Service& wanted = entry.service;
    differs.take(target.name, wanted.name, "name");
    differs.take(target.version, wanted.version, "version");
    differs.take(target.url, wanted.url, "url");
    differs.take(target.summary, wanted.summary, "summary");
    std::ranges::sort(target.labels);
    differs.take(target.labels, wanted.labels, "labels");
    const bool published = current.marketplaceState == MarketplaceState::Published;
    if (published != (wanted.marketplaceState == MarketplaceState::Published))
        differs.take(target.marketplaceState, wanted.marketplaceState, "published");
    const Project* project = entry.project.empty() ? nullptr : findProject(entry.project);
    const ProjectId projectId = project != nullptr ? project->id : ProjectId{};
    const bool isNewProject = !entry.project.empty() && project == nullptr;
    if (current.scope != wanted.scope || current.project != projectId || isNewProject) {
        target.scope = wanted.scope;
        target.project = projectId;
        differs.note(true, "scope");
    }
    return differs.names();
}

void Planner::compareEnvironments(const Service& current, const ConfigFile::ServiceEntry& entry,
                                  ConfigPlan::ServiceChange& change)
{
    std::set<EnvironmentId> kept;
    for (const auto& environment : entry.environments) {
        const Environment* known = findEnvironment(environment.environment);
        const std::string what = "service " + current.contextPath + " in " + environment.environment;
        const ServiceEnvironment* configured =
            rowIn(m_snapshot.serviceEnvironments, &ServiceEnvironment::service, current.id, known);
        if (known != nullptr)
            kept.insert(known->id);
        if (configured == nullptr) {
            change.put.push_back(environment);
            line(Change::Added, what);
            continue;
        }
        Differences differs;
        const ServiceEnvironment& wanted = environment.configuration;
        differs.note(configured->security != wanted.security, "auth");
        differs.note(configured->urlOverride != wanted.urlOverride, "url");
        differs.note(configured->apiVersion != wanted.apiVersion, "api_version");
        differs.note(configured->deployments != wanted.deployments, "deployments");
        differs.note(limitsOf(LimitScope::ServiceEnvironment, configured->id.value) != comparable(environment.limits),
                     "limits");
        differs.note(capsOf(LimitScope::ServiceEnvironment, configured->id.value) != comparable(environment.caps),
                     "per_request");
        if (differs.isEmpty())
            continue;
        change.put.push_back(environment);
        line(Change::Changed, what, differs.names());
    }
    for (const ServiceEnvironment& configured : m_snapshot.serviceEnvironments) {
        if (configured.service != current.id || kept.contains(configured.environment))
            continue;
        change.remove.push_back(configured.environment);
        line(Change::Removed, "service " + current.contextPath + " in " + environmentName(configured.environment));
    }
}

} // namespace sb::config
