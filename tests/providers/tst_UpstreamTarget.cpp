// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/UpstreamTarget.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::providers;

namespace {

struct Client {
    std::string_view path;
    std::string_view query = {};
    std::string_view model = "gpt-4o";
    std::string_view method = "POST";
};

Result<UpstreamTarget> joined(const TargetAddress& address, const Client& client)
{
    const std::optional<PathMatch> match = matchPath(catalog::descriptor(address.provider), client.method, client.path);
    if (!match)
        return Error{ErrorCode::NotFound, "no such path"};
    return joinUrl(address, *match, client.path, client.query, client.model);
}

std::string target(ProviderKind provider, std::string_view basePath, const Client& client)
{
    const auto result = joined({provider, basePath, {}, nullptr}, client);
    return result ? result->target : "error: " + result.error().what;
}

std::string azure(std::string_view basePath, std::string_view apiVersion, const Client& client)
{
    const std::map<std::string, std::string> deployments{{"gpt-4o", "prod 4o"}};
    const auto result = joined({ProviderKind::AzureOpenAi, basePath, apiVersion, &deployments}, client);
    return result ? result->target : "error: " + result.error().what;
}

} // namespace

TEST(MatchPath, knowsThePathsOfItsPresetOnly)
{
    const auto known = [](ProviderKind provider, std::string_view method, std::string_view path) {
        return matchPath(catalog::descriptor(provider), method, path).has_value();
    };
    EXPECT_TRUE(known(ProviderKind::OpenAi, "POST", "/v1/chat/completions"));
    EXPECT_TRUE(known(ProviderKind::OpenAi, "GET", "/v1/models/gpt-4o"));
    EXPECT_TRUE(known(ProviderKind::Anthropic, "POST", "/v1/messages/count_tokens"));
    EXPECT_TRUE(known(ProviderKind::Mistral, "POST", "/v1/fim/completions"));
    EXPECT_TRUE(known(ProviderKind::AzureOpenAi, "POST", "/openai/deployments/prod/chat/completions"));
    EXPECT_TRUE(known(ProviderKind::AwsBedrock, "POST", "/model/amazon.nova-micro-v1:0/converse"));

    EXPECT_FALSE(known(ProviderKind::OpenAi, "GET", "/v1/chat/completions"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", "/v1/files"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", "/v1/batches"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", "/v1/chat/completions/"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", "/v1/chat%2fcompletions"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", "/V1/chat/completions"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "GET", "/v1/organization/costs"));
    EXPECT_FALSE(known(ProviderKind::Anthropic, "POST", "/v1/chat/completions"));
    EXPECT_FALSE(known(ProviderKind::AwsBedrock, "GET", "/foundation-models"));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", ""));
    EXPECT_FALSE(known(ProviderKind::OpenAi, "POST", "/"));
}

TEST(MatchPath, takesTheModelOutOfThePathDecoded)
{
    const auto model = [](std::string_view path) {
        const auto match = matchPath(catalog::descriptor(ProviderKind::AwsBedrock), "POST", path);
        return match ? match->model : "none";
    };
    EXPECT_EQ(model("/model/anthropic.claude-v1%3A0/converse"), "anthropic.claude-v1:0");
    EXPECT_EQ(model("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.x/converse-stream"),
              "arn:aws:bedrock:us-east-1:1:inference-profile/us.x");
    for (const char* path : {"/model//converse", "/model/./converse", "/model/../converse", "/model/%2e%2e/converse",
                             "/model/a%00b/converse", "/model/a%zz/converse", "/model/a%2/converse",
                             "/model/a%0d%0ab/converse", "/model/a/b/converse"})
        EXPECT_EQ(model(path), "none") << path;
}

TEST(MatchPath, saysWhetherThePathItselfStreams)
{
    const auto& bedrock = catalog::descriptor(ProviderKind::AwsBedrock);
    EXPECT_TRUE(matchPath(bedrock, "POST", "/model/m/converse-stream")->path->streams);
    EXPECT_FALSE(matchPath(bedrock, "POST", "/model/m/converse")->path->streams);
}

TEST(AllowedMethods, namesTheOnesAPathHas)
{
    EXPECT_EQ(allowedMethods(catalog::descriptor(ProviderKind::OpenAi), "/v1/models"), "GET");
    EXPECT_EQ(allowedMethods(catalog::descriptor(ProviderKind::OpenAi), "/v1/responses"), "POST");
    EXPECT_EQ(allowedMethods(catalog::descriptor(ProviderKind::OpenAi), "/v1/files"), "");
}

// Every preset with and without /v1 in the service URL, with and without a trailing slash.
TEST(JoinUrl, doesNotDoubleTheVersion)
{
    const Client chat{"/v1/chat/completions"};
    for (const ProviderKind provider : {ProviderKind::OpenAi, ProviderKind::Mistral, ProviderKind::OpenAiCompatible}) {
        for (const char* base : {"", "/", "/v1", "/v1/"})
            EXPECT_EQ(target(provider, base, chat), "/v1/chat/completions") << base;
        EXPECT_EQ(target(provider, "/proxy", chat), "/proxy/v1/chat/completions");
        EXPECT_EQ(target(provider, "/proxy/v1/", chat), "/proxy/v1/chat/completions");
    }
    for (const char* base : {"", "/", "/v1", "/v1/"})
        EXPECT_EQ(target(ProviderKind::Anthropic, base, {"/v1/messages"}), "/v1/messages") << base;
    EXPECT_EQ(target(ProviderKind::Anthropic, "/anthropic", {"/v1/messages"}), "/anthropic/v1/messages");
    for (const char* base : {"", "/"})
        EXPECT_EQ(target(ProviderKind::AwsBedrock, base, {"/model/m/converse"}), "/model/m/converse") << base;
}

TEST(JoinUrl, aBaseWithAVersionOfItsOwnKeepsIt)
{
    EXPECT_EQ(target(ProviderKind::OpenAiCompatible, "/v1beta/openai", {"/v1/chat/completions"}),
              "/v1beta/openai/chat/completions");
    EXPECT_EQ(target(ProviderKind::OpenAiCompatible, "/api/paas/v4", {"/v1/chat/completions"}),
              "/api/paas/v4/chat/completions");
    EXPECT_EQ(target(ProviderKind::OpenAiCompatible, "/vllm", {"/v1/chat/completions"}), "/vllm/v1/chat/completions");
}

// These very bytes are signed.
TEST(JoinUrl, leavesBedrockPathsByteForByte)
{
    for (const char* path :
         {"/model/anthropic.claude-3-haiku-20240307-v1:0/converse",
          "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse", "/model/arn%3aaws%3Abedrock%2Fx/converse-stream"})
        EXPECT_EQ(target(ProviderKind::AwsBedrock, "", {path}), path);
}

TEST(JoinUrl, addressesAzureInItsCurrentForm)
{
    for (const char* base : {"", "/", "/openai", "/openai/", "/openai/v1", "/openai/v1/"}) {
        EXPECT_EQ(azure(base, "", {"/v1/chat/completions"}), "/openai/v1/chat/completions") << base;
        EXPECT_EQ(azure(base, "", {"/openai/v1/chat/completions"}), "/openai/v1/chat/completions") << base;
        EXPECT_EQ(azure(base, "", {"/openai/deployments/d/embeddings", "api-version=2024-10-21"}),
                  "/openai/deployments/d/embeddings?api-version=2024-10-21")
            << base;
    }
    EXPECT_EQ(azure("/api/projects/p/openai/v1", "", {"/v1/responses"}), "/api/projects/p/openai/v1/responses");
    EXPECT_EQ(azure("", "", {"/v1/models", "", "", "GET"}), "/openai/v1/models");
}

TEST(JoinUrl, addressesAzuresUndatedVersionsInTheCurrentForm)
{
    for (const std::string version : {"v1", "preview", "latest"}) {
        EXPECT_EQ(azure("", version, {"/v1/chat/completions"}), "/openai/v1/chat/completions?api-version=" + version);
        EXPECT_EQ(azure("", version, {"/v1/models", "", "", "GET"}), "/openai/v1/models?api-version=" + version);
        EXPECT_EQ(azure("", version, {"/openai/v1/responses"}), "/openai/v1/responses?api-version=" + version);
        EXPECT_EQ(azure("", version, {"/openai/v1/responses", "api-version=preview"}),
                  "/openai/v1/responses?api-version=preview")
            << "the client's own wins on native paths";
        EXPECT_EQ(azure("", version, {"/openai/deployments/d/embeddings", "api-version=2024-10-21"}),
                  "/openai/deployments/d/embeddings?api-version=2024-10-21");
        EXPECT_EQ(azure("", version, {"/openai/deployments/d/embeddings"}), "/openai/deployments/d/embeddings")
            << "a dated path takes no undated version";
    }
}

TEST(JoinUrl, addressesAzureInItsDatedForm)
{
    EXPECT_EQ(azure("", "2024-10-21", {"/v1/chat/completions"}),
              "/openai/deployments/prod%204o/chat/completions?api-version=2024-10-21");
    EXPECT_EQ(azure("", "2024-10-21", {"/v1/embeddings", "", "ada"}),
              "/openai/deployments/ada/embeddings?api-version=2024-10-21");
    EXPECT_EQ(azure("", "2024-10-21", {"/v1/responses"}), "/openai/responses?api-version=2024-10-21");
    EXPECT_EQ(azure("", "2024-10-21", {"/v1/chat/completions", "api-version=2020-01-01"}),
              "/openai/deployments/prod%204o/chat/completions?api-version=2024-10-21")
        << "the configured version wins";
    EXPECT_EQ(azure("", "2024-10-21", {"/openai/deployments/d/chat/completions"}),
              "/openai/deployments/d/chat/completions?api-version=2024-10-21");
    EXPECT_EQ(azure("", "2024-10-21", {"/openai/deployments/d/chat/completions", "api-version=2024-06-01"}),
              "/openai/deployments/d/chat/completions?api-version=2024-06-01")
        << "a native path stays as the client wrote it";
}

TEST(JoinUrl, namesTheDeploymentInTheBody)
{
    const std::map<std::string, std::string> deployments{{"gpt-4o", "prod"}};
    const TargetAddress address{ProviderKind::AzureOpenAi, "", "", &deployments};
    EXPECT_EQ(joined(address, {"/v1/chat/completions"})->bodyModel, "prod");
    EXPECT_EQ(joined(address, {"/v1/chat/completions", "", "other"})->bodyModel, std::nullopt)
        << "without an entry the model is the deployment";
    EXPECT_EQ(joined(address, {"/openai/v1/chat/completions"})->bodyModel, std::nullopt);
}

TEST(JoinUrl, letsOnlyListedQueryNamesThrough)
{
    EXPECT_EQ(target(ProviderKind::Anthropic, "", {"/v1/messages", "beta=true&x=1"}), "/v1/messages?beta=true")
        << "ignored on a contract path";
    EXPECT_EQ(target(ProviderKind::Anthropic, "", {"/v1/models", "limit=5&after_id=a%20b", "", "GET"}),
              "/v1/models?limit=5&after_id=a%20b");
    EXPECT_EQ(target(ProviderKind::OpenAi, "", {"/v1/chat/completions", "key=secret&&="}), "/v1/chat/completions");
    const auto refused =
        joined({ProviderKind::Anthropic, "", {}, nullptr}, {"/v1/messages/count_tokens", "beta=true&evil=1"});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().field, "evil");
}
