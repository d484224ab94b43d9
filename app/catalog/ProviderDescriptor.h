// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Provider.h"
#include "domain/Service.h"

#include <span>
#include <string_view>

namespace sb::catalog {

/// The wire format a body is in. Opaque: relayed without being understood (model lists, moderations, token counts).
enum class Dialect {
    OpenAiChat, ///< also legacy completions, Mistral's chat and fill-in-the-middle
    OpenAiEmbeddings,
    OpenAiResponses,
    AnthropicMessages,
    BedrockConverse,
    BedrockInvoke, ///< the body is the model maker's own format
    Opaque,
};

/// Whether a path is one of the contract's addresses (`/{context}/v1/chat/completions`...) or a provider's own. On
/// contract paths the streamed answer may be asked for usage and unknown query names are ignored; native ones leave the
/// body alone (but for the completion maximum) and refuse unknown query names.
enum class PathKind { Contract, Native };

/// One allowed path: method, template with {placeholders} that stand for one segment each, and the dialect of its
/// bodies.
struct NativePath {
    std::string_view method;
    std::string_view pattern; ///< below the context: "/v1/chat/completions", "/model/{id}/converse"
    Dialect dialect = Dialect::Opaque;
    PathKind kind = PathKind::Native;
    bool streams = false; ///< the path itself says "stream" (Bedrock)
};

/// A header sent unless the client sent it.
struct HeaderDefault {
    std::string_view name; ///< lower case
    std::string_view value;
};

/// A provider preset as data: what the wizard shows, what the gateway allows, what the connection test calls.
struct ProviderDescriptor {
    ProviderKind kind;
    std::string_view defaultUrl;     ///< prefilled Service URL; empty: the person types it
    std::string_view urlPlaceholder; ///< shown in the empty field
    bool urlEditable = true;         ///< false: there is only one address
    std::string_view
        authorizationHeader;       ///< prefilled text of that field: "Authorization: Bearer", "api-key", "x-api-key"
    std::string_view headerName;   ///< what that text means: "Authorization"
    std::string_view headerPrefix; ///< "Bearer " with its blank, or empty
    bool supportsSigV4 = false;
    bool needsApiVersion = false;    ///< offers the field; without a date in it the v1 paths are used
    bool needsDeployments = false;   ///< offers the model -> deployment map
    bool keyOptional = false;        ///< a private model server may want none
    std::string_view whatYouNeed;    ///< untranslated; ui translates by kind
    std::string_view keyPlaceholder; ///< what a key looks like: "sk-..."
    std::string_view defaultRegion;  ///< SigV4 only
    std::string_view modelsPath;     ///< GET it to prove the credential and list models; below the context
    /// The model list is on another host: its name starts with the second where the service's starts with the first.
    std::string_view runtimeHostPrefix;
    std::string_view controlHostPrefix;
    std::string_view probeModel; ///< suggested for the one-token check; empty: take one from the list
    std::span<const NativePath> nativePaths;
    std::span<const std::string_view>
        forwardedHeaders; ///< client headers that pass, lower case; "x-amzn-bedrock-*" = prefix
    std::span<const std::string_view> returnedHeaders; ///< provider headers that pass on native paths; same notation
    std::span<const HeaderDefault> defaultHeaders;
    std::span<const std::string_view> allowedQuery;
};

const ProviderDescriptor& descriptor(ProviderKind kind);

/// Whether a header name (any case) is on a list in the notation above.
bool isListed(std::span<const std::string_view> list, std::string_view headerName);

} // namespace sb::catalog
