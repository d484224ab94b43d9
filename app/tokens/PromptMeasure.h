// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Provider.h"

#include <cstdint>
#include <string_view>

namespace sb::tokens {

/// What a request body says about the size of its prompt, counted without a tokenizer in the pass that reads the body.
struct PromptMeasure {
    std::uint64_t textBytes = 0;     ///< UTF-8 bytes of the text the model reads, after JSON escapes are undone
    std::uint64_t jsonBytes = 0;     ///< tools, schemas, tool arguments: as a spaced serialisation of that JSON
    std::uint64_t documentBytes = 0; ///< inline documents as sent (base64)
    std::uint32_t messages = 0;      ///< messages or inputs, system text included
    std::uint32_t tools = 0;
    std::uint32_t images = 0;
    std::uint32_t documents = 0;
    std::uint32_t audios = 0;   ///< audio and video parts
    bool remoteContext = false; ///< text the body only names: a file id, an earlier response, a conversation

    bool operator==(const PromptMeasure&) const = default;
};

struct PromptBound {
    std::uint64_t tokens = 0;
    /// The bound is a theorem: byte-level BPE without normalisation, text only. Otherwise it is best effort and the
    /// overrun rule protects the window.
    bool proven = false;
};

/// The most prompt tokens the request can have. `model` is the provider's model id; an unknown one gets the widest
/// constants.
PromptBound upperBound(const PromptMeasure& measure, ProviderKind provider, std::string_view model);

/// A guess of the prompt tokens for display and for settling where the provider told nothing: never used to admit.
std::uint64_t estimatePrompt(const PromptMeasure& measure, ProviderKind provider, std::string_view model);

/// A guess of the tokens of that many bytes of text; 0 only for 0 bytes.
std::uint64_t estimateText(std::uint64_t bytes, ProviderKind provider, std::string_view model);

} // namespace sb::tokens
