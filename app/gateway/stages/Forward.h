// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/ApiError.h"
#include "gateway/internal/Exchange.h"
#include "providers/Splice.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace sb::gateway {

/// A request as it goes upstream.
struct UpstreamRequest {
    std::string head;
    std::optional<std::string> rewritten; ///< the body, where it differs from the client's
    bool usageAdded = false;
    std::string dropped; ///< members left out, comma separated

    /// Asked for anew each time: a view kept beside `rewritten` would not survive a move.
    std::string_view body(std::string_view received) const { return rewritten ? *rewritten : received; }
};

/// Joins the address, splices the body, copies the headers that may pass and puts the credential on, last and only
/// here. `now`: for signatures. 400 for a header or query name that may not pass.
std::variant<UpstreamRequest, ApiError> buildUpstreamRequest(const Exchange& exchange, Timestamp now);

/// The name under which the provider meters the request: Azure's deployments turned back into models.
std::string providerModelOf(const Target& target, std::string_view model);

} // namespace sb::gateway
