// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/internal/Trigger.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::simulator {

/// Which provider is being played.
enum class Face { OpenAi, AzureOpenAi, Anthropic, Mistral, Bedrock };

std::string_view faceName(Face face);

/// What the ledger says about a request that was really served.
struct Served {
    Face face = Face::OpenAi;
    std::string model;
    std::string lastUser; ///< the first 200 bytes at most
    bool stream = false;
    std::int64_t promptTokens = 0;
    std::int64_t cacheRead = 0;
    std::int64_t cacheWrite = 0;
    std::int64_t reasoning = 0;
    std::int64_t completionTokens = 0;
};

/// An answer ready to be sent: one body, or a stream whose events end at the given offsets of it.
struct Reply {
    struct Event {
        std::size_t end = 0;
        std::int64_t tokens = 0; ///< completion tokens in the stream up to here
    };

    Face face = Face::OpenAi;
    int status = 200;
    std::string_view contentType = "application/json";
    std::string headers; ///< further lines, each with its CRLF
    std::string body;
    std::vector<Event> events;
    bool streamed = false;
    Fault fault = Fault::None;
    std::chrono::milliseconds latency{0};
    double tokensPerSecond = 0;
    std::optional<Served> served;

    void header(std::string_view name, std::string_view value);
    /// What was appended to `body` since the last call is one event.
    void endEvent(std::int64_t tokens) { events.push_back({body.size(), tokens}); }
};

/// A refusal in the words of `face`. `code` and `param` may be empty: then what that provider says for the status.
Reply refusal(Face face, int status, std::string_view message, std::string_view code = {}, std::string_view param = {});

} // namespace sb::simulator
