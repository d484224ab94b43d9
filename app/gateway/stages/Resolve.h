// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/ApiError.h"
#include "gateway/internal/ConfigData.h"
#include "http/MessageHead.h"
#include "providers/UpstreamTarget.h"

#include <optional>
#include <string_view>
#include <variant>

namespace sb::gateway {

/// A request's address, taken apart. Views into the target.
struct Address {
    std::string_view context; ///< first segment
    std::string_view path;    ///< the rest, with its slash
    std::string_view query;   ///< without '?'
};

/// Refuses (400) what a server behind us might read differently than we do: empty and dot segments, escapes in the
/// context.
std::variant<Address, ApiError> splitTarget(std::string_view target);

/// Where an authenticated request may go.
struct Resolved {
    const Target* target = nullptr;
    providers::PathMatch match;
    Address address;
};

/// Whether the target's service is visible to whoever calls: organization scope, or the caller's own project.
bool mayUse(const Principal& principal, const Target& target);

/// The service of the context, in the connection's environment, if this key may use it and the preset allows the path:
/// 404 no such context or path, 403 not for this key, 405 other method, 503 the secret is missing. A refusal too leaves
/// in `resolved` what was found: the service, once it is known that this key may use it.
std::optional<ApiError> resolve(const Address& address, http::Method method, const Principal& principal,
                                const RuntimeConfig::Data& config, Resolved& resolved);

/// The dialect in which a request wants its errors before its target is known, by how the path ends.
catalog::Dialect dialectByPath(std::string_view path);

} // namespace sb::gateway
