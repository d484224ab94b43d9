// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Money.h"
#include "domain/Limit.h"
#include "domain/Organization.h"
#include "domain/Service.h"
#include "domain/ServiceDraft.h"
#include "storage/DbSession.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::storage {

/// A line of the services list.
struct ServiceListRow {
    Service service;
    std::string projectName;                         ///< empty at organization scope
    std::map<EnvironmentId, DeploymentState> states; ///< environments without a row are NotConfigured
    std::int64_t requests24h = 0;
    Money cost24h;
    std::int64_t unpriced24h = 0;

    bool operator==(const ServiceListRow&) const = default;
};

/// Everything the details page shows and edits.
struct ServiceDetails {
    Service service;
    std::vector<ServiceEnvironment> environments;
    std::vector<LimitRule> limits; ///< scope ServiceEnvironment
    std::vector<RequestCaps> caps;
    std::vector<std::string> connections; ///< names of live connections that use it
};

class ServiceRepository {
public:
    explicit ServiceRepository(DbSession& db) : m_db(db) {}

    Result<std::vector<ServiceListRow>> list(Timestamp now);
    Result<std::vector<ServiceListRow>> recentlyDeleted();
    Result<ServiceDetails> get(ServiceId id);
    Result<ServiceId> findByContextPath(std::string_view contextPath); ///< NotFound

    Result<bool> isContextPathFree(std::string_view contextPath, ServiceId except = {});
    Result<bool> isNameFree(std::string_view name, ProjectId project,
                            ServiceId except = {}); ///< case-folded, in its scope

    /// Service, environments, limits, caps and audit entry; the caller's transaction makes them one. Conflict with
    /// field "context_path" or "name".
    Result<ServiceId> insert(const ServiceRegistration& registration, std::string_view actor, Timestamp now);

    /// General details. Conflict (field "row_version") when somebody else changed it meanwhile.
    Result<void> update(const Service& service, std::string_view actor, Timestamp now);
    /// Backend security, limits and caps of one environment: inserts or replaces, raises desired_rev and deploys it.
    Result<void> putEnvironment(ServiceId id, const ServiceRegistration::PerEnvironment& environment,
                                std::string_view actor, Timestamp now);

    /// Refused with Conflict (what = names of the connections) while live connections use it. Frees the context path.
    Result<void> softDelete(ServiceId id, std::string_view actor, Timestamp now);
    /// Conflict with field "context_path" when the path was taken meanwhile.
    Result<void> restore(ServiceId id, std::string_view actor, Timestamp now);
    /// Every secret that a service refers to, deleted ones included: they may come back.
    Result<std::vector<SecretRef>> secretReferences();

private:
    Result<std::vector<ServiceListRow>> complete(std::vector<Service> services, std::optional<Timestamp> now);
    Result<std::vector<std::string>> liveConnections(ServiceId id);

    DbSession& m_db;
};

} // namespace sb::storage
