// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Route.h"

#include "routing/AttemptOrder.h"

#include <algorithm>
#include <array>
#include <set>

namespace sb::gateway {

using catalog::Dialect;

namespace {

struct RoutingPath {
    std::string_view path;
    Dialect dialect;
};
constexpr std::array kRoutingPaths{
    RoutingPath{"/v1/chat/completions", Dialect::OpenAiChat}, RoutingPath{"/v1/embeddings", Dialect::OpenAiEmbeddings},
    RoutingPath{"/v1/responses", Dialect::OpenAiResponses}, RoutingPath{"/v1/messages", Dialect::AnthropicMessages}};

/// The filters, in the order of the design; the first that applies names the reason.
Candidate judged(const RouteInput& input, std::string_view context, std::string_view model)
{
    Candidate candidate;
    candidate.context = context;
    candidate.model = model;
    const auto entry = input.config.contexts.find(context.substr(1));
    if (entry == input.config.contexts.end()) {
        candidate.excluded = "disabled";
        return candidate;
    }
    const auto configured = entry->second.targets.find(input.principal.environment);
    if (configured == entry->second.targets.end()) {
        candidate.excluded = "not_configured";
        return candidate;
    }
    const Target& target = configured->second;
    candidate.target = &target;
    if (!mayUse(input.principal, target)) {
        candidate.excluded = "not_allowed";
        return candidate;
    }
    const auto match = providers::matchPath(*target.descriptor, http::methodName(input.method), input.path);
    if (!match || match->path->dialect != input.dialect || match->path->kind != catalog::PathKind::Contract) {
        candidate.excluded = "format";
        return candidate;
    }
    candidate.match = *match;
    if (!target.credential.isAvailable)
        candidate.excluded = "secret_unavailable";
    return candidate;
}

ApiError unusable(const Candidate& candidate, std::string_view path)
{
    const std::string service = "the service " + candidate.context;
    if (candidate.excluded == "not_allowed")
        return {ApiCode::Forbidden, service + " belongs to another project"};
    if (candidate.excluded == "format")
        return {ApiCode::NotFound, service + " does not offer " + std::string(path)};
    if (candidate.excluded == "secret_unavailable")
        return {ApiCode::SecretUnavailable, "the provider's secret for " + service + " cannot be read"};
    return {ApiCode::ModelNotFound, service + " is not configured in this environment", 0, "model"};
}

std::variant<RoutePlan, ApiError> single(const RouteInput& input, Candidate candidate)
{
    if (!candidate.excluded.empty())
        return unusable(candidate, input.path);
    RoutePlan plan;
    plan.usable = 1;
    plan.candidates.push_back(std::move(candidate));
    return plan;
}

std::variant<RoutePlan, ApiError> planOf(const RouteInput& input, const Route& route)
{
    RoutePlan plan;
    plan.route = &route;
    plan.maxAttempts = route.maxAttempts;
    plan.seed = input.seed;
    std::vector<Candidate> all;
    std::vector<bool> usable;
    for (const RouteTarget& target : route.targets) {
        all.push_back(judged(input, target.context, target.model));
        usable.push_back(all.back().excluded.empty());
    }
    const auto order = routing::attemptOrder(route.policy, route.targets, usable, input.seed);
    if (order.empty()) {
        std::string reasons;
        for (const Candidate& candidate : all)
            reasons += (reasons.empty() ? "" : ", ") + candidate.context + " " +
                       (candidate.excluded.empty() ? std::string("has no weight") : std::string(candidate.excluded));
        const bool format =
            std::any_of(all.begin(), all.end(), [](const Candidate& c) { return c.excluded == "format"; });
        return ApiError{format ? ApiCode::InvalidRequest : ApiCode::UpstreamUnavailable,
                        "the route " + route.name + " has no usable target: " + reasons, 0, format ? "model" : ""};
    }
    for (const std::size_t i : order)
        plan.candidates.push_back(std::move(all[i]));
    plan.usable = order.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (std::find(order.begin(), order.end(), i) == order.end()) {
            if (all[i].excluded.empty())
                all[i].excluded = "weight";
            plan.candidates.push_back(std::move(all[i]));
        }
    }
    return plan;
}

/// The services that offer a model id to this key on this path.
std::vector<Candidate> offering(const RouteInput& input)
{
    std::vector<Candidate> found;
    for (const auto& [context, entry] : input.config.contexts) {
        const auto target = entry.targets.find(input.principal.environment);
        if (target == entry.targets.end() || !input.config.findModel(entry.provider, input.model))
            continue;
        Candidate candidate = judged(input, target->second.context, input.model);
        if (candidate.excluded.empty())
            found.push_back(std::move(candidate));
    }
    std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.context < b.context; });
    return found;
}

} // namespace

