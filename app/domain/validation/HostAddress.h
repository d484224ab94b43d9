// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sb::validation {

/// An IP address in binary. Destinations are judged in this form, never as text, so that no notation slips through.
struct HostAddress {
    bool v4 = true;
    std::array<std::uint8_t, 16> bytes{}; ///< the first 4 for IPv4

    bool operator==(const HostAddress&) const = default;

    /// Strict dotted quad or RFC 4291 text without zone id; the old "0x7f.1" and "2130706433" forms are not addresses.
    static std::optional<HostAddress> parse(std::string_view text);
};

/// What kind of place an address is. Everything but Public and Private is refused as a destination unless the service
/// was configured literally as loopback.
enum class AddressClass {
    Public,
    Private, ///< RFC 1918, RFC 4193, RFC 6598 (carrier-grade NAT)
    Loopback,
    LinkLocal, ///< where cloud machines find their metadata and keys
    Metadata,  ///< metadata services outside of link-local ranges
    Embedded,  ///< IPv4 inside IPv6: mapped, compatible, NAT64, 6to4, Teredo
    Special,   ///< unspecified, multicast, broadcast, documentation, benchmarking, reserved
};

AddressClass classify(const HostAddress& address);

/// Host names that stand for a metadata service whatever they resolve to.
bool isMetadataName(std::string_view lowerCaseHost);

} // namespace sb::validation
