// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Provider.h"
#include "domain/Service.h"

#include <span>
#include <string_view>
#include <vector>

namespace sb::catalog {

/// The wire format a body is in.
enum class Dialect { OpenAiChat, OpenAiEmbeddings, OpenAiResponses, AnthropicMessages, BedrockConverse, Opaque };

/// One allowed native path: method, template with {placeholders} per segment, and the dialect its body and usage follow.
struct NativePath {
    std::string_view method;
    std::string_view pattern; ///< below the context: "/v1/chat/completions", "/model/{id}/converse"
    Dialect dialect = Dialect::Opaque;
    bool streams = false; ///< the path itself says "stream" (Bedrock)
};

/// A provider preset as data: what the wizard shows, what the gateway allows, what the connection test calls.
struct ProviderDescriptor {
    ProviderKind kind;
    std::string_view defaultUrl;     ///< prefilled Service URL; empty: the person types it
    std::string_view urlPlaceholder;
    bool urlEditable = true;
    std::string_view authorizationHeader; ///< prefilled: "Authorization: Bearer", "api-key", "x-api-key"
    std::string_view headerName;
    std::string_view headerPrefix;
    bool supportsSigV4 = false;
    bool needsApiVersion = false;
    bool needsDeployments = false;
    std::string_view whatYouNeed; ///< untranslated; ui translates by kind
    std::span<const NativePath> nativePaths;
    std::span<const std::string_view> forwardedHeaders; ///< client headers that pass: "anthropic-version", ...
    std::span<const std::string_view> allowedQuery;
};

const ProviderDescriptor& descriptor(ProviderKind kind);

} // namespace sb::catalog
