// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/Text.h"

#include <algorithm>

namespace sb::gateway {

std::string durationText(std::chrono::milliseconds duration)
{
    const auto ms = std::max<std::int64_t>(duration.count(), 0);
    if (ms < 1000)
        return std::to_string(ms) + "ms";
    const std::int64_t seconds = (ms + 999) / 1000;
    std::string text;
    if (seconds >= 3600)
        text += std::to_string(seconds / 3600) + 'h';
    if (seconds >= 60)
        text += std::to_string(seconds / 60 % 60) + 'm';
    return text + std::to_string(seconds % 60) + 's';
}

void appendRateHeaders(std::string& head, const limits::RateState& rate)
{
    head += "x-ratelimit-limit-tokens: ";
    appendNumber(head, rate.maximum);
    head += "\r\nx-ratelimit-remaining-tokens: ";
    appendNumber(head, std::max<std::int64_t>(rate.remaining, 0));
    head += "\r\nx-ratelimit-reset-tokens: ";
    head += durationText(rate.reset);
    head += "\r\n";
}

bool isHeaderText(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

} // namespace sb::gateway
