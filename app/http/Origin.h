// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sb::http {

/// Scheme, host and port: what a connection, a certificate and a credential belong to.
struct Origin {
    bool tls = true;
    std::string host; ///< lower case; an IPv6 literal without brackets
    std::uint16_t port = 443;

    bool operator==(const Origin&) const = default;

    std::string toString() const; ///< "https://api.openai.com:443", the port always present
    /// As the Host header wants it: brackets around IPv6, the port only when it is not the scheme's.
    std::string hostHeader() const;
    /// The host is written as a loopback address or "localhost": only then may it resolve to a special range, and only then is
    /// http without a setting acceptable.
    bool isLiterallyLoopback() const;
};

/// A configured service URL.
struct ServiceUrl {
    Origin origin;
    std::string path; ///< "" or "/v1": no trailing slash

    /// http or https, a host, an optional port and path; no user, query or fragment. InvalidArgument otherwise.
    static Result<ServiceUrl> parse(std::string_view url);
};

} // namespace sb::http
