// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Reserve.h"

#include "pricing/Cost.h"
#include "providers/Splice.h"
#include "tokens/PromptMeasure.h"

#include <algorithm>
#include <array>

namespace sb::gateway {

using catalog::Dialect;
using limits::Amounts;
using limits::CounterSpec;
using limits::LimitTable;
using limits::Refusal;

namespace {

/// The longest answer assumed of a model that the catalogue does not know, where the client names no maximum and a
/// limit needs one: else a single request would hold the whole window.
constexpr std::int64_t kUnknownModelCompletion = 16'384;

/// What a client that names no maximum should at least get, before it is told to wait instead.
constexpr std::int64_t kUsefulCompletion = 256;

bool generatesText(Dialect dialect, std::string_view model)
{
    if (dialect == Dialect::BedrockInvoke)
        return model.find("embed") == std::string_view::npos && model.find("rerank") == std::string_view::npos;
    return dialect != Dialect::Opaque && dialect != Dialect::OpenAiEmbeddings;
}

std::string_view dimensionWord(LimitDimension dimension)
{
    switch (dimension) {
    case LimitDimension::PromptTokens:
        return "prompt tokens";
    case LimitDimension::CompletionTokens:
        return "completion tokens";
    case LimitDimension::TotalTokens:
        return "tokens";
    case LimitDimension::Requests:
        return "requests";
    case LimitDimension::CostNano:
        return "USD";
    }
    return "";
}

std::string_view scopeWord(LimitScope scope)
{
    switch (scope) {
    case LimitScope::Organization:
        return "organization";
    case LimitScope::Project:
        return "project";
    case LimitScope::ServiceEnvironment:
        return "service";
    case LimitScope::ConnectionEnvironment:
        return "connection";
    case LimitScope::User:
        return "user";
    case LimitScope::Model:
        return "model";
    }
    return "";
}

std::string amountText(LimitDimension dimension, std::int64_t amount)
{
    return dimension == LimitDimension::CostNano ? toDecimalUsd(Money{amount}) : std::to_string(amount);
}

ApiError refusalOf(const LimitTable::HoldResult& result, const Amounts& amounts)
{
    const Refusal& refusal = *result.refusal;
    const CounterSpec& counter = refusal.counter;
    ApiError error;
    switch (counter.dimension) {
    case LimitDimension::CostNano:
        error.code = ApiCode::BudgetExceeded;
        break;
    case LimitDimension::Requests:
        error.code = ApiCode::RequestLimitExceeded;
        break;
    case LimitDimension::PromptTokens:
    case LimitDimension::CompletionTokens:
    case LimitDimension::TotalTokens:
        error.code = ApiCode::TokenLimitExceeded;
        break;
    }
    error.message = "the " + std::string(scopeWord(counter.scope)) + "'s limit of " +
                    amountText(counter.dimension, counter.maximum) + ' ' +
                    std::string(dimensionWord(counter.dimension)) + " per " + std::string(windowWord(counter.per)) +
                    " leaves no room: " + amountText(counter.dimension, refusal.used) + " used, " +
                    amountText(counter.dimension, refusal.held) + " held by running requests, " +
                    amountText(counter.dimension, amounts.of(counter.dimension)) + " needed";
    error.neverRetry = refusal.canNeverFit || counter.dimension == LimitDimension::CostNano;
    if (!refusal.canNeverFit)
        error.retryAfter = refusal.retryAfter;
    error.rate = result.rate;
    return error;
}

ApiError tooLarge(std::string_view what, std::int64_t maximum, std::int64_t bound)
{
    return {ApiCode::PromptTokensExceeded,
            "the prompt may have up to " + std::to_string(bound) + " tokens, " + std::string(what) + " is " +
                std::to_string(maximum),
            0, "messages"};
}

/// Decides how many completion tokens an attempt may take, and whether that number has to be written into the request.
class Planner {
public:
    Planner(const ReserveInput& input, const LimitTable& table) : m_in(input), m_table(table) {}

