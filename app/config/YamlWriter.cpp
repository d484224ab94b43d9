// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/YamlWriter.h"

#include "domain/validation/ServiceValidation.h"

#include <yaml-cpp/emitter.h>

#include <algorithm>

namespace sb::config {
namespace {

class Writer {
public:
    explicit Writer(const DomainSnapshot& snapshot) : m_snapshot(snapshot) { m_out.SetIndent(2); }

    std::string write()
    {
        m_out << YAML::BeginMap;
        member("version", 1);
        writeOrganization();
        key("projects");
        m_out << YAML::BeginSeq;
        for (const Project& project : m_snapshot.projects) {
            m_out << YAML::Flow << YAML::BeginMap;
            text("handle", project.handle);
            text("name", project.name);
            m_out << YAML::EndMap;
        }
        m_out << YAML::EndSeq;
        key("environments");
        m_out << YAML::Flow << YAML::BeginSeq;
        for (const Environment& environment : m_snapshot.environments)
            m_out << environment.name;
        m_out << YAML::EndSeq;
        key("services");
        m_out << YAML::BeginSeq;
        for (const Service& service : m_snapshot.services)
            writeService(service);
        m_out << YAML::EndSeq;
        key("connections");
        m_out << YAML::BeginSeq;
        for (const Connection& connection : m_snapshot.connections)
            writeConnection(connection);
        m_out << YAML::EndSeq;
        key("routes");
        m_out << YAML::BeginSeq;
        for (const Route& route : m_snapshot.routes)
            writeRoute(route);
        m_out << YAML::EndSeq << YAML::EndMap;
        return std::string(m_out.c_str()) + '\n';
    }

private:
    void key(std::string_view name) { m_out << YAML::Key << std::string(name) << YAML::Value; }

    template <class T>
    void member(std::string_view name, const T& value)
    {
        key(name);
        m_out << value;
    }

    /// Quoted: otherwise "1.0" or "yes" would come back as something else elsewhere.
    void text(std::string_view name, std::string_view value)
    {
        key(name);
        m_out << YAML::DoubleQuoted << std::string(value);
    }
    void textUnlessEmpty(std::string_view name, std::string_view value)
    {
        if (!value.empty())
            text(name, value);
    }
    void count(std::string_view name, const std::optional<std::int64_t>& value)
    {
        if (value)
            member(name, *value);
    }

    void writeOrganization()
    {
        const Organization& organization = m_snapshot.organization;
        key("organization");
        m_out << YAML::BeginMap;
        text("handle", organization.handle);
        text("name", organization.name);
        text("currency", organization.currency);
        text("timezone", organization.timeZone);
        member("retention_days", organization.retentionDays);
        m_out << YAML::EndMap;
    }

    void writeLimits(LimitScope scope, std::int32_t id)
    {
        std::vector<LimitRule> rules;
        std::ranges::copy_if(m_snapshot.limits, std::back_inserter(rules),
                             [&](const LimitRule& rule) { return rule.scope == scope && rule.scopeId == id; });
        if (rules.empty())
            return;
        key("limits");
        m_out << YAML::BeginSeq;
        for (const LimitRule& rule : rules) {
            m_out << YAML::Flow << YAML::BeginMap;
            member("per", std::string(windowWord(rule.per)));
            count("prompt_tokens", rule.maxPromptTokens);
            count("completion_tokens", rule.maxCompletionTokens);
            count("total_tokens", rule.maxTotalTokens);
            count("requests", rule.maxRequests);
            if (rule.maxCost)
                text("cost_usd", toDecimalUsd(*rule.maxCost));
            if (rule.mode == LimitMode::Shadow)
                member("mode", "shadow");
            m_out << YAML::EndMap;
        }
        m_out << YAML::EndSeq;
    }

    void writeCaps(LimitScope scope, std::int32_t id)
    {
        for (const RequestCaps& caps : m_snapshot.caps) {
            if (caps.scope != scope || caps.scopeId != id || caps.isEmpty())
                continue;
            key("per_request");
            m_out << YAML::Flow << YAML::BeginMap;
            count("prompt_tokens", caps.maxPromptTokens);
            count("completion_tokens", caps.maxCompletionTokens);
            count("total_tokens", caps.maxTotalTokens);
            m_out << YAML::EndMap;
        }
    }

    void writeAuth(const BackendSecurity& security)
    {
        key("auth");
        m_out << YAML::Flow << YAML::BeginMap;
        switch (security.kind) {
        case AuthKind::None:
            member("type", "none");
            break;
        case AuthKind::Header:
            text("header", security.header);
            textUnlessEmpty("prefix", security.prefix);
            text("secret", security.secret.toString());
            break;
        case AuthKind::SigV4:
            member("type", "sigv4");
            text("region", security.region);
            text("access_key", security.accessKey.toString());
            text("secret_key", security.secretKey.toString());
            textUnlessEmpty("session_token", security.sessionToken.toString());
            break;
        }
        m_out << YAML::EndMap;
    }