std::variant<Dialect, ApiError> routingDialect(http::Method method, std::string_view path)
{
    for (const RoutingPath& known : kRoutingPaths) {
        if (known.path != path)
            continue;
        if (method == http::Method::Post)
            return known.dialect;
        ApiError error{ApiCode::InvalidRequest, "the path takes another method: POST", 405};
        error.allow = "POST";
        return error;
    }
    return ApiError{ApiCode::NotFound, "there is no routing path " + std::string(path)};
}

std::variant<RoutePlan, ApiError> planRoute(const RouteInput& input)
{
    const Principal& who = input.principal;
    if (const auto entry = input.config.routes.find(input.model); entry != input.config.routes.end()) {
        if (const Route* route = entry->second.in(who.environment)) {
            if (who.route != route->name && !who.connection.isNone())
                return ApiError{ApiCode::Forbidden, "this key may not use the route " + route->name, 0, "model"};
            return planOf(input, *route);
        }
    }
    if (!who.route.empty())
        return ApiError{ApiCode::ModelNotFound, "this key calls a route: the model must be its name", 0, "model"};

    const std::size_t slash = input.model.find('/');
    if (slash != std::string_view::npos) {
        const auto named = input.config.contexts.find(input.model.substr(0, slash));
        if (named != input.config.contexts.end()) {
            if (!who.service.isNone() && who.service != named->second.service)
                return ApiError{ApiCode::Forbidden,
                                "this key may not use the service /" + std::string(input.model.substr(0, slash)), 0,
                                "model"};
            return single(
                input, judged(input, '/' + std::string(input.model.substr(0, slash)), input.model.substr(slash + 1)));
        }
    }
    if (!who.service.isNone()) {
        if (who.context.empty())
            return ApiError{ApiCode::NotFound, "the connection's service does not exist any more"};
        return single(input, judged(input, who.context, input.model));
    }
    std::vector<Candidate> found = offering(input);
    if (found.empty())
        return ApiError{ApiCode::ModelNotFound, "no route and no service of this key offers the model", 0, "model"};
    if (found.size() > 1) {
        std::string choices;
        for (const Candidate& candidate : found)
            choices += (choices.empty() ? "" : ", ") + candidate.context.substr(1) + '/' + candidate.model;
        return ApiError{ApiCode::InvalidRequest, "several services offer the model; name one of " + choices, 0,
                        "model"};
    }
    return single(input, std::move(found.front()));
}

std::vector<std::string> callableModels(const RuntimeConfig::Data& config, const Principal& principal)
{
    std::set<std::string> routes;
    for (const auto& [name, entry] : config.routes) {
        const Route* route = entry.in(principal.environment);
        if (route && (principal.connection.isNone() || principal.route == name))
            routes.insert(name);
    }
    std::set<std::string> models;
    for (const auto& [context, entry] : config.contexts) {
        const auto target = entry.targets.find(principal.environment);
        if (target == entry.targets.end() || !principal.route.empty() ||
            (!principal.service.isNone() && principal.service != entry.service) || !mayUse(principal, target->second))
            continue;
        for (const Model& model : config.models) {
            if (model.provider == entry.provider)
                models.insert(context + '/' + std::string(model.wireName()));
        }
    }
    std::vector<std::string> all(routes.begin(), routes.end());
    all.insert(all.end(), models.begin(), models.end());
    return all;
}

} // namespace sb::gateway
