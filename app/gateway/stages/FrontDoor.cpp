// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/FrontDoor.h"

#include "http/Chars.h"

#include <algorithm>

namespace sb::gateway {

using http::chars::equalsIgnoringCase;
using http::chars::trimBlanks;

namespace {

bool isListed(const std::vector<std::string>& list, std::string_view text)
{
    return std::any_of(list.begin(), list.end(),
                       [text](const std::string& item) { return equalsIgnoringCase(item, text); });
}

bool isJson(std::string_view contentType)
{
    return equalsIgnoringCase(trimBlanks(contentType.substr(0, contentType.find(';'))), "application/json");
}

ApiError misdirected(std::string message)
{
    ApiError error{ApiCode::MisdirectedRequest, std::move(message)};
    error.closeConnection = true;
    return error;
}

} // namespace

FrontDoorRules FrontDoorRules::make(std::uint16_t port, const std::vector<std::string>& names,
                                    const std::vector<std::string>& origins, bool behindTlsProxy)
{
    FrontDoorRules rules;
    const std::string suffix = ':' + std::to_string(port);
    for (const char* name : {"127.0.0.1", "localhost", "[::1]"})
        rules.hosts.push_back(name + suffix);
    for (const std::string& name : names) {
        const bool hasPort =
            name.find(':', name.find(']') == std::string::npos ? 0 : name.find(']')) != std::string::npos;
        rules.hosts.push_back(hasPort ? name : name + suffix);
        if (behindTlsProxy && !hasPort)
            rules.hosts.push_back(name);
    }
    rules.origins = origins;
    return rules;
}

std::optional<ApiError> checkFrontDoor(const http::RequestHead& head, const FrontDoorRules& rules)
{
    if (!isListed(rules.hosts, head.fields.value("host")))
        return misdirected("the Host header does not name this gateway and its port");
    if (!head.targetAuthority.empty() && !isListed(rules.hosts, head.targetAuthority))
        return misdirected("the request target does not name this gateway and its port");

    bool refused = false;
    for (const http::Field& field : head.fields.all()) {
        if (equalsIgnoringCase(field.name, "origin"))
            refused = refused || !isListed(rules.origins, field.value);
    }
    const bool allowedOrigin = head.fields.contains("origin") && !refused;
    const std::string_view site = head.fields.value("sec-fetch-site");
    if (!allowedOrigin && (equalsIgnoringCase(site, "cross-site") || equalsIgnoringCase(site, "same-site")))
        refused = true;
    if (refused)
        return ApiError{ApiCode::OriginNotAllowed, "web pages of this origin may not call the gateway"};

    if (head.method == http::Method::Post || head.method == http::Method::Put || head.method == http::Method::Patch) {
        if (!isJson(head.fields.value("content-type")))
            return ApiError{ApiCode::UnsupportedMediaType, "the body must be application/json"};
        const std::string_view coding = head.fields.value("content-encoding");
        if (!coding.empty() && !equalsIgnoringCase(coding, "identity"))
            return ApiError{ApiCode::UnsupportedMediaType, "the body must not be compressed"};
    }
    return std::nullopt;
}

} // namespace sb::gateway
