// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ApplyPlan.h"

#include "storage/repositories/ConfigurationRepository.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/RouteRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <map>

namespace sb::ctl {
namespace {

using config::ConfigPlan;

class Applier {
public:
    Applier(storage::DbSession& db, const ConfigPlan& plan, const DomainSnapshot& snapshot, std::string_view actor,
            Timestamp now, Random& random)
        : m_plan(plan), m_snapshot(snapshot), m_actor(actor), m_now(now), m_random(random), m_organizations(db),
          m_services(db), m_connections(db), m_configuration(db, actor, now), m_routes(db)
    {
        for (const Project& project : snapshot.projects)
            m_projectIds[project.handle] = project.id;
        for (const Environment& environment : snapshot.environments)
            m_environmentIds[environment.name] = environment.id;
        for (const Service& service : snapshot.services)
            m_serviceIds[service.contextPath] = service.id;
        for (const Route& route : snapshot.routes)
            m_routeIds[route.name] = route.id;
    }

    /// What others need comes first, what others use goes last.
    Result<void> run()
    {
        for (const auto step :
             {&Applier::putOrganization, &Applier::putProjects, &Applier::putEnvironments, &Applier::removeConnections,
              &Applier::putServices, &Applier::putRoutes, &Applier::putConnections, &Applier::removeRoutes,
              &Applier::removeServices, &Applier::removeEnvironments, &Applier::removeProjects}) {
            if (auto done = (this->*step)(); !done)
                return done;
        }
        return {};
    }

private:
    Result<void> putOrganization()
    {
        return m_plan.organization ? m_organizations.update(*m_plan.organization) : Result<void>();
    }

    Result<void> putProjects()
    {
        for (const Project& project : m_plan.putProjects) {
            auto id = m_configuration.putProject(project);
            if (!id)
                return std::move(id).error();
            m_projectIds[project.handle] = *id;
        }
        return {};
    }

    Result<void> putEnvironments()
    {
        if (!m_plan.environments)
            return {};
        auto ids = m_configuration.arrangeEnvironments(*m_plan.environments);
        if (!ids)
            return std::move(ids).error();
        for (std::size_t i = 0; i < ids->size(); ++i)
            m_environmentIds[(*m_plan.environments)[i].name] = (*ids)[i];
        return {};
    }

    ServiceRegistration::PerEnvironment perEnvironment(const config::ConfigFile::ServiceEnvironmentEntry& entry) const
    {
        ServiceRegistration::PerEnvironment made{entry.configuration, entry.limits, entry.caps};
        made.configuration.environment = m_environmentIds.at(entry.environment);
        return made;
    }

    Result<void> putServices()
    {
        for (const ConfigPlan::ServiceChange& change : m_plan.services) {
            Service service = change.service;
            service.project = change.project.empty() ? ProjectId{} : m_projectIds.at(change.project);
            if (change.id.isNone()) {
                ServiceRegistration registration;
                registration.service = service;
                for (const auto& entry : change.put)
                    registration.environments.push_back(perEnvironment(entry));
                auto id = m_services.insert(registration, m_actor, m_now);
                if (!id)
                    return explained("service " + service.contextPath, std::move(id).error());
                m_serviceIds[service.contextPath] = *id;
                continue;
            }
            if (change.detailsDiffer) {
                if (auto updated = m_services.update(service, m_actor, m_now); !updated)
                    return explained("service " + service.contextPath, std::move(updated).error());
            }
            for (const auto& entry : change.put) {
                if (auto put = m_services.putEnvironment(change.id, perEnvironment(entry), m_actor, m_now); !put)
                    return put;
            }
            for (const EnvironmentId environment : change.remove) {
                if (auto removed = m_configuration.unconfigureService(change.id, environment); !removed)
                    return removed;
            }
        }
        return {};
    }

    Result<void> putRoutes()
    {
        for (const ConfigPlan::RouteChange& change : m_plan.routes) {
            Route route = change.route;
            if (!change.environment.empty())
                route.environment = m_environmentIds.at(change.environment);
            auto id = m_routes.put(route, m_actor, m_now, m_random);
            if (!id)
                return explained("route " + route.name, std::move(id).error());
            m_routeIds[route.name] = *id;
        }
        return {};
    }

    Result<void> putConnections()
    {
        for (const ConfigPlan::ConnectionChange& change : m_plan.connections) {
            auto id = putConnection(change);
            if (!id)
                return explained("connection " + change.name, std::move(id).error());
            for (const auto& entry : change.put) {
                if (auto put = m_configuration.putConnectionEnvironment(*id, m_environmentIds.at(entry.environment),
                                                                        entry.limits);
                    !put)
                    return put;
            }
            for (const EnvironmentId environment : change.remove) {
                if (auto removed = m_configuration.removeConnectionEnvironment(*id, environment); !removed)
                    return removed;
            }
            for (const auto& key : change.keys) {
                if (auto put = putKey(*id, m_environmentIds.at(key.environment), key.hash); !put)
                    return put;
            }
        }
        return {};
    }