    std::optional<ApiError> plan(Spend& spend)
    {
        describe(spend);
        if (auto error = remoteContext(spend))
            return error;
        if (generatesText(m_in.facts.dialect, m_in.providerModel)) {
            if (auto error = completion(spend))
                return error;
        } else if (auto error = promptCaps()) {
            return error;
        }
        return money(spend);
    }

private:
    void describe(Spend& spend)
    {
        const Principal& who = m_in.principal;
        const Target& target = m_in.target;
        spend.model = m_in.config.findModel(target.provider, m_in.providerModel);
        spend.path = {{LimitScope::Organization, m_in.config.organization.value},
                      {LimitScope::ServiceEnvironment, target.id.value}};
        if (!who.project.isNone())
            spend.path.push_back({LimitScope::Project, who.project.value});
        if (!who.connectionEnvironment.isNone())
            spend.path.push_back({LimitScope::ConnectionEnvironment, who.connectionEnvironment.value});
        if (spend.model)
            spend.path.push_back({LimitScope::Model, spend.model->id.value});
        spend.counters = m_in.config.countersOn(spend.path);
        if (spend.model) {
            for (const PriceRow& row : m_in.config.pricesOf(spend.model->id)) {
                if (row.isValidAt(m_in.now) && (row.service.isNone() || row.service == target.service))
                    spend.prices.push_back(&row);
            }
        }
        if (m_in.facts.dialect != Dialect::Opaque) {
            const auto bound = tokens::upperBound(m_in.facts.prompt, target.provider, m_in.providerModel);
            m_prompt = static_cast<std::int64_t>(std::min<std::uint64_t>(bound.tokens, std::uint64_t{1} << 40));
            spend.promptEstimate =
                std::min(tokens::estimatePrompt(m_in.facts.prompt, target.provider, m_in.providerModel), bound.tokens);
        }
        m_classes = possibleClasses(spend);
        spend.amounts.promptTokens = m_prompt;
        spend.amounts.completionTokens = 0;
        spend.amounts.requests = 1;
    }

    /// Text that the body only names is in no count of its bytes. What bounds it is the model's context window, which
    /// every use of a provider-run tool may fill once more.
    std::optional<ApiError> remoteContext(Spend& spend)
    {
        if (!m_in.facts.prompt.remoteContext)
            return std::nullopt;
        const bool limited = std::any_of(spend.counters.begin(), spend.counters.end(), [](const CounterSpec* counter) {
            return counter->mode == LimitMode::Enforce && counter->dimension != LimitDimension::Requests &&
                   counter->dimension != LimitDimension::CompletionTokens;
        });
        const auto all = caps();
        const bool capped = std::any_of(
            all.begin(), all.end(), [](const RequestCaps* cap) { return cap->maxPromptTokens || cap->maxTotalTokens; });
        if (!limited && !capped)
            return std::nullopt;
        if (m_in.facts.serverToolsUnbounded)
            return ApiError{ApiCode::Forbidden, "a limit applies and a tool that the provider runs has no max_uses", 0,
                            "tools"};
        if (!spend.model || !spend.model->contextWindow)
            return ApiError{ApiCode::Forbidden,
                            "a limit applies and the request names text that is kept at the provider: its size is not "
                            "known, nor the model's context window"};
        m_prompt = std::max(m_prompt, *spend.model->contextWindow * (1 + m_in.facts.serverToolUses));
        spend.amounts.promptTokens = m_prompt;
        return std::nullopt;
    }

    /// Anthropic's models, also on Bedrock, write a cache only where the request marks it; OpenAI's newer ones do by
    /// themselves, which their prices tell. What else speaks OpenAI's format may sit in front of either.
    pricing::PossibleClasses possibleClasses(const Spend& spend) const
    {
        const ProviderKind provider = m_in.target.provider;
        const bool marked = provider == ProviderKind::Anthropic || provider == ProviderKind::AwsBedrock;
        const bool byItself =
            provider == ProviderKind::OpenAiCompatible ||
            (!marked && std::any_of(spend.prices.begin(), spend.prices.end(),
                                    [](const PriceRow* row) { return row->cacheWrite5m.has_value(); }));
        return {.cacheWrite5m = m_in.facts.cacheMarks || byItself,
                .cacheWrite1h = m_in.facts.cacheMarks1h,
                .webSearches = static_cast<std::uint64_t>(m_in.facts.serverToolUses)};
    }

