// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "domain/Ids.h"
#include "domain/Provider.h"
#include "domain/SecretRef.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sb {

enum class Scope { Organization, Project };
enum class MarketplaceState { Draft, Published, Removed };

/// A registered provider endpoint; configured per environment by ServiceEnvironment.
struct Service {
    ServiceId id;
    OrganizationId organization;
    Scope scope = Scope::Organization;
    ProjectId project; ///< none at organization scope
    ProviderKind provider = ProviderKind::OpenAi;
    std::string name;
    std::string contextPath; ///< "/openai": unique in the organization
    std::string url;         ///< "https://api.openai.com/v1"
    std::string version = "v1.0";
    std::string summary;
    std::vector<std::string> labels;
    MarketplaceState marketplaceState = MarketplaceState::Published;
    int rowVersion = 1; ///< optimistic lock: an update with an older one is a Conflict
    Timestamp created{};
    Timestamp updated{};
    std::optional<Timestamp> deleted = {}; ///< soft-deleted; restorable until purged

    bool operator==(const Service&) const = default;
};

/// How the gateway proves itself to the provider.
enum class AuthKind { None, Header, SigV4 };

struct BackendSecurity {
    AuthKind kind = AuthKind::Header;
    std::string header; ///< "Authorization", "api-key", "x-api-key"
    std::string prefix; ///< "Bearer " with its blank, or empty
    SecretRef secret;   ///< Header only
    std::string region; ///< SigV4 only, as are the three below
    SecretRef accessKey;
    SecretRef secretKey;
    SecretRef sessionToken; ///< None with long-term keys

    bool operator==(const BackendSecurity&) const = default;
};

enum class DeploymentState { NotConfigured, NotDeployed, Deploying, Active, Outdated, Failed, Stopped };

/// One service in one environment: backend security and what the provider needs besides. Limits are LimitRule rows of
/// scope ServiceEnvironment.
struct ServiceEnvironment {
    ServiceEnvironmentId id;
    ServiceId service;
    EnvironmentId environment;
    BackendSecurity security;
    std::string urlOverride; ///< empty: the service's URL
    std::string apiVersion; ///< Azure: a date = classic paths, otherwise v1 paths; Anthropic: default anthropic-version
    std::map<std::string, std::string> deployments; ///< Azure: model -> deployment
    int desiredRevision = 1;
    int deployedRevision = 0;
    DeploymentState state = DeploymentState::NotDeployed;
    std::optional<Timestamp> checked = {};

    bool operator==(const ServiceEnvironment&) const = default;
};

} // namespace sb
