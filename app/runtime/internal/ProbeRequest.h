// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Time.h"
#include "domain/validation/ServiceValidation.h"
#include "runtime/ConnectionTest.h"

#include <string>

namespace sb::runtime {

/// The requests of a connection test, from the provider's descriptor and by the gateway's own rules for joining URLs
/// and signing. Pure.
struct ProbeRequest {
    std::string bytes; ///< head and body as written to the socket; holds the credential and is wiped after use
    bool listsModels = false;

    /// Proves the credential, without cost: the model list, or where the provider has none at this address a request
    /// that it must refuse after it has looked at the credential.
    static Result<ProbeRequest> credential(const ConnectionTest::Request& request, const validation::ServiceUrl& url,
                                           Timestamp now);
    /// One paid token from `request.oneTokenModel`.
    static Result<ProbeRequest> oneToken(const ConnectionTest::Request& request, const validation::ServiceUrl& url,
                                         Timestamp now);
};

} // namespace sb::runtime