    std::int64_t boundOf(const Spend& spend, std::int64_t completionTokens) const
    {
        return pricing::upperBound(static_cast<std::uint64_t>(m_prompt), static_cast<std::uint64_t>(completionTokens),
                                   spend.prices, m_classes)
            .nano;
    }

    std::array<const RequestCaps*, 2> caps() const { return {&m_in.target.caps, &m_in.principal.caps}; }

    std::optional<ApiError> promptCaps() const
    {
        for (const RequestCaps* cap : caps()) {
            if (cap->maxPromptTokens && m_prompt > *cap->maxPromptTokens)
                return tooLarge("the maximum per request", *cap->maxPromptTokens, m_prompt);
            if (cap->maxTotalTokens && m_prompt > *cap->maxTotalTokens)
                return tooLarge("the total maximum per request", *cap->maxTotalTokens, m_prompt);
        }
        return std::nullopt;
    }

    /// The static ceiling per answer, from caps, model and the windows' own size; nullopt: none is known.
    std::optional<std::int64_t> ceiling(const Spend& spend) const
    {
        std::optional<std::int64_t> result;
        auto lower = [&](std::int64_t total) {
            const std::int64_t each = total / m_choices;
            if (each >= 1)
                result = result ? std::min(*result, each) : each;
        };
        if (spend.model && spend.model->maxOutput)
            lower(*spend.model->maxOutput * m_choices);
        for (const RequestCaps* cap : caps()) {
            if (cap->maxCompletionTokens)
                lower(std::max(*cap->maxCompletionTokens, m_choices));
            if (cap->maxTotalTokens)
                lower(*cap->maxTotalTokens - m_prompt);
        }
        for (const CounterSpec* counter : spend.counters) {
            if (counter->mode != LimitMode::Enforce)
                continue;
            // What exceeds the whole window is not clamped away: the hold then refuses it by name.
            if (counter->dimension == LimitDimension::CompletionTokens)
                lower(counter->maximum);
            else if (counter->dimension == LimitDimension::TotalTokens)
                lower(counter->maximum - m_prompt);
        }
        return result;
    }

    std::optional<ApiError> completion(Spend& spend)
    {
        m_choices = std::max<std::int64_t>(m_in.facts.choices, 1);
        if (auto error = promptCaps())
            return error;
        bool bounded = false;
        bool enforced = false;
        for (const RequestCaps* cap : caps()) {
            if (cap->maxTotalTokens && *cap->maxTotalTokens - m_prompt < m_choices)
                return tooLarge("the total maximum per request", *cap->maxTotalTokens, m_prompt);
            if (cap->maxCompletionTokens && *cap->maxCompletionTokens < m_choices)
                return ApiError{ApiCode::InvalidRequest,
                                "more answers are asked for than the completion maximum per request has tokens", 0,
                                "n"};
            bounded = bounded || cap->maxCompletionTokens || cap->maxTotalTokens;
            enforced = bounded;
        }
        std::optional<std::int64_t> tightest;
        for (const CounterSpec* counter : spend.counters) {
            if (counter->dimension == LimitDimension::PromptTokens || counter->dimension == LimitDimension::Requests)
                continue;
            bounded = true;
            enforced = enforced || counter->mode == LimitMode::Enforce;
            if (counter->dimension != LimitDimension::CostNano && counter->mode == LimitMode::Enforce)
                tightest = tightest ? std::min(*tightest, counter->maximum) : counter->maximum;
        }
        const std::optional<std::int64_t> named = providers::namedMaximum(m_in.facts, m_in.providerModel);
        const bool canWrite =
            named || !providers::maximumName(m_in.facts.dialect, m_in.target.provider, m_in.providerModel).empty();
        if (enforced && !canWrite)
            return ApiError{ApiCode::Forbidden,
                            "a limit applies and the answer has no maximum: this model's maximum has no name that the "
                            "gateway knows, send one"};
        const std::optional<std::int64_t> highest = ceiling(spend);
        std::optional<std::int64_t> each = named;
        if (!named && bounded && !(spend.model && spend.model->maxOutput))
            each = kUnknownModelCompletion;
        if (highest && bounded)
            each = each ? std::min(*each, *highest) : *highest;
        if (!named && tightest) {
            if (const auto room = m_table.completionRoom(spend.path, m_prompt)) {
                // With too little room for a useful answer the hold asks for that much and says how long to wait.
                const std::int64_t useful = std::max<std::int64_t>(std::min(kUsefulCompletion, *tightest / 4), 1);
                const std::int64_t fits = std::max(*room / m_choices, useful);
                each = each ? std::min(*each, fits) : fits;
            }
        }
        if (bounded && canWrite && each && (!named || *each < *named)) {
            spend.completionToWrite = *each;
            spend.clamped = true;
        }
        if (!each)
            each = highest; // only what a crash would book: nothing enforces it
        m_flexible = !named;
        m_completionKnown = each.has_value();
        spend.amounts.completionTokens = each.value_or(0) * m_choices;
        return std::nullopt;
    }

