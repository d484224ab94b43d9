// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/validation/ServiceValidation.h"
#include "domain/validation/Counts.h"
#include "domain/validation/Text.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace sb::validation {

namespace {

constexpr int kSummaryMaximum = 500;
constexpr int kVersionMaximum = 32;
constexpr int kLabelMaximum = 64;
constexpr std::size_t kSecretMaximum = 4096;

struct CountField {
    std::string_view column;
    std::string EnvironmentDraft::*typed;
};

constexpr std::array<CountField, 7> kCountFields{{
    {"max_prompt_tokens", &EnvironmentDraft::maxPromptTokens},
    {"max_completion_tokens", &EnvironmentDraft::maxCompletionTokens},
    {"max_total_tokens", &EnvironmentDraft::maxTotalTokens},
    {"max_requests", &EnvironmentDraft::maxRequests},
    {"request_max_prompt_tokens", &EnvironmentDraft::requestMaxPromptTokens},
    {"request_max_completion_tokens", &EnvironmentDraft::requestMaxCompletionTokens},
    {"request_max_total_tokens", &EnvironmentDraft::requestMaxTotalTokens},
}};

void add(FieldIssues& issues, std::string_view field, std::string_view code, std::string detail = {})
{
    issues.push_back({std::string(field), std::string(code), std::move(detail)});
}

void warn(FieldIssues& issues, std::string_view field, std::string_view code)
{
    issues.push_back({std::string(field), std::string(code), {}, FieldIssue::Severity::Warning});
}

/// A credential travels in a header: visible ASCII without blanks.
bool isCredential(std::string_view text)
{
    return text.size() <= kSecretMaximum &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// Empty text is refused only when `required`.
void checkCredential(FieldIssues& issues, std::string_view field, const Secret& secret, SecretPlace place,
                     bool required)
{
    const std::string_view text = trimmed(secret.reveal());
    if (text.empty()) {
        if (required)
            add(issues, field, "required");
        return;
    }
    const auto reference = readReference(text, place);
    if (!reference)
        add(issues, field, place == SecretPlace::Environment ? "bad_variable_name" : "bad_reference");
    else if (reference->isNone() && !isCredential(text))
        add(issues, field, text.size() > kSecretMaximum ? "too_long" : "bad_characters",
            text.size() > kSecretMaximum ? std::to_string(kSecretMaximum) : std::string());
}

/// "us-east-1", "us-gov-west-1", "ap-southeast-2".
bool isRegion(std::string_view text)
{
    const std::size_t dash = text.rfind('-');
    return text.size() <= 32 && dash != std::string_view::npos && dash >= 4 && dash + 1 < text.size() &&
           text[2] == '-' && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dash) + 1, text.end(), isDigit) &&
           std::all_of(text.begin(), text.end(), [](char c) { return isLowerOrDigit(c) || c == '-'; });
}

/// "2024-10-21": a day that exists.
bool isDate(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return false;
    const auto number = [&text](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(at, count)) {
            if (!isDigit(c))
                return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
    return year > 0 && month > 0 && day > 0 &&
           std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day)))
               .ok();
}

struct DeploymentReading {
    std::map<std::string, std::string> map;
    std::string badLine;
};

DeploymentReading deploymentsOf(std::string_view typed)
{
    const auto isName = [](std::string_view text) {
        return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
            return isAlnum(c) || c == '-' || c == '_' || c == '.';
        });
    };
    DeploymentReading reading;
    while (!typed.empty()) {
        const std::size_t end = typed.find_first_of("\n,");
        const std::string_view line = trimmed(typed.substr(0, end));
        typed.remove_prefix(end == std::string_view::npos ? typed.size() : end + 1);
        if (line.empty())
            continue;
        const std::size_t equals = line.find('=');
        const std::string_view model = trimmed(line.substr(0, equals));
        const std::string_view deployment =
            equals == std::string_view::npos ? std::string_view{} : trimmed(line.substr(equals + 1));
        if (!isName(model) || !isName(deployment) || !reading.map.emplace(model, deployment).second) {
            reading.badLine = line;
            return reading;
        }
    }
    return reading;
}

