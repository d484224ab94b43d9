// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/ProviderDescriptor.h"
#include "domain/TokenUsage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sb::providers {

using catalog::Dialect;

/// An error inside a 200: an SSE error event, a chunk with an error object, an event-stream exception.
struct StreamError {
    std::string type; ///< the provider's type or exception name
    std::string code; ///< the provider's code, may be empty
    std::string message;
};

/// What was learnt from an answer, streamed or not. Counts are overwritten by later ones, never added.
struct ResponseFacts {
    TokenUsage usage; ///< source Reported: final; Partial: the stream ended before the final counts; None: no word
    std::string modelReported;        ///< empty: the dialect does not say
    std::string rawUsage;             ///< the provider's usage object, at most 4 KiB (a longer one is left out)
    std::string finishReason;         ///< as spelled by the provider
    std::uint64_t textBytes = 0;      ///< visible answer: text and tool arguments, escapes undone
    std::uint64_t reasoningBytes = 0; ///< visible reasoning
    std::optional<StreamError> error;
};

/// Reads a whole answer (2xx). A body that is not what the dialect says yields facts with source None.
ResponseFacts readAnswer(Dialect dialect, std::string_view body);

/// The counts that every InvokeModel answer carries in its headers; fill what the body left open. Empty: header absent.
void applyCountHeaders(ResponseFacts& facts, std::string_view inputTokenCount, std::string_view outputTokenCount);

/// Usage for an answer whose provider did not tell, or not all: what was reported stays, the prompt is taken from
/// `promptEstimate`, the completion from the bytes seen. Source Estimated.
TokenUsage estimatedUsage(const ResponseFacts& facts, std::uint64_t promptEstimate, ProviderKind provider,
                          std::string_view model);

} // namespace sb::providers
