// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ResponseFacts.h"

#include "providers/internal/AnswerReader.h"
#include "tokens/PromptMeasure.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sb::providers {

namespace {

TokenUsage::Count parseCount(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool hasPrompt(const TokenUsage& usage)
{
    return usage.inputUncached || usage.cacheRead || usage.cacheWrite5m || usage.cacheWrite1h;
}

} // namespace

ResponseFacts readAnswer(Dialect dialect, std::string_view body)
{
    internal::AnswerReader reader(dialect);
    reader.answer(body);
    return std::move(reader.facts());
}

void applyCountHeaders(ResponseFacts& facts, std::string_view inputTokenCount, std::string_view outputTokenCount)
{
    const TokenUsage::Count input = parseCount(inputTokenCount);
    const TokenUsage::Count output = parseCount(outputTokenCount);
    TokenUsage& usage = facts.usage;
    if (!hasPrompt(usage))
        usage.inputUncached = input;
    if (!usage.outputText && !usage.reasoning)
        usage.outputText = output;
    if (usage.source == UsageSource::Reported)
        return;
    if (hasPrompt(usage) && (usage.outputText || usage.reasoning))
        usage.source = UsageSource::Reported;
    else if (hasPrompt(usage) || usage.outputText)
        usage.source = UsageSource::Partial;
}

TokenUsage estimatedUsage(const ResponseFacts& facts, std::uint64_t promptEstimate, ProviderKind provider,
                          std::string_view model)
{
    TokenUsage usage = facts.usage;
    if (usage.source == UsageSource::Reported)
        return usage;
    if (!hasPrompt(usage))
        usage.inputUncached = promptEstimate;
    // What was reported on the way (Anthropic opens with an output count of 1) is a lower bound of what was generated.
    const std::uint64_t text = tokens::estimateText(facts.textBytes, provider, model);
    usage.outputText = std::max(usage.outputText.value_or(0), text);
    if (facts.reasoningBytes > 0)
        usage.reasoning =
            std::max(usage.reasoning.value_or(0), tokens::estimateText(facts.reasoningBytes, provider, model));
    usage.source = UsageSource::Estimated;
    return usage;
}

} // namespace sb::providers
