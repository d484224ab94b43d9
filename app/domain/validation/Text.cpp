// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/Text.h"

#include <algorithm>
#include <cstdint>

namespace sb::validation {

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lowered(x) == lowered(y); });
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
    for (;;) {
        if (!text.empty() && isBlank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(kNoBreakSpace))
            text.remove_prefix(2);
        else if (!text.empty() && isBlank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(kNoBreakSpace))
            text.remove_suffix(2);
        else
            return text;
    }
}

namespace {

/// Decodes one character and advances; 0xFFFFFFFF for anything that is not the shortest form of a scalar value.
std::uint32_t nextCharacter(std::string_view& text)
{
    constexpr std::uint32_t kInvalid = 0xFFFFFFFFu;
    const auto byteAt = [&text](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byteAt(0);
    std::size_t length = 1;
    std::uint32_t value = first;
    std::uint32_t smallest = 0;
    if (first >= 0x80) {
        if (first >= 0xC2 && first <= 0xDF) {
            length = 2;
            value = first & 0x1F;
            smallest = 0x80;
        } else if (first >= 0xE0 && first <= 0xEF) {
            length = 3;
            value = first & 0x0F;
            smallest = 0x800;
        } else if (first >= 0xF0 && first <= 0xF4) {
            length = 4;
            value = first & 0x07;
            smallest = 0x10000;
        } else {
            return kInvalid;
        }
        if (text.size() < length)
            return kInvalid;
        for (std::size_t i = 1; i < length; ++i) {
            if ((byteAt(i) & 0xC0) != 0x80)
                return kInvalid;
            value = (value << 6) | (byteAt(i) & 0x3F);
        }
        if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
            return kInvalid;
    }
    text.remove_prefix(length);
    return value;
}

bool isControl(std::uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

} // namespace

int plainLength(std::string_view utf8, bool allowLineBreaks)
{
    int length = 0;
    while (!utf8.empty()) {
        const std::uint32_t c = nextCharacter(utf8);
        const bool lineBreak = allowLineBreaks && (c == '\n' || c == '\r' || c == '\t');
        if (c == 0xFFFFFFFFu || (isControl(c) && !lineBreak))
            return -1;
        ++length;
    }
    return length;
}

} // namespace sb::validation
