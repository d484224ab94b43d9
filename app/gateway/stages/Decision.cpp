// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Decision.h"

#include "base/Money.h"
#include "protocol/JsonReader.h"

#include <string_view>
#include <utility>

namespace sb::gateway {

namespace {

/// Members of one JSON object, in the order they are added.
class Object {
public:
    void text(std::string_view name, std::string_view value) { raw(name, protocol::toJsonString(value)); }
    void number(std::string_view name, std::int64_t value) { raw(name, std::to_string(value)); }
    void raw(std::string_view name, std::string_view json)
    {
        m_text += m_text.size() > 1 ? ",\"" : "\"";
        m_text.append(name).append("\":").append(json);
    }
    std::string finish() { return std::move(m_text) + "}"; }

private:
    std::string m_text = "{";
};

std::string amountsOf(const limits::Amounts& amounts, bool priced)
{
    Object object;
    object.number("prompt_tokens", amounts.promptTokens);
    object.number("completion_tokens", amounts.completionTokens);
    if (priced)
        object.text("cost_usd", toDecimalUsd(Money{amounts.costNano}));
    return object.finish();
}

std::string candidateOf(const Candidate& candidate, std::string_view state)
{
    Object object;
    object.text("service", candidate.context);
    object.text("model", candidate.model);
    object.text("state", state);
    if (!candidate.excluded.empty())
        object.text("reason", candidate.excluded);
    if (!candidate.outcome.empty())
        object.text("reason", candidate.outcome);
    return object.finish();
}

/// In the order of the plan: those that failed before, the one that was asked last, the spare ones, the filtered ones.
void describePlan(Object& decision, const Exchange& exchange)
{
    const RoutePlan& plan = exchange.plan;
    if (plan.route) {
        decision.text("route", plan.route->name);
        decision.number("route_version", plan.route->version);
        decision.text("policy", policyCode(plan.route->policy));
        decision.text("seed", std::to_string(plan.seed)); // as text: JSON's numbers end at 2^53
        decision.text("reason", exchange.attempt == 0 ? "the policy's first choice" : "the targets before it failed");
    } else {
        decision.text("reason", "the model names the service");
    }
    std::string others;
    for (std::size_t i = 0; i < plan.candidates.size(); ++i) {
        if (i == exchange.attempt)
            continue;
        const std::string_view state = i >= plan.usable ? "excluded" : i < exchange.attempt ? "failed" : "spare";
        others += (others.empty() ? "" : ",") + candidateOf(plan.candidates[i], state);
    }
    decision.raw("alternatives_considered", '[' + others + ']');
    Object factors;
    if (plan.route) {
        std::string weights;
        for (const RouteTarget& target : plan.route->targets)
            weights += (weights.empty() ? "" : ",") + std::to_string(target.weight);
        factors.raw("weights", '[' + weights + ']');
    }
    decision.raw("decision_factors", factors.finish());
}

} // namespace

std::string decisionOf(const Exchange& exchange)
{
    if (exchange.resolved.target == nullptr)
        return {};
    const Target& target = exchange.target();
    Object decision;
    decision.text("selected_model", exchange.record.modelSelected);
    decision.text("selected_service", target.context);
    decision.text("environment", exchange.data().environmentName(target.environment));
    if (exchange.isRouted()) {
        describePlan(decision, exchange);
    } else {
        decision.text("reason", "the path names the service, the key its environment");
        decision.raw("alternatives_considered", "[]");
        decision.raw("decision_factors", "{}");
    }
    if (exchange.held) {
        const Spend& spend = exchange.held->spend;
        decision.number("limits_on_the_path", static_cast<std::int64_t>(spend.counters.size()));
        decision.raw("held", amountsOf(spend.amounts, !spend.prices.empty()));
        if (spend.completionToWrite)
            decision.number("completion_maximum_sent", *spend.completionToWrite);
        decision.raw("booked", amountsOf(exchange.booked, exchange.record.cost.has_value()));
    }
    return decision.finish();
}

} // namespace sb::gateway
