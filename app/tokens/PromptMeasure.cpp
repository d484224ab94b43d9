// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/PromptMeasure.h"

#include <algorithm>
#include <array>

namespace sb::tokens {

namespace {

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// The maker's id without what resellers and fine-tuning put in front of it.
std::string_view bareModel(std::string_view model)
{
    if (model.starts_with("ft:"))
        model.remove_prefix(3);
    for (const std::string_view prefix : {"us.", "eu.", "apac.", "jp.", "au.", "global."}) {
        if (model.starts_with(prefix))
            model.remove_prefix(prefix.size());
    }
    const std::size_t slash = model.rfind('/');
    return slash == std::string_view::npos ? model : model.substr(slash + 1);
}

/// Models of the encodings cl100k and o200k: byte-level BPE without normalisation, every byte a token of its own, so
/// that tokens <= UTF-8 bytes holds for any text.
bool hasByteLevelBpe(std::string_view bare)
{
    return startsWithAny(bare, {"gpt-3.5", "gpt-35", "gpt-4", "gpt-5", "o1", "o3", "o4-mini", "chatgpt-4o",
                                "text-embedding-3-", "text-embedding-ada-002"});
}

bool isClaude(std::string_view bare)
{
    return contains(bare, "claude");
}

/// The family with the newer tokenizer and larger images.
bool isNewClaude(std::string_view bare)
{
    return contains(bare, "opus-4-7") || contains(bare, "opus-4-8") || contains(bare, "opus-5") ||
           contains(bare, "sonnet-5") || contains(bare, "fable-5");
}

/// The most tokens one image costs, from the makers' formulas at their largest size.
std::uint64_t imageBound(ProviderKind provider, std::string_view bare)
{
    struct Row {
        std::string_view prefix;
        std::uint64_t tokens;
    };
    // The longer prefix first: tiles (base + 8 tiles), then 32-pixel patches (1536 x factor).
    static constexpr std::array kOpenAi{
        Row{"gpt-4o-mini", 48'169}, Row{"gpt-4.1-mini", 2'489}, Row{"gpt-4.1-nano", 3'779}, Row{"gpt-4o", 1'445},
        Row{"gpt-4.1", 1'445},      Row{"gpt-4.5", 1'445},      Row{"o4-mini", 2'642},      Row{"o1", 1'275},
        Row{"o3", 1'275},           Row{"gpt-5-mini", 2'489},   Row{"gpt-5-nano", 3'779},   Row{"gpt-5.4", 12'000},
        Row{"gpt-5.5", 12'000},     Row{"gpt-5.6", 12'000},     Row{"gpt-5", 1'190},
    };
    static constexpr std::uint64_t kClaude = 1'600;
    static constexpr std::uint64_t kNewClaude = 4'800;
    static constexpr std::uint64_t kMistral = 4'400;
    static constexpr std::uint64_t kUnknown = 50'000;
    if (isClaude(bare))
        return isNewClaude(bare) ? kNewClaude : kClaude;
    for (const Row& row : kOpenAi) {
        if (bare.starts_with(row.prefix))
            return row.tokens;
    }
    return provider == ProviderKind::Mistral ? kMistral : kUnknown;
}

/// What a provider wraps around every request and message: chat template, reply primer, default system text of open
/// models.
struct Overhead {
    std::uint64_t request;
    std::uint64_t message;
    std::uint64_t tool;
    std::uint64_t toolPrompt; ///< hidden system prompt once there are tools
};

Overhead overheadOf(ProviderKind provider)
{
    switch (provider) {
    case ProviderKind::OpenAi:
    case ProviderKind::AzureOpenAi:
        return {8, 8, 16, 32};
    case ProviderKind::Anthropic:
        return {16, 8, 32, 600};
    case ProviderKind::Mistral:
        return {16, 8, 32, 32};
    case ProviderKind::AwsBedrock:
        return {32, 8, 32, 600};
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return {96, 8, 32, 256};
}

/// UTF-8 bytes per token of ordinary text, in hundredths.
std::uint64_t bytesPerToken(ProviderKind provider, std::string_view bare)
{
    if (isClaude(bare) || provider == ProviderKind::Anthropic)
        return isNewClaude(bare) ? 270 : 350;
    return 400;
}

} // namespace

PromptBound upperBound(const PromptMeasure& measure, ProviderKind provider, std::string_view model)
{
    const std::string_view bare = bareModel(model);
    const Overhead overhead = overheadOf(provider);
    PromptBound bound;
    bound.tokens = measure.textBytes + measure.jsonBytes + measure.documentBytes + overhead.request +
                   measure.messages * overhead.message + measure.tools * overhead.tool +
                   measure.images * imageBound(provider, bare);
    if (measure.tools > 0)
        bound.tokens += overhead.toolPrompt;
    bound.proven = hasByteLevelBpe(bare) && measure.tools == 0 && measure.images == 0 && measure.documents == 0 &&
                   measure.audios == 0 && !measure.remoteContext;
    return bound;
}

std::uint64_t estimateText(std::uint64_t bytes, ProviderKind provider, std::string_view model)
{
    const std::uint64_t per = bytesPerToken(provider, bareModel(model));
    return (bytes * 100 + per - 1) / per;
}

std::uint64_t estimatePrompt(const PromptMeasure& measure, ProviderKind provider, std::string_view model)
{
    static constexpr std::uint64_t kPerMessage = 4;
    static constexpr std::uint64_t kReply = 3;
    static constexpr std::uint64_t kTypicalImage = 1'000;
    static constexpr std::uint64_t kDocumentBytesPerToken = 40; // a page of PDF is some 80 kB and 2 000 tokens
    return estimateText(measure.textBytes + measure.jsonBytes, provider, model) + measure.messages * kPerMessage +
           kReply + std::min(imageBound(provider, bareModel(model)), kTypicalImage) * measure.images +
           measure.documentBytes / kDocumentBytesPerToken;
}

} // namespace sb::tokens
