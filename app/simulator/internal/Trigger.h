// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace sb::simulator {

/// What goes wrong on the way out; the connection carries it out.
enum class Fault {
    None,
    CutStream,          ///< half of the answer, then the connection closes without terminator
    Stall,              ///< nothing is ever answered
    Reset,              ///< TCP reset instead of an answer
    TruncatedJson,      ///< correct HTTP around half a document
    InformationalFlood, ///< 20 1xx answers before the real one
    ByteByByte,         ///< one write per byte
};

/// What a model name asks for: "sim-" and one of
///   a status (sim-401, sim-402, sim-429, sim-500, sim-503, sim-529, any 400-599), missing (404), context (400
///   overflow), slow, cut-stream, stall, reset, truncated-json, 1xx-flood, split-1, no-usage, usage-odd, error-first,
///   error-mid, overrun (ignores the maximum), cache, reasoning, tools, small, large, words-N (exactly N words).
struct Trigger {
    int status = 0; ///< 0: none
    bool contextOverflow = false;
    Fault fault = Fault::None;
    bool noUsage = false;
    bool oddUsage = false;
    bool errorFirst = false;
    bool errorMid = false;
    bool overrun = false;
    bool cache = false;
    bool reasoning = false;
    bool tools = false;
    int minSentences = 3;
    int maxSentences = 6;
    std::int64_t words = 0; ///< 0: by the sentences
    std::chrono::milliseconds latency{0};
    double tokensPerSecond = 0; ///< 0: the option's

    static Trigger of(std::string_view model);
};

} // namespace sb::simulator
