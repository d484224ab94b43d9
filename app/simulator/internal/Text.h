// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace sb::simulator {

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Maximal runs of non-blank bytes.
std::int64_t countWords(std::string_view text);

/// Appends `text` as the inside of a JSON string (without the quotes).
void appendEscaped(std::string& out, std::string_view text);

inline void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    appendEscaped(out, text);
    out += '"';
}

inline void appendNumber(std::string& out, std::int64_t value)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

std::string base64(std::string_view bytes);

/// FNV-1a, 64 bit, chained through `state`; the same on every machine, so answers are too.
constexpr std::uint64_t kHashStart = 14695981039346656037ULL;
constexpr std::uint64_t hashText(std::string_view text, std::uint64_t state = kHashStart)
{
    for (const char c : text) {
        state ^= static_cast<unsigned char>(c);
        state *= 1099511628211ULL;
    }
    return state;
}

/// A well-mixed follower of `state` (splitmix64).
constexpr std::uint64_t nextRandom(std::uint64_t& state)
{
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

void appendHex(std::string& out, std::uint64_t value); ///< 16 digits

} // namespace sb::simulator
