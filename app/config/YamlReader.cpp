// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/ConfigFile.h"

#include "config/YamlObject.h"
#include "domain/validation/ServiceValidation.h"

#include <algorithm>
#include <set>

namespace sb::config {
namespace {

class Reader {
public:
    explicit Reader(ReadConfig& result) : m_file(result.file), m_issues(result.issues) {}

    void read(const YamlValue& root)
    {
        YamlObject file(root, "the file", m_issues);
        if (file.required("version") != "1" && m_issues.empty())
            file.fault(file.lineOf("version"), "only version 1 is understood");
        if (file.has("organization"))
            readOrganization(*file.member("organization"));
        if (const auto* list = file.list("projects"))
            readProjects(*list);
        if (const auto* list = file.list("environments"))
            readEnvironments(*list);
        if (const auto* list = file.list("services"))
            readServices(*list);
        if (const auto* list = file.list("connections"))
            readConnections(*list);
        if (const auto* list = file.list("routes"))
            readRoutes(*list);
    }

private:
    void fault(int line, std::string what) { m_issues.push_back({line, std::move(what)}); }

    void report(int line, std::string_view what, const FieldIssues& issues)
    {
        for (const FieldIssue& issue : issues) {
            if (issue.severity == FieldIssue::Severity::Error)
                fault(line, std::string(what) + " " + describeIssue(issue.code, issue.detail));
        }
    }

