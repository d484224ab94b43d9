// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/internal/Trigger.h"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::simulator {

/// What a request asks, in no provider's format.
///
/// The counting rule, stated so that tests can compute it by hand: a word (maximal run of non-blank bytes) is a token;
/// every message costs 3 more and the conversation another 3; an image costs 85; tool definitions and other structured
/// content count the words of their strings. One answered word is one completion token. No real tokenizer counts fewer.
struct Prompt {
    std::string model;
    std::int64_t tokens = 3;
    std::int64_t messages = 0;
    std::optional<std::int64_t> maximum; ///< of completion tokens
    bool stream = false;
    std::string lastUser; ///< text of the last user message
    std::string lastRole;
    std::string tool; ///< the first tool offered, or the one demanded
    bool toolDemanded = false;
    std::uint64_t hash = 0; ///< of model, roles and texts

    explicit Prompt(std::string_view modelName);

    /// One message: `content` is a text, or an array of parts in any provider's spelling.
    void addMessage(std::string_view role, const boost::json::value& content);
    void addText(std::string_view role, std::string_view text);
    /// Counts the words of every string below `value` (tool definitions, schemas).
    void addStructured(const boost::json::value& value);

private:
    void addContent(const boost::json::value& content, bool isUser);
};

/// The answer to a Prompt: a pure function of its model and messages.
struct Answer {
    enum class Finish { Stop, Length, Tool };

    std::string text;
    std::vector<std::uint32_t> wordEnds; ///< the text in pieces of one token, blanks belong to the word before
    std::string toolName;                ///< Finish::Tool
    std::string toolArguments;           ///< a JSON object
    Finish finish = Finish::Stop;

    std::int64_t promptTokens = 0; ///< everything, cached included
    std::int64_t cacheRead = 0;    ///< half of the prompt for sim-cache
    std::int64_t cacheWrite = 0;   ///< a quarter of it
    std::int64_t reasoning = 0;    ///< part of `completionTokens`
    std::int64_t completionTokens = 0;

    std::string_view piece(std::size_t index) const;
};

Answer answer(const Prompt& prompt, const Trigger& trigger);

/// A unit vector, a pure function of model and text.
std::vector<float> embed(std::string_view model, std::string_view text, std::size_t dimensions);

} // namespace sb::simulator
