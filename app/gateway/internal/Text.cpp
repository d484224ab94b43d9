// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/Text.h"

#include "protocol/JsonReader.h"

#include <algorithm>
#include <map>

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

std::optional<std::string> canonicalTags(std::string_view header)
{
    constexpr std::size_t kMostBytes = 2048;
    constexpr std::size_t kMostTags = 16;
    if (header.empty())
        return std::string();
    if (header.size() > kMostBytes)
        return std::nullopt;
    std::map<std::string, std::string> tags;
    bool good = true;
    protocol::JsonReader reader(header);
    auto member = [&](const protocol::JsonString& key, std::size_t) {
        const auto value = reader.stringOrSkip();
        good = good && value && tags.size() < kMostTags &&
               tags.emplace(key.text(), value ? value->text() : std::string()).second;
    };
    if (reader.peek() != protocol::JsonReader::Kind::Object || !reader.object(member) || !good || !reader.atEnd())
        return std::nullopt;
    if (tags.empty())
        return std::string();
    std::string text;
    for (const auto& [key, value] : tags)
        text += (text.empty() ? '{' : ',') + protocol::toJsonString(key) + ':' + protocol::toJsonString(value);
    return text + '}';
}

bool isHeaderText(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

} // namespace sb::gateway
