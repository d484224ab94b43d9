// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Money.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sb::validation {

/// A number as typed: absent, a value, or the code of the issue.
template <class T>
struct Typed {
    std::optional<T> value = {};
    std::string_view issue = {};
};

Typed<std::int64_t> typedCount(std::string_view text);
Typed<Money> typedAmount(std::string_view text); ///< USD, "25", "$25.00", "0,50"

} // namespace sb::validation
