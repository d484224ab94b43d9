// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/TokenUsage.h"
#include "protocol/JsonReader.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sb::providers::internal {

/// Usage counts as a provider spells them, last non-null value of each. Whether the input count includes the cached
/// tokens depends on the format: OpenAI's does, Anthropic's and Converse's do not.
struct UsageCounts {
    using Count = std::optional<std::uint64_t>;

    enum class Input { Inclusive, Exclusive };

    Count input;
    Count output;
    Count total;
    Count cacheRead;
    Count cacheWrite; ///< all writes, where the time to live is not told
    Count cacheWrite5m;
    Count cacheWrite1h;
    Count audioIn;
    Count imageIn;
    Count reasoning;
    Count audioOut;
    Count imageOut;
    Count webSearches;
    std::string raw; ///< the last usage object
    bool isFinal = false;
    bool inputOnly = false; ///< embeddings: there is no output to count

    bool isEmpty() const { return !input && !output && !total; }

    /// Disjoint classes; a negative difference becomes 0 and marks the usage as inconsistent.
    TokenUsage normalised(Input meaning) const;
};

/// Reads the usage object (or null, or anything else) that is next. Knows the spellings of all formats: they do not
/// collide. Returns whether it was an object.
bool readUsage(protocol::JsonReader& reader, UsageCounts& counts);

} // namespace sb::providers::internal
