// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/UpstreamError.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sb::providers {

using std::chrono::milliseconds;

namespace {

constexpr double kLongestWaitMs = 30.0 * 24 * 3600 * 1000; // beyond a month it is not a wait

std::optional<milliseconds> fromMilliseconds(double ms)
{
    if (!std::isfinite(ms) || ms < 0 || ms > kLongestWaitMs)
        return std::nullopt;
    return milliseconds{static_cast<std::int64_t>(std::ceil(ms))};
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// A decimal number at the front of `text`, taken off it.
std::optional<double> takeDecimal(std::string_view& text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<int> takeDigits(std::string_view& text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view expected)
{
    if (!text.starts_with(expected))
        return false;
    text.remove_prefix(expected.size());
    return true;
}

/// "12", "0.5".
std::optional<milliseconds> plainNumber(std::string_view text, double unitMs)
{
    text = trimmed(text);
    const std::optional<double> value = takeDecimal(text);
    return value && text.empty() ? fromMilliseconds(*value * unitMs) : std::nullopt;
}

/// "6m0s", "1h2m", "120ms", "1.5s".
std::optional<milliseconds> duration(std::string_view text)
{
    struct Unit {
        std::string_view name;
        double ms;
    };
    static constexpr std::array kUnits{Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000}, Unit{"h", 3'600'000},
                                       Unit{"d", 86'400'000}};
    text = trimmed(text);
    if (text.empty())
        return std::nullopt;
    double total = 0;
    while (!text.empty()) {
        const std::optional<double> value = takeDecimal(text);
        if (!value)
            return std::nullopt;
        const Unit* unit = nullptr;
        for (const Unit& candidate : kUnits) {
            if (!unit && text.starts_with(candidate.name))
                unit = &candidate;
        }
        if (!unit)
            return std::nullopt;
        text.remove_prefix(unit->name.size());
        total += *value * unit->ms;
    }
    return fromMilliseconds(total);
}

std::optional<Timestamp> instant(int year, int month, int day, int hour, int minute, int second)
{
    namespace chr = std::chrono;
    const chr::year_month_day date{chr::year{year}, chr::month{static_cast<unsigned>(month)},
                                   chr::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    return Timestamp{chr::sys_days{date}} + chr::hours{hour} + chr::minutes{minute} + chr::seconds{second};
}

/// "2026-11-21T10:00:00Z", "...:00.25+01:00".
std::optional<Timestamp> parseRfc3339(std::string_view text)
{
    text = trimmed(text);
    const std::optional<int> year = takeDigits(text, 4);
    if (!year || !take(text, "-"))
        return std::nullopt;
    const std::optional<int> month = takeDigits(text, 2);
    if (!month || !take(text, "-"))
        return std::nullopt;
    const std::optional<int> day = takeDigits(text, 2);
    if (!day || !(take(text, "T") || take(text, "t") || take(text, " ")))
        return std::nullopt;
    const std::optional<int> hour = takeDigits(text, 2);
    if (!hour || !take(text, ":"))
        return std::nullopt;
    const std::optional<int> minute = takeDigits(text, 2);
    if (!minute || !take(text, ":"))
        return std::nullopt;
    const std::optional<int> second = takeDigits(text, 2);
    if (!second)
        return std::nullopt;
    if (take(text, ".")) {
        while (!text.empty() && text.front() >= '0' && text.front() <= '9')
            text.remove_prefix(1);
    }
    std::optional<Timestamp> result = instant(*year, *month, *day, *hour, *minute, *second);
    if (take(text, "Z") || take(text, "z"))
        return text.empty() ? result : std::nullopt;
    const bool isEast = text.starts_with('+');
    if (!result || !(take(text, "+") || take(text, "-")))
        return std::nullopt;
    const std::optional<int> hours = takeDigits(text, 2);
    if (!hours || !take(text, ":"))
        return std::nullopt;
    const std::optional<int> minutes = takeDigits(text, 2);
    if (!minutes || !text.empty())
        return std::nullopt;
    const auto offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return isEast ? *result - offset : *result + offset;
}

milliseconds until(Timestamp then, Timestamp now)
{
    return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(then - now));
}

/// The longest wait among limits that are used up; a limit that tells no remaining amount counts as used up if none
/// does.
std::optional<milliseconds> resetHint(const HeaderLookup& headers, Timestamp now)
{
    struct Limit {
        std::string_view remaining;
        std::string_view reset;
    };
    static constexpr std::array kLimits{
        Limit{"anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"},
        Limit{"anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"},
        Limit{"anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"},
        Limit{"anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"},
        Limit{"x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"},
        Limit{"x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"},
    };
    std::optional<milliseconds> exhausted;
    std::optional<milliseconds> unknown;
    for (const Limit& limit : kLimits) {
        const std::optional<std::string_view> reset = headers(limit.reset);
        if (!reset)
            continue;
        std::optional<milliseconds> wait = duration(*reset);
        if (!wait) {
            if (const std::optional<Timestamp> at = parseRfc3339(*reset))
                wait = until(*at, now);
        }
        if (!wait)
            continue;
        const std::optional<std::string_view> remaining = headers(limit.remaining);
        std::optional<milliseconds>& slot = remaining ? exhausted : unknown;
        if (!remaining || trimmed(*remaining) == "0")
            slot = std::max(slot.value_or(*wait), *wait);
    }
    return exhausted ? exhausted : unknown;
}

} // namespace

std::optional<Timestamp> parseHttpDate(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    text = trimmed(text);
    const std::size_t comma = text.find(", ");
    if (comma != 3)
        return std::nullopt;
    text.remove_prefix(5);
    const std::optional<int> day = takeDigits(text, 2);
    if (!day || !take(text, " ") || text.size() < 3)
        return std::nullopt;
    int month = 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (text.starts_with(kMonths[i]))
            month = static_cast<int>(i) + 1;
    }
    text.remove_prefix(3);
    if (month == 0 || !take(text, " "))
        return std::nullopt;
    const std::optional<int> year = takeDigits(text, 4);
    if (!year || !take(text, " "))
        return std::nullopt;
    const std::optional<int> hour = takeDigits(text, 2);
    if (!hour || !take(text, ":"))
        return std::nullopt;
    const std::optional<int> minute = takeDigits(text, 2);
    if (!minute || !take(text, ":"))
        return std::nullopt;
    const std::optional<int> second = takeDigits(text, 2);
    if (!second || text != " GMT")
        return std::nullopt;
    return instant(*year, month, *day, *hour, *minute, *second);
}

std::optional<milliseconds> retryHint(const HeaderLookup& headers, Timestamp now)
{
    for (const std::string_view name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
        if (const std::optional<std::string_view> value = headers(name)) {
            if (const std::optional<milliseconds> wait = plainNumber(*value, 1))
                return wait;
        }
    }
    if (const std::optional<std::string_view> value = headers("retry-after")) {
        if (const std::optional<milliseconds> wait = plainNumber(*value, 1000))
            return wait;
        if (const std::optional<Timestamp> at = parseHttpDate(*value))
            return until(*at, now);
    }
    return resetHint(headers, now);
}

} // namespace sb::providers