    static bool isInsecure(const std::string& url) { return hasErrors(validation::checkServiceUrl(url, false)); }

    void writeService(const Service& service)
    {
        const auto project = std::ranges::find(m_snapshot.projects, service.project, &Project::id);
        m_out << YAML::BeginMap;
        text("name", service.name);
        member("context", service.contextPath);
        member("provider", std::string(providerCode(service.provider)));
        text("version", service.version);
        member("scope", service.scope == Scope::Project ? "project" : "organization");
        if (service.scope == Scope::Project && project != m_snapshot.projects.end())
            member("project", project->handle);
        text("url", service.url);
        if (isInsecure(service.url))
            member("allow_insecure_url", true);
        textUnlessEmpty("summary", service.summary);
        if (!service.labels.empty()) {
            key("labels");
            m_out << YAML::Flow << YAML::BeginSeq;
            for (const std::string& label : service.labels)
                m_out << YAML::DoubleQuoted << label;
            m_out << YAML::EndSeq;
        }
        member("published", service.marketplaceState == MarketplaceState::Published);
        key("environments");
        m_out << YAML::BeginMap;
        for (const Environment& environment : m_snapshot.environments) {
            for (const ServiceEnvironment& configured : m_snapshot.serviceEnvironments) {
                if (configured.service == service.id && configured.environment == environment.id)
                    writeServiceEnvironment(environment.name, configured);
            }
        }
        m_out << YAML::EndMap << YAML::EndMap;
    }

    void writeServiceEnvironment(const std::string& name, const ServiceEnvironment& configured)
    {
        key(name);
        m_out << YAML::BeginMap;
        writeAuth(configured.security);
        textUnlessEmpty("url", configured.urlOverride);
        textUnlessEmpty("api_version", configured.apiVersion);
        if (!configured.deployments.empty()) {
            key("deployments");
            m_out << YAML::Flow << YAML::BeginMap;
            for (const auto& [model, deployment] : configured.deployments)
                text(model, deployment);
            m_out << YAML::EndMap;
        }
        writeLimits(LimitScope::ServiceEnvironment, configured.id.value);
        writeCaps(LimitScope::ServiceEnvironment, configured.id.value);
        m_out << YAML::EndMap;
    }

    void writeConnection(const Connection& connection)
    {
        const auto project = std::ranges::find(m_snapshot.projects, connection.project, &Project::id);
        const auto service = std::ranges::find(m_snapshot.services, connection.service, &Service::id);
        const auto route = std::ranges::find(m_snapshot.routes, connection.route, &Route::id);
        const bool toRoute = !connection.route.isNone() && route != m_snapshot.routes.end();
        if (project == m_snapshot.projects.end() || (!toRoute && service == m_snapshot.services.end()))
            return; // its service is deleted: it serves nothing until that is restored
        m_out << YAML::BeginMap;
        text("name", connection.name);
        member("project", project->handle);
        if (toRoute)
            text("route", route->name);
        else
            member("service", service->contextPath);
        key("environments");
        m_out << YAML::BeginMap;
        for (const Environment& environment : m_snapshot.environments) {
            for (const ConnectionEnvironment& connected : m_snapshot.connectionEnvironments) {
                if (connected.connection != connection.id || connected.environment != environment.id)
                    continue;
                key(environment.name);
                m_out << YAML::BeginMap;
                writeLimits(LimitScope::ConnectionEnvironment, connected.id.value);
                m_out << YAML::EndMap;
            }
        }
        m_out << YAML::EndMap << YAML::EndMap;
    }

    void writeRoute(const Route& route)
    {
        const auto environment = std::ranges::find(m_snapshot.environments, route.environment, &Environment::id);
        m_out << YAML::BeginMap;
        text("name", route.name);
        if (environment != m_snapshot.environments.end())
            member("environment", environment->name);
        key("policy");
        m_out << YAML::Flow << YAML::BeginMap;
        member("type", std::string(policyCode(route.policy)));
        m_out << YAML::EndMap;
        key("targets");
        m_out << YAML::BeginSeq;
        for (const RouteTarget& target : route.targets) {
            m_out << YAML::Flow << YAML::BeginMap;
            member("service", target.context);
            text("model", target.model);
            member("weight", target.weight);
            count("priority", target.priority);
            m_out << YAML::EndMap;
        }
        m_out << YAML::EndSeq;
        key("fallbacks");
        m_out << YAML::Flow << YAML::BeginMap;
        member("max_attempts", route.maxAttempts);
        m_out << YAML::EndMap << YAML::EndMap;
    }

    const DomainSnapshot& m_snapshot;
    YAML::Emitter m_out;
};

} // namespace

std::string writeYaml(const DomainSnapshot& snapshot)
{
    return Writer(snapshot).write();
}

} // namespace sb::config
