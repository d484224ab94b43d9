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

/// U+00C0 to U+017F in the letters that everybody can type, as German and its neighbours write them without their own.
constexpr std::array<std::string_view, 192> kPlainLetters{
    "a",  "a", "a",  "a", "ae", "a", "ae", "c",  "e",  "e", "e",  "e",  "i", "i", "i",  "i",  "d",  "n", "o",  "o",
    "o",  "o", "oe", "",  "o",  "u", "u",  "u",  "ue", "y", "th", "ss", "a", "a", "a",  "a",  "ae", "a", "ae", "c",
    "e",  "e", "e",  "e", "i",  "i", "i",  "i",  "d",  "n", "o",  "o",  "o", "o", "oe", "",   "o",  "u", "u",  "u",
    "ue", "y", "th", "y", "a",  "a", "a",  "a",  "a",  "a", "c",  "c",  "c", "c", "c",  "c",  "c",  "c", "d",  "d",
    "d",  "d", "e",  "e", "e",  "e", "e",  "e",  "e",  "e", "e",  "e",  "g", "g", "g",  "g",  "g",  "g", "g",  "g",
    "h",  "h", "h",  "h", "i",  "i", "i",  "i",  "i",  "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k",  "k",
    "k",  "l", "l",  "l", "l",  "l", "l",  "l",  "l",  "l", "l",  "n",  "n", "n", "n",  "n",  "n",  "n", "n",  "n",
    "o",  "o", "o",  "o", "o",  "o", "oe", "oe", "r",  "r", "r",  "r",  "r", "r", "s",  "s",  "s",  "s", "s",  "s",
    "s",  "s", "t",  "t", "t",  "t", "t",  "t",  "u",  "u", "u",  "u",  "u", "u", "u",  "u",  "u",  "u", "u",  "u",
    "w",  "w", "y",  "y", "y",  "z", "z",  "z",  "z",  "z", "z",  "s"};

/// The letter of two bytes of UTF-8, the first of which is 0xC3 to 0xC5; empty when there is none for it.
std::string_view plainLetter(unsigned char first, unsigned char second)
{
    return kPlainLetters.at((first - 0xC3u) * 64u + (second & 0x3Fu));
}

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
    const std::string_view text = trimmed(name);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        const unsigned char next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if (byte >= 0xC3 && byte <= 0xC5 && next >= 0x80) {
            slug += plainLetter(byte, next);
            ++i;
        } else if (byte == 0xCC && next == 0x88) { // two dots, apart from their letter
            if (slug.ends_with('a') || slug.ends_with('o') || slug.ends_with('u'))
                slug += 'e';
            ++i;
        } else if (isAlnum(c)) {
            slug += lowered(c);
        } else if ((isBlank(c) || c == '-' || c == '_' || c == '.' || c == '/') && !slug.empty() &&
                   slug.back() != '-') {
            slug += '-';
        }
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
