// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/ConfigFile.h"

#include <gmock/gmock.h>

namespace sb::config {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The contract's own example, without a route's stickiness.
constexpr std::string_view kContract = R"(version: 1
organization: { handle: acme, name: Acme, currency: USD, timezone: Europe/Berlin }
projects:
  - { handle: shop, name: Shop assistant }
environments: [development, staging, production]      # the order is the promotion order
services:
  - name: OpenAI
    context: /openai                  # unique in the organization
    provider: openai
    version: v1.0
    scope: organization
    url: https://api.openai.com/v1
    summary: Chat and embeddings for every team
    labels: [chat, embeddings]
    published: true
    environments:
      development:
        auth: { header: Authorization, prefix: "Bearer ", secret: "env:OPENAI_API_KEY" }
        limits:
          - { per: minute, prompt_tokens: 100000, completion_tokens: 20000, total_tokens: 110000 }
          - { per: day, total_tokens: 5000000, cost_usd: "25.00" }
        per_request: { prompt_tokens: 8000, completion_tokens: 1000, total_tokens: 9000 }
connections:
  - name: web-frontend
    project: shop
    service: /openai
    environments:
      development:
        key: "env:WEB_FRONTEND_KEY"
        limits: [ { per: hour, total_tokens: 200000 } ]
routes:
  - name: smart                       # clients send it as the model name
    environment: development
    policy: { type: priority }
    targets:
      - { service: /openai, model: gpt-4o-mini, weight: 3 }
      - { service: /claude, model: claude-3-5-haiku-latest, weight: 1 }
)";

