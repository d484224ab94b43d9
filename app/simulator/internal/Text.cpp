// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Text.h"

namespace sb::simulator {

std::int64_t countWords(std::string_view text)
{
    std::int64_t words = 0;
    bool inWord = false;
    for (const char c : text) {
        const bool blank = isBlank(c);
        words += !blank && !inWord ? 1 : 0;
        inWord = !blank;
    }
    return words;
}

void appendEscaped(std::string& out, std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += kDigits[c >> 4U];
            out += kDigits[c & 15U];
        }
    }
    out.append(text, plain);
}

std::string base64(std::string_view bytes)
{
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t taken = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < taken ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= taken ? kAlphabet[group >> (18U - 6U * static_cast<unsigned>(k)) & 63U] : '=';
    }
    return out;
}

void appendHex(std::string& out, std::uint64_t value)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4)
        out += kDigits[value >> static_cast<unsigned>(shift) & 15U];
}

} // namespace sb::simulator
