// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/ProviderDescriptor.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace sb;
using namespace sb::catalog;

TEST(ProviderDescriptor, eachPresetIsItsOwn)
{
    for (const ProviderKind kind : kProviderKinds) {
        const ProviderDescriptor& preset = descriptor(kind);
        EXPECT_EQ(preset.kind, kind);
        EXPECT_FALSE(preset.whatYouNeed.empty());
        EXPECT_FALSE(preset.urlPlaceholder.empty());
        EXPECT_FALSE(preset.nativePaths.empty());
        EXPECT_TRUE(preset.modelsPath.starts_with('/'));
    }
}

// The prefilled text of the field is the header, and the prefix if there is one.
TEST(ProviderDescriptor, theAuthorizationHeaderReadsAsItIsSent)
{
    for (const ProviderKind kind : kProviderKinds) {
        const ProviderDescriptor& preset = descriptor(kind);
        std::string text(preset.headerName);
        if (!preset.headerPrefix.empty())
            text += ": " + std::string(preset.headerPrefix.substr(0, preset.headerPrefix.size() - 1));
        EXPECT_EQ(preset.authorizationHeader, text);
    }
}

TEST(ProviderDescriptor, onlyBedrockSignsAndOnlyAzureHasDeployments)
{
    for (const ProviderKind kind : kProviderKinds) {
        EXPECT_EQ(descriptor(kind).supportsSigV4, kind == ProviderKind::AwsBedrock);
        EXPECT_EQ(descriptor(kind).needsDeployments, kind == ProviderKind::AzureOpenAi);
        EXPECT_EQ(descriptor(kind).needsApiVersion, kind == ProviderKind::AzureOpenAi);
    }
}

TEST(ProviderDescriptor, pathsBeginWithASlashAndAreListedOnce)
{
    for (const ProviderKind kind : kProviderKinds) {
        const auto paths = descriptor(kind).nativePaths;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            EXPECT_TRUE(path->pattern.starts_with('/'));
            EXPECT_TRUE(path->method == "GET" || path->method == "POST");
            EXPECT_TRUE(std::none_of(paths.begin(), path, [&](const NativePath& other) {
                return other.method == path->method && other.pattern == path->pattern;
            })) << path->pattern;
        }
    }
}

// A credential must come from the configuration only.
TEST(ProviderDescriptor, noPresetForwardsOrReturnsACredentialOrAHost)
{
    for (const ProviderKind kind : kProviderKinds) {
        for (const char* header :
             {"authorization", "x-api-key", "api-key", "host", "cookie", "x-amz-security-token", "x-amz-date",
              "x-forwarded-for", "connection", "transfer-encoding", "content-length"})
            EXPECT_FALSE(isListed(descriptor(kind).forwardedHeaders, header)) << header;
        for (const char* header :
             {"set-cookie", "location", "access-control-allow-origin", "x-api-key", "authorization"})
            EXPECT_FALSE(isListed(descriptor(kind).returnedHeaders, header)) << header;
    }
}

TEST(IsListed, comparesWithoutCaseAndByPrefixWhereStarred)
{
    const auto& bedrock = descriptor(ProviderKind::AwsBedrock).forwardedHeaders;
    EXPECT_TRUE(isListed(bedrock, "X-Amzn-Bedrock-GuardrailIdentifier"));
    EXPECT_FALSE(isListed(bedrock, "x-amzn-bedroc"));
    EXPECT_FALSE(isListed(bedrock, ""));
    const auto& anthropic = descriptor(ProviderKind::Anthropic).forwardedHeaders;
    EXPECT_TRUE(isListed(anthropic, "Anthropic-Version"));
    EXPECT_FALSE(isListed(anthropic, "anthropic-version-x"));
}

TEST(ProviderDescriptor, anthropicGetsAVersionWhenTheClientSendsNone)
{
    const auto defaults = descriptor(ProviderKind::Anthropic).defaultHeaders;
    ASSERT_EQ(defaults.size(), 1u);
    EXPECT_EQ(defaults[0].name, "anthropic-version");
    EXPECT_EQ(defaults[0].value, "2023-06-01");
}
