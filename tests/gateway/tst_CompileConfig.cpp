// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/SampleDomain.h"
#include "gateway/internal/ConfigData.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sb::gateway {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const RuntimeConfig::Data& dataOf(const std::shared_ptr<const RuntimeConfig>& config)
{
    return config->data();
}

const Target& targetOf(const RuntimeConfig::Data& data, std::string_view context)
{
    return data.contexts.find(context)->second.targets.at(EnvironmentId(1));
}

TEST(CompileConfig, IndexesServicesKeysAndCredentials)
{
    SampleDomain domain;
    domain.addService(ProviderKind::OpenAi, "/openai", "https://api.openai.com/v1/");
    domain.addKey("sbx_one_0123456789", ServiceId(1));
    const auto config = domain.compiled();
    ASSERT_TRUE(config);
    EXPECT_THAT((*config)->findings(), IsEmpty());
    const Target& target = targetOf(dataOf(*config), "openai");
    EXPECT_EQ(target.origin, (http::Origin{true, "api.openai.com", 443}));
    EXPECT_EQ(target.hostHeader, "api.openai.com");
    EXPECT_EQ(target.basePath, "/v1");
    EXPECT_EQ(target.credential.header, "authorization");
    EXPECT_EQ(target.credential.value.reveal(), "Bearer provider-secret-openai");
    const auto key = dataOf(*config).keys.find(sha256("sbx_one_0123456789"));
    ASSERT_NE(key, dataOf(*config).keys.end());
    EXPECT_EQ(key->second.service, ServiceId(1));
    EXPECT_EQ(key->second.connectionEnvironment, ConnectionEnvironmentId(51));
}

TEST(CompileConfig, GivesASecretOnlyToTheOriginItIsBoundTo)
{
    SampleDomain domain;
    domain.addService(ProviderKind::OpenAi, "/openai", "https://api.openai.com/v1");
    const ResolvedSecrets bound = domain.secrets();
    domain.snapshot.services[0].url = "https://attacker.example/v1"; // edited in the shared database
    const auto config = compile(domain.snapshot, bound, *ZoneRules::load("UTC"));
    ASSERT_TRUE(config);
    const Target& target = targetOf(dataOf(*config), "openai");
    EXPECT_FALSE(target.credential.isAvailable);
    EXPECT_TRUE(target.credential.value.isEmpty());
    EXPECT_THAT((*config)->findings(), Contains(AllOf(Field(&Finding::service, target.service),
                                                      Field(&Finding::environment, target.environment))));
}

struct BadRow {
    const char* name;
    void (*spoil)(SampleDomain&);
    const char* finding;
};

class SpoiltConfig : public testing::TestWithParam<BadRow> {};

TEST_P(SpoiltConfig, LeavesTheRowOutAndKeepsTheRest)
{
    SampleDomain domain;
    domain.addService(ProviderKind::OpenAi, "/good", "https://api.openai.com/v1");
    domain.addKey("sbx_good_0123456789", ServiceId(1));
    GetParam().spoil(domain);
    const auto config = domain.compiled();
    ASSERT_TRUE(config);
    EXPECT_THAT((*config)->findings(), Contains(testing::Property(&Finding::what, HasSubstr(GetParam().finding))));
    EXPECT_TRUE(targetOf(dataOf(*config), "good").credential.isAvailable);
    EXPECT_TRUE(dataOf(*config).keys.contains(sha256("sbx_good_0123456789")));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SpoiltConfig,
    testing::Values(
        BadRow{"bad URL", [](SampleDomain& d) { d.addService(ProviderKind::OpenAi, "/bad", "ftp://x"); },
               "URL is not usable"},
        BadRow{"metadata URL",
               [](SampleDomain& d) { d.addService(ProviderKind::OpenAi, "/bad", "https://169.254.169.254"); },
               "URL is not usable"},
        BadRow{"reserved context",
               [](SampleDomain& d) { d.addService(ProviderKind::OpenAi, "/healthz", "https://h.example"); },
               "context path"},
        BadRow{"double context",
               [](SampleDomain& d) { d.addService(ProviderKind::OpenAi, "/good", "https://h.example"); }, "taken"},
        BadRow{"unknown environment",
               [](SampleDomain& d) {
                   d.addService(ProviderKind::OpenAi, "/bad", "https://h.example").environment = EnvironmentId(9);
               },
               "environment does not exist"},
        BadRow{"header of ours",
               [](SampleDomain& d) {
                   d.addService(ProviderKind::OpenAi, "/bad", "https://h.example").security.header = "Host";
               },
               "cannot be sent"},
        BadRow{"key without connection row",
               [](SampleDomain& d) {
                   d.addKey("sbx_bad_0123456789", ServiceId(1));
                   d.snapshot.connections.back().id = ConnectionId(77);
               },
               "connection does not exist"},
        BadRow{"connection of an unconfigured service",
               [](SampleDomain& d) { d.addKey("sbx_bad_0123456789", ServiceId(9)); }, "not configured"},
        BadRow{"limit that nothing reaches",
               [](SampleDomain& d) { d.addLimit(LimitScope::ServiceEnvironment, 4711).maxRequests = 1; },
               "no request can reach it"},
        BadRow{"money limit without prices",
               [](SampleDomain& d) { d.addLimit(LimitScope::Organization, 1).maxCost = Money{1}; },
               "no model has a price"}),
    [](const testing::TestParamInfo<BadRow>& row) {
        std::string name = row.param.name;
        for (char& c : name)
            c = c == ' ' ? '_' : c;
        return name;
    });

