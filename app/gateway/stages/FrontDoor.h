// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/ApiError.h"
#include "http/MessageHead.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::gateway {

/// Who may talk to us at all: the names under which we are addressed, with our port, and the browser origins that were
/// allowed.
struct FrontDoorRules {
    std::vector<std::string> hosts;   ///< lower case, with port
    std::vector<std::string> origins; ///< lower case

    /// Our loopback names and `names`, each with `port`; behind a TLS proxy the listed names also without one.
    static FrontDoorRules make(std::uint16_t port, const std::vector<std::string>& names,
                               const std::vector<std::string>& origins, bool behindTlsProxy);
};

/// Host against DNS rebinding (421), Origin and Sec-Fetch-Site against web pages (403), and the media type (415): a
/// page can send text/plain without asking anybody, but not JSON.
std::optional<ApiError> checkFrontDoor(const http::RequestHead& head, const FrontDoorRules& rules);

} // namespace sb::gateway
