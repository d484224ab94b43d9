// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Organization.h"
#include "domain/ServiceDraft.h"
#include "domain/validation/FieldIssue.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sb::validation {

/// Rules of the registration form, shared by wizard, YAML and signalboxctl. Pure functions; whether a name or context path is
/// taken needs the database and is asked there.

/// Trims; 1-128 characters, no control characters.
FieldIssues checkName(std::string_view typed);
std::string normalisedName(std::string_view typed);

/// "My Service" -> "/my-service": leading slash, lower case, blanks to dashes, other characters dropped.
std::string suggestContextPath(std::string_view name);
std::string normalisedContextPath(std::string_view typed);
/// `/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`, not /v1, /healthz, /readyz, /metrics.
FieldIssues checkContextPath(std::string_view normalised);

/// https, or http on loopback, or http with `allowInsecure` (a warning); no user info, query, fragment or unreplaced
/// {placeholder}; no link-local or metadata address.
FieldIssues checkServiceUrl(std::string_view url, bool allowInsecure);

/// The parsed form of an http(s) URL that passed checkServiceUrl.
struct ServiceUrl {
    bool tls = true;
    std::string host; ///< lower case, without brackets
    std::uint16_t port = 443;
    std::string path; ///< without trailing slash, may be empty
    std::string origin() const; ///< "https://api.openai.com:443": what a secret is bound to
    bool isLoopback() const;
};
Result<ServiceUrl> parseServiceUrl(std::string_view url);

/// Header and prefix as a provider wants them, from what was typed: the bare preset header gets the preset prefix, "Bearer"
/// alone means "Authorization: Bearer", a pasted "Authorization: Bearer sk-..." is split and its token moved to `pasted`.
struct HeaderChoice {
    std::string header;
    std::string prefix;
    Secret pasted;
};
Result<HeaderChoice> readAuthorizationHeader(std::string_view typed, ProviderKind provider);

/// A count as people write it: "100 000", "100,000", "90k", "1.5M"; >= 1. Empty is absent.
Result<std::optional<std::int64_t>> readCount(std::string_view typed);

/// Everything at once. Field names: "name", "context_path", "url", "summary", "project" and
/// "environments/<environment name>/<column>". Warnings: total below a part, total above the sum, no limit in production.
FieldIssues check(const ServiceDraft& draft, const std::vector<Environment>& environments);

} // namespace sb::validation
