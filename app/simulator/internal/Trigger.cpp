// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Trigger.h"

#include <charconv>

namespace sb::simulator {

Trigger Trigger::of(std::string_view model)
{
    Trigger trigger;
    const auto at = model.find("sim-");
    if (at == std::string_view::npos)
        return trigger;
    const std::string_view word = model.substr(at + 4);
    const auto is = [word](std::string_view name) { return word.starts_with(name); };

    int number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (fault == std::errc{} && end == word.data() + 3 && number >= 400 && number <= 599)
        trigger.status = number;
    else if (is("missing"))
        trigger.status = 404;
    else if (is("context"))
        trigger.contextOverflow = true;
    else if (is("slow")) {
        trigger.latency = std::chrono::milliseconds{1500};
        trigger.tokensPerSecond = 20;
    } else if (is("cut-stream"))
        trigger.fault = Fault::CutStream;
    else if (is("stall"))
        trigger.fault = Fault::Stall;
    else if (is("reset"))
        trigger.fault = Fault::Reset;
    else if (is("truncated-json"))
        trigger.fault = Fault::TruncatedJson;
    else if (is("1xx-flood"))
        trigger.fault = Fault::InformationalFlood;
    else if (is("split-1"))
        trigger.fault = Fault::ByteByByte;
    else if (is("no-usage"))
        trigger.noUsage = true;
    else if (is("usage-odd"))
        trigger.oddUsage = true;
    else if (is("error-first"))
        trigger.errorFirst = true;
    else if (is("error-mid"))
        trigger.errorMid = true;
    else if (is("overrun"))
        trigger.overrun = true;
    else if (is("cache"))
        trigger.cache = true;
    else if (is("reasoning"))
        trigger.reasoning = true;
    else if (is("tools"))
        trigger.tools = true;
    else if (is("small")) {
        trigger.minSentences = 2;
        trigger.maxSentences = 4;
    } else if (is("large")) {
        trigger.minSentences = 8;
        trigger.maxSentences = 14;
    } else if (is("words-")) {
        std::int64_t words = 0;
        std::from_chars(word.data() + 6, word.data() + word.size(), words);
        trigger.words = words > 100'000 ? 100'000 : words;
    }
    return trigger;
}

} // namespace sb::simulator
