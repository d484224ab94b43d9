// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/ServiceValidation.h"
#include "domain/validation/Text.h"

#include <algorithm>
#include <array>

namespace sb::validation {

namespace {

constexpr int kNameMaximum = 128;
constexpr std::size_t kContextMaximum = 63; ///< after the slash

/// First segments that are the gateway's own addresses.
constexpr std::array<std::string_view, 4> kReserved{"v1", "healthz", "readyz", "metrics"};

bool isReserved(std::string_view segment)
{
    return std::find(kReserved.begin(), kReserved.end(), segment) != kReserved.end();
}

/// Of a character in UTF-8.
bool isFirstByte(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

} // namespace

std::string normalisedName(std::string_view typed)
{
    return std::string(trimmed(typed));
}

FieldIssues checkName(std::string_view typed)
{
    const std::string_view name = trimmed(typed);
    if (name.empty())
        return {{"name", "required"}};
    const int length = plainLength(name);
    if (length < 0)
        return {{"name", "bad_characters"}};
    if (length > kNameMaximum)
        return {{"name", "too_long", std::to_string(kNameMaximum)}};
    return {};
}

FieldIssues checkRouteName(std::string_view name)
{
    if (name.empty())
        return {{"name", "required"}};
    if (name.size() > static_cast<std::size_t>(kNameMaximum))
        return {{"name", "too_long", std::to_string(kNameMaximum)}};
    const bool allowed = std::all_of(name.begin(), name.end(),
                                     [](char c) { return isAlnum(c) || c == '.' || c == '_' || c == ':' || c == '-'; });
    if (!allowed)
        return {{"name", "bad_characters", "A-Z, a-z, 0-9 and . _ : - are"}};
    return {};
}

std::string suggestContextPath(std::string_view name)
{
    std::string slug;
    for (const char c : trimmed(name)) {
        if (isAlnum(c))
            slug += lowered(c);
        else if ((isBlank(c) || c == '-' || c == '_' || c == '.' || c == '/') && !slug.empty() && slug.back() != '-')
            slug += '-';
    }
    if (slug.size() > kContextMaximum)
        slug.resize(kContextMaximum);
    while (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    if (slug.empty())
        return {};
    if (isReserved(slug))
        slug += "-service";
    return '/' + slug;
}

std::string normalisedContextPath(std::string_view typed)
{
    std::string_view text = trimmed(typed);
    while (!text.empty() && text.front() == '/')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == '/')
        text.remove_suffix(1);
    text = trimmed(text);
    if (text.empty())
        return {};
    std::string path = "/";
    for (const char c : text) {
        if (!isBlank(c))
            path += lowered(c);
        else if (path.back() != '-')
            path += '-';
    }
    return path;
}

FieldIssues checkContextPath(std::string_view normalised)
{
    if (normalised.empty())
        return {{"context_path", "required"}};
    const std::string_view segment = normalised.substr(1);
    if (normalised.front() != '/' || segment.empty())
        return {{"context_path", "bad_format"}};
    if (segment.size() > kContextMaximum)
        return {{"context_path", "too_long", std::to_string(kContextMaximum)}};
    if (plainLength(segment) < 0)
        return {{"context_path", "bad_characters"}};
    const auto wrong =
        std::find_if_not(segment.begin(), segment.end(), [](char c) { return isLowerOrDigit(c) || c == '-'; });
    if (wrong != segment.end()) {
        const auto end = std::find_if(wrong + 1, segment.end(), isFirstByte);
        return {{"context_path", "bad_path_character", std::string(wrong, end)}};
    }
    if (segment.front() == '-' || segment.back() == '-')
        return {{"context_path", "dash_at_end"}};
    if (isReserved(segment))
        return {{"context_path", "reserved", std::string(normalised)}};
    return {};
}

} // namespace sb::validation
