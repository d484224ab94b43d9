// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/HostAddress.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace sb::validation {

namespace {

struct Range {
    std::array<std::uint8_t, 16> prefix;
    unsigned bits;
    AddressClass kind;
};

/// First match wins: exceptions stand before the ranges that contain them.
constexpr std::array<Range, 17> kV4{{
    {{127}, 8, AddressClass::Loopback},
    {{169, 254}, 16, AddressClass::LinkLocal},
    {{100, 100, 100, 200}, 32, AddressClass::Metadata}, // Alibaba Cloud
    {{168, 63, 129, 16}, 32, AddressClass::Metadata},   // Azure's wire server
    {{192, 0, 0, 192}, 32, AddressClass::Metadata},     // Oracle Cloud
    {{10}, 8, AddressClass::Private},
    {{172, 16}, 12, AddressClass::Private},
    {{192, 168}, 16, AddressClass::Private},
    {{100, 64}, 10, AddressClass::Private},
    {{0}, 8, AddressClass::Special},
    {{192, 0, 0}, 24, AddressClass::Special},
    {{192, 0, 2}, 24, AddressClass::Special},
    {{192, 88, 99}, 24, AddressClass::Special},
    {{198, 18}, 15, AddressClass::Special},
    {{198, 51, 100}, 24, AddressClass::Special},
    {{203, 0, 113}, 24, AddressClass::Special},
    {{224}, 3, AddressClass::Special}, // multicast, reserved, broadcast
}};

constexpr std::array<Range, 16> kV6{{
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, AddressClass::Loopback},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 128, AddressClass::Special},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, AddressClass::Embedded}, // mapped
    {{}, 96, AddressClass::Embedded},                                         // compatible
    {{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, AddressClass::Embedded},       // translated (RFC 2765)
    {{0, 0x64, 0xff, 0x9b}, 32, AddressClass::Embedded},                      // NAT64, both prefixes
    {{0x20, 0x02}, 16, AddressClass::Embedded},                               // 6to4
    {{0x20, 0x01, 0, 0}, 32, AddressClass::Embedded},                         // Teredo
    {{0xfd, 0x00, 0x0e, 0xc2}, 32, AddressClass::Metadata},                   // Amazon EC2
    {{0xfd, 0x20, 0x00, 0xce}, 32, AddressClass::Metadata},                   // Google Cloud
    {{0xfc}, 7, AddressClass::Private},
    {{0xfe, 0x80}, 10, AddressClass::LinkLocal},
    {{0xfe, 0xc0}, 10, AddressClass::Special}, // site-local, withdrawn
    {{0x20, 0x01, 0x0d, 0xb8}, 32, AddressClass::Special},
    {{0x01}, 8, AddressClass::Special},
    {{0xff}, 8, AddressClass::Special},
}};

bool matches(const HostAddress& address, const Range& range)
{
    const std::size_t whole = range.bits / 8;
    if (!std::equal(range.prefix.begin(), range.prefix.begin() + whole, address.bytes.begin()))
        return false;
    const unsigned rest = range.bits % 8;
    if (rest == 0)
        return true;
    const unsigned mask = 0xFFu << (8 - rest) & 0xFFu;
    return (address.bytes[whole] & mask) == (range.prefix[whole] & mask);
}

} // namespace

std::optional<HostAddress> HostAddress::parse(std::string_view text)
{
    if (text.size() > 45)
        return std::nullopt;
    const std::string terminated(text);
    HostAddress address;
    if (in_addr v4{}; inet_pton(AF_INET, terminated.c_str(), &v4) == 1) {
        std::memcpy(address.bytes.data(), &v4, sizeof v4);
        return address;
    }
    if (in6_addr v6{}; inet_pton(AF_INET6, terminated.c_str(), &v6) == 1) {
        address.v4 = false;
        std::memcpy(address.bytes.data(), &v6, sizeof v6);
        return address;
    }
    return std::nullopt;
}

AddressClass classify(const HostAddress& address)
{
    const auto search = [&address](const auto& ranges) {
        for (const Range& range : ranges) {
            if (matches(address, range))
                return range.kind;
        }
        return AddressClass::Public;
    };
    return address.v4 ? search(kV4) : search(kV6);
}

bool isMetadataName(std::string_view host)
{
    constexpr std::array<std::string_view, 5> kNames{"metadata", "metadata.google.internal", "metadata.goog",
                                                     "instance-data", "instance-data.ec2.internal"};
    return std::find(kNames.begin(), kNames.end(), host) != kNames.end();
}

} // namespace sb::validation
