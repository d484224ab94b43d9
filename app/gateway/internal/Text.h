// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "limits/LimitTable.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sb::gateway {

template <class Integer>
void appendNumber(std::string& out, Integer number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

/// "6m0s", "1h2m3s", "12s", "120ms": how OpenAI writes waits.
std::string durationText(std::chrono::milliseconds duration);

/// The three x-ratelimit-*-tokens fields of our own tightest window.
void appendRateHeaders(std::string& head, const limits::RateState& rate);

/// Whether `value` may stand in a header that we write: printable ASCII only.
bool isHeaderText(std::string_view value);

/// The header x-signalbox-tags in canonical form: a JSON object of strings, keys sorted, at most 16 members and 2 KiB.
/// Empty stays empty; nullopt: it is something else.
std::optional<std::string> canonicalTags(std::string_view header);

} // namespace sb::gateway
