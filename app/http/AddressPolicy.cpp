// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/AddressPolicy.h"

#include <algorithm>

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

namespace sb::http {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool startsWith(const Address& address, std::initializer_list<std::uint8_t> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), address.bytes.begin());
}

AddressClass classifyV4(std::uint8_t a, std::uint8_t b, std::uint8_t c)
{
    if (a == 127)
        return AddressClass::Loopback;
    if (a == 10 || (a == 172 && (b & 0xf0) == 16) || (a == 192 && b == 168) || (a == 100 && (b & 0xc0) == 64))
        return AddressClass::Private;
    if (a == 169 && b == 254)
        return AddressClass::LinkLocal;
    if (a == 0 || a >= 224)
        return AddressClass::Special;
    if (a == 192 && b == 0 && (c == 0 || c == 2))
        return AddressClass::Special;
    if ((a == 192 && b == 88 && c == 99) || (a == 198 && (b & 0xfe) == 18) || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
        return AddressClass::Special;
    return AddressClass::Public;
}

/// An embedded loopback address is not loopback to the kernel of a peer: everything but public is special there.
AddressClass classifyEmbedded(const std::uint8_t* octets)
{
    return classifyV4(octets[0], octets[1], octets[2]) == AddressClass::Public ? AddressClass::Public : AddressClass::Special;
}

} // namespace

bool Address::isV4() const
{
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

Address Address::fromV4(std::array<std::uint8_t, 4> octets)
{
    Address address;
    std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
    std::copy(octets.begin(), octets.end(), address.bytes.begin() + 12);
    return address;
}

std::string Address::toString() const
{
    char text[INET6_ADDRSTRLEN] = {};
    if (isV4())
        inet_ntop(AF_INET, bytes.data() + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    return text;
}

std::optional<Address> parseAddress(std::string_view text)
{
    const std::string zeroTerminated(text);
    if (zeroTerminated.find('\0') != std::string::npos)
        return std::nullopt;
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, zeroTerminated.c_str(), v4.data()) == 1)
        return Address::fromV4(v4);
    Address v6;
    if (inet_pton(AF_INET6, zeroTerminated.c_str(), v6.bytes.data()) == 1)
        return v6;
    return std::nullopt;
}

AddressClass classify(const Address& address)
{
    const auto& b = address.bytes;
    if (address.isV4())
        return classifyV4(b[12], b[13], b[14]);
    if (std::all_of(b.begin(), b.end() - 1, [](std::uint8_t byte) { return byte == 0; }))
        return b[15] == 1 ? AddressClass::Loopback : AddressClass::Special;
    if (startsWith(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
        return AddressClass::Special; // IPv4-compatible, long withdrawn
    if (startsWith(address, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return classifyEmbedded(b.data() + 12); // NAT64
    if (startsWith(address, {0x20, 0x02}))
        return classifyEmbedded(b.data() + 2); // 6to4
    if (startsWith(address, {0x20, 0x01, 0x00, 0x00}))
        return AddressClass::Special; // Teredo
    if ((b[0] & 0xfe) == 0xfc)
        return AddressClass::Private;
    if (b[0] == 0xfe && (b[1] & 0xc0) == 0x80)
        return AddressClass::LinkLocal;
    if (b[0] == 0xfe && (b[1] & 0xc0) == 0xc0)
        return AddressClass::Private; // site local, withdrawn
    if (startsWith(address, {0x20, 0x01, 0x0d, 0xb8}))
        return AddressClass::Special;
    // Only 2000::/3 is handed out as global unicast; multicast and everything else is special.
    return (b[0] & 0xe0) == 0x20 ? AddressClass::Public : AddressClass::Special;
}

bool mayConnect(bool configuredAsLoopback, const Address& address)
{
    return classify(address) == (configuredAsLoopback ? AddressClass::Loopback : AddressClass::Public);
}

} // namespace sb::http
