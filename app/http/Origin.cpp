// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Origin.h"

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

namespace sb::http {

using validation::AddressClass;
using validation::HostAddress;

std::string Origin::hostHeader() const
{
    const bool ipv6 = host.find(':') != std::string::npos;
    std::string text = ipv6 ? '[' + host + ']' : host;
    if (port != (tls ? 443 : 80))
        text += ':' + std::to_string(port);
    return text;
}

bool Origin::isLiterallyLoopback() const
{
    if (host == "localhost")
        return true;
    const auto address = HostAddress::parse(host);
    return address && classify(*address) == AddressClass::Loopback;
}

std::string toString(const HostAddress& address)
{
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(address.v4 ? AF_INET : AF_INET6, address.bytes.data(), text, sizeof text);
    return text;
}

bool mayConnect(const Origin& origin, bool listedAsLocal, const HostAddress& address)
{
    switch (classify(address)) {
    case AddressClass::Public:
        return !origin.isLiterallyLoopback();
    case AddressClass::Loopback:
        return origin.isLiterallyLoopback();
    case AddressClass::Private:
        return listedAsLocal || HostAddress::parse(origin.host) == address;
    case AddressClass::LinkLocal:
    case AddressClass::Metadata:
    case AddressClass::Embedded:
    case AddressClass::Special:
        return false;
    }
    return false;
}

} // namespace sb::http
