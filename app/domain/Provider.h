// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sb {

/// The presets of the contract. The numeric value is the id of the row in table `provider` and never changes.
enum class ProviderKind : std::uint8_t {
    OpenAi = 1,
    AzureOpenAi = 2,
    Anthropic = 3,
    Mistral = 4,
    AwsBedrock = 5,
    OpenAiCompatible = 6,
};

inline constexpr std::array kProviderKinds{
    ProviderKind::OpenAi,  ProviderKind::AzureOpenAi, ProviderKind::Anthropic,
    ProviderKind::Mistral, ProviderKind::AwsBedrock,  ProviderKind::OpenAiCompatible,
};

/// The contract's identifier: "openai", "azure-openai", "anthropic", "mistral", "aws-bedrock", "openai-compatible".
std::string_view providerCode(ProviderKind kind);
std::optional<ProviderKind> providerFromCode(std::string_view code);

/// The contract's visible name: "OpenAI", "Azure OpenAI", "Anthropic Claude", "Mistral", "AWS Bedrock",
/// "OpenAI-compatible".
std::string_view providerName(ProviderKind kind);

} // namespace sb