TEST(YamlReader, ReadsTheContractsExample)
{
    const ReadConfig read = readYaml(kContract);
    ASSERT_EQ(read.issues, ConfigIssues{});
    EXPECT_EQ(read.file.organization->timeZone, "Europe/Berlin");
    EXPECT_EQ(read.file.projects->front().name, "Shop assistant");
    ASSERT_EQ(read.file.environments->size(), 3U);
    const auto& service = read.file.services->front();
    EXPECT_EQ(service.service.contextPath, "/openai");
    EXPECT_EQ(service.service.provider, ProviderKind::OpenAi);
    EXPECT_EQ(service.service.labels, (std::vector<std::string>{"chat", "embeddings"}));
    const auto& development = service.environments.front();
    EXPECT_EQ(development.configuration.security.prefix, "Bearer ");
    EXPECT_EQ(development.configuration.security.secret.toString(), "env:OPENAI_API_KEY");
    EXPECT_EQ(development.limits[1].maxCost->nano, 25'000'000'000);
    EXPECT_EQ(development.caps.maxTotalTokens, 9000);
    EXPECT_EQ(read.file.connections->front().environments.front().key.toString(), "env:WEB_FRONTEND_KEY");
    const auto& route = read.file.routes->front();
    EXPECT_EQ(route.environment, "development");
    EXPECT_EQ(route.route.policy, RoutingPolicy::Priority);
    EXPECT_EQ(route.route.targets,
              (std::vector<RouteTarget>{{"/openai", "gpt-4o-mini", 3}, {"/claude", "claude-3-5-haiku-latest", 1}}));
}

TEST(YamlReader, LeavesAbsentSectionsAbsent)
{
    const ReadConfig read = readYaml("version: 1\nprojects:\n  - { handle: shop }\n");
    EXPECT_EQ(read.issues, ConfigIssues{});
    EXPECT_TRUE(read.file.projects);
    EXPECT_FALSE(read.file.services);
    EXPECT_FALSE(read.file.organization);
}

TEST(YamlReader, ReadsAwsSignaturesAndAzureDeployments)
{
    const ReadConfig read = readYaml(R"(version: 1
services:
  - name: Bedrock
    context: /bedrock
    provider: aws-bedrock
    url: https://bedrock-runtime.us-east-1.amazonaws.com
    environments:
      production:
        auth: { type: sigv4, region: us-east-1, access_key: "env:AK", secret_key: "keychain:aws", session_token: "file:/run/token" }
  - name: Azure
    context: /azure
    provider: azure-openai
    project: shop
    url: https://acme.openai.azure.com
    environments:
      production:
        auth: { header: api-key, secret: "env:AZURE" }
        api_version: 2024-10-21
        deployments: { gpt-4o: my-gpt }
)");
    ASSERT_EQ(read.issues, ConfigIssues{});
    const auto& aws = (*read.file.services)[0].environments[0].configuration.security;
    EXPECT_EQ(aws.kind, AuthKind::SigV4);
    EXPECT_EQ(aws.sessionToken.toString(), "file:/run/token");
    const auto& azure = (*read.file.services)[1];
    EXPECT_EQ(azure.service.scope, Scope::Project);
    EXPECT_EQ(azure.environments[0].configuration.apiVersion, "2024-10-21");
    EXPECT_EQ(azure.environments[0].configuration.deployments.at("gpt-4o"), "my-gpt");
}

TEST(YamlReader, ChecksTheApiVersionAsTheFormDoes)
{
    const auto issuesOf = [](std::string_view provider, std::string_view header, std::string_view version) {
        const ReadConfig read = readYaml(
            "version: 1\nservices:\n  - name: A\n    context: /a\n    provider: " + std::string(provider) +
            "\n    url: https://acme.example.com\n    environments:\n      development:\n"
            "        auth: { header: " +
            std::string(header) + ", secret: \"env:K\" }\n        api_version: " + std::string(version) + "\n");
        return read.issues;
    };
    EXPECT_EQ(issuesOf("azure-openai", "api-key", "2025-04-01-preview"), ConfigIssues{});
    EXPECT_EQ(issuesOf("azure-openai", "api-key", "preview"), ConfigIssues{});
    EXPECT_EQ(issuesOf("anthropic", "x-api-key", "2023-06-01"), ConfigIssues{});
    for (const auto& [provider, header, version] :
         {std::tuple("azure-openai", "api-key", "newest"), std::tuple("anthropic", "x-api-key", "preview"),
          std::tuple("openai", "api-key", "2024-10-21")}) {
        const ConfigIssues issues = issuesOf(provider, header, version);
        ASSERT_EQ(issues.size(), 1U) << provider;
        EXPECT_EQ(issues[0].line, 10) << provider;
        EXPECT_THAT(issues[0].what, HasSubstr("'api_version'")) << provider;
    }
}

/// A service with one line replaced; the replaced line is number 8.
std::string serviceWith(std::string_view line)
{
    return "version: 1\nservices:\n  - name: A\n    context: /a\n    provider: openai\n    url: "
           "https://api.openai.com/v1\n"
           "    environments:\n" +
           std::string(line) + "\n";
}

TEST(YamlReader, RefusesALiteralSecretWithItsLineAndNeverQuotesIt)
{
    for (
        const std::string_view auth :
        {R"(      development: { auth: { header: Authorization, prefix: "Bearer ", secret: "sk-verysecretvalue" } })",
         R"(      development: { auth: { header: Authorization, prefix: "Bearer sk-verysecretvalue", secret: "env:K" } })",
         R"(      development: { auth: { header: "Authorization: Bearer sk-verysecretvalue", secret: "env:K" } })"}) {
        const ReadConfig read = readYaml(serviceWith(auth));
        ASSERT_EQ(read.issues.size(), 1U) << auth;
        EXPECT_EQ(read.issues[0].line, 8) << auth;
        EXPECT_THAT(read.issues[0].what, Not(HasSubstr("verysecret")));
    }
    const ReadConfig key =
        readYaml("version: 1\nconnections:\n  - name: c\n    project: p\n    service: /a\n    environments:\n"
                 "      development:\n        key: sbx_literal_key_0123456789\n");
    ASSERT_EQ(key.issues.size(), 1U);
    EXPECT_EQ(key.issues[0].line, 8);
}

struct Fault {
    const char* name;
    std::string text;
    int line;
    const char* says;
};

class YamlFaults : public testing::TestWithParam<Fault> {};

TEST_P(YamlFaults, AreNamedWithTheirLine)
{
    const ReadConfig read = readYaml(GetParam().text);
    ASSERT_FALSE(read.issues.empty());
    EXPECT_EQ(read.issues[0].line, GetParam().line);
    EXPECT_THAT(read.issues[0].what, HasSubstr(GetParam().says));
}

std::string deep()
{
    std::string text = "version: 1\nx: ";
    return text + std::string(40, '[') + std::string(40, ']') + "\n";
}

INSTANTIATE_TEST_SUITE_P(
    Files, YamlFaults,
    testing::Values(
        Fault{"NotYaml", "version: 1\nservices: [\n", 3, "not YAML"}, Fault{"Empty", "", 1, "empty"},
        Fault{"Version", "version: 2\n", 1, "version 1"},
        Fault{"NoVersion", "projects: []\n", 1, "'version' is missing"},
        Fault{"UnknownSection", "version: 1\nservises: []\n", 2, "unknown key 'servises'"},
        Fault{"UnknownKey",
              serviceWith("      development: { auth: { header: Authorization, secret: \"env:K\" }, limts: [] }"), 8,
              "unknown key 'limts'"},
        Fault{"Repeated", "version: 1\nprojects:\n  - handle: a\n    handle: b\n", 4, "'handle' is given twice"},
        Fault{"Anchor", "version: 1\nprojects: &p\n  - { handle: a }\n", 2, "anchors"},
        Fault{"Alias", "version: 1\nprojects:\n  - { handle: &h a }\n  - { handle: *h }\n", 3, "anchors"},
        Fault{"Tag", "version: 1\nprojects:\n  - { handle: !!binary aGk= }\n", 3, "tags"},
        Fault{"Depth", deep(), 2, "nested too deeply"},
        Fault{"RouteWithoutTarget", "version: 1\nroutes:\n  - name: smart\n", 3, "has no target"},
        Fault{"RouteWithoutWeight",
              "version: 1\nroutes:\n  - name: smart\n    targets: [ { service: /a, model: m, weight: 0 } ]\n", 3,
              "no target with a weight"},
        Fault{"RoutePolicy",
              "version: 1\nroutes:\n  - name: smart\n    policy: { type: magic }\n"
              "    targets: [ { service: /a, model: m } ]\n",
              4, "'magic' is not known"},
        Fault{"RouteName", "version: 1\nroutes:\n  - name: a/b\n    targets: [ { service: /a, model: m } ]\n", 3,
              "characters that are not allowed"},
        Fault{"RouteTwice",
              "version: 1\nroutes:\n  - { name: r, targets: [ { service: /a, model: m } ] }\n"
              "  - { name: r, targets: [ { service: /a, model: m } ] }\n",
              4, "given twice"},
        Fault{"RouteAttempts",
              "version: 1\nroutes:\n  - name: r\n    targets: [ { service: /a, model: m } ]\n"
              "    fallbacks: { max_attempts: 11 }\n",
              5, "at most 10"},
        Fault{"RouteAndService",
              "version: 1\nconnections:\n  - name: c\n    project: p\n    route: smart\n    service: /a\n"
              "    environments: { d: {} }\n",
              6, "not to both"},
        Fault{
            "LimitWithoutMaximum",
            serviceWith(
                "      development: { auth: { header: Authorization, secret: \"env:K\" }, limits: [ { per: day } ] }"),
            8, "at least one maximum"},
        Fault{"NegativeCount",
              serviceWith("      development: { auth: { header: Authorization, secret: \"env:K\" }, per_request: { "
                          "prompt_tokens: -1 } }"),
              8, "whole number"},
        Fault{"Money",
              serviceWith("      development: { auth: { header: Authorization, secret: \"env:K\" }, limits: [ { per: "
                          "day, cost_usd: 1.5.0 } ] }"),
              8, "decimal amount"},
        Fault{"NoAuth", serviceWith("      development: {}"), 8, "'auth' is missing"},
        Fault{"SigV4Elsewhere",
              serviceWith("      development: { auth: { type: sigv4, region: r, access_key: \"env:A\", secret_key: "
                          "\"env:B\" } }"),
              8, "aws-bedrock only"},
        Fault{"ReservedContext",
              "version: 1\nservices:\n  - name: A\n    context: /v1\n    provider: openai\n    url: "
              "https://api.openai.com\n",
              4, "reserved"},
        Fault{"InsecureUrl",
              "version: 1\nservices:\n  - name: A\n    context: /a\n    provider: openai\n    url: "
              "http://models.example.com\n",
              6, "allow_insecure_url"},
        Fault{"Provider",
              "version: 1\nservices:\n  - name: A\n    context: /a\n    provider: openia\n    url: "
              "https://api.openai.com\n",
              5, "'provider' is"},
        Fault{"TwoContexts",
              "version: 1\nservices:\n  - { name: A, context: /a, provider: openai, url: \"https://x.example\" }\n"
              "  - { name: B, context: a, provider: openai, url: \"https://x.example\" }\n",
              4, "given twice"}),
    [](const auto& fault) { return std::string(fault.param.name); });

} // namespace
} // namespace sb::config
