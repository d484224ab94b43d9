// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace sb::journal {

/// CRC-32C (Castagnoli, RFC 3720 B.4) of `bytes`, continued from `crc`; start with 0.
std::uint32_t crc32c(std::uint32_t crc, std::string_view bytes);

} // namespace sb::journal
