// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Origin.h"

#include "http/AddressPolicy.h"
#include "http/Chars.h"

#include <algorithm>
#include <charconv>

namespace sb::http {

using namespace chars;

std::string Origin::toString() const
{
    const bool ipv6 = host.find(':') != std::string::npos;
    return (tls ? "https://" : "http://") + (ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

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
    const auto address = parseAddress(host);
    return address && classify(*address) == AddressClass::Loopback;
}

Result<ServiceUrl> ServiceUrl::parse(std::string_view url)
{
    auto refuse = [](std::string what) { return Error{ErrorCode::InvalidArgument, std::move(what), "url"}; };
    ServiceUrl result;
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return refuse("the URL has no scheme");
    if (equalsIgnoringCase(url.substr(0, scheme), "https")) {
        result.origin.tls = true;
        result.origin.port = 443;
    } else if (equalsIgnoringCase(url.substr(0, scheme), "http")) {
        result.origin.tls = false;
        result.origin.port = 80;
    } else {
        return refuse("the URL is neither http nor https");
    }
    url.remove_prefix(scheme + 3);
    for (const char c : url) {
        if (!isTarget(c))
            return refuse("the URL contains a character that must be escaped");
    }
    if (url.find('?') != std::string_view::npos)
        return refuse("the URL has a query");

    const std::size_t slash = std::min(url.find('/'), url.size());
    std::string_view authority = url.substr(0, slash);
    std::string_view path = url.substr(slash);
    if (authority.find('@') != std::string_view::npos)
        return refuse("the URL names a user");
    std::string_view port;
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return refuse("the URL's IPv6 address has no closing bracket");
        result.origin.host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (!authority.empty() && authority.front() != ':')
            return refuse("the URL's host is malformed");
        if (!parseAddress(result.origin.host))
            return refuse("the URL's IPv6 address is malformed");
        port = authority.empty() ? authority : authority.substr(1);
        if (!authority.empty() && port.empty())
            return refuse("the URL's port is missing");
    } else {
        const std::size_t colon = authority.find(':');
        result.origin.host = authority.substr(0, colon);
        if (colon != std::string_view::npos) {
            port = authority.substr(colon + 1);
            if (port.empty())
                return refuse("the URL's port is missing");
        }
        for (const char c : result.origin.host) {
            if (!isDigit(c) && !isToken(c))
                return refuse("the URL's host is malformed");
        }
    }
    if (result.origin.host.empty())
        return refuse("the URL has no host");
    std::transform(result.origin.host.begin(), result.origin.host.end(), result.origin.host.begin(), lower);
    if (!port.empty()) {
        unsigned value = 0;
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
        if (error != std::errc{} || end != port.data() + port.size() || value == 0 || value > 65535)
            return refuse("the URL's port is out of range");
        result.origin.port = static_cast<std::uint16_t>(value);
    }
    while (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    result.path = path;
    return result;
}

} // namespace sb::http
