// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sb::validation {

/// Small helpers of the rules in this folder; ASCII unless said otherwise.

inline constexpr char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
inline constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
inline constexpr bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || isDigit(c);
}
inline constexpr bool isAlnum(char c)
{
    return isLowerOrDigit(lowered(c));
}
inline constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// Without leading and trailing blanks, no-break spaces included: both arrive with a paste.
std::string_view trimmed(std::string_view text);

/// Number of Unicode characters; -1 when the bytes are not UTF-8 or contain a control or bidirectional override
/// character.
int plainLength(std::string_view utf8, bool allowLineBreaks = false);

} // namespace sb::validation
