// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/Cost.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace sb::pricing {

namespace {

__extension__ using Wide = __int128;

constexpr Wide kMillion = 1'000'000;
constexpr std::int64_t kMaxNano = std::numeric_limits<std::int64_t>::max();

std::int64_t saturated(Wide value)
{
    return value > kMaxNano ? kMaxNano : static_cast<std::int64_t>(value);
}

Money amountOf(std::uint64_t tokens, NanoPerMillion price)
{
    return {saturated((static_cast<Wide>(tokens) * price + kMillion / 2) / kMillion)};
}

Money sumOf(Money a, Money b)
{
    return {saturated(static_cast<Wide>(a.nano) + b.nano)};
}

NanoPerMillion scaled(NanoPerMillion price, int numerator, int denominator)
{
    return saturated((static_cast<Wide>(price) * numerator + denominator / 2) / denominator);
}

/// The price of every class, fall-backs applied, in the order of TokenUsage.
struct ClassPrices {
    explicit ClassPrices(const PriceRow& row)
        : inputUncached(row.input), cacheRead(row.cacheRead.value_or(row.input)),
          cacheWrite5m(row.cacheWrite5m.value_or(scaled(row.input, 5, 4))),
          cacheWrite1h(row.cacheWrite1h.value_or(scaled(row.input, 2, 1))), imageIn(row.imageIn.value_or(row.input)),
          audioIn(row.audioIn.value_or(row.input)), outputText(row.output),
          reasoning(row.reasoning.value_or(row.output)), imageOut(row.imageOut.value_or(row.output)),
          audioOut(row.audioOut.value_or(row.output))
    {
    }

    NanoPerMillion dearestInput(PossibleClasses classes) const
    {
        NanoPerMillion dearest = std::max(inputUncached, cacheRead);
        if (classes.cacheWrite5m)
            dearest = std::max(dearest, cacheWrite5m);
        if (classes.cacheWrite1h)
            dearest = std::max(dearest, cacheWrite1h);
        if (classes.media)
            dearest = std::max({dearest, imageIn, audioIn});
        return dearest;
    }
    NanoPerMillion dearestOutput(PossibleClasses classes) const
    {
        const NanoPerMillion dearest = std::max(outputText, reasoning);
        return classes.media ? std::max({dearest, imageOut, audioOut}) : dearest;
    }

    NanoPerMillion inputUncached, cacheRead, cacheWrite5m, cacheWrite1h, imageIn, audioIn;
    NanoPerMillion outputText, reasoning, imageOut, audioOut;
};

} // namespace

Cost costOf(const TokenUsage& usage, const PriceRow& price)
{
    Cost cost;
    cost.price = price.id;
    const auto add = [&cost](std::string_view name, std::uint64_t count, NanoPerMillion unit, Money amount) {
        cost.lines.push_back({name, count, unit, amount});
        cost.total = sumOf(cost.total, amount);
    };
    const auto tokens = [&](std::string_view name, const TokenUsage::Count& count, NanoPerMillion unit) {
        if (count)
            add(name, *count, unit, amountOf(*count, unit));
    };
    const ClassPrices prices(price);
    tokens("input_uncached", usage.inputUncached, prices.inputUncached);
    tokens("cache_read", usage.cacheRead, prices.cacheRead);
    tokens("cache_write_5m", usage.cacheWrite5m, prices.cacheWrite5m);
    tokens("cache_write_1h", usage.cacheWrite1h, prices.cacheWrite1h);
    tokens("image_in", usage.imageIn, prices.imageIn);
    tokens("audio_in", usage.audioIn, prices.audioIn);
    tokens("output_text", usage.outputText, prices.outputText);
    tokens("reasoning", usage.reasoning, prices.reasoning);
    tokens("image_out", usage.imageOut, prices.imageOut);
    tokens("audio_out", usage.audioOut, prices.audioOut);
    if (usage.webSearches) {
        const std::int64_t fee = price.webSearchNano.value_or(0);
        add("web_searches", *usage.webSearches, fee, {saturated(static_cast<Wide>(*usage.webSearches) * fee)});
    }
    return cost;
}

Money upperBound(std::uint64_t promptTokens, std::uint64_t completionTokens,
                 std::span<const PriceRow* const> candidates, PossibleClasses classes)
{
    Money bound;
    for (const PriceRow* row : candidates) {
        const ClassPrices prices(*row);
        // Each class of the settlement is rounded on its own: up to half a nano-USD more for every further class.
        constexpr Money kRounding{6};
        const Money searches{saturated(static_cast<Wide>(classes.webSearches) * row->webSearchNano.value_or(0))};
        const Money cost = sumOf(sumOf(amountOf(promptTokens, prices.dearestInput(classes)),
                                       amountOf(completionTokens, prices.dearestOutput(classes))),
                                 sumOf(kRounding, searches));
        bound = std::max(bound, cost);
    }
    return bound;
}

const PriceRow* rowInForce(std::span<const PriceRow> prices, ModelId model, ServiceId service,
                           std::uint64_t promptTokens, Timestamp at)
{
    const auto rank = [&](const PriceRow& row) {
        // Negotiated beats list; within each, the highest context threshold that the prompt exceeds; the newest row
        // last.
        return std::tuple(row.service == service && !service.isNone(), row.contextOver, row.from);
    };
    const PriceRow* best = nullptr;
    for (const PriceRow& row : prices) {
        const bool contextTier = row.tier == 1;
        const bool applies = row.model == model && (row.service.isNone() || row.service == service) &&
                             row.isValidAt(at) && row.tier <= 1 &&
                             (!contextTier || promptTokens > static_cast<std::uint64_t>(row.contextOver));
        if (applies && (best == nullptr || rank(*best) < rank(row)))
            best = &row;
    }
    return best;
}

} // namespace sb::pricing