    Result<ConnectionId> putConnection(const ConfigPlan::ConnectionChange& change)
    {
        const ServiceId service = change.route.empty() ? m_serviceIds.at(change.service) : ServiceId{};
        const RouteId route = change.route.empty() ? RouteId{} : m_routeIds.at(change.route);
        if (change.id.isNone()) {
            Connection connection;
            connection.project = m_projectIds.at(change.project);
            connection.name = change.name;
            connection.service = service;
            connection.route = route;
            return m_connections.insert(connection, {}, m_actor, m_now);
        }
        if (change.targetDiffers) {
            if (auto changed = m_configuration.retargetConnection(change.id, service, route); !changed)
                return std::move(changed).error();
        }
        return change.id;
    }

    /// One key by reference is valid per connection and environment: the new one replaces those before it.
    Result<void> putKey(ConnectionId connection, EnvironmentId environment, const Sha256Digest& hash)
    {
        for (const GatewayKey& old : m_snapshot.keys) {
            if (old.connection != connection || old.environment != environment || !config::isReferencedKey(old))
                continue;
            if (auto revoked = m_connections.revokeKey(old.publicId, m_actor, m_now); !revoked)
                return revoked;
        }
        std::array<std::uint8_t, 5> bytes{};
        m_random.fill(bytes);
        GatewayKey key;
        key.connection = connection;
        key.environment = environment;
        key.publicId = std::string(config::kReferencedKeyPrefix) + toHex(bytes);
        key.hash = hash;
        key.created = m_now;
        auto id = m_connections.insertKey(key, m_actor);
        return id ? Result<void>() : Result<void>(std::move(id).error());
    }

    Result<void> removeConnections()
    {
        for (const ConnectionId id : m_plan.removeConnections) {
            if (auto removed = m_connections.softDelete(id, m_actor, m_now); !removed)
                return removed;
        }
        return {};
    }
    Result<void> removeRoutes()
    {
        for (const RouteId id : m_plan.removeRoutes) {
            auto removed = m_routes.softDelete(id, m_actor, m_now);
            if (!removed && removed.error().field == "connections")
                return Error{ErrorCode::Conflict,
                             "a route that is to be removed is still used by: " + removed.error().what};
            if (!removed)
                return removed;
        }
        return {};
    }
    Result<void> removeServices()
    {
        for (const ServiceId id : m_plan.removeServices) {
            auto removed = m_services.softDelete(id, m_actor, m_now);
            if (!removed && (removed.error().field == "connections" || removed.error().field == "routes"))
                return Error{ErrorCode::Conflict,
                             "a service that is to be removed is still used by: " + removed.error().what};
            if (!removed)
                return removed;
        }
        return {};
    }
    Result<void> removeEnvironments()
    {
        for (const EnvironmentId id : m_plan.removeEnvironments) {
            if (auto removed = m_configuration.removeEnvironment(id); !removed)
                return removed;
        }
        return {};
    }
    Result<void> removeProjects()
    {
        for (const ProjectId id : m_plan.removeProjects) {
            if (auto removed = m_configuration.removeProject(id); !removed)
                return removed;
        }
        return {};
    }

    static Error explained(const std::string& what, Error error)
    {
        if (error.code == ErrorCode::Conflict && (error.field == "name" || error.field == "context_path"))
            error.what = what + ": another one has this " + (error.field == "name" ? "name" : "context");
        else
            error.what = what + ": " + error.what;
        return error;
    }

    const ConfigPlan& m_plan;
    const DomainSnapshot& m_snapshot;
    std::string m_actor;
    Timestamp m_now;
    Random& m_random;
    storage::OrganizationRepository m_organizations;
    storage::ServiceRepository m_services;
    storage::ConnectionRepository m_connections;
    storage::ConfigurationRepository m_configuration;
    storage::RouteRepository m_routes;
    std::map<std::string, ProjectId> m_projectIds;
    std::map<std::string, EnvironmentId> m_environmentIds;
    std::map<std::string, ServiceId> m_serviceIds;
    std::map<std::string, RouteId> m_routeIds;
};

} // namespace

Result<void> applyPlan(storage::DbSession& db, const ConfigPlan& plan, const DomainSnapshot& snapshot,
                       std::string_view actor, Timestamp now, Random& random)
{
    return Applier(db, plan, snapshot, actor, now, random).run();
}

} // namespace sb::ctl
