// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/validation/HostAddress.h"

#include <cstdint>
#include <string>

namespace sb::http {

/// Scheme, host and port: what a connection, a certificate and a credential belong to.
struct Origin {
    bool tls = true;
    std::string host; ///< lower case; an IPv6 literal without brackets
    std::uint16_t port = 443;

    bool operator==(const Origin&) const = default;

    /// As the Host header wants it: brackets around IPv6, the port only when it is not the scheme's.
    std::string hostHeader() const;
    /// The host is written as a loopback address or "localhost".
    bool isLiterallyLoopback() const;
};

std::string toString(const validation::HostAddress& address);

/// Whether a configured origin may be reached at this address (design: security and faults, section 2.4). Judged is the
/// binary address that will be connected to: a host written as loopback only gets loopback, one that the administrator
/// listed as local also private ranges, as does a host written as the private address itself; everything else gets
/// public addresses only.
bool mayConnect(const Origin& origin, bool listedAsLocal, const validation::HostAddress& address);

} // namespace sb::http