    std::optional<ApiError> money(Spend& spend)
    {
        const CounterSpec* budget = nullptr;
        for (const CounterSpec* counter : spend.counters) {
            if (counter->dimension == LimitDimension::CostNano && counter->mode == LimitMode::Enforce &&
                (!budget || counter->maximum < budget->maximum))
                budget = counter;
        }
        const auto costOf = [&](std::int64_t completionTokens) { return boundOf(spend, completionTokens); };
        if (budget && m_in.facts.dialect != Dialect::Opaque) {
            if (spend.prices.empty())
                return ApiError{ApiCode::Forbidden, "a money limit applies and the model has no price"};
            if (generatesText(m_in.facts.dialect, m_in.providerModel) && !m_completionKnown)
                return ApiError{ApiCode::Forbidden, "a money limit applies and the answer has no maximum: send one"};
            // The budget itself is a static ceiling: the largest completion it can pay for.
            std::int64_t low = m_choices, high = spend.amounts.completionTokens;
            if (high > low && costOf(high) > budget->maximum && costOf(low) <= budget->maximum) {
                while (low + 1 < high) {
                    const std::int64_t middle = low + (high - low) / 2;
                    (costOf(middle) <= budget->maximum ? low : high) = middle;
                }
                setCompletion(spend, low);
            }
        }
        spend.amounts.costNano = spend.prices.empty() ? 0 : costOf(spend.amounts.completionTokens);
        return std::nullopt;
    }

    void setCompletion(Spend& spend, std::int64_t total) const
    {
        const std::int64_t each = std::max<std::int64_t>(total / m_choices, 1);
        spend.completionToWrite = each;
        spend.clamped = true;
        spend.amounts.completionTokens = each * m_choices;
    }

public:
    /// Less money than the answer could cost is left: a client that named no maximum gets a shorter answer.
    bool halve(Spend& spend) const
    {
        if (!m_flexible || spend.amounts.completionTokens < 2 * kUsefulCompletion * m_choices)
            return false;
        setCompletion(spend, spend.amounts.completionTokens / 2);
        spend.amounts.costNano = boundOf(spend, spend.amounts.completionTokens);
        return true;
    }

private:
    const ReserveInput& m_in;
    const LimitTable& m_table;
    std::int64_t m_prompt = 0;
    pricing::PossibleClasses m_classes;
    std::int64_t m_choices = 1;
    bool m_flexible = false;
    bool m_completionKnown = false;
};

} // namespace

std::variant<Held, ApiError> reserve(const ReserveInput& input, LimitTable& table)
{
    Held held;
    Planner planner(input, table);
    if (auto error = planner.plan(held.spend))
        return *error;
    if (held.spend.counters.empty())
        return held;
    for (;;) {
        LimitTable::HoldResult result = table.hold(held.spend.path, held.spend.amounts);
        if (!result.refusal) {
            held.reservation = std::move(result.reservation);
            held.rate = result.rate;
            return held;
        }
        if (result.refusal->counter.dimension != LimitDimension::CostNano || !planner.halve(held.spend))
            return refusalOf(result, held.spend.amounts);
    }
}

std::vector<journal::Hold> holdsOf(const std::vector<const CounterSpec*>& counters, const Amounts& amounts)
{
    std::vector<journal::Hold> holds;
    holds.reserve(counters.size());
    for (const CounterSpec* counter : counters)
        holds.push_back(
            {counter->rule.value, static_cast<std::uint8_t>(counter->dimension), amounts.of(counter->dimension)});
    return holds;
}

} // namespace sb::gateway
