// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sb::http::chars {

namespace detail {

enum : std::uint8_t { kToken = 1, kValue = 2, kTarget = 4, kHex = 8, kDigit = 16 };

constexpr std::array<std::uint8_t, 256> makeTable()
{
    std::array<std::uint8_t, 256> table{};
    auto add = [&table](std::string_view characters, std::uint8_t bit) {
        for (const char c : characters)
            table[static_cast<unsigned char>(c)] =
                static_cast<std::uint8_t>(table[static_cast<unsigned char>(c)] | bit);
    };
    const std::string_view digits = "0123456789";
    const std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    add(digits, kToken | kTarget | kHex | kDigit);
    add(letters, kToken | kTarget);
    add("abcdefABCDEF", kHex);
    add("!#$%&'*+-.^_`|~", kToken);         // RFC 9110, 5.6.2
    add("-._~:/?[]@!$&'()*+,;=%", kTarget); // RFC 3986 without the fragment mark; % is checked apart
    for (unsigned c = 0x20; c < 0x100; ++c) {
        if (c != 0x7f)
            table[c] = static_cast<std::uint8_t>(table[c] | kValue);
    }
    table['\t'] = static_cast<std::uint8_t>(table['\t'] | kValue);
    return table;
}

inline constexpr std::array<std::uint8_t, 256> kTable = makeTable();

constexpr bool has(char c, std::uint8_t bit)
{
    return (kTable[static_cast<unsigned char>(c)] & bit) != 0;
}

} // namespace detail

constexpr bool isToken(char c)
{
    return detail::has(c, detail::kToken);
}
constexpr bool isFieldValue(char c)
{
    return detail::has(c, detail::kValue);
} ///< VCHAR, SP, HTAB, obs-text
constexpr bool isTarget(char c)
{
    return detail::has(c, detail::kTarget);
}
constexpr bool isHex(char c)
{
    return detail::has(c, detail::kHex);
}
constexpr bool isDigit(char c)
{
    return detail::has(c, detail::kDigit);
}
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

constexpr unsigned hexValue(char c)
{
    return isDigit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(lower(c) - 'a') + 10u;
}

constexpr std::string_view trimBlanks(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace sb::http::chars