    void readOrganization(const YamlValue& value)
    {
        YamlObject object(value, "organization", m_issues);
        auto& entry = m_file.organization.emplace(ConfigFile::OrganizationEntry{});
        entry.line = object.line();
        entry.handle = object.text("handle");
        entry.name = object.text("name");
        entry.currency = object.text("currency");
        entry.timeZone = object.text("timezone");
        if (const auto days = object.count("retention_days"))
            entry.retentionDays = static_cast<int>(std::min<std::int64_t>(*days, 36'500));
        if (!entry.currency.empty() && entry.currency != "USD")
            fault(object.lineOf("currency"), "amounts are kept in USD: other currencies are not supported");
        if (!entry.handle.empty())
            checkHandle(object.lineOf("handle"), entry.handle);
    }

    void checkHandle(int line, std::string_view handle)
    {
        const bool good = !handle.empty() && handle.size() <= 63 && std::ranges::all_of(handle, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
        if (!good)
            fault(line, "a handle has 1 to 63 of a-z, 0-9 and '-'");
    }

    void readProjects(const YamlValue& list)
    {
        auto& projects = m_file.projects.emplace();
        for (const YamlValue& item : list.items) {
            YamlObject object(item, "project", m_issues);
            ConfigFile::ProjectEntry entry{object.line(), object.required("handle"), object.text("name")};
            if (entry.handle.empty())
                continue;
            checkHandle(object.lineOf("handle"), entry.handle);
            if (std::ranges::any_of(projects, [&](const auto& other) { return other.handle == entry.handle; }))
                fault(entry.line, "project '" + entry.handle + "' is given twice");
            projects.push_back(std::move(entry));
        }
        if (projects.empty())
            fault(list.line, "at least one project is needed");
    }

    void readEnvironments(const YamlValue& list)
    {
        auto& environments = m_file.environments.emplace();
        for (const YamlValue& item : list.items) {
            if (item.kind != YamlValue::Kind::Scalar || item.text.empty()) {
                fault(item.line, "an environment is a name");
                continue;
            }
            report(item.line, "an environment's name", validation::checkName(item.text));
            if (std::ranges::any_of(environments, [&](const auto& other) { return other.name == item.text; }))
                fault(item.line, "environment '" + item.text + "' is given twice");
            environments.push_back({item.line, item.text});
        }
        if (environments.empty())
            fault(list.line, "at least one environment is needed");
    }

    /// None, with an issue, when the value is a literal.
    SecretRef readReference(YamlObject& object, std::string_view key, bool required)
    {
        const std::string text = required ? object.required(key) : object.text(key);
        auto reference = SecretRef::parse(text);
        if (reference)
            return *std::move(reference);
        fault(object.lineOf(key),
              "'" + std::string(key) +
                  "' must refer to a secret (keychain:NAME, env:NAME or file:/absolute/path), never hold one");
        return {};
    }

    BackendSecurity readAuth(const YamlValue& value, ProviderKind provider)
    {
        BackendSecurity security;
        YamlObject object(value, "auth", m_issues);
        const std::string type = object.has("type") ? object.text("type") : "header";
        if (type == "none") {
            security.kind = AuthKind::None;
            if (provider != ProviderKind::OpenAiCompatible)
                fault(object.line(), "only openai-compatible services go without credentials");
        } else if (type == "sigv4") {
            security.kind = AuthKind::SigV4;
            if (provider != ProviderKind::AwsBedrock)
                fault(object.line(), "AWS signatures are for aws-bedrock only");
            security.region = object.required("region");
            security.accessKey = readReference(object, "access_key", true);
            security.secretKey = readReference(object, "secret_key", true);
            security.sessionToken = readReference(object, "session_token", false);
        } else if (type == "header") {
            security.header = object.required("header");
            security.prefix = object.text("prefix");
            security.secret = readReference(object, "secret", true);
            checkHeader(object, security, provider);
        } else {
            fault(object.lineOf("type"), "auth type is header, sigv4 or none");
        }
        return security;
    }

    /// A pasted credential hides easily in these two; neither is ever quoted in a message.
    void checkHeader(YamlObject& object, BackendSecurity& security, ProviderKind provider)
    {
        const auto isToken = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        };
        if (security.header.empty())
            return;
        if (!std::ranges::all_of(security.header, isToken)) {
            fault(object.lineOf("header"),
                  "'header' is the name of a header only; the credential belongs into 'secret', as a reference");
            return;
        }
        const auto word = security.prefix.substr(0, security.prefix.find(' '));
        const bool plainPrefix = word.size() <= 16 && (security.prefix == word || security.prefix == word + " ");
        if (!plainPrefix) {
            fault(object.lineOf("prefix"),
                  "'prefix' is one word such as \"Bearer \"; the credential belongs into 'secret', as a reference");
            return;
        }
        security.prefix = word.empty() ? "" : word + " ";
        report(object.lineOf("header"), "'header'",
               validation::checkAuthorizationHeader(word.empty() ? security.header : security.header + ": " + word,
                                                    provider));
    }

    std::vector<LimitRule> readLimits(const YamlValue* list)
    {
        std::vector<LimitRule> rules;
        if (list == nullptr)
            return rules;
        std::set<LimitWindow> seen;
        for (const YamlValue& item : list->items) {
            YamlObject object(item, "limit", m_issues);
            LimitRule rule;
            const std::string per = object.required("per");
            if (const auto window = windowFromWord(per))
                rule.per = *window;
            else if (!per.empty())
                fault(object.lineOf("per"), "'per' is minute, hour, day or month");
            rule.maxPromptTokens = object.count("prompt_tokens");
            rule.maxCompletionTokens = object.count("completion_tokens");
            rule.maxTotalTokens = object.count("total_tokens");
            rule.maxRequests = object.count("requests");
            if (const std::string cost = object.text("cost_usd"); !cost.empty()) {
                const auto amount = parseUsd(cost);
                if (amount && amount->nano > 0)
                    rule.maxCost = *amount;
                else
                    fault(object.lineOf("cost_usd"), "'cost_usd' must be a positive decimal amount such as \"25.00\"");
            }
            const std::string mode = object.text("mode");
            if (mode == "shadow")
                rule.mode = LimitMode::Shadow;
            else if (!mode.empty() && mode != "enforce")
                fault(object.lineOf("mode"), "'mode' is enforce or shadow");
            if (rule.isEmpty() && item.kind == YamlValue::Kind::Map)
                fault(object.line(), "a limit needs at least one maximum");
            if (!seen.insert(rule.per).second)
                fault(object.line(), "a second limit per " + per);
            rules.push_back(rule);
        }
        return rules;
    }

    RequestCaps readCaps(const YamlValue* value)
    {
        RequestCaps caps;
        if (value == nullptr)
            return caps;
        YamlObject object(*value, "per_request", m_issues);
        caps.maxPromptTokens = object.count("prompt_tokens");
        caps.maxCompletionTokens = object.count("completion_tokens");
        caps.maxTotalTokens = object.count("total_tokens");
        return caps;
    }

    std::map<std::string, std::string> readDeployments(const YamlValue* value)
    {
        std::map<std::string, std::string> deployments;
        if (value == nullptr)
            return deployments;
        for (const auto& [key, deployment] : value->members) {
            if (deployment.kind != YamlValue::Kind::Scalar || deployment.text.empty())
                fault(key.line, "'deployments' maps a model to the name of its deployment");
            else
                deployments[key.name] = deployment.text;
        }
        return deployments;
    }

    std::vector<ConfigFile::ServiceEnvironmentEntry> readServiceEnvironments(const YamlValue* map,
                                                                             ProviderKind provider, bool insecure)
    {
        std::vector<ConfigFile::ServiceEnvironmentEntry> entries;
        if (map == nullptr)
            return entries;
        for (const auto& [key, value] : map->members) {
            YamlObject object(value, "environment '" + key.name + "'", m_issues);
            ConfigFile::ServiceEnvironmentEntry entry;
            entry.line = key.line;
            entry.environment = key.name;
            if (const auto* auth = object.map("auth"))
                entry.configuration.security = readAuth(*auth, provider);
            else if (provider == ProviderKind::OpenAiCompatible)
                entry.configuration.security.kind = AuthKind::None;
            else
                fault(key.line, "environment '" + key.name + "': 'auth' is missing");
            entry.configuration.urlOverride = object.text("url");
            if (!entry.configuration.urlOverride.empty())
                report(object.lineOf("url"), "'url'",
                       validation::checkServiceUrl(entry.configuration.urlOverride, insecure));
            entry.configuration.apiVersion = object.text("api_version");
            report(object.lineOf("api_version"), "'api_version'",
                   validation::checkApiVersion(entry.configuration.apiVersion, provider));
            if (!entry.configuration.apiVersion.empty() && !validation::takesApiVersion(provider))
                fault(object.lineOf("api_version"), "'api_version' belongs to azure-openai and anthropic");
            entry.configuration.deployments = readDeployments(object.map("deployments"));
            if (!entry.configuration.deployments.empty() && provider != ProviderKind::AzureOpenAi)
                fault(object.lineOf("deployments"), "'deployments' belong to azure-openai");
            entry.limits = readLimits(object.list("limits"));
            entry.caps = readCaps(object.map("per_request"));
            entries.push_back(std::move(entry));
        }
        return entries;
    }

    void readServices(const YamlValue& list)
    {
        auto& services = m_file.services.emplace();
        for (const YamlValue& item : list.items) {
            YamlObject object(item, "service", m_issues);
            ConfigFile::ServiceEntry entry;
            entry.line = object.line();
            Service& service = entry.service;
            service.name = validation::normalisedName(object.required("name"));
            report(object.lineOf("name"), "'name'", validation::checkName(service.name));
            service.contextPath = validation::normalisedContextPath(object.required("context"));
            report(object.lineOf("context"), "'context'", validation::checkContextPath(service.contextPath));
            const std::string provider = object.required("provider");
            if (const auto kind = providerFromCode(provider))
                service.provider = *kind;
            else if (!provider.empty())
                fault(object.lineOf("provider"),
                      "'provider' is openai, azure-openai, anthropic, mistral, aws-bedrock or openai-compatible");
            if (const std::string version = object.text("version"); !version.empty())
                service.version = version;
            readScope(object, entry);
            const bool insecure = object.truth("allow_insecure_url").value_or(false);
            service.url = object.required("url");
            if (!service.url.empty())
                report(object.lineOf("url"), "'url'", validation::checkServiceUrl(service.url, insecure));
            service.summary = object.text("summary");
            if (service.summary.size() > 500)
                fault(object.lineOf("summary"), "'summary' has more than 500 characters");
            if (const auto* labels = object.list("labels")) {
                for (const YamlValue& label : labels->items)
                    service.labels.push_back(label.text);
            }
            std::ranges::sort(service.labels);
            service.marketplaceState =
                object.truth("published").value_or(true) ? MarketplaceState::Published : MarketplaceState::Draft;
            entry.environments = readServiceEnvironments(object.map("environments"), service.provider, insecure);
            if (std::ranges::any_of(
                    services, [&](const auto& other) { return other.service.contextPath == service.contextPath; }))
                fault(entry.line, "context '" + service.contextPath + "' is given twice");
            services.push_back(std::move(entry));
        }
    }

    void readScope(YamlObject& object, ConfigFile::ServiceEntry& entry)
    {
        // `scope: organization`, or `scope: project` beside `project: shop`, or `project: shop` alone.
        const std::string scope = object.text("scope");
        entry.project = object.text("project");
        if (!scope.empty() && scope != "organization" && scope != "project")
            fault(object.lineOf("scope"), "'scope' is organization or project");
        if (scope == "project" && entry.project.empty())
            fault(object.lineOf("scope"), "'project' is missing: whose service is it?");
        if (scope == "organization" && !entry.project.empty())
            fault(object.lineOf("project"), "'scope: organization' and 'project' contradict each other");
        entry.service.scope = entry.project.empty() ? Scope::Organization : Scope::Project;
    }

    void readConnections(const YamlValue& list)
    {
        auto& connections = m_file.connections.emplace();
        for (const YamlValue& item : list.items) {
            YamlObject object(item, "connection", m_issues);
            ConfigFile::ConnectionEntry entry;
            entry.line = object.line();
            entry.name = validation::normalisedName(object.required("name"));
            report(object.lineOf("name"), "'name'", validation::checkName(entry.name));
            entry.project = object.required("project");
            if (object.has("route")) {
                entry.route = object.required("route");
                if (!object.text("service").empty())
                    fault(object.lineOf("service"), "a connection is to a service or to a route, not to both");
            } else if (const std::string service = object.required("service"); !service.empty()) {
                entry.service = validation::normalisedContextPath(service);
            }
            if (const auto* environments = object.map("environments")) {
                for (const auto& [key, value] : environments->members)
                    entry.environments.push_back(readConnectionEnvironment(key, value));
            }
            if (entry.environments.empty())
                fault(entry.line, "connection '" + entry.name + "' names no environment");
            const auto same = [&](const auto& other) {
                return other.name == entry.name && other.project == entry.project;
            };
            if (std::ranges::any_of(connections, same))
                fault(entry.line, "connection '" + entry.name + "' is given twice");
            connections.push_back(std::move(entry));
        }
    }

    void readRoutes(const YamlValue& list)
    {
        auto& routes = m_file.routes.emplace();
        for (const YamlValue& item : list.items) {
            YamlObject object(item, "route", m_issues);
            ConfigFile::RouteEntry entry;
            entry.line = object.line();
            entry.route.name = object.required("name");
            if (!entry.route.name.empty())
                report(object.lineOf("name"), "'name'", validation::checkRouteName(entry.route.name));
            entry.environment = object.text("environment");
            if (object.has("sticky")) {
                fault(object.lineOf("sticky"), "sticky sessions are not supported by this version: remove the member");
                (void)object.member("sticky");
            }
            readPolicy(object, entry.route);
            readTargets(object, entry);
            if (const auto* fallbacks = object.map("fallbacks")) {
                YamlObject members(*fallbacks, "fallbacks", m_issues);
                const auto most = members.count("max_attempts").value_or(entry.route.maxAttempts);
                if (most > kMostAttempts)
                    fault(members.lineOf("max_attempts"), "'max_attempts' is at most " + std::to_string(kMostAttempts));
                entry.route.maxAttempts = static_cast<int>(std::min<std::int64_t>(most, kMostAttempts));
            }
            const auto same = [&](const auto& other) {
                return other.route.name == entry.route.name && other.environment == entry.environment;
            };
            if (std::ranges::any_of(routes, same))
                fault(entry.line, "route '" + entry.route.name + "' is given twice for the same environment");
            routes.push_back(std::move(entry));
        }
    }

    void readPolicy(YamlObject& object, Route& route)
    {
        const auto* map = object.map("policy");
        if (map == nullptr)
            return; // the first target, and the others when it fails
        YamlObject policy(*map, "policy", m_issues);
        const std::string type = policy.required("type");
        if (const auto known = policyFromCode(type))
            route.policy = *known;
        else if (!type.empty())
            fault(policy.lineOf("type"), "the policy is priority or weighted; '" + type + "' is not known");
    }

    void readTargets(YamlObject& object, ConfigFile::RouteEntry& entry)
    {
        if (const auto* list = object.list("targets")) {
            for (const YamlValue& item : list->items) {
                YamlObject members(item, "target", m_issues);
                RouteTarget target;
                target.context = validation::normalisedContextPath(members.required("service"));
                target.model = members.required("model");
                if (members.text("weight") == "0")
                    target.weight = 0;
                else
                    target.weight = members.count("weight").value_or(1);
                target.priority = members.count("priority");
                entry.route.targets.push_back(std::move(target));
                entry.targetLines.push_back(members.line());
            }
        }
        if (entry.route.targets.empty())
            fault(entry.line, "route '" + entry.route.name + "' has no target");
        else if (std::ranges::none_of(entry.route.targets, [](const RouteTarget& t) { return t.weight > 0; }))
            fault(entry.line, "route '" + entry.route.name + "' has no target with a weight above 0");
    }

    ConfigFile::ConnectionEnvironmentEntry readConnectionEnvironment(const YamlValue::Key& key, const YamlValue& value)
    {
        YamlObject object(value, "environment '" + key.name + "'", m_issues);
        ConfigFile::ConnectionEnvironmentEntry entry;
        entry.line = key.line;
        entry.environment = key.name;
        entry.key = readReference(object, "key", false);
        entry.limits = readLimits(object.list("limits"));
        return entry;
    }

    ConfigFile& m_file;
    ConfigIssues& m_issues;
};

} // namespace

ReadConfig readYaml(std::string_view text)
{
    ReadConfig result;
    YamlDocument document = parseYaml(text);
    if (document.issues.empty())
        Reader(result).read(document.root);
    else
        result.issues = std::move(document.issues);
    std::ranges::stable_sort(result.issues, {}, &ConfigIssue::line);
    return result;
}

std::string describeIssue(std::string_view code, std::string_view detail)
{
    struct Words {
        std::string_view code;
        std::string_view text;
    };
    constexpr Words kWords[]{
        {"required", "must not be empty"},
        {"too_long", "is too long"},
        {"bad_characters", "holds characters that are not allowed"},
        {"bad_format", "must start with '/' and hold 1 to 63 of a-z, 0-9 and '-'"},
        {"bad_path_character", "may hold only a-z, 0-9 and '-' after the '/'"},
        {"dash_at_end", "must not begin or end with '-'"},
        {"reserved", "is a reserved word"},
        {"taken", "is taken"},
        {"bad_url", "is not a valid http(s) address"},
        {"bad_scheme", "must begin with https:// or http://"},
        {"bad_host", "names no valid host"},
        {"bad_port", "has no valid port"},
        {"insecure",
         "is unencrypted http beyond this machine; add 'allow_insecure_url: true' to the service to insist"},
        {"user_info", "must not hold a user name or password"},
        {"query", "must not have a query"},
        {"fragment", "must not have a fragment"},
        {"placeholder", "still holds a {placeholder}"},
        {"link_local", "is a link-local address"},
        {"metadata_address", "is the address of a cloud metadata service"},
        {"special_address", "is an address that is never a provider"},
        {"bad_header", "is not the name of a header"},
        {"forbidden_header", "is a header that connections use themselves"},
        {"bad_api_version", "is no API version; possible are"},
    };
    for (const Words& words : kWords) {
        if (words.code == code)
            return std::string(words.text) + (detail.empty() ? "" : " (" + std::string(detail) + ")");
    }
    return "is not valid: " + std::string(code) + (detail.empty() ? "" : " (" + std::string(detail) + ")");
}

} // namespace sb::config
