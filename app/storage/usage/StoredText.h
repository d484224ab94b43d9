// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sb::storage {

inline constexpr std::size_t kLongestWord = 256; ///< of interned texts, in UTF-16 units: they are indexed

/// Valid UTF-8 without NUL (PostgreSQL takes none), cut at a character.
std::string clean(std::string_view text, std::size_t longest = kLongestWord);

/// A JSON column takes what both engines take: a document without \u0000. Anything else is kept as a JSON string.
std::string cleanJson(const std::string& text);

} // namespace sb::storage