void checkSecurity(FieldIssues& issues, const EnvironmentDraft& draft, ProviderKind provider)
{
    switch (draft.authKind) {
    case AuthKind::None:
        if (provider != ProviderKind::OpenAiCompatible)
            add(issues, "authorization_header", "auth_required");
        return;
    case AuthKind::Header: {
        const FieldIssues header = checkAuthorizationHeader(draft.authorizationHeader, provider);
        issues.insert(issues.end(), header.begin(), header.end());
        const auto choice = readAuthorizationHeader(draft.authorizationHeader, provider);
        const bool pasted = choice && !choice->pasted.isEmpty() && draft.apiKey.isEmpty();
        checkCredential(issues, "api_key", pasted ? choice->pasted : draft.apiKey, draft.place, true);
        return;
    }
    case AuthKind::SigV4:
        if (provider != ProviderKind::AwsBedrock) {
            add(issues, "authorization_header", "sigv4_unsupported");
            return;
        }
        if (trimmed(draft.region).empty())
            add(issues, "region", "required");
        else if (!isRegion(trimmed(draft.region)))
            add(issues, "region", "bad_region");
        checkCredential(issues, "access_key", draft.accessKeyId, draft.place, true);
        checkCredential(issues, "secret_key", draft.secretAccessKey, draft.place, true);
        checkCredential(issues, "session_token", draft.sessionToken, draft.place, false);
        return;
    }
}

void checkTotals(FieldIssues& issues, std::string_view prefix, std::optional<std::int64_t> prompt,
                 std::optional<std::int64_t> completion, std::optional<std::int64_t> total)
{
    const std::string field = std::string(prefix) + "max_total_tokens";
    if (!total)
        return;
    if (*total < std::max(prompt.value_or(0), completion.value_or(0)))
        warn(issues, field, "total_below_part");
    // Compared without adding: the sum of two maxima may not fit.
    else if (prompt && completion && *total - *prompt > *completion)
        warn(issues, field, "total_above_sum");
}

} // namespace

Result<SecretRef> readReference(std::string_view typed, SecretPlace place)
{
    typed = trimmed(typed);
    if (typed.starts_with("env:") || typed.starts_with("file:") || typed.starts_with("keychain:"))
        return SecretRef::parse(typed);
    if (place != SecretPlace::Environment)
        return SecretRef{};
    return SecretRef::parse("env:" + std::string(typed));
}

std::string regionInUrl(std::string_view url)
{
    const auto parsed = parseServiceUrl(url);
    if (!parsed || !parsed->host.ends_with(".amazonaws.com"))
        return {};
    const std::size_t first = parsed->host.find('.') + 1;
    const std::string region = parsed->host.substr(first, parsed->host.find('.', first) - first);
    return isRegion(region) ? region : std::string();
}

bool takesApiVersion(ProviderKind provider)
{
    return provider == ProviderKind::AzureOpenAi || provider == ProviderKind::Anthropic;
}

FieldIssues checkApiVersion(std::string_view typed, ProviderKind provider)
{
    const std::string_view version = trimmed(typed);
    FieldIssues issues;
    if (version.empty() || isDate(version))
        return issues;
    if (provider == ProviderKind::AzureOpenAi) {
        constexpr std::string_view kPreview = "-preview";
        const bool isPreview =
            version.ends_with(kPreview) && isDate(version.substr(0, version.size() - kPreview.size()));
        if (!isPreview && version != "v1" && version != "preview" && version != "latest")
            add(issues, "api_version", "bad_api_version", "2024-10-21, 2024-10-21-preview, v1, preview, latest");
    } else if (provider == ProviderKind::Anthropic) {
        add(issues, "api_version", "bad_api_version", "2023-06-01");
    }
    return issues;
}

Result<std::map<std::string, std::string>> readDeployments(std::string_view typed)
{
    DeploymentReading reading = deploymentsOf(typed);
    if (!reading.badLine.empty())
        return Error{ErrorCode::InvalidArgument, "not model=deployment: " + reading.badLine, "deployments"};
    return std::move(reading.map);
}

Result<LimitRule> readLimits(const EnvironmentDraft& draft)
{
    LimitRule rule;
    rule.scope = LimitScope::ServiceEnvironment;
    rule.per = draft.timeUnit;
    const auto prompt = readCount(draft.maxPromptTokens);
    const auto completion = readCount(draft.maxCompletionTokens);
    const auto total = readCount(draft.maxTotalTokens);
    const auto requests = readCount(draft.maxRequests);
    for (const auto* count : {&prompt, &completion, &total, &requests}) {
        if (!*count)
            return count->error();
    }
    const Typed<Money> cost = typedAmount(draft.maxCostUsd);
    if (!cost.issue.empty())
        return Error{ErrorCode::InvalidArgument, "not an amount: " + std::string(cost.issue), "max_cost"};
    rule.maxPromptTokens = *prompt;
    rule.maxCompletionTokens = *completion;
    rule.maxTotalTokens = *total;
    rule.maxRequests = *requests;
    rule.maxCost = cost.value;
    return rule;
}

