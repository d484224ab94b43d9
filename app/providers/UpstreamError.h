// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "domain/Provider.h"
#include "providers/ResponseFacts.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sb::providers {

/// Why a provider refused or failed (design: gateway, section 7.1). Decides retry, fallback and health.
enum class UpstreamClass {
    Invalid,
    Context,
    Policy,
    Auth,
    NotFound,
    Rate,
    Quota,
    Overloaded,
    Server,
    Timeout,
    Transport
};

struct UpstreamError {
    UpstreamClass kind = UpstreamClass::Server;
    int status = 502;                         ///< towards the client, when final
    std::string_view code = "upstream_error"; ///< a code of the contract
    std::string message; ///< the provider's own where it is about the request, else a sentence of ours; at most 1 KiB
    std::string param;   ///< member the provider named
    std::string providerCode;                            ///< the provider's code or type, for records and logs
    std::optional<std::chrono::milliseconds> retryAfter; ///< the provider's hint
    std::optional<bool>
        shouldRetry; ///< towards the client as x-should-retry: Quota says false; a provider's own word wins
};

/// Value of a response header by lower-case name; nullopt: absent.
using HeaderLookup = std::function<std::optional<std::string_view>(std::string_view name)>;

/// Classifies an answer that is not 2xx. `now` turns dates into waits. Never repeats the credential: the caller scans
/// for it.
UpstreamError classifyError(ProviderKind provider, int status, const HeaderLookup& headers, std::string_view body,
                            Timestamp now);

/// The same for an error inside a 200.
UpstreamError classifyStreamError(ProviderKind provider, const StreamError& error);

/// For failures without an answer: Timeout or Transport. `what` ends the message and may be empty.
UpstreamError transportError(UpstreamClass kind, std::string_view what);

/// The wait a provider asks for, from the first usable of: retry-after-ms, x-ms-retry-after-ms, retry-after (seconds or
/// HTTP date), anthropic-ratelimit-*-reset (RFC 3339) of an exhausted limit, x-ratelimit-reset-* ("6m0s", "120ms").
std::optional<std::chrono::milliseconds> retryHint(const HeaderLookup& headers, Timestamp now);

/// An HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"), for Retry-After and for the clock skew of SigV4.
std::optional<Timestamp> parseHttpDate(std::string_view text);

} // namespace sb::providers
