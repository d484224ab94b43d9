// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/HostAddress.h"
#include "domain/validation/ServiceValidation.h"
#include "domain/validation/Text.h"

#include <algorithm>
#include <charconv>

namespace sb::validation {

namespace {

constexpr std::size_t kUrlMaximum = 2048;

struct Issue {
    std::string_view code;
    std::string detail = {};
};

struct Parsed {
    ServiceUrl url;
    std::optional<Issue> issue = {};
};

Parsed refused(std::string_view code, std::string detail = {})
{
    return {{}, Issue{code, std::move(detail)}};
}

bool isHexDigit(char c)
{
    return isDigit(c) || (lowered(c) >= 'a' && lowered(c) <= 'f');
}

bool isPathText(std::string_view path)
{
    constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/";
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%') {
            if (i + 2 >= path.size() || !isHexDigit(path[i + 1]) || !isHexDigit(path[i + 2]))
                return false;
            // An encoded dot, slash or backslash means something else to every server on the way.
            const std::string_view code = path.substr(i + 1, 2);
            if (equalsIgnoringCase(code, "2e") || equalsIgnoringCase(code, "2f") || equalsIgnoringCase(code, "5c"))
                return false;
        } else if (!isAlnum(path[i]) && kMarks.find(path[i]) == std::string_view::npos) {
            return false;
        }
    }
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..")
            return false;
        path.remove_prefix(segment.size());
    }
    return true;
}

/// A DNS name whose last label is not a number: everything numeric must be a strict address, so 0x7f.1 and 2130706433,
/// which some resolvers read as addresses, are no names.
bool isHostName(std::string_view host)
{
    if (host.empty() || host.size() > 253)
        return false;
    std::string_view last;
    while (true) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        const bool characters =
            std::all_of(label.begin(), label.end(), [](char c) { return isLowerOrDigit(c) || c == '-' || c == '_'; });
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' || !characters)
            return false;
        last = label;
        if (dot == std::string_view::npos)
            break;
        host.remove_prefix(dot + 1);
    }
    const bool number = std::all_of(last.begin(), last.end(), isDigit) ||
                        (last.starts_with("0x") && std::all_of(last.begin() + 2, last.end(), isHexDigit));
    return !number;
}

Parsed parse(std::string_view text)
{
    text = trimmed(text);
    if (text.empty())
        return refused("required");
    if (text.size() > kUrlMaximum)
        return refused("too_long", std::to_string(kUrlMaximum));
    if (const std::size_t open = text.find('{'); open != std::string_view::npos) {
        const std::size_t close = text.find('}', open);
        return refused("placeholder",
                       std::string(text.substr(open, close == std::string_view::npos ? close : close - open + 1)));
    }
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos)
        return refused("bad_url");
    ServiceUrl url;
    const std::string_view scheme = text.substr(0, colon);
    if (equalsIgnoringCase(scheme, "http"))
        url.tls = false;
    else if (!equalsIgnoringCase(scheme, "https"))
        return refused("bad_scheme", std::string(scheme));
    url.port = url.tls ? 443 : 80;

    const std::string_view rest = text.substr(colon + 3);
    std::string_view authority = rest.substr(0, rest.find_first_of("/?#\\"));
    const std::string_view tail = rest.substr(authority.size());
    if (authority.find('@') != std::string_view::npos)
        return refused("user_info");
    if (tail.find('#') != std::string_view::npos)
        return refused("fragment");
    if (tail.find('?') != std::string_view::npos)
        return refused("query");
    if (!isPathText(tail))
        return refused("bad_url");

    std::string_view port;
    bool hasPort = false;
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return refused("bad_host");
        url.host = authority.substr(1, close - 1);
        const std::string_view after = authority.substr(close + 1);
        if (!after.empty() && after.front() != ':')
            return refused("bad_host");
        hasPort = !after.empty();
        port = hasPort ? after.substr(1) : after;
        const auto address = HostAddress::parse(url.host);
        if (!address || address->v4)
            return refused("bad_host");
    } else {
        const std::size_t separator = authority.find(':');
        url.host = authority.substr(0, separator);
        hasPort = separator != std::string_view::npos;
        port = hasPort ? authority.substr(separator + 1) : std::string_view{};
        if (url.host.ends_with('.'))
            url.host.pop_back();
    }
    std::transform(url.host.begin(), url.host.end(), url.host.begin(), lowered);
    if (!HostAddress::parse(url.host) && !isHostName(url.host))
        return refused("bad_host");
    if (hasPort) {
        unsigned value = 0;
        const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), value);
        if (fault != std::errc{} || end != port.data() + port.size() || value == 0 || value > 65535)
            return refused("bad_port");
        url.port = static_cast<std::uint16_t>(value);
    }
    url.path = tail;
    while (url.path.ends_with('/'))
        url.path.pop_back();
    return {std::move(url)};
}

std::optional<Issue> judgeHost(const ServiceUrl& url)
{
    if (isMetadataName(url.host))
        return Issue{"metadata_address", url.host};
    const auto address = HostAddress::parse(url.host);
    if (!address)
        return std::nullopt;
    switch (classify(*address)) {
    case AddressClass::Public:
    case AddressClass::Private:
    case AddressClass::Loopback:
        return std::nullopt;
    case AddressClass::LinkLocal:
        return Issue{"link_local", url.host};
    case AddressClass::Metadata:
        return Issue{"metadata_address", url.host};
    case AddressClass::Embedded:
        return Issue{"address_form", url.host};
    case AddressClass::Special:
        return Issue{"special_address", url.host};
    }
    return std::nullopt;
}

} // namespace

std::string ServiceUrl::origin() const
{
    const bool v6 = host.find(':') != std::string::npos;
    return (tls ? "https://" : "http://") + (v6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

bool ServiceUrl::isLoopback() const
{
    if (host == "localhost")
        return true;
    const auto address = HostAddress::parse(host);
    return address && classify(*address) == AddressClass::Loopback;
}

Result<ServiceUrl> parseServiceUrl(std::string_view text)
{
    Parsed parsed = parse(text);
    if (!parsed.issue)
        parsed.issue = judgeHost(parsed.url);
    if (parsed.issue)
        return Error{ErrorCode::InvalidArgument, "service URL refused: " + std::string(parsed.issue->code), "url"};
    return std::move(parsed.url);
}

FieldIssues checkServiceUrl(std::string_view text, bool allowInsecure)
{
    Parsed parsed = parse(text);
    if (!parsed.issue)
        parsed.issue = judgeHost(parsed.url);
    if (parsed.issue)
        return {{"url", std::string(parsed.issue->code), parsed.issue->detail}};

    FieldIssues issues;
    const ServiceUrl& url = parsed.url;
    if (!url.tls && !url.isLoopback()) {
        if (!allowInsecure)
            return {{"url", "insecure"}};
        issues.push_back({"url", "insecure_accepted", {}, FieldIssue::Severity::Warning});
    }
    const auto address = HostAddress::parse(url.host);
    if (address && classify(*address) == AddressClass::Private)
        issues.push_back({"url", "private_address", url.host, FieldIssue::Severity::Warning});
    return issues;
}

} // namespace sb::validation
