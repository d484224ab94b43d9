// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/internal/UsageReader.h"

#include <algorithm>
#include <array>

namespace sb::providers::internal {

using protocol::JsonReader;
using protocol::JsonString;
using Kind = JsonReader::Kind;
using Count = UsageCounts::Count;

namespace {

constexpr std::size_t kMaxRaw = 4 * 1024;

struct Field {
    std::string_view name;
    Count UsageCounts::*count;
};

constexpr std::array kTop{
    Field{"prompt_tokens", &UsageCounts::input},
    Field{"completion_tokens", &UsageCounts::output},
    Field{"total_tokens", &UsageCounts::total},
    Field{"input_tokens", &UsageCounts::input},
    Field{"output_tokens", &UsageCounts::output},
    Field{"cache_read_input_tokens", &UsageCounts::cacheRead},
    Field{"cache_creation_input_tokens", &UsageCounts::cacheWrite},
    Field{"inputTokens", &UsageCounts::input},
    Field{"outputTokens", &UsageCounts::output},
    Field{"totalTokens", &UsageCounts::total},
    Field{"cacheReadInputTokens", &UsageCounts::cacheRead},
    Field{"cacheWriteInputTokens", &UsageCounts::cacheWrite},
};

constexpr std::array kInputDetails{
    Field{"cached_tokens", &UsageCounts::cacheRead},
    Field{"cache_write_tokens", &UsageCounts::cacheWrite},
    Field{"audio_tokens", &UsageCounts::audioIn},
    Field{"image_tokens", &UsageCounts::imageIn},
};

constexpr std::array kOutputDetails{
    Field{"reasoning_tokens", &UsageCounts::reasoning},
    Field{"thinking_tokens", &UsageCounts::reasoning},
    Field{"audio_tokens", &UsageCounts::audioOut},
    Field{"image_tokens", &UsageCounts::imageOut},
};

constexpr std::array kCacheCreation{
    Field{"ephemeral_5m_input_tokens", &UsageCounts::cacheWrite5m},
    Field{"ephemeral_1h_input_tokens", &UsageCounts::cacheWrite1h},
};

constexpr std::array kServerTools{
    Field{"web_search_requests", &UsageCounts::webSearches},
};

/// A null or unusable value leaves what an earlier event said.
void overwrite(JsonReader& reader, Count& count)
{
    if (const std::optional<std::int64_t> value = reader.integer())
        count = static_cast<std::uint64_t>(*value);
}

template <std::size_t N>
void readFields(JsonReader& reader, UsageCounts& counts, const std::array<Field, N>& fields)
{
    if (reader.peek() != Kind::Object) {
        reader.skip();
        return;
    }
    reader.object([&](const JsonString& key, std::size_t) {
        for (const Field& field : fields) {
            if (key.raw == field.name) {
                overwrite(reader, counts.*field.count);
                return;
            }
        }
    });
}

/// Converse: [{"ttl":"1h","inputTokens":12}].
void readCacheDetails(JsonReader& reader, UsageCounts& counts)
{
    if (reader.peek() != Kind::Array) {
        reader.skip();
        return;
    }
    std::uint64_t fiveMinutes = 0;
    std::uint64_t oneHour = 0;
    bool any = false;
    reader.array([&] {
        Count tokens;
        bool isHour = false;
        if (reader.peek() != Kind::Object)
            return;
        reader.object([&](const JsonString& key, std::size_t) {
            if (key.raw == "inputTokens") {
                overwrite(reader, tokens);
            } else if (key.raw == "ttl") {
                const std::optional<JsonString> ttl = reader.stringOrSkip();
                isHour = ttl && ttl->raw == "1h";
            }
        });
        any = any || tokens.has_value();
        (isHour ? oneHour : fiveMinutes) += tokens.value_or(0);
    });
    if (any) {
        counts.cacheWrite5m = fiveMinutes;
        counts.cacheWrite1h = oneHour;
    }
}

/// Takes `part` out of `whole`; more than is there empties it.
void take(std::uint64_t& whole, const Count& part, bool& inconsistent)
{
    if (!part)
        return;
    inconsistent = inconsistent || *part > whole;
    whole -= std::min(whole, *part);
}

} // namespace

bool readUsage(JsonReader& reader, UsageCounts& counts)
{
    if (reader.peek() != Kind::Object) {
        reader.skip();
        return false;
    }
    const std::size_t from = reader.offset();
    reader.object([&](const JsonString& key, std::size_t) {
        for (const Field& field : kTop) {
            if (key.raw == field.name) {
                overwrite(reader, counts.*field.count);
                return;
            }
        }
        if (key.raw == "prompt_tokens_details" || key.raw == "input_tokens_details" ||
            key.raw == "prompt_token_details")
            readFields(reader, counts, kInputDetails);
        else if (key.raw == "completion_tokens_details" || key.raw == "output_tokens_details")
            readFields(reader, counts, kOutputDetails);
        else if (key.raw == "cache_creation")
            readFields(reader, counts, kCacheCreation);
        else if (key.raw == "server_tool_use")
            readFields(reader, counts, kServerTools);
        else if (key.raw == "cacheDetails")
            readCacheDetails(reader, counts);
    });
    const std::string_view raw = reader.between(from, reader.offset());
    if (raw.size() <= kMaxRaw)
        counts.raw = raw;
    return true;
}

TokenUsage UsageCounts::normalised(Input meaning) const
{
    TokenUsage usage;
    if (isEmpty())
        return usage;
    usage.source = isFinal && input && (output || inputOnly) ? UsageSource::Reported : UsageSource::Partial;
    usage.cacheRead = cacheRead;
    usage.cacheWrite5m = cacheWrite5m;
    usage.cacheWrite1h = cacheWrite1h;
    usage.webSearches = webSearches;
    // The total of the writes goes to the five-minute class, less what is known to be for an hour.
    if (cacheWrite && !cacheWrite5m) {
        std::uint64_t fiveMinutes = *cacheWrite;
        take(fiveMinutes, cacheWrite1h, usage.inconsistent);
        usage.cacheWrite5m = fiveMinutes;
    }
    if (cacheWrite && cacheWrite5m && *cacheWrite5m + cacheWrite1h.value_or(0) != *cacheWrite)
        usage.inconsistent = true;

    if (input) {
        std::uint64_t uncached = *input;
        if (meaning == Input::Inclusive) {
            take(uncached, usage.cacheRead, usage.inconsistent);
            take(uncached, usage.cacheWrite5m, usage.inconsistent);
            take(uncached, usage.cacheWrite1h, usage.inconsistent);
        }
        take(uncached, audioIn, usage.inconsistent);
        take(uncached, imageIn, usage.inconsistent);
        usage.inputUncached = uncached;
        usage.audioIn = audioIn;
        usage.imageIn = imageIn;
    }
    if (output) {
        std::uint64_t text = *output;
        take(text, reasoning, usage.inconsistent);
        take(text, audioOut, usage.inconsistent);
        take(text, imageOut, usage.inconsistent);
        usage.outputText = text;
        usage.reasoning = reasoning;
        usage.audioOut = audioOut;
        usage.imageOut = imageOut;
    }
    if (total && input && output && *total != usage.totalTokens())
        usage.inconsistent = true;
    return usage;
}

} // namespace sb::providers::internal
