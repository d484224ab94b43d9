// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/ProviderDescriptor.h"

#include <algorithm>
#include <array>

namespace sb::catalog {

namespace {

using Names = std::string_view;

// --- OpenAI and what speaks like it ---

constexpr std::array kOpenAiPaths{
    NativePath{"POST", "/v1/chat/completions", Dialect::OpenAiChat, PathKind::Contract},
    NativePath{"POST", "/v1/responses", Dialect::OpenAiResponses, PathKind::Contract},
    NativePath{"POST", "/v1/embeddings", Dialect::OpenAiEmbeddings, PathKind::Contract},
    NativePath{"GET", "/v1/models", Dialect::Opaque, PathKind::Contract},
    NativePath{"GET", "/v1/models/{id}", Dialect::Opaque},
    NativePath{"POST", "/v1/responses/input_tokens", Dialect::Opaque},
    NativePath{"POST", "/v1/completions", Dialect::OpenAiChat},
    NativePath{"POST", "/v1/moderations", Dialect::Opaque},
};
// Not openai-organization and openai-project: who pays is not the client's choice.
constexpr std::array<Names, 1> kOpenAiForwarded{"openai-beta"};
constexpr std::array<Names, 4> kOpenAiReturned{"x-ratelimit-*", "openai-processing-ms", "openai-version",
                                               "x-should-retry"};

// --- Azure OpenAI ---

constexpr std::array kAzurePaths{
    NativePath{"POST", "/v1/chat/completions", Dialect::OpenAiChat, PathKind::Contract},
    NativePath{"POST", "/v1/responses", Dialect::OpenAiResponses, PathKind::Contract},
    NativePath{"POST", "/v1/embeddings", Dialect::OpenAiEmbeddings, PathKind::Contract},
    NativePath{"GET", "/v1/models", Dialect::Opaque, PathKind::Contract},
    NativePath{"POST", "/v1/completions", Dialect::OpenAiChat},
    NativePath{"POST", "/openai/v1/chat/completions", Dialect::OpenAiChat},
    NativePath{"POST", "/openai/v1/responses", Dialect::OpenAiResponses},
    NativePath{"POST", "/openai/v1/responses/input_tokens", Dialect::Opaque},
    NativePath{"POST", "/openai/v1/embeddings", Dialect::OpenAiEmbeddings},
    NativePath{"POST", "/openai/v1/completions", Dialect::OpenAiChat},
    NativePath{"POST", "/openai/v1/moderations", Dialect::Opaque},
    NativePath{"GET", "/openai/v1/models", Dialect::Opaque},
    NativePath{"GET", "/openai/v1/models/{id}", Dialect::Opaque},
    NativePath{"POST", "/openai/deployments/{d}/chat/completions", Dialect::OpenAiChat},
    NativePath{"POST", "/openai/deployments/{d}/completions", Dialect::OpenAiChat},
    NativePath{"POST", "/openai/deployments/{d}/embeddings", Dialect::OpenAiEmbeddings},
    NativePath{"POST", "/openai/responses", Dialect::OpenAiResponses},
};
constexpr std::array<Names, 1> kAzureForwarded{"openai-beta"};
constexpr std::array<Names, 5> kAzureReturned{"x-ratelimit-*", "apim-request-id", "x-ms-region", "x-ms-deployment-name",
                                              "x-should-retry"};
constexpr std::array<Names, 1> kAzureQuery{"api-version"};

// --- Anthropic ---

constexpr std::array kAnthropicPaths{
    NativePath{"POST", "/v1/messages", Dialect::AnthropicMessages, PathKind::Contract},
    NativePath{"GET", "/v1/models", Dialect::Opaque, PathKind::Contract},
    NativePath{"GET", "/v1/models/{id}", Dialect::Opaque},
    NativePath{"POST", "/v1/messages/count_tokens", Dialect::Opaque},
};
constexpr std::array<Names, 2> kAnthropicForwarded{"anthropic-version", "anthropic-beta"};
constexpr std::array<Names, 2> kAnthropicReturned{"anthropic-ratelimit-*", "x-should-retry"};
constexpr std::array<Names, 4> kAnthropicQuery{"beta", "limit", "before_id", "after_id"};
constexpr std::array kAnthropicDefaults{HeaderDefault{"anthropic-version", "2023-06-01"}};

// --- Mistral ---

constexpr std::array kMistralPaths{
    NativePath{"POST", "/v1/chat/completions", Dialect::OpenAiChat, PathKind::Contract},
    NativePath{"POST", "/v1/embeddings", Dialect::OpenAiEmbeddings, PathKind::Contract},
    NativePath{"GET", "/v1/models", Dialect::Opaque, PathKind::Contract},
    NativePath{"GET", "/v1/models/{id}", Dialect::Opaque},
    NativePath{"POST", "/v1/fim/completions", Dialect::OpenAiChat},
};
constexpr std::array<Names, 1> kMistralReturned{"x-ratelimit-*"};

// --- AWS Bedrock ---

constexpr std::array kBedrockPaths{
    NativePath{"POST", "/model/{id}/converse", Dialect::BedrockConverse},
    NativePath{"POST", "/model/{id}/converse-stream", Dialect::BedrockConverse, PathKind::Native, true},
    NativePath{"POST", "/model/{id}/invoke", Dialect::BedrockInvoke},
    NativePath{"POST", "/model/{id}/invoke-with-response-stream", Dialect::BedrockInvoke, PathKind::Native, true},
    NativePath{"POST", "/model/{id}/count-tokens", Dialect::Opaque},
};
constexpr std::array<Names, 1> kBedrockForwarded{"x-amzn-bedrock-*"};
constexpr std::array<Names, 3> kBedrockReturned{"x-amzn-bedrock-*", "x-amzn-errortype", "x-amzn-requestid"};

constexpr ProviderDescriptor kOpenAi{
    .kind = ProviderKind::OpenAi,
    .defaultUrl = "https://api.openai.com/v1",
    .urlPlaceholder = "https://api.openai.com/v1",
    .authorizationHeader = "Authorization: Bearer",
    .headerName = "Authorization",
    .headerPrefix = "Bearer ",
    .whatYouNeed = "An API key of your OpenAI project. It starts with sk-.",
    .keyPlaceholder = "sk-...",
    .defaultRegion = {},
    .modelsPath = "/v1/models",
    .runtimeHostPrefix = {},
    .controlHostPrefix = {},
    .probeModel = "gpt-4o-mini",
    .nativePaths = kOpenAiPaths,
    .forwardedHeaders = kOpenAiForwarded,
    .returnedHeaders = kOpenAiReturned,
    .defaultHeaders = {},
    .allowedQuery = {},
};

constexpr ProviderDescriptor kAzure{
    .kind = ProviderKind::AzureOpenAi,
    .defaultUrl = {},
    .urlPlaceholder = "https://my-resource.openai.azure.com",
    .authorizationHeader = "api-key",
    .headerName = "api-key",
    .headerPrefix = {},
    .needsApiVersion = true,
    .needsDeployments = true,
    .whatYouNeed =
        "The endpoint of your Azure OpenAI resource, one of its two keys, and the names of your deployments. An API "
        "version is needed for the older, dated addresses only.",
    .keyPlaceholder = {},
    .defaultRegion = {},
    .modelsPath = "/v1/models",
    .runtimeHostPrefix = {},
    .controlHostPrefix = {},
    .probeModel = {},
    .nativePaths = kAzurePaths,
    .forwardedHeaders = kAzureForwarded,
    .returnedHeaders = kAzureReturned,
    .defaultHeaders = {},
    .allowedQuery = kAzureQuery,
};

constexpr ProviderDescriptor kAnthropic{
    .kind = ProviderKind::Anthropic,
    .defaultUrl = "https://api.anthropic.com",
    .urlPlaceholder = "https://api.anthropic.com",
    .authorizationHeader = "x-api-key",
    .headerName = "x-api-key",
    .headerPrefix = {},
    .whatYouNeed = "An API key of your Anthropic workspace. It starts with sk-ant-.",
    .keyPlaceholder = "sk-ant-...",
    .defaultRegion = {},
    .modelsPath = "/v1/models",
    .runtimeHostPrefix = {},
    .controlHostPrefix = {},
    .probeModel = "claude-haiku-4-5",
    .nativePaths = kAnthropicPaths,
    .forwardedHeaders = kAnthropicForwarded,
    .returnedHeaders = kAnthropicReturned,
    .defaultHeaders = kAnthropicDefaults,
    .allowedQuery = kAnthropicQuery,
};

constexpr ProviderDescriptor kMistral{
    .kind = ProviderKind::Mistral,
    .defaultUrl = "https://api.mistral.ai",
    .urlPlaceholder = "https://api.mistral.ai",
    .authorizationHeader = "Authorization: Bearer",
    .headerName = "Authorization",
    .headerPrefix = "Bearer ",
    .whatYouNeed = "An API key of your Mistral workspace.",
    .keyPlaceholder = {},
    .defaultRegion = {},
    .modelsPath = "/v1/models",
    .runtimeHostPrefix = {},
    .controlHostPrefix = {},
    .probeModel = "ministral-3b-latest",
    .nativePaths = kMistralPaths,
    .forwardedHeaders = {},
    .returnedHeaders = kMistralReturned,
    .defaultHeaders = {},
    .allowedQuery = {},
};

constexpr ProviderDescriptor kBedrock{
    .kind = ProviderKind::AwsBedrock,
    .defaultUrl = "https://bedrock-runtime.us-east-1.amazonaws.com",
    .urlPlaceholder = "https://bedrock-runtime.us-east-1.amazonaws.com",
    .authorizationHeader = "Authorization: Bearer",
    .headerName = "Authorization",
    .headerPrefix = "Bearer ",
    .supportsSigV4 = true,
    .whatYouNeed =
        "A Bedrock API key of the region in the address, or an access key and secret key of an identity that may "
        "invoke models there.",
    .keyPlaceholder = {},
    .defaultRegion = "us-east-1",
    .modelsPath = "/foundation-models",
    .runtimeHostPrefix = "bedrock-runtime",
    .controlHostPrefix = "bedrock",
    .probeModel = "amazon.nova-micro-v1:0",
    .nativePaths = kBedrockPaths,
    .forwardedHeaders = kBedrockForwarded,
    .returnedHeaders = kBedrockReturned,
    .defaultHeaders = {},
    .allowedQuery = {},
};

constexpr ProviderDescriptor kCompatible{
    .kind = ProviderKind::OpenAiCompatible,
    .defaultUrl = {},
    .urlPlaceholder = "http://127.0.0.1:8000/v1",
    .authorizationHeader = "Authorization: Bearer",
    .headerName = "Authorization",
    .headerPrefix = "Bearer ",
    .keyOptional = true,
    .whatYouNeed = "The address of a server that speaks OpenAI's format, and its key if it wants one.",
    .keyPlaceholder = {},
    .defaultRegion = {},
    .modelsPath = "/v1/models",
    .runtimeHostPrefix = {},
    .controlHostPrefix = {},
    .probeModel = {},
    .nativePaths = kOpenAiPaths,
    .forwardedHeaders = kOpenAiForwarded,
    .returnedHeaders = kOpenAiReturned,
    .defaultHeaders = {},
    .allowedQuery = {},
};

bool equalIgnoringCase(std::string_view lower, std::string_view any)
{
    const auto toLower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(lower.begin(), lower.end(), any.begin(), any.end(),
                      [&](char a, char b) { return a == toLower(b); });
}

} // namespace

const ProviderDescriptor& descriptor(ProviderKind kind)
{
    static constexpr std::array<const ProviderDescriptor*, 6> kAll{&kOpenAi,  &kAzure,   &kAnthropic,
                                                                   &kMistral, &kBedrock, &kCompatible};
    return *kAll[static_cast<std::size_t>(kind) - 1];
}

bool isListed(std::span<const std::string_view> list, std::string_view headerName)
{
    return std::any_of(list.begin(), list.end(), [headerName](std::string_view entry) {
        if (!entry.ends_with('*'))
            return equalIgnoringCase(entry, headerName);
        entry.remove_suffix(1);
        return headerName.size() >= entry.size() && equalIgnoringCase(entry, headerName.substr(0, entry.size()));
    });
}

} // namespace sb::catalog
