// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/HostAddress.h"
#include "gateway/Gateway.h"
#include "http/Origin.h"

namespace sb::gateway {

namespace {

bool isAuthority(std::string_view text)
{
    return !text.empty() && text.find_first_of("/?#@ ") == std::string_view::npos;
}

/// As a browser writes it: a scheme, which need not be http, and an authority, nothing behind it.
bool isOrigin(std::string_view text)
{
    const std::size_t mark = text.find("://");
    return mark != std::string_view::npos && mark > 0 && isAuthority(text.substr(mark + 3));
}

} // namespace

Result<void> GatewayOptions::check() const
{
    if (listenHost != "localhost" && !validation::HostAddress::parse(listenHost))
        return Error{ErrorCode::InvalidArgument, "the listen address " + listenHost + " is not an IP address", "host"};
    if (!behindTlsProxy && !http::Origin{false, listenHost, 0}.isLiterallyLoopback())
        return Error{ErrorCode::InvalidArgument,
                     "the gateway speaks no TLS itself: it listens beyond this machine only behind a proxy that does",
                     "beyond_loopback"};
    for (const std::string& host : allowedHosts) {
        if (!isAuthority(host))
            return Error{ErrorCode::InvalidArgument,
                         "'" + host + "' is no host such as gateway.example or gateway.example:8443", "allowedHosts"};
    }
    for (const std::string& origin : allowedOrigins) {
        if (!isOrigin(origin))
            return Error{ErrorCode::InvalidArgument, "'" + origin + "' is no origin such as https://app.example",
                         "allowedOrigins"};
    }
    return {};
}

} // namespace sb::gateway
