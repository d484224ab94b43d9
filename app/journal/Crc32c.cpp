// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Crc32c.h"

#include <array>
#include <cstddef>

namespace sb::journal {

namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78; // reflected

/// Row k advances a byte by k further bytes of zeros, so eight bytes are folded at once.
constexpr auto makeTables()
{
    std::array<std::array<std::uint32_t, 256>, 8> tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1) != 0 ? kPolynomial : 0);
        tables[0][i] = value;
    }
    for (std::size_t row = 1; row < 8; ++row)
        for (std::size_t i = 0; i < 256; ++i)
            tables[row][i] = (tables[row - 1][i] >> 8) ^ tables[0][tables[row - 1][i] & 0xff];
    return tables;
}

constexpr auto kTables = makeTables();

} // namespace

std::uint32_t crc32c(std::uint32_t crc, std::string_view bytes)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
    crc = ~crc;
    while (bytes.size() >= 8) {
        const std::uint32_t low = crc ^ (byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24);
        crc = kTables[7][low & 0xff] ^ kTables[6][(low >> 8) & 0xff] ^ kTables[5][(low >> 16) & 0xff] ^
              kTables[4][low >> 24] ^ kTables[3][byte(4)] ^ kTables[2][byte(5)] ^ kTables[1][byte(6)] ^
              kTables[0][byte(7)];
        bytes.remove_prefix(8);
    }
    for (std::size_t i = 0; i < bytes.size(); ++i)
        crc = (crc >> 8) ^ kTables[0][(crc ^ byte(i)) & 0xff];
    return ~crc;
}

} // namespace sb::journal
