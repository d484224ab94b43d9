// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sb::http {

/// A binary IP address; IPv4 is held in the IPv4-mapped form, so both families are judged by one function.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    bool operator==(const Address&) const = default;
    bool isV4() const;
    static Address fromV4(std::array<std::uint8_t, 4> octets);
    std::string toString() const;
};

/// The strict textual forms only: dotted quad and RFC 4291. "0x7f.1", "127.1" and the like are not addresses.
std::optional<Address> parseAddress(std::string_view text);

enum class AddressClass {
    Public,
    Loopback,
    Private,   ///< RFC 1918, unique local, shared address space
    LinkLocal, ///< includes the clouds' metadata address
    Special,   ///< unspecified, multicast, broadcast, documentation, benchmark, reserved
};

/// What range an address is in. Forms that embed an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) are judged by the
/// embedded one and never better than it.
AddressClass classify(const Address& address);

/// Whether a host that is configured may be connected to at this address (design: security and faults, section 2.4): a host
/// that is written as loopback only to loopback, any other host only to public addresses.
bool mayConnect(bool configuredAsLoopback, const Address& address);

} // namespace sb::http
