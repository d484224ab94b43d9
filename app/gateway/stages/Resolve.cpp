// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Resolve.h"

#include "http/Chars.h"

namespace sb::gateway {

using catalog::Dialect;

namespace {

ApiError malformed(std::string message)
{
    ApiError error{ApiCode::InvalidRequest, std::move(message)};
    error.closeConnection = true;
    return error;
}

/// "." or "..", plainly or with escaped dots.
bool isDotSegment(std::string_view segment)
{
    std::size_t dots = 0;
    while (!segment.empty()) {
        if (segment.front() == '.')
            segment.remove_prefix(1);
        else if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && http::chars::lower(segment[2]) == 'e')
            segment.remove_prefix(3);
        else
            return false;
        ++dots;
    }
    return dots == 1 || dots == 2;
}

} // namespace

std::variant<Address, ApiError> splitTarget(std::string_view target)
{
    Address address;
    const std::size_t question = target.find('?');
    const std::string_view path = target.substr(0, question);
    if (question != std::string_view::npos)
        address.query = target.substr(question + 1);
    std::string_view rest = path.substr(1);
    bool first = true;
    while (true) {
        const std::size_t slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        const bool last = slash == std::string_view::npos;
        if (segment.empty() && !last)
            return malformed("the path has an empty segment");
        if (isDotSegment(segment))
            return malformed("the path has a dot segment");
        if (segment.find("%00") != std::string_view::npos)
            return malformed("the path has an escaped NUL");
        if (first && segment.find('%') != std::string_view::npos)
            return malformed("the context has an escape");
        if (first)
            address.context = segment;
        first = false;
        if (last)
            break;
        rest.remove_prefix(slash + 1);
    }
    address.path = path.substr(1 + address.context.size());
    return address;
}

bool mayUse(const Principal& principal, const Target& target)
{
    return target.scope == Scope::Organization || principal.connection.isNone() || target.project == principal.project;
}

std::optional<ApiError> resolve(const Address& address, http::Method method, const Principal& principal,
                                const RuntimeConfig::Data& config, Resolved& resolved)
{
    const auto found = config.contexts.find(address.context);
    if (found == config.contexts.end())
        return ApiError{ApiCode::NotFound, "there is no service under /" + std::string(address.context)};
    const ContextEntry& entry = found->second;
    if (!principal.route.empty() || (!principal.service.isNone() && principal.service != entry.service))
        return ApiError{ApiCode::Forbidden, "this key may not use the service /" + std::string(address.context)};
    const auto configured = entry.targets.find(principal.environment);
    if (configured == entry.targets.end())
        return ApiError{ApiCode::NotFound,
                        "the service /" + std::string(address.context) + " is not configured in this environment"};
    const Target& target = configured->second;
    if (!mayUse(principal, target))
        return ApiError{ApiCode::Forbidden,
                        "the service /" + std::string(address.context) + " belongs to another project"};

    resolved.target = &target;
    resolved.address = address;
    const auto match = providers::matchPath(*target.descriptor, http::methodName(method), address.path);
    if (!match) {
        const std::string allowed = providers::allowedMethods(*target.descriptor, address.path);
        if (allowed.empty())
            return ApiError{ApiCode::NotFound, "this service does not offer " + std::string(address.path)};
        ApiError error{ApiCode::InvalidRequest, "the path takes another method: " + allowed, 405};
        error.allow = allowed;
        return error;
    }
    resolved.match = *match;
    if (!target.credential.isAvailable)
        return ApiError{ApiCode::SecretUnavailable, "the provider's secret for this service cannot be read"};
    return std::nullopt;
}

Dialect dialectByPath(std::string_view path)
{
    if (path.ends_with("/v1/messages") || path.ends_with("/v1/messages/count_tokens"))
        return Dialect::AnthropicMessages;
    const std::size_t context = path.find('/', 1);
    if (context != std::string_view::npos && path.substr(context).starts_with("/model/"))
        return Dialect::BedrockConverse;
    return Dialect::OpenAiChat;
}

} // namespace sb::gateway
