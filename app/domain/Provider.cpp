// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Provider.h"

namespace sb {

namespace {

struct Row {
    ProviderKind kind;
    std::string_view code;
    std::string_view name;
};

constexpr std::array kRows{
    Row{ProviderKind::OpenAi, "openai", "OpenAI"},
    Row{ProviderKind::AzureOpenAi, "azure-openai", "Azure OpenAI"},
    Row{ProviderKind::Anthropic, "anthropic", "Anthropic Claude"},
    Row{ProviderKind::Mistral, "mistral", "Mistral"},
    Row{ProviderKind::AwsBedrock, "aws-bedrock", "AWS Bedrock"},
    Row{ProviderKind::OpenAiCompatible, "openai-compatible", "OpenAI-compatible"},
};

constexpr const Row& rowOf(ProviderKind kind)
{
    return kRows[static_cast<std::size_t>(kind) - 1];
}

} // namespace

std::string_view providerCode(ProviderKind kind)
{
    return rowOf(kind).code;
}

std::string_view providerName(ProviderKind kind)
{
    return rowOf(kind).name;
}

std::optional<ProviderKind> providerFromCode(std::string_view code)
{
    for (const Row& row : kRows) {
        if (row.code == code)
            return row.kind;
    }
    return std::nullopt;
}

} // namespace sb
