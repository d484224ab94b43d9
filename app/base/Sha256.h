// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sb {

using Sha256Digest = std::array<std::uint8_t, 32>;

/// SHA-256 by OpenSSL.
Sha256Digest sha256(std::string_view bytes);

/// Lower-case hexadecimal.
std::string toHex(std::span<const std::uint8_t> bytes);

/// Equality in time that does not depend on where the first difference is.
bool equalConstantTime(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

} // namespace sb
