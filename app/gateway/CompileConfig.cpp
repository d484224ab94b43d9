// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/ServiceValidation.h"
#include "gateway/internal/ConfigData.h"

#include <algorithm>
#include <set>

namespace sb::gateway {

using limits::CounterSpec;

namespace {

/// Everything that `compile` looks up by id while it works.
struct Index {
    explicit Index(const DomainSnapshot& snapshot)
    {
        for (const Project& project : snapshot.projects)
            projects[project.id] = &project;
        for (const Environment& environment : snapshot.environments)
            environments[environment.id] = &environment;
        for (const Service& service : snapshot.services)
            services[service.id] = &service;
        for (const Connection& connection : snapshot.connections)
            connections[connection.id] = &connection;
        for (const Route& route : snapshot.routes)
            routes[route.id] = &route;
        for (const RequestCaps& row : snapshot.caps)
            caps[{row.scope, row.scopeId}] = &row;
    }

    std::string environmentName(EnvironmentId id) const
    {
        const auto found = environments.find(id);
        return found == environments.end() ? "environment " + std::to_string(id.value) : found->second->name;
    }

    RequestCaps capsOf(LimitScope scope, std::int32_t id) const
    {
        const auto found = caps.find({scope, id});
        return found == caps.end() ? RequestCaps{} : *found->second;
    }

