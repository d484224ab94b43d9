// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Organization.h"
#include "domain/ServiceDraft.h"
#include "domain/validation/FieldIssue.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sb::validation {

/// Rules of the registration form, shared by wizard, YAML and signalboxctl. Pure functions; whether a name or context
/// path is taken needs the database and is asked there.

/// Trims; 1-128 characters, no control characters.
FieldIssues checkName(std::string_view typed);
std::string normalisedName(std::string_view typed);

/// What clients send as the model: 1-128 of A-Z, a-z, 0-9 and . _ : -, no slash, which parts context and model.
FieldIssues checkRouteName(std::string_view name);

/// "My Service" -> "/my-service": leading slash, lower case, blanks, dots, slashes and underscores to single dashes,
/// letters with accents to plain ones (ö to oe, ß to ss, é to e), other characters dropped; a reserved word gets
/// "-service". Empty when nothing usable is left.
std::string suggestContextPath(std::string_view name);
std::string normalisedContextPath(std::string_view typed);
/// `/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`, not /v1, /healthz, /readyz, /metrics.
FieldIssues checkContextPath(std::string_view normalised);

/// https, or http on loopback, or http with `allowInsecure` (a warning); no user info, query, fragment or unreplaced
/// {placeholder}; no link-local, metadata or otherwise special address in any notation.
FieldIssues checkServiceUrl(std::string_view url, bool allowInsecure);

/// The parsed form of an http(s) URL that passed checkServiceUrl.
struct ServiceUrl {
    bool tls = true;
    std::string host; ///< lower case, without brackets
    std::uint16_t port = 443;
    std::string path;           ///< without trailing slash, may be empty
    std::string origin() const; ///< "https://api.openai.com:443": what a secret is bound to
    bool isLoopback() const;    ///< configured literally as loopback: "localhost", 127.0.0.0/8, ::1
};
Result<ServiceUrl> parseServiceUrl(std::string_view url);

/// Header and prefix as a provider wants them, from what was typed: the bare preset header gets the preset prefix,
/// "Bearer" alone means "Authorization: Bearer", a pasted "Authorization: Bearer sk-..." is split and its token moved
/// to `pasted`.
struct HeaderChoice {
    std::string header;
    std::string prefix;
    Secret pasted;
};
Result<HeaderChoice> readAuthorizationHeader(std::string_view typed, ProviderKind provider);
/// As readAuthorizationHeader refuses, as issues of field "authorization_header".
FieldIssues checkAuthorizationHeader(std::string_view typed, ProviderKind provider);

/// A count as people write it: "100 000", "100,000", "90k", "1.5M"; >= 1. Empty is absent. What could mean two numbers
/// ("1,500k") is refused rather than guessed.
Result<std::optional<std::int64_t>> readCount(std::string_view typed);

/// What a typed API key is: a literal, or the reference it names ("env:NAME", "file:/path"). With
/// SecretPlace::Environment the bare name of a variable is a reference, too.
Result<SecretRef> readReference(std::string_view typed, SecretPlace place);

/// "eu-central-1" of https://bedrock-runtime.eu-central-1.amazonaws.com; empty when the address names no region.
std::string regionInUrl(std::string_view url);

/// Azure OpenAI: a dated version, "2024-10-21" or "2024-10-21-preview", or the name of one on the v1 paths: v1,
/// preview, latest. Anthropic: a date. Empty: the provider's usual. Others have none and are not asked.
FieldIssues checkApiVersion(std::string_view typed, ProviderKind provider);
/// Whether an environment of this provider has one.
bool takesApiVersion(ProviderKind provider);

/// "model=deployment" per line or separated by commas; empty lines are skipped.
Result<std::map<std::string, std::string>> readDeployments(std::string_view typed);

/// The window quota of one environment tab; isEmpty() when nothing was typed. `scopeId` is not set.
Result<LimitRule> readLimits(const EnvironmentDraft& draft);
/// Its per-request maxima.
Result<RequestCaps> readCaps(const EnvironmentDraft& draft);

/// One environment tab. Field names are columns: authorization_header, api_key, region, access_key, secret_key,
/// session_token, api_version, deployments, max_prompt_tokens, max_completion_tokens, max_total_tokens, max_requests,
/// max_cost, request_max_prompt_tokens, request_max_completion_tokens, request_max_total_tokens.
FieldIssues checkEnvironment(const EnvironmentDraft& draft, ProviderKind provider, bool isProduction);

/// Everything at once. Field names: "name", "context_path", "url", "summary", "version", "labels", "project",
/// "environments" and "environments/<environment name>/<column>". Warnings: total below a part, total above the sum, no
/// limit in production.
FieldIssues check(const ServiceDraft& draft, const std::vector<Environment>& environments);

} // namespace sb::validation
