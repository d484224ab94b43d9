// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/ConfigPlan.h"

#include <algorithm>
#include <set>

namespace sb::config {
namespace {

using Change = ConfigPlan::Change;

/// The rules of one scope without what the database adds to them, in a fixed order.
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

class Planner {
public:
    Planner(const ConfigFile& file, const DomainSnapshot& snapshot,
            const std::map<std::string, Sha256Digest>& keyHashes, PlannedConfig& result)
        : m_file(file), m_snapshot(snapshot), m_keyHashes(keyHashes), m_plan(result.plan), m_issues(result.issues)
    {
    }

    void run()
    {
        planOrganization();
        planProjects();
        planEnvironments();
        planServices();
        planRoutes();
        planConnections();
    }

private:
    void line(Change change, std::string what, std::string detail = {})
    {
        m_plan.lines.push_back({change, std::move(what), std::move(detail)});
    }
    void fault(int at, std::string what) { m_issues.push_back({at, std::move(what)}); }

    // --- what will exist afterwards, for references
    // -------------------------------------------------------------------
    bool projectWillExist(std::string_view handle) const
    {
        if (m_file.projects)
            return std::ranges::any_of(*m_file.projects, [&](const auto& entry) { return entry.handle == handle; });
        return findProject(handle) != nullptr;
    }
    bool environmentWillExist(std::string_view name) const
    {
        if (m_file.environments)
            return std::ranges::any_of(*m_file.environments, [&](const auto& entry) { return entry.name == name; });
        return findEnvironment(name) != nullptr;
    }
    bool serviceWillExist(std::string_view context) const
    {
        if (m_file.services)
            return std::ranges::any_of(*m_file.services,
                                       [&](const auto& entry) { return entry.service.contextPath == context; });
        return findService(context) != nullptr;
    }

    bool routeWillExist(std::string_view name) const
    {
        if (m_file.routes)
            return std::ranges::any_of(*m_file.routes, [&](const auto& entry) { return entry.route.name == name; });
        return std::ranges::any_of(m_snapshot.routes, [&](const Route& route) { return route.name == name; });
    }

    const Project* findProject(std::string_view handle) const
    {
        const auto found = std::ranges::find(m_snapshot.projects, handle, &Project::handle);
        return found == m_snapshot.projects.end() ? nullptr : &*found;
    }
    const Environment* findEnvironment(std::string_view name) const
    {
        const auto found = std::ranges::find(m_snapshot.environments, name, &Environment::name);
        return found == m_snapshot.environments.end() ? nullptr : &*found;
    }
    const Service* findService(std::string_view context) const
    {
        const auto found = std::ranges::find(m_snapshot.services, context, &Service::contextPath);
        return found == m_snapshot.services.end() ? nullptr : &*found;
    }
    std::string environmentName(EnvironmentId id) const
    {
        const auto found = std::ranges::find(m_snapshot.environments, id, &Environment::id);
        return found == m_snapshot.environments.end() ? std::string("?") : found->name;
    }

    std::vector<LimitRule> limitsOf(LimitScope scope, std::int32_t id) const
    {
        std::vector<LimitRule> rules;
        std::ranges::copy_if(m_snapshot.limits, std::back_inserter(rules),
                             [&](const LimitRule& rule) { return rule.scope == scope && rule.scopeId == id; });
        return comparable(std::move(rules));
    }
    RequestCaps capsOf(LimitScope scope, std::int32_t id) const
    {
        const auto found = std::ranges::find_if(
            m_snapshot.caps, [&](const RequestCaps& caps) { return caps.scope == scope && caps.scopeId == id; });
        return found == m_snapshot.caps.end() ? RequestCaps{} : comparable(*found);
    }

    // --- section by section
    // -------------------------------------------------------------------------------------------
    void planOrganization()
    {
        if (!m_file.organization)
            return;
        const auto& entry = *m_file.organization;
        Organization wanted = m_snapshot.organization;
        std::string differs;
        const auto take = [&differs](auto& current, const auto& value, std::string_view name) {
            if (current == value)
                return;
            current = value;
            differs.append(differs.empty() ? "" : ", ").append(name);
        };
        if (!entry.handle.empty())
            take(wanted.handle, entry.handle, "handle");
        if (!entry.name.empty())
            take(wanted.name, entry.name, "name");
        if (!entry.timeZone.empty())
            take(wanted.timeZone, entry.timeZone, "timezone");
        if (entry.retentionDays)
            take(wanted.retentionDays, *entry.retentionDays, "retention_days");
        if (differs.empty())
            return;
        m_plan.organization = wanted;
        line(Change::Changed, "organization " + wanted.handle, differs);
    }

    void planProjects()
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

    void planEnvironments()
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

    void planServices()
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

    void planService(const ConfigFile::ServiceEntry& entry)
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

    /// Names what differs and takes it over into `target`.
    std::string differences(const Service& current, const ConfigFile::ServiceEntry& entry, Service& target) const
    {
        std::string differs;
        const auto take = [&differs](auto& place, const auto& value, std::string_view name) {
            if (place == value)
                return;
            place = value;
            differs.append(differs.empty() ? "" : ", ").append(name);
        };
        const Service& wanted = entry.service;
        take(target.name, wanted.name, "name");
        take(target.version, wanted.version, "version");
        take(target.url, wanted.url, "url");
        take(target.summary, wanted.summary, "summary");
        std::ranges::sort(target.labels);
        take(target.labels, wanted.labels, "labels");
        const bool published = current.marketplaceState == MarketplaceState::Published;
        if (published != (wanted.marketplaceState == MarketplaceState::Published))
            take(target.marketplaceState, wanted.marketplaceState, "published");
        const Project* project = entry.project.empty() ? nullptr : findProject(entry.project);
        const ProjectId projectId = project != nullptr ? project->id : ProjectId{};
        const bool isNewProject = !entry.project.empty() && project == nullptr;
        if (current.scope != wanted.scope || current.project != projectId || isNewProject) {
            target.scope = wanted.scope;
            target.project = projectId;
            differs.append(differs.empty() ? "" : ", ").append("scope");
        }
        return differs;
    }