    std::unordered_map<ProjectId, const Project*> projects;
    std::unordered_map<EnvironmentId, const Environment*> environments;
    std::unordered_map<ServiceId, const Service*> services;
    std::unordered_map<ConnectionId, const Connection*> connections;
    std::unordered_map<RouteId, const Route*> routes;
    std::map<std::pair<LimitScope, std::int32_t>, const RequestCaps*> caps;
};

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// Names that are ours or the connection's: a credential in one of them would break the request apart.
bool isUsableHeaderName(const std::string& name)
{
    static const std::set<std::string, std::less<>> kForbidden{"host",       "content-length", "transfer-encoding",
                                                               "connection", "content-type",   "accept"};
    if (name.empty() || kForbidden.contains(name))
        return false;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

/// A value that ends a header line would let a secret store's content add header fields.
bool isUsableHeaderValue(std::string_view value)
{
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

using Problem = Finding::Problem;

class Compiler {
public:
    Compiler(const DomainSnapshot& snapshot, const ResolvedSecrets& secrets, std::shared_ptr<const ZoneRules> zone)
        : m_snapshot(snapshot), m_secrets(secrets), m_index(snapshot), m_data(std::make_unique<RuntimeConfig::Data>())
    {
        m_data->organization = snapshot.organization.id;
        m_data->zone = std::move(zone);
        for (const Environment& environment : snapshot.environments)
            m_data->environments[environment.id] = environment.name;
    }

    std::unique_ptr<const RuntimeConfig::Data> run()
    {
        contexts();
        targets();
        routes();
        catalogue();
        keys();
        limitsOf();
        return std::move(m_data);
    }

private:
    /// `about`: a finding whose subject is filled in.
    void find(Finding::Severity severity, const Finding& about, Problem problem, std::string detail,
              std::optional<Error> cause)
    {
        Finding finding = about;
        finding.severity = severity;
        finding.problem = problem;
        finding.detail = std::move(detail);
        finding.cause = std::move(cause);
        m_data->findings.push_back(std::move(finding));
    }
    void warn(const Finding& about, Problem problem, std::string detail = {})
    {
        find(Finding::Severity::Warning, about, problem, std::move(detail), std::nullopt);
    }
    void fault(const Finding& about, Problem problem, std::string detail = {}, std::optional<Error> cause = {})
    {
        find(Finding::Severity::Error, about, problem, std::move(detail), std::move(cause));
    }
    static Finding about(Finding::Subject subject, std::string name)
    {
        Finding finding;
        finding.subject = subject;
        finding.name = std::move(name);
        return finding;
    }

    void contexts()
    {
        for (const Service& service : m_snapshot.services) {
            const std::string context = validation::normalisedContextPath(service.contextPath);
            Finding object = about(Finding::Subject::Service, service.name);
            object.service = service.id;
            if (!validation::checkContextPath(context).empty()) {
                fault(object, Problem::ContextPathUnusable, service.contextPath);
                continue;
            }
            ContextEntry entry;
            entry.service = service.id;
            entry.provider = service.provider;
            if (!m_data->contexts.emplace(context.substr(1), std::move(entry)).second)
                fault(object, Problem::ContextPathTaken, context);
        }
    }

    void targets()
    {
        for (const ServiceEnvironment& row : m_snapshot.serviceEnvironments) {
            const auto found = m_index.services.find(row.service);
            if (found == m_index.services.end())
                continue;
            const Service& service = *found->second;
            Finding object = about(Finding::Subject::Service, service.contextPath);
            object.service = service.id;
            object.environment = row.environment;
            object.environmentName = m_index.environmentName(row.environment);
            const auto context = m_data->contexts.find(std::string_view(service.contextPath).substr(1));
            if (context == m_data->contexts.end() || context->second.service != service.id)
                continue; // reported by contexts()
            if (!m_index.environments.contains(row.environment)) {
                fault(object, Problem::EnvironmentMissing);
                continue;
            }
            const std::string& text = row.urlOverride.empty() ? service.url : row.urlOverride;
            const auto url = validation::parseServiceUrl(text);
            if (!url) {
                fault(object, Problem::UrlUnusable, text, url.error());
                continue;
            }
            Target target;
            target.service = service.id;
            target.id = row.id;
            target.environment = row.environment;
            target.provider = service.provider;
            target.descriptor = &catalog::descriptor(service.provider);
            target.context = service.contextPath;
            target.origin = {url->tls, url->host, url->port};
            target.hostHeader = target.origin.hostHeader();
            target.basePath = url->path;
            target.url = (url->tls ? "https://" : "http://") + target.hostHeader + url->path;
            target.apiVersion = row.apiVersion;
            target.deployments = row.deployments;
            target.scope = service.scope;
            target.project = service.project;
            target.caps = m_index.capsOf(LimitScope::ServiceEnvironment, row.id.value);
            target.credential = credential(row.security, url->origin(), object);
            context->second.targets.emplace(row.environment, std::move(target));
        }
    }

    void routes()
    {
        for (const Route& route : m_snapshot.routes) {
            const Finding object = about(Finding::Subject::Route, route.name);
            if (!route.environment.isNone() && !m_index.environments.contains(route.environment)) {
                fault(object, Problem::EnvironmentMissing);
                continue;
            }
            const auto known = [&](const RouteTarget& target) {
                return m_data->contexts.contains(std::string_view(target.context).substr(1));
            };
            for (const RouteTarget& target : route.targets) {
                if (!known(target))
                    warn(object, Problem::TargetUnusable, target.context);
            }
            if (std::none_of(route.targets.begin(), route.targets.end(), known))
                fault(object, Problem::NoUsableTarget);
            RouteEntry& entry = m_data->routes[route.name];
            if (route.environment.isNone())
                entry.everywhere = route;
            else
                entry.perEnvironment.emplace(route.environment, route);
        }
    }

    const Secret* secret(const SecretRef& ref, const std::string& origin) const
    {
        const auto found = m_secrets.find(gateway::secretKey(ref, origin));
        return found == m_secrets.end() || !found->second || found->second->isEmpty() ? nullptr : &*found->second;
    }

    Credential credential(const BackendSecurity& security, const std::string& origin, const Finding& object)
    {
        Credential result;
        result.kind = security.kind;
        auto unavailable = [&](Problem problem, std::string detail, std::optional<Error> cause = {}) {
            fault(object, problem, std::move(detail), std::move(cause));
            result.isAvailable = false;
        };
        auto unreadable = [&](const SecretRef& ref) {
            const auto found = m_secrets.find(gateway::secretKey(ref, origin));
            const bool isKnown = found != m_secrets.end() && !found->second;
            unavailable(Problem::SecretUnreadable, ref.toString(),
                        isKnown ? std::optional(found->second.error()) : std::nullopt);
        };
        switch (security.kind) {
        case AuthKind::None:
            break;
        case AuthKind::Header: {
            result.header = lowered(security.header);
            const Secret* key = secret(security.secret, origin);
            if (!isUsableHeaderName(result.header)) {
                unavailable(Problem::HeaderUnusable, security.header);
            } else if (!key) {
                unreadable(security.secret);
            } else if (!isUsableHeaderValue(key->reveal()) || !isUsableHeaderValue(security.prefix)) {
                unavailable(Problem::SecretUnusable, security.secret.toString());
            } else {
                result.prefixSize = security.prefix.size();
                std::string value = security.prefix;
                value += key->reveal();
                result.value = Secret(std::move(value));
            }
            break;
        }
        case AuthKind::SigV4: {
            const Secret* accessKey = secret(security.accessKey, origin);
            const Secret* secretKey = secret(security.secretKey, origin);
            const Secret* token = security.sessionToken.isNone() ? nullptr : secret(security.sessionToken, origin);
            if (!accessKey || !secretKey || (!token && !security.sessionToken.isNone())) {
                unreadable(!accessKey ? security.accessKey : !secretKey ? security.secretKey : security.sessionToken);
            } else {
                result.clockOffset = std::make_unique<std::atomic<std::int64_t>>(0);
                result.signer =
                    std::make_unique<const providers::SigV4Signer>(std::string(accessKey->reveal()), secretKey->clone(),
                                                                   token ? token->clone() : Secret(), security.region);
            }
            break;
        }
        }
        return result;
    }

    void catalogue()
    {
        m_data->models = m_snapshot.models;
        for (std::size_t i = 0; i < m_data->models.size(); ++i)
            m_data->modelsByCode.emplace(modelKey(m_data->models[i].provider, m_data->models[i].code), i);
        for (const PriceRow& price : m_snapshot.prices)
            m_data->prices[price.model].push_back(price);
    }

    void keys()
    {
        for (const GatewayKey& key : m_snapshot.keys) {
            Finding object = about(Finding::Subject::Key, key.publicId);
            Principal principal;
            principal.key = key.id;
            principal.publicId = key.publicId;
            principal.hash = key.hash;
            principal.expires = key.expires;
            principal.environment = key.environment;
            if (key.revoked)
                continue;
            if (!m_index.environments.contains(key.environment)) {
                fault(object, Problem::EnvironmentMissing);
                continue;
            }
            if (key.connection.isNone()) {
                principal.source = TrafficSource::PromptLab;
            } else {
                const auto found = m_index.connections.find(key.connection);
                if (found == m_index.connections.end()) {
                    fault(object, Problem::ConnectionMissing);
                    continue;
                }
                const Connection& connection = *found->second;
                principal.connection = connection.id;
                principal.project = connection.project;
                principal.service = connection.service;
                if (const auto service = m_index.services.find(connection.service); service != m_index.services.end())
                    principal.context = service->second->contextPath;
                if (const auto route = m_index.routes.find(connection.route); route != m_index.routes.end())
                    principal.route = route->second->name;
                if (connection.service.isNone() && principal.route.empty()) {
                    fault(object, Problem::ConnectionWithoutTarget);
                    continue;
                }
                for (const ConnectionEnvironment& row : m_snapshot.connectionEnvironments) {
                    if (row.connection == connection.id && row.environment == key.environment)
                        principal.connectionEnvironment = row.id;
                }
                principal.caps =
                    m_index.capsOf(LimitScope::ConnectionEnvironment, principal.connectionEnvironment.value);
                if (!isReachable(connection, key.environment)) {
                    object.environmentName = m_index.environmentName(key.environment);
                    warn(object, Problem::NotConfigured);
                }
            }
            if (!m_data->keys.emplace(key.hash, std::move(principal)).second)
                fault(object, Problem::SameDigest);
        }
    }

    bool isReachable(const Connection& connection, EnvironmentId environment) const
    {
        if (const auto route = m_index.routes.find(connection.route); route != m_index.routes.end())
            return m_data->routes.at(route->second->name).in(environment) != nullptr;
        for (const auto& [context, entry] : m_data->contexts) {
            if (entry.service == connection.service)
                return entry.targets.contains(environment);
        }
        return false;
    }

    void limitsOf()
    {
        std::set<std::pair<LimitScope, std::int32_t>> reachable;
        reachable.insert({LimitScope::Organization, m_data->organization.value});
        for (const auto& [context, entry] : m_data->contexts) {
            for (const auto& [environment, target] : entry.targets)
                reachable.insert({LimitScope::ServiceEnvironment, target.id.value});
        }
        for (const auto& [hash, principal] : m_data->keys) {
            reachable.insert({LimitScope::Project, principal.project.value});
            if (!principal.connectionEnvironment.isNone())
                reachable.insert({LimitScope::ConnectionEnvironment, principal.connectionEnvironment.value});
        }
        for (const Model& model : m_snapshot.models)
            reachable.insert({LimitScope::Model, model.id.value});
        for (const LimitRule& rule : m_snapshot.limits) {
            if (!rule.enabled)
                continue;
            const Finding object = about(Finding::Subject::Limit, std::to_string(rule.id.value));
            if (!reachable.contains({rule.scope, rule.scopeId}))
                warn(object, Problem::Unreachable);
            for (const LimitDimension dimension : kLimitDimensions) {
                const auto maximum = rule.maximum(dimension);
                if (!maximum)
                    continue;
                CounterSpec counter;
                counter.rule = rule.id;
                counter.scope = rule.scope;
                counter.scopeId = rule.scopeId;
                counter.dimension = dimension;
                counter.per = rule.per;
                counter.maximum = *maximum;
                counter.mode = rule.mode;
                m_data->counters.push_back(counter);
                m_data->countersByScope[{rule.scope, rule.scopeId}].push_back(counter);
                if (dimension == LimitDimension::CostNano && m_data->prices.empty())
                    warn(object, Problem::Unpriced);
            }
        }
    }

    const DomainSnapshot& m_snapshot;
    const ResolvedSecrets& m_secrets;
    Index m_index;
    std::unique_ptr<RuntimeConfig::Data> m_data;
};

} // namespace

Result<std::shared_ptr<const RuntimeConfig>> compile(const DomainSnapshot& snapshot, const ResolvedSecrets& secrets,
                                                     std::shared_ptr<const ZoneRules> zone)
{
    if (!zone)
        return Error{ErrorCode::InvalidArgument, "the organization's time zone is missing", "timezone"};
    Compiler compiler(snapshot, secrets, std::move(zone));
    return std::make_shared<const RuntimeConfig>(compiler.run());
}

} // namespace sb::gateway
