// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/EventStreamReader.h"

#include <cstdint>
#include <optional>

#include <zlib.h>

namespace sb::protocol {

namespace {

constexpr std::size_t kPrelude = 12; // total length, headers length, their checksum
constexpr std::size_t kFraming = 16; // and the checksum at the end
constexpr int kMaxHeaders = 1024;

std::uint32_t readU32(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

void putU32(std::string& to, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        to += static_cast<char>(value >> shift & 0xff);
}

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// Bytes of the value of a header of this type, without a length field; nullopt: the value has one, or the type is
/// unknown.
std::optional<std::size_t> fixedSize(unsigned type)
{
    switch (type) {
    case 0:
    case 1:
        return 0; // true, false
    case 2:
        return 1; // byte
    case 3:
        return 2; // int16
    case 4:
        return 4; // int32
    case 5:
    case 8:
        return 8; // int64, timestamp
    case 9:
        return 16; // uuid
    default:
        return std::nullopt;
    }
}

bool readHeaders(std::string_view bytes, EventStreamMessage& message)
{
    int count = 0;
    while (!bytes.empty()) {
        if (++count > kMaxHeaders)
            return false;
        const std::size_t nameLength = static_cast<unsigned char>(bytes[0]);
        if (nameLength == 0 || bytes.size() < nameLength + 2)
            return false;
        const std::string_view name = bytes.substr(1, nameLength);
        const unsigned type = static_cast<unsigned char>(bytes[nameLength + 1]);
        bytes.remove_prefix(nameLength + 2);
        std::size_t length = 0;
        if (const std::optional<std::size_t> fixed = fixedSize(type)) {
            length = *fixed;
        } else {
            if ((type != 6 && type != 7) || bytes.size() < 2)
                return false;
            length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) << 8 |
                     static_cast<unsigned char>(bytes[1]);
            bytes.remove_prefix(2);
        }
        if (bytes.size() < length)
            return false;
        const std::string_view value = bytes.substr(0, length);
        bytes.remove_prefix(length);
        if (type != 7)
            continue;
        if (name == ":message-type")
            message.messageType = value;
        else if (name == ":event-type")
            message.eventType = value;
        else if (name == ":exception-type")
            message.exceptionType = value;
        else if (name == ":error-code")
            message.errorCode = value;
        else if (name == ":error-message")
            message.errorMessage = value;
    }
    return true;
}

} // namespace

bool EventStreamReader::message(std::string_view bytes)
{
    if (checksum(bytes.substr(0, bytes.size() - 4)) != readU32(bytes, bytes.size() - 4)) {
        m_fault = "message checksum";
        return false;
    }
    const std::size_t headers = readU32(bytes, 4);
    EventStreamMessage result;
    if (!readHeaders(bytes.substr(kPrelude, headers), result)) {
        m_fault = "headers";
        return false;
    }
    result.payload = bytes.substr(kPrelude + headers, bytes.size() - kFraming - headers);
    m_onMessage(result);
    return true;
}

std::string_view EventStreamReader::feed(std::string_view bytes)
{
    if (isCorrupt())
        return {};
    const bool wasHolding = !m_held.empty();
    if (wasHolding)
        m_held += bytes;
    const std::string_view whole = wasHolding ? std::string_view(m_held) : bytes;
    std::size_t done = 0;
    while (whole.size() - done >= kPrelude) {
        const std::string_view rest = whole.substr(done);
        // The prelude is judged before its length is believed.
        if (checksum(rest.substr(0, 8)) != readU32(rest, 8)) {
            m_fault = "prelude checksum";
            break;
        }
        const std::size_t total = readU32(rest, 0);
        if (total < kFraming || total > kMaxMessage || readU32(rest, 4) > total - kFraming) {
            m_fault = "message length";
            break;
        }
        if (rest.size() < total || !message(rest.substr(0, total)))
            break;
        done += total;
    }
    if (!wasHolding) {
        m_held.assign(whole.substr(done));
        return bytes.substr(0, done);
    }
    if (done == 0)
        return {};
    std::string rest = m_held.substr(done);
    m_out.swap(m_held);
    m_held = std::move(rest);
    return std::string_view(m_out).substr(0, done);
}

std::string encodeEventStreamMessage(std::initializer_list<EventStreamHeader> headers, std::string_view payload)
{
    std::string block;
    for (const EventStreamHeader& header : headers) {
        block += static_cast<char>(header.name.size());
        block += header.name;
        block += '\x07';
        block += static_cast<char>(header.value.size() >> 8);
        block += static_cast<char>(header.value.size() & 0xff);
        block += header.value;
    }
    std::string result;
    putU32(result, static_cast<std::uint32_t>(block.size() + payload.size() + kFraming));
    putU32(result, static_cast<std::uint32_t>(block.size()));
    putU32(result, checksum(result));
    result += block;
    result += payload;
    putU32(result, checksum(result));
    return result;
}

} // namespace sb::protocol
