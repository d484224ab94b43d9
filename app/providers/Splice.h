// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/RequestFacts.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sb::providers {

/// Replaces `length` bytes at `offset` (0: inserts).
struct Splice {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    std::string replacement;

    bool operator==(const Splice&) const = default;
};

/// Applies splices in ascending order of offset that do not overlap; all other bytes stay as they are.
std::string applySplices(std::string_view body, std::span<const Splice> splices);

/// What has to differ between the client's body and the one sent upstream.
struct UpstreamEdits {
    ProviderKind provider = ProviderKind::OpenAi;
    std::string_view providerModel; ///< the maker's model id, decides the name of the maximum; may be empty
    std::optional<std::string_view> renameModel; ///< written into `model`: a deployment or the provider's id
    /// The maximum to write; absent: the client's stays as it is. Written under the name this provider and model
    /// understand.
    std::optional<std::int64_t> completionMaximum;
    bool askUsage = false; ///< OpenAI-style streams: ask for the usage chunk where the provider knows that option
    /// Contract paths: also drop or rename members that this provider would refuse (Mistral). Native paths: false.
    bool adaptMembers = false;
};

struct UpstreamBody {
    std::string bytes;
    bool usageAdded = false;          ///< the client did not ask: ResponseTap takes the usage chunk out again
    std::vector<std::string> dropped; ///< members left out, for x-signalbox-dropped
};

/// The splices and their result. `body` is the text that `facts` were read from.
std::vector<Splice> planSplices(const RequestFacts& facts, std::string_view body, const UpstreamEdits& edits);
UpstreamBody buildUpstreamBody(const RequestFacts& facts, std::string_view body, const UpstreamEdits& edits);

/// The client's completion maximum, if the model will read it: InvokeModel's makers each have their own name for it.
std::optional<std::int64_t> namedMaximum(const RequestFacts& facts, std::string_view providerModel);

/// Name of the completion maximum for a body that has none: "max_tokens", "max_completion_tokens", "max_output_tokens",
/// "inferenceConfig.maxTokens"; empty: there is no known one (embeddings, opaque, InvokeModel bodies of unknown
/// makers).
std::string_view maximumName(Dialect dialect, ProviderKind provider, std::string_view providerModel);

} // namespace sb::providers
