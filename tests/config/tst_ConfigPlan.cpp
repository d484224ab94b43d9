// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/ConfigPlan.h"
#include "config/YamlWriter.h"

#include <gtest/gtest.h>

namespace sb::config {
namespace {

/// acme: projects default and shop, two environments, /openai with limits, one connection with a referenced key.
DomainSnapshot sampleSnapshot()
{
    DomainSnapshot snapshot;
    snapshot.organization = {
        .id = OrganizationId(1), .handle = "acme", .name = "Acme: \"the\" company", .timeZone = "Europe/Berlin"};
    snapshot.projects = {
        {.id = ProjectId(1), .organization = OrganizationId(1), .handle = "default", .name = "Default"},
        {.id = ProjectId(2), .organization = OrganizationId(1), .handle = "shop", .name = "yes"}};
    snapshot.environments = {
        {.id = EnvironmentId(1), .organization = OrganizationId(1), .name = "development", .promotionOrder = 1},
        {.id = EnvironmentId(2),
         .organization = OrganizationId(1),
         .name = "production",
         .isProduction = true,
         .promotionOrder = 2}};
    snapshot.services = {{.id = ServiceId(5),
                          .organization = OrganizationId(1),
                          .name = "OpenAI",
                          .contextPath = "/openai",
                          .url = "https://api.openai.com/v1",
                          .summary = "# not a comment",
                          .labels = {"chat", "1.0"},
                          .rowVersion = 3},
                         {.id = ServiceId(6),
                          .organization = OrganizationId(1),
                          .scope = Scope::Project,
                          .project = ProjectId(2),
                          .provider = ProviderKind::AwsBedrock,
                          .name = "Bedrock",
                          .contextPath = "/bedrock",
                          .url = "https://bedrock-runtime.us-east-1.amazonaws.com",
                          .marketplaceState = MarketplaceState::Draft}};
    snapshot.serviceEnvironments = {
        {.id = ServiceEnvironmentId(50),
         .service = ServiceId(5),
         .environment = EnvironmentId(1),
         .security = {.header = "Authorization", .prefix = "Bearer ", .secret = {SecretRef::Kind::Environment, "K"}}},
        {.id = ServiceEnvironmentId(60),
         .service = ServiceId(6),
         .environment = EnvironmentId(2),
         .security = {.kind = AuthKind::SigV4,
                      .region = "us-east-1",
                      .accessKey = {SecretRef::Kind::Environment, "A"},
                      .secretKey = {SecretRef::Kind::Keychain, "aws secret"}}}};
    snapshot.limits = {{.id = LimitRuleId(1),
                        .scopeId = 50,
                        .per = LimitWindow::Day,
                        .maxTotalTokens = 5000,
                        .maxCost = Money{12'500'000'000}},
                       {.id = LimitRuleId(2),
                        .scopeId = 50,
                        .per = LimitWindow::Minute,
                        .maxPromptTokens = 100,
                        .mode = LimitMode::Shadow},
                       {.id = LimitRuleId(3),
                        .scope = LimitScope::ConnectionEnvironment,
                        .scopeId = 70,
                        .per = LimitWindow::Hour,
                        .maxRequests = 9}};
    snapshot.caps = {{.scopeId = 50, .maxCompletionTokens = 1000}};
    snapshot.connections = {{.id = ConnectionId(7), .project = ProjectId(2), .name = "web", .service = ServiceId(5)}};
    snapshot.routes = {{.id = RouteId(9),
                        .organization = OrganizationId(1),
                        .environment = EnvironmentId(1),
                        .name = "smart",
                        .policy = RoutingPolicy::Weighted,
                        .targets = {{"/openai", "gpt-4o", 3, {}}, {"/bedrock", "1.0", 0, 2}},
                        .maxAttempts = 2,
                        .version = 4}};
    snapshot.connections.push_back(
        {.id = ConnectionId(8), .project = ProjectId(1), .name = "assistant", .service = {}, .route = RouteId(9)});
    snapshot.connectionEnvironments = {
        {.id = ConnectionEnvironmentId(80), .connection = ConnectionId(8), .environment = EnvironmentId(1)},
        {.id = ConnectionEnvironmentId(70), .connection = ConnectionId(7), .environment = EnvironmentId(1)}};
    return snapshot;
}

/// "+ service /x", "~ service /x (url)", "- service /x".
std::vector<std::string> words(const ConfigPlan& plan)
{
    std::vector<std::string> lines;
    for (const auto& line : plan.lines) {
        const char sign = line.change == ConfigPlan::Change::Added     ? '+'
                          : line.change == ConfigPlan::Change::Changed ? '~'
                                                                       : '-';
        lines.push_back(std::string(1, sign) + " " + line.what + (line.detail.empty() ? "" : " (" + line.detail + ")"));
    }
    return lines;
}

PlannedConfig planText(const std::string& text, const DomainSnapshot& snapshot,
                       const std::map<std::string, Sha256Digest>& keys = {})
{
    const ReadConfig read = readYaml(text);
    EXPECT_EQ(read.issues, ConfigIssues{}) << text;
    return planConfig(read.file, snapshot, keys);
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(ConfigPlan, ApplyingAnExportChangesNothing)
{
    const PlannedConfig planned = planText(writeYaml(sampleSnapshot()), sampleSnapshot());
    EXPECT_EQ(planned.issues, ConfigIssues{});
    EXPECT_EQ(words(planned.plan), std::vector<std::string>{});
}

TEST(ConfigPlan, AnExportIntoAnEmptyDatabaseBringsEverything)
{
    DomainSnapshot empty;
    empty.organization = {.id = OrganizationId(1), .handle = "default", .name = "Default organization"};
    const PlannedConfig planned = planText(writeYaml(sampleSnapshot()), empty);
    EXPECT_EQ(words(planned.plan),
              (std::vector<std::string>{"~ organization acme (handle, name, timezone)", "+ project default",
                                        "+ project shop", "+ environment development", "+ environment production",
                                        "+ service /openai", "+ service /bedrock", "+ route smart in development",
                                        "+ connection web", "+ connection assistant"}));
}

TEST(ConfigPlan, NamesWhatDiffers)
{
    std::string text = writeYaml(sampleSnapshot());
    text = replaced(text, "https://api.openai.com/v1", "https://eu.api.openai.com/v1");
    text = replaced(text, "\"env:K\"", "\"env:OTHER\"");
    text = replaced(text, "requests: 9", "requests: 10");
    const PlannedConfig planned = planText(text, sampleSnapshot());
    EXPECT_EQ(words(planned.plan),
              (std::vector<std::string>{"~ service /openai (url)", "~ service /openai in development (auth)",
                                        "~ connection web in development (limits)"}));
    ASSERT_EQ(planned.plan.services.size(), 1U);
    EXPECT_EQ(planned.plan.services[0].service.id, ServiceId(5));
    EXPECT_EQ(planned.plan.services[0].service.rowVersion, 3); // what the optimistic lock compares
}

TEST(ConfigPlan, RemovesWhatAPresentSectionLeavesOut)
{
    const PlannedConfig planned = planText("version: 1\nservices: []\nconnections: []\n", sampleSnapshot());
    EXPECT_EQ(words(planned.plan), (std::vector<std::string>{"- service /openai", "- service /bedrock",
                                                             "- connection web", "- connection assistant"}));
}

TEST(ConfigPlan, NamesWhatDiffersInARoute)
{
    std::string text = writeYaml(sampleSnapshot());
    text = replaced(text, "type: weighted", "type: priority");
    text = replaced(text, "weight: 3", "weight: 5");
    text = replaced(text, "max_attempts: 2", "max_attempts: 3");
    const PlannedConfig planned = planText(text, sampleSnapshot());
    EXPECT_EQ(words(planned.plan),
              std::vector<std::string>{"~ route smart in development (policy, targets, fallbacks)"});
    ASSERT_EQ(planned.plan.routes.size(), 1U);
    EXPECT_EQ(planned.plan.routes[0].route.id, RouteId(9));
}

TEST(ConfigPlan, RetargetsAConnectionFromARouteToAService)
{
    const std::string text = replaced(writeYaml(sampleSnapshot()), "route: \"smart\"", "service: /openai");
    const PlannedConfig planned = planText(text, sampleSnapshot());
    EXPECT_EQ(words(planned.plan), std::vector<std::string>{"~ connection assistant (service)"});
}

TEST(ConfigPlan, LeavesAbsentSectionsAlone)
{
    EXPECT_TRUE(planText("version: 1\n", sampleSnapshot()).plan.isEmpty());
}

TEST(ConfigPlan, RemovesAnEnvironmentOfAService)
{
    const std::string text =
        replaced(writeYaml(sampleSnapshot()), "      production:\n        auth:", "      development:\n        auth:");
    EXPECT_EQ(words(planText(text, sampleSnapshot()).plan),
              (std::vector<std::string>{"+ service /bedrock in development", "- service /bedrock in production"}));
}

TEST(ConfigPlan, ReordersAndAddsEnvironments)
{
    const PlannedConfig planned =
        planText("version: 1\nenvironments: [production, qa, development]\n", sampleSnapshot());
    EXPECT_EQ(words(planned.plan), (std::vector<std::string>{"~ environment production (order)", "+ environment qa",
                                                             "~ environment development (order)"}));
    ASSERT_TRUE(planned.plan.environments);
    EXPECT_EQ((*planned.plan.environments)[0].id, EnvironmentId(2));
    EXPECT_EQ((*planned.plan.environments)[2].promotionOrder, 3);
}

TEST(ConfigPlan, RefusesReferencesThatLeadNowhere)
{
    const PlannedConfig planned = planText(R"(version: 1
connections:
  - name: c
    project: nobody
    service: /none
    environments:
      nowhere: {}
)",
                                           sampleSnapshot());
    ASSERT_EQ(planned.issues.size(), 3U);
    EXPECT_EQ(planned.issues[0], (ConfigIssue{3, "there is no project 'nobody'"}));
    EXPECT_EQ(planned.issues[1], (ConfigIssue{3, "there is no service with context '/none'"}));
    EXPECT_EQ(planned.issues[2], (ConfigIssue{7, "there is no environment 'nowhere'"}));
}

TEST(ConfigPlan, RefusesRoutesToServicesThatDoNotExist)
{
    const PlannedConfig planned = planText(R"(version: 1
connections:
  - { name: c, project: default, route: clever, environments: { development: {} } }
routes:
  - name: smart
    environment: nowhere
    targets:
      - { service: /openai, model: m }
      - { service: /none, model: m }
)",
                                           sampleSnapshot());
    ASSERT_EQ(planned.issues.size(), 3U);
    EXPECT_EQ(planned.issues[0], (ConfigIssue{3, "there is no route 'clever'"}));
    EXPECT_EQ(planned.issues[1], (ConfigIssue{5, "there is no environment 'nowhere'"}));
    EXPECT_EQ(planned.issues[2], (ConfigIssue{9, "there is no service with context '/none'"}));
}

class ReferencedKeys : public testing::Test {
protected:
    std::string text = replaced(writeYaml(sampleSnapshot()), "        limits:\n          - {per: hour",
                                "        key: env:WEB\n        limits:\n          - {per: hour");
    std::map<std::string, Sha256Digest> hashes{{"env:WEB", sha256("a key of sixteen")}};
};

TEST_F(ReferencedKeys, AreAddedWhenNew)
{
    const PlannedConfig planned = planText(text, sampleSnapshot(), hashes);
    EXPECT_EQ(words(planned.plan), (std::vector<std::string>{"~ connection web in development (key)"}));
    EXPECT_EQ(planned.plan.connections[0].keys[0].hash, sha256("a key of sixteen"));
}

TEST_F(ReferencedKeys, AreLeftWhenStored)
{
    DomainSnapshot snapshot = sampleSnapshot();
    snapshot.keys = {{.id = GatewayKeyId(1),
                      .connection = ConnectionId(7),
                      .environment = EnvironmentId(1),
                      .publicId = "ref_1",
                      .hash = sha256("a key of sixteen")}};
    EXPECT_TRUE(planText(text, snapshot, hashes).plan.isEmpty());
}

TEST_F(ReferencedKeys, AreAnIssueWhenUnreadable)
{
    EXPECT_EQ(planText(text, sampleSnapshot(), {}).issues.size(), 1U);
}

} // namespace
} // namespace sb::config
