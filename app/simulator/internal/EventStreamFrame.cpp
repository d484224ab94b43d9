// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/EventStreamFrame.h"

#include <zlib.h>

#include <cstdint>

namespace sb::simulator {
namespace {

void appendBigEndian(std::string& out, std::uint32_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
}

void appendHeader(std::string& out, std::string_view name, std::string_view value)
{
    constexpr char kString = 7;
    appendBigEndian(out, static_cast<std::uint32_t>(name.size()), 1);
    out.append(name);
    out += kString;
    appendBigEndian(out, static_cast<std::uint32_t>(value.size()), 2);
    out.append(value);
}

std::uint32_t checksum(const std::string& text, std::size_t begin)
{
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(text.data() + begin), static_cast<uInt>(text.size() - begin)));
}

} // namespace

void appendFrame(std::string& out, std::string_view messageType, std::string_view name, std::string_view payload)
{
    std::string headers;
    appendHeader(headers, messageType == "exception" ? ":exception-type" : ":event-type", name);
    appendHeader(headers, ":content-type", "application/json");
    appendHeader(headers, ":message-type", messageType);
    const std::size_t begin = out.size();
    appendBigEndian(out, static_cast<std::uint32_t>(16 + headers.size() + payload.size()), 4);
    appendBigEndian(out, static_cast<std::uint32_t>(headers.size()), 4);
    appendBigEndian(out, checksum(out, begin), 4);
    out.append(headers).append(payload);
    appendBigEndian(out, checksum(out, begin), 4);
}

} // namespace sb::simulator