Result<RequestCaps> readCaps(const EnvironmentDraft& draft)
{
    const auto prompt = readCount(draft.requestMaxPromptTokens);
    const auto completion = readCount(draft.requestMaxCompletionTokens);
    const auto total = readCount(draft.requestMaxTotalTokens);
    for (const auto* count : {&prompt, &completion, &total}) {
        if (!*count)
            return count->error();
    }
    RequestCaps caps;
    caps.maxPromptTokens = *prompt;
    caps.maxCompletionTokens = *completion;
    caps.maxTotalTokens = *total;
    return caps;
}

FieldIssues checkEnvironment(const EnvironmentDraft& draft, ProviderKind provider, bool isProduction)
{
    FieldIssues issues;
    checkSecurity(issues, draft, provider);
    const FieldIssues version = checkApiVersion(draft.apiVersion, provider);
    issues.insert(issues.end(), version.begin(), version.end());
    if (provider == ProviderKind::AzureOpenAi) {
        if (const DeploymentReading reading = deploymentsOf(draft.deployments); !reading.badLine.empty())
            add(issues, "deployments", "bad_deployment", reading.badLine);
    }

    bool countsAreGood = true;
    for (const CountField& field : kCountFields) {
        if (const auto count = typedCount(draft.*field.typed); !count.issue.empty()) {
            add(issues, field.column, count.issue);
            countsAreGood = false;
        }
    }
    if (const auto cost = typedAmount(draft.maxCostUsd); !cost.issue.empty()) {
        add(issues, "max_cost", cost.issue);
        countsAreGood = false;
    }
    if (!countsAreGood)
        return issues;

    const auto limits = readLimits(draft);
    const auto caps = readCaps(draft);
    if (limits && caps) {
        checkTotals(issues, "", limits->maxPromptTokens, limits->maxCompletionTokens, limits->maxTotalTokens);
        checkTotals(issues, "request_", caps->maxPromptTokens, caps->maxCompletionTokens, caps->maxTotalTokens);
        if (isProduction && limits->isEmpty() && !draft.keepsLimits)
            warn(issues, "max_total_tokens", "no_limit_in_production");
    }
    return issues;
}

FieldIssues check(const ServiceDraft& draft, const std::vector<Environment>& environments)
{
    const Service& service = draft.service;
    FieldIssues issues = checkName(service.name);
    const auto append = [&issues](const FieldIssues& more) { issues.insert(issues.end(), more.begin(), more.end()); };
    append(checkContextPath(normalisedContextPath(service.contextPath)));
    append(checkServiceUrl(service.url, draft.allowInsecureUrl));

    const int summary = plainLength(trimmed(service.summary), true);
    if (summary < 0)
        add(issues, "summary", "bad_characters");
    else if (summary > kSummaryMaximum)
        add(issues, "summary", "too_long", std::to_string(kSummaryMaximum));
    const int version = plainLength(trimmed(service.version));
    if (version < 0)
        add(issues, "version", "bad_characters");
    else if (version > kVersionMaximum)
        add(issues, "version", "too_long", std::to_string(kVersionMaximum));
    for (const std::string& label : service.labels) {
        const int length = plainLength(trimmed(label));
        if (length <= 0 || length > kLabelMaximum) {
            add(issues, "labels", length > 0 ? "too_long" : "bad_characters",
                length > 0 ? std::to_string(kLabelMaximum) : label);
            break;
        }
    }
    if (service.scope == Scope::Project && service.project.isNone())
        add(issues, "project", "required");

    bool anyConfigured = false;
    for (const EnvironmentDraft& tab : draft.environments) {
        if (!tab.configured)
            continue;
        const auto environment = std::find_if(environments.begin(), environments.end(),
                                              [&tab](const Environment& e) { return e.id == tab.environment; });
        if (environment == environments.end()) {
            add(issues, "environments", "unknown_environment");
            continue;
        }
        anyConfigured = true;
        for (FieldIssue& issue : checkEnvironment(tab, service.provider, environment->isProduction)) {
            issue.field = "environments/" + environment->name + '/' + issue.field;
            issues.push_back(std::move(issue));
        }
    }
    if (!anyConfigured)
        add(issues, "environments", "none_configured");
    return issues;
}

} // namespace sb::validation
