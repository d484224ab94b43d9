// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/DraftFromStored.h"

namespace sb::ui {

namespace {

std::string text(const std::optional<std::int64_t>& count)
{
    return count ? std::to_string(*count) : std::string();
}

std::string withoutTrailingBlank(std::string prefix)
{
    while (!prefix.empty() && prefix.back() == ' ')
        prefix.pop_back();
    return prefix;
}

} // namespace

EnvironmentDraft draftFromStored(const ServiceEnvironment& stored, const LimitRule& limit, const RequestCaps& caps)
{
    EnvironmentDraft draft;
    draft.environment = stored.environment;
    draft.configured = !stored.id.isNone();
    draft.authKind = stored.security.kind;
    draft.authorizationHeader = stored.security.header;
    if (!stored.security.prefix.empty())
        draft.authorizationHeader += ": " + withoutTrailingBlank(stored.security.prefix);
    draft.region = stored.security.region;
    draft.place = placeOf(stored.security);
    draft.apiVersion = stored.apiVersion;
    for (const auto& [model, deployment] : stored.deployments)
        draft.deployments += (draft.deployments.empty() ? "" : "\n") + model + "=" + deployment;
    draft.timeUnit = limit.per;
    draft.maxPromptTokens = text(limit.maxPromptTokens);
    draft.maxCompletionTokens = text(limit.maxCompletionTokens);
    draft.maxTotalTokens = text(limit.maxTotalTokens);
    draft.maxRequests = text(limit.maxRequests);
    if (limit.maxCost)
        draft.maxCostUsd = toDecimalUsd(*limit.maxCost);
    draft.requestMaxPromptTokens = text(caps.maxPromptTokens);
    draft.requestMaxCompletionTokens = text(caps.maxCompletionTokens);
    draft.requestMaxTotalTokens = text(caps.maxTotalTokens);
    return draft;
}

} // namespace sb::ui
