// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb {

/// How a route chooses among its targets (design: gateway, section 6).
enum class RoutingPolicy {
    Priority, ///< ascending `priority`, inside a tier by lot of `weight`; absent: the place in the list, each its own
    Weighted, ///< by lot of `weight`; 0 = never
};

std::string_view policyCode(RoutingPolicy policy); ///< "priority", "weighted": file, database and decision record
std::optional<RoutingPolicy> policyFromCode(std::string_view code);

/// Upstream attempts for one request at most: a storm is not multiplied.
inline constexpr int kMostAttempts = 10;

/// Where a route may send a request: a model of a service.
struct RouteTarget {
    std::string context; ///< the service's context path, "/openai"
    std::string model;   ///< as that service's provider knows it
    std::int64_t weight = 1;
    std::optional<std::int64_t> priority = {};

    bool operator==(const RouteTarget&) const = default;
};

/// A name that clients send as the model. A change of what it does makes a new version; the older ones are kept.
struct Route {
    RouteId id;
    OrganizationId organization;
    EnvironmentId environment; ///< none: every environment
    std::string name;
    RoutingPolicy policy = RoutingPolicy::Priority;
    std::vector<RouteTarget> targets;
    int maxAttempts = 4; ///< upstream attempts for one request, the first included
    int version = 0;     ///< of what is active; 0: not stored yet

    bool operator==(const Route&) const = default;
    bool doesTheSame(const Route& other) const
    {
        return policy == other.policy && targets == other.targets && maxAttempts == other.maxAttempts;
    }
};

} // namespace sb
