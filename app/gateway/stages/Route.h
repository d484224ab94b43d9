// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/ApiError.h"
#include "gateway/internal/ConfigData.h"
#include "gateway/stages/Resolve.h"
#include "http/MessageHead.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sb::gateway {

/// A target that was looked at, with what came of it. The order of the plan is that of the attempts.
struct Candidate {
    const Target* target = nullptr; ///< nullptr: there is none in this environment
    std::string context;
    std::string model;
    providers::PathMatch match;
    std::string_view excluded; ///< reason of the filter that removed it (design: gateway, section 6); empty: usable
    std::string_view outcome;  ///< of an attempt that failed: a code of the contract
};

/// Where a request on a routing path goes: the usable candidates in the order of their attempts, then the others.
struct RoutePlan {
    const Route* route = nullptr; ///< nullptr: the model named a service
    std::vector<Candidate> candidates;
    std::size_t usable = 0;
    int maxAttempts = 1;
    std::uint64_t seed = 0;
};

/// The wire format of a routing path ("/v1/chat/completions"); 404 for another path, 405 for another method.
std::variant<catalog::Dialect, ApiError> routingDialect(http::Method method, std::string_view path);

struct RouteInput {
    const RuntimeConfig::Data& config;
    const Principal& principal;
    http::Method method;
    std::string_view path; ///< "/v1/chat/completions"
    catalog::Dialect dialect;
    std::string_view model; ///< as the client names it
    std::uint64_t seed;
};

/// What the model of a routing request means: a route, `context/model`, or a model id that exactly one service offers
/// (several: the connection's own, else 400). 404 when it means nothing, 403 when this key may not use it, 503 when a
/// route has no usable target.
std::variant<RoutePlan, ApiError> planRoute(const RouteInput& input);

/// What this key may name as a model, for GET /v1/models: routes, then "context/model".
std::vector<std::string> callableModels(const RuntimeConfig::Data& config, const Principal& principal);

} // namespace sb::gateway
