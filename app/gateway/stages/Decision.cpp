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
    decision.text("reason", "the path names the service, the key its environment");
    decision.raw("alternatives_considered", "[]");
    decision.raw("decision_factors", "{}");
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