TEST(CompileConfig, TakesEveryDimensionOfALimitForACounter)
{
    SampleDomain domain;
    auto& row = domain.addService(ProviderKind::OpenAi, "/openai", "https://api.openai.com/v1");
    LimitRule& rule = domain.addLimit(LimitScope::ServiceEnvironment, row.id.value);
    rule.maxPromptTokens = 10;
    rule.maxTotalTokens = 20;
    rule.mode = LimitMode::Shadow;
    const auto config = domain.compiled();
    ASSERT_TRUE(config);
    ASSERT_EQ(dataOf(*config).counters.size(), 2u);
    EXPECT_EQ(dataOf(*config).counters[0].dimension, LimitDimension::PromptTokens);
    EXPECT_EQ(dataOf(*config).counters[1].maximum, 20);
    EXPECT_EQ(dataOf(*config).counters[1].mode, LimitMode::Shadow);
    const std::vector<limits::LimitTable::ScopeKey> path{{LimitScope::ServiceEnvironment, row.id.value}};
    EXPECT_EQ(dataOf(*config).countersOn(path).size(), 2u);
}

TEST(CompileConfig, FindsModelsByWhatProvidersCallThem)
{
    SampleDomain domain;
    domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 1, 2);
    domain.addModel(ProviderKind::AzureOpenAi, "azure/gpt-4o", 1, 2);
    domain.addModel(ProviderKind::AwsBedrock, "bedrock/us.amazon.nova-lite-v1:0", 1, 2);
    domain.addModel(ProviderKind::Anthropic, "claude-haiku-4-5", 1, 2);
    domain.addModel(ProviderKind::OpenAiCompatible, "sim-small", 1, 2);
    const auto config = domain.compiled();
    ASSERT_TRUE(config);
    auto idOf = [&](ProviderKind provider, std::string_view name) {
        const Model* model = dataOf(*config).findModel(provider, name);
        return model ? model->id.value : 0;
    };
    EXPECT_EQ(idOf(ProviderKind::OpenAi, "gpt-4o-mini"), 1);
    EXPECT_EQ(idOf(ProviderKind::OpenAi, "gpt-4o-mini-2024-07-18"), 1);
    EXPECT_EQ(idOf(ProviderKind::AzureOpenAi, "gpt-4o"), 2);
    EXPECT_EQ(idOf(ProviderKind::AwsBedrock, "us.amazon.nova-lite-v1:0"), 3);
    EXPECT_EQ(idOf(ProviderKind::Anthropic, "claude-haiku-4-5-20251001"), 4);
    EXPECT_EQ(idOf(ProviderKind::Mistral, "gpt-4o-mini"), 0);
    EXPECT_EQ(idOf(ProviderKind::OpenAi, "unknown"), 0);
    EXPECT_EQ(idOf(ProviderKind::Anthropic, "sim-small"), 5); // no maker's own: served behind any preset
}

} // namespace
} // namespace sb::gateway
