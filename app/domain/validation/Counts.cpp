// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/Counts.h"
#include "domain/validation/ServiceValidation.h"
#include "domain/validation/Text.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace sb::validation {

namespace {

/// Removes what only groups digits: blanks of every width and apostrophes. Commas and dots are left, they may be
/// decimal.
std::string withoutBlanks(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        std::size_t skip = 0;
        for (const std::string_view blank :
             {std::string_view(" "), std::string_view("\t"), std::string_view("\xC2\xA0"),
              std::string_view("\xE2\x80\xAF"), std::string_view("\xE2\x80\x89"), std::string_view("'"),
              std::string_view("\xE2\x80\x99"), std::string_view("_")}) {
            if (text.starts_with(blank))
                skip = blank.size();
        }
        if (skip == 0) {
            result += text.front();
            skip = 1;
        }
        text.remove_prefix(skip);
    }
    return result;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// "1,500,000": one to three digits, then groups of exactly three.
bool isGrouped(const std::vector<std::string_view>& parts)
{
    return parts.size() > 1 && isNumber(parts.front()) && parts.front().size() <= 3 &&
           std::all_of(parts.begin() + 1, parts.end(), [](std::string_view p) { return isNumber(p) && p.size() == 3; });
}

std::optional<std::int64_t> multiplied(std::string_view digits, std::int64_t factor)
{
    constexpr std::int64_t kMaximum = std::numeric_limits<std::int64_t>::max();
    std::int64_t value = 0;
    for (const char c : digits) {
        const std::int64_t digit = c - '0';
        if (value > (kMaximum - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    if (value > kMaximum / factor)
        return std::nullopt;
    return value * factor;
}

std::string joined(const std::vector<std::string_view>& parts)
{
    std::string all;
    for (const std::string_view part : parts)
        all += part;
    return all;
}

} // namespace

Typed<std::int64_t> typedCount(std::string_view typed)
{
    std::string text = withoutBlanks(trimmed(typed));
    if (text.empty())
        return {};

    std::int64_t factor = 1;
    if (lowered(text.back()) == 'k')
        factor = 1'000;
    else if (lowered(text.back()) == 'm')
        factor = 1'000'000;
    if (factor > 1)
        text.pop_back();

    std::string digits = text;
    for (const char separator : {',', '.'}) {
        const auto parts = split(text, separator);
        if (parts.size() == 1)
            continue;
        if (factor == 1) { // no tokens come in fractions, so a separator can only group
            if (!isGrouped(parts))
                return {{}, "bad_number"};
            digits = joined(parts);
        } else { // decimal; three digits behind it could be a group as well and are refused
            if (parts.size() != 2 || !isNumber(parts[0]) || !isNumber(parts[1]) || parts[1].size() == 3 ||
                parts[1].size() > 6)
                return {{}, "bad_number"};
            std::string_view fraction = parts[1];
            while (fraction.ends_with('0'))
                fraction.remove_suffix(1);
            digits = std::string(parts[0]) + std::string(fraction);
            for (std::size_t i = 0; i < fraction.size(); ++i) {
                if (factor % 10 != 0)
                    return {{}, "bad_number"};
                factor /= 10;
            }
        }
        break;
    }
    if (!isNumber(digits))
        return {{}, "bad_number"};
    const auto value = multiplied(digits, factor);
    if (!value)
        return {{}, "too_large"};
    if (*value == 0)
        return {{}, "not_positive"};
    return {value};
}

Typed<Money> typedAmount(std::string_view typed)
{
    std::string text = withoutBlanks(trimmed(typed));
    if (text.starts_with('$'))
        text.erase(0, 1);
    if (text.empty())
        return trimmed(typed).empty() ? Typed<Money>{} : Typed<Money>{{}, "bad_amount"};
    if (const auto parts = split(text, ',');
        parts.size() == 2 && parts[1].size() != 3 && text.find('.') == std::string::npos)
        text[text.find(',')] = '.';
    const auto amount = parseUsd(text);
    if (!amount)
        return {{}, "bad_amount"};
    if (amount->nano <= 0)
        return {{}, "not_positive"};
    return {*amount};
}

Result<std::optional<std::int64_t>> readCount(std::string_view typed)
{
    const Typed<std::int64_t> count = typedCount(typed);
    if (!count.issue.empty())
        return Error{ErrorCode::InvalidArgument, "not a count: " + std::string(count.issue)};
    return count.value;
}

} // namespace sb::validation
