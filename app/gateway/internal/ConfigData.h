// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/ProviderDescriptor.h"
#include "domain/Connection.h"
#include "domain/Limit.h"
#include "domain/Model.h"
#include "domain/Route.h"
#include "domain/UsageRecord.h"
#include "gateway/RuntimeConfig.h"
#include "http/Origin.h"
#include "limits/LimitTable.h"
#include "providers/SigV4.h"

#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sb::gateway {

/// What a request to a provider is signed or marked with. Held only by the target whose origin it is bound to.
struct Credential {
    AuthKind kind = AuthKind::None;
    std::string header;                                     ///< Header: lower case name
    Secret value;                                           ///< Header: the whole field value, prefix included
    std::size_t prefixSize = 0;                             ///< of the value: what stands before the secret itself
    std::unique_ptr<const providers::SigV4Signer> signer;   ///< SigV4
    std::unique_ptr<std::atomic<std::int64_t>> clockOffset; ///< SigV4: the provider's clock minus ours, microseconds
    bool isAvailable = true;                                ///< false: a reference could not be read
};

/// One service in one environment: where a request can go.
struct Target {
    ServiceId service;
    ServiceEnvironmentId id;
    EnvironmentId environment;
    ProviderKind provider = ProviderKind::OpenAi;
    const catalog::ProviderDescriptor* descriptor = nullptr;
    std::string context; ///< "/openai"
    http::Origin origin;
    std::string hostHeader;
    std::string url;      ///< without trailing slash
    std::string basePath; ///< of the URL: "" or "/v1"
    std::string apiVersion;
    std::map<std::string, std::string> deployments; ///< Azure: model -> deployment
    Credential credential;
    RequestCaps caps;
    Scope scope = Scope::Organization;
    ProjectId project; ///< of a project service
};

/// Who calls, and what that connection may do.
struct Principal {
    GatewayKeyId key;
    std::string publicId;
    Sha256Digest hash{};
    std::optional<Timestamp> expires;
    ConnectionId connection;
    ConnectionEnvironmentId connectionEnvironment;
    ProjectId project;
    EnvironmentId environment;
    ServiceId service;   ///< with `route` empty too: every visible service and route of the environment
    std::string context; ///< of that service, "/openai"
    std::string route;   ///< name; the key calls that route only, in whatever form its environment has it
    RequestCaps caps;
    TrafficSource source = TrafficSource::Gateway;

    bool isUsableAt(Timestamp now) const { return !expires || now < *expires; }
};

struct DigestHash {
    std::size_t operator()(const Sha256Digest& digest) const noexcept
    {
        std::size_t value = 0;
        std::memcpy(&value, digest.data(), sizeof value);
        return value;
    }
};

/// Heterogeneous lookup: requests are looked up by views into their head.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// A service of the organization, by environment.
struct ContextEntry {
    ServiceId service;
    ProviderKind provider = ProviderKind::OpenAi;
    std::unordered_map<EnvironmentId, Target> targets;
};

/// A name that clients send as the model: what it means in each environment that has a meaning of its own, and in all
/// others.
struct RouteEntry {
    std::unordered_map<EnvironmentId, Route> perEnvironment;
    std::optional<Route> everywhere;

    const Route* in(EnvironmentId environment) const
    {
        const auto found = perEnvironment.find(environment);
        return found != perEnvironment.end() ? &found->second : everywhere ? &*everywhere : nullptr;
    }
};

struct RuntimeConfig::Data {
    OrganizationId organization;
    std::unordered_map<Sha256Digest, Principal, DigestHash> keys;
    TextMap<ContextEntry> contexts; ///< by context path without its slash
    TextMap<RouteEntry> routes;     ///< by name
    std::vector<Model> models;
    TextMap<std::size_t> modelsByCode; ///< modelKey() -> index
    std::unordered_map<ModelId, std::vector<PriceRow>> prices;
    std::vector<limits::CounterSpec> counters;
    std::map<std::pair<LimitScope, std::int32_t>, std::vector<limits::CounterSpec>> countersByScope;
    std::shared_ptr<const ZoneRules> zone;
    std::unordered_map<EnvironmentId, std::string> environments; ///< names
    std::vector<Finding> findings;

    /// The catalogue's row for what a provider calls `name`: as it is, with the prefix of resold models, without a
    /// trailing date. nullptr: not in the catalogue.
    const Model* findModel(ProviderKind provider, std::string_view name) const;
    std::string_view environmentName(EnvironmentId id) const;
    std::span<const PriceRow> pricesOf(ModelId model) const;
    /// The counters on a request's path.
    std::vector<const limits::CounterSpec*> countersOn(std::span<const limits::LimitTable::ScopeKey> path) const;
};

std::string modelKey(ProviderKind provider, std::string_view code);

} // namespace sb::gateway
