// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Sha256.h"
#include "domain/DomainSnapshot.h"
#include "gateway/RuntimeConfig.h"

#include <string>
#include <utility>

namespace sb::gateway {

/// A small organization: environments 1 (development) and 2 (production), project 1, and what a test adds. Ids are
/// counted up.
class SampleDomain {
public:
    SampleDomain()
    {
        snapshot.organization.id = OrganizationId(1);
        snapshot.projects.push_back({ProjectId(1), OrganizationId(1), "shop", "Shop"});
        snapshot.projects.push_back({ProjectId(2), OrganizationId(1), "lab", "Lab"});
        snapshot.environments.push_back({EnvironmentId(1), OrganizationId(1), "development", false, 1});
        snapshot.environments.push_back({EnvironmentId(2), OrganizationId(1), "production", true, 2});
    }

    /// A service with a header credential ("provider-secret-<name>"), configured in environment 1.
    ServiceEnvironment& addService(ProviderKind kind, const std::string& context, const std::string& url)
    {
        Service service;
        service.id = ServiceId(static_cast<std::int32_t>(snapshot.services.size()) + 1);
        service.organization = OrganizationId(1);
        service.provider = kind;
        service.name = context.substr(1);
        service.contextPath = context;
        service.url = url;
        snapshot.services.push_back(service);
        ServiceEnvironment row;
        row.id = ServiceEnvironmentId(static_cast<std::int32_t>(snapshot.serviceEnvironments.size()) + 11);
        row.service = service.id;
        row.environment = EnvironmentId(1);
        row.security.kind = AuthKind::Header;
        row.security.header = "Authorization";
        row.security.prefix = "Bearer ";
        row.security.secret = {SecretRef::Kind::Keychain, service.name};
        snapshot.serviceEnvironments.push_back(row);
        return snapshot.serviceEnvironments.back();
    }

    /// A connection of project 1 with a key in environment 1; `key` is the whole text.
    ConnectionEnvironmentId addKey(const std::string& key, ServiceId service, ProjectId project = ProjectId(1))
    {
        Connection connection;
        connection.id = ConnectionId(static_cast<std::int32_t>(snapshot.connections.size()) + 1);
        connection.project = project;
        connection.name = "connection-" + std::to_string(connection.id.value);
        connection.service = service;
        snapshot.connections.push_back(connection);
        const ConnectionEnvironmentId id(static_cast<std::int32_t>(snapshot.connectionEnvironments.size()) + 51);
        snapshot.connectionEnvironments.push_back({id, connection.id, EnvironmentId(1)});
        GatewayKey row;
        row.id = GatewayKeyId(static_cast<std::int32_t>(snapshot.keys.size()) + 1);
        row.connection = connection.id;
        row.environment = EnvironmentId(1);
        row.publicId = "p" + std::to_string(row.id.value);
        row.hash = sha256(key);
        snapshot.keys.push_back(row);
        return id;
    }

    /// A key of the program itself, without a connection: every service of environment 1.
    void addProgramKey(const std::string& key)
    {
        GatewayKey row;
        row.id = GatewayKeyId(99);
        row.environment = EnvironmentId(1);
        row.publicId = "program";
        row.hash = sha256(key);
        snapshot.keys.push_back(row);
    }

    LimitRule& addLimit(LimitScope scope, std::int32_t id, LimitWindow per = LimitWindow::Minute)
    {
        LimitRule rule;
        rule.id = LimitRuleId(static_cast<std::int32_t>(snapshot.limits.size()) + 1);
        rule.scope = scope;
        rule.scopeId = id;
        rule.per = per;
        snapshot.limits.push_back(rule);
        return snapshot.limits.back();
    }

    /// USD per million tokens in nano-USD: input, output.
    ModelId addModel(ProviderKind provider, const std::string& code, NanoPerMillion input, NanoPerMillion output)
    {
        Model model;
        model.id = ModelId(static_cast<std::int32_t>(snapshot.models.size()) + 1);
        model.code = code;
        model.name = code;
        model.provider = provider;
        snapshot.models.push_back(model);
        PriceRow price;
        price.id = PriceId(model.id.value);
        price.model = model.id;
        price.input = input;
        price.output = output;
        snapshot.prices.push_back(price);
        return model.id;
    }

    /// Every header credential that is referred to, for the origin of its service.
    ResolvedSecrets secrets() const;

    Result<std::shared_ptr<const RuntimeConfig>> compiled() const;

    DomainSnapshot snapshot;
};

} // namespace sb::gateway
