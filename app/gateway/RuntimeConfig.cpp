// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/RuntimeConfig.h"

#include "gateway/internal/ConfigData.h"

#include <algorithm>

namespace sb::gateway {

using limits::CounterSpec;

namespace {

/// "claude-haiku-4-5-20251001" and "gpt-4o-mini-2024-07-18" without their date; the name itself if it has none.
std::string_view withoutDate(std::string_view name)
{
    auto digits = [](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    const std::size_t size = name.size();
    if (size > 9 && name[size - 9] == '-' && digits(name.substr(size - 8)))
        return name.substr(0, size - 9);
    if (size > 11 && name[size - 11] == '-' && name[size - 6] == '-' && name[size - 3] == '-' &&
        digits(name.substr(size - 10, 4)) && digits(name.substr(size - 5, 2)) && digits(name.substr(size - 2)))
        return name.substr(0, size - 11);
    return name;
}

} // namespace

std::string secretKey(const SecretRef& ref, std::string_view origin)
{
    return ref.toString() + " for " + std::string(origin);
}

std::string modelKey(ProviderKind provider, std::string_view code)
{
    std::string key(providerCode(provider));
    key += '\n';
    key += code;
    return key;
}

const Model* RuntimeConfig::Data::findModel(ProviderKind provider, std::string_view name) const
{
    auto lookUp = [&](ProviderKind owner, std::string_view prefix, std::string_view code) -> const Model* {
        std::string key = modelKey(owner, prefix);
        key += code;
        const auto found = modelsByCode.find(key);
        return found == modelsByCode.end() ? nullptr : &models[found->second];
    };
    std::string_view prefix;
    if (provider == ProviderKind::AzureOpenAi)
        prefix = "azure/";
    else if (provider == ProviderKind::AwsBedrock)
        prefix = "bedrock/";
    for (const std::string_view code : {name, withoutDate(name)}) {
        if (const Model* model = lookUp(provider, prefix, code))
            return model;
        if (!prefix.empty()) {
            if (const Model* model = lookUp(provider, {}, code))
                return model;
        }
    }
    // Models without a maker of their own, the simulator's among them, are catalogued once and served behind any
    // preset.
    return lookUp(ProviderKind::OpenAiCompatible, {}, name);
}

std::string_view RuntimeConfig::Data::environmentName(EnvironmentId id) const
{
    const auto found = environments.find(id);
    return found == environments.end() ? std::string_view{} : std::string_view(found->second);
}

std::span<const PriceRow> RuntimeConfig::Data::pricesOf(ModelId model) const
{
    const auto found = prices.find(model);
    return found == prices.end() ? std::span<const PriceRow>{} : std::span<const PriceRow>(found->second);
}

std::vector<const CounterSpec*>
RuntimeConfig::Data::countersOn(std::span<const limits::LimitTable::ScopeKey> path) const
{
    std::vector<const CounterSpec*> result;
    if (countersByScope.empty())
        return result;
    for (const limits::LimitTable::ScopeKey& key : path) {
        const auto found = countersByScope.find({key.scope, key.scopeId});
        if (found == countersByScope.end())
            continue;
        for (const CounterSpec& counter : found->second)
            result.push_back(&counter);
    }
    return result;
}

RuntimeConfig::RuntimeConfig(std::unique_ptr<const Data> data) : m_data(std::move(data)) {}
RuntimeConfig::~RuntimeConfig() = default;

const std::vector<Finding>& RuntimeConfig::findings() const
{
    return m_data->findings;
}

} // namespace sb::gateway