    void compareEnvironments(const Service& current, const ConfigFile::ServiceEntry& entry,
                             ConfigPlan::ServiceChange& change)
    {
        std::set<EnvironmentId> kept;
        for (const auto& environment : entry.environments) {
            const Environment* known = findEnvironment(environment.environment);
            const std::string what = "service " + current.contextPath + " in " + environment.environment;
            const ServiceEnvironment* configured = nullptr;
            for (const ServiceEnvironment& candidate : m_snapshot.serviceEnvironments) {
                if (known != nullptr && candidate.service == current.id && candidate.environment == known->id)
                    configured = &candidate;
            }
            if (known != nullptr)
                kept.insert(known->id);
            if (configured == nullptr) {
                change.put.push_back(environment);
                line(Change::Added, what);
                continue;
            }
            std::string differs;
            const auto note = [&differs](bool different, std::string_view name) {
                if (different)
                    differs.append(differs.empty() ? "" : ", ").append(name);
            };
            const ServiceEnvironment& wanted = environment.configuration;
            note(configured->security != wanted.security, "auth");
            note(configured->urlOverride != wanted.urlOverride, "url");
            note(configured->apiVersion != wanted.apiVersion, "api_version");
            note(configured->deployments != wanted.deployments, "deployments");
            note(limitsOf(LimitScope::ServiceEnvironment, configured->id.value) != comparable(environment.limits),
                 "limits");
            note(capsOf(LimitScope::ServiceEnvironment, configured->id.value) != comparable(environment.caps),
                 "per_request");
            if (differs.empty())
                continue;
            change.put.push_back(environment);
            line(Change::Changed, what, differs);
        }
        for (const ServiceEnvironment& configured : m_snapshot.serviceEnvironments) {
            if (configured.service != current.id || kept.contains(configured.environment))
                continue;
            change.remove.push_back(configured.environment);
            line(Change::Removed, "service " + current.contextPath + " in " + environmentName(configured.environment));
        }
    }

    void planRoutes()
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
            std::string differs;
            const auto note = [&differs](bool different, std::string_view name) {
                if (different)
                    differs.append(differs.empty() ? "" : ", ").append(name);
            };
            note(current->policy != entry.route.policy, "policy");
            note(current->targets != entry.route.targets, "targets");
            note(current->maxAttempts != entry.route.maxAttempts, "fallbacks");
            line(Change::Changed, what, differs);
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

    static std::string routeEnvironment(const std::string& name) { return name.empty() ? "" : " in " + name; }

    const Route* findRoute(const ConfigFile::RouteEntry& entry) const
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

    void planConnections()
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

    bool hasTarget(const Connection& current, const ConfigFile::ConnectionEntry& entry) const
    {
        if (entry.route.empty()) {
            const Service* service = findService(entry.service);
            return service != nullptr && service->id == current.service;
        }
        return std::ranges::any_of(m_snapshot.routes, [&](const Route& route) {
            return route.id == current.route && route.name == entry.route;
        });
    }

    /// The id of the existing connection it is, none for a new one.
    ConnectionId planConnection(const ConfigFile::ConnectionEntry& entry)
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

    void compareEnvironments(const Connection& current, const ConfigFile::ConnectionEntry& entry,
                             ConfigPlan::ConnectionChange& change)
    {
        std::set<EnvironmentId> kept;
        for (const auto& environment : entry.environments) {
            const Environment* known = findEnvironment(environment.environment);
            const std::string what = "connection " + current.name + " in " + environment.environment;
            const ConnectionEnvironment* connected = nullptr;
            for (const ConnectionEnvironment& candidate : m_snapshot.connectionEnvironments) {
                if (known != nullptr && candidate.connection == current.id && candidate.environment == known->id)
                    connected = &candidate;
            }
            if (known != nullptr)
                kept.insert(known->id);
            if (connected == nullptr) {
                change.put.push_back(environment);
                line(Change::Added, what);
            } else if (limitsOf(LimitScope::ConnectionEnvironment, connected->id.value) !=
                       comparable(environment.limits)) {
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

    void planKeys(const Connection* current, const ConfigFile::ConnectionEntry& entry,
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
            line(Change::Changed, "connection " + entry.name + " in " + environment.environment, "key");
        }
    }

    const ConfigFile& m_file;
    const DomainSnapshot& m_snapshot;
    const std::map<std::string, Sha256Digest>& m_keyHashes;
    ConfigPlan& m_plan;
    ConfigIssues& m_issues;
    std::set<Sha256Digest> m_keysSeen;
};

} // namespace

PlannedConfig planConfig(const ConfigFile& file, const DomainSnapshot& snapshot,
                         const std::map<std::string, Sha256Digest>& keyHashes)
{
    PlannedConfig result;
    Planner(file, snapshot, keyHashes, result).run();
    std::ranges::stable_sort(result.issues, {}, &ConfigIssue::line);
    return result;
}

} // namespace sb::config
