// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/PromptMeasure.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::tokens;

namespace {

PromptMeasure text(std::uint64_t bytes, std::uint32_t messages)
{
    PromptMeasure measure;
    measure.textBytes = bytes;
    measure.messages = messages;
    return measure;
}

std::uint64_t bound(const PromptMeasure& measure, ProviderKind provider, std::string_view model)
{
    return upperBound(measure, provider, model).tokens;
}

} // namespace

// A token has at least one byte, and a message at most the allowance besides its text.
TEST(UpperBound, isTheBytesAndTheTemplate)
{
    EXPECT_EQ(bound(text(100, 1), ProviderKind::OpenAi, "gpt-4o-mini"), 100u + 8 + 8);
    EXPECT_EQ(bound(text(100, 3), ProviderKind::OpenAi, "gpt-4o-mini"), 100u + 3 * 8 + 8);
}

TEST(UpperBound, holdsForTheGoldenTokenCounts)
{
    // Text, and its length in tokens by o200k_base.
    const std::pair<std::string_view, std::uint64_t> rows[] = {
        {"hello world", 2},  {"today\n \n", 2}, {"1234567 12 0.5e-10", 12}, {"\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6", 4},
        {"we'\xc5\xbfx", 4},
    };
    for (const auto& [sample, count] : rows)
        EXPECT_GE(bound(text(sample.size(), 1), ProviderKind::OpenAi, "gpt-4o"), count + 7) << sample;
}

TEST(UpperBound, isProvenOnlyForTextInAKnownByteLevelEncoding)
{
    const auto proven = [](const PromptMeasure& measure, std::string_view model) {
        return upperBound(measure, ProviderKind::OpenAi, model).proven;
    };
    EXPECT_TRUE(proven(text(10, 1), "gpt-4o"));
    EXPECT_TRUE(proven(text(10, 1), "ft:gpt-4o-mini:acme::id"));
    EXPECT_FALSE(proven(text(10, 1), "claude-haiku-4-5"));
    EXPECT_FALSE(proven(text(10, 1), "our-own-model"));
    PromptMeasure measure = text(10, 1);
    measure.images = 1;
    EXPECT_FALSE(proven(measure, "gpt-4o"));
    measure = text(10, 1);
    measure.tools = 1;
    EXPECT_FALSE(proven(measure, "gpt-4o"));
    measure = text(10, 1);
    measure.remoteContext = true;
    EXPECT_FALSE(proven(measure, "gpt-4o"));
}

TEST(UpperBound, countsAnImageAtTheModelsLargest)
{
    PromptMeasure measure;
    measure.images = 2;
    const std::uint64_t base = bound(PromptMeasure{}, ProviderKind::OpenAi, "gpt-4o");
    EXPECT_EQ(bound(measure, ProviderKind::OpenAi, "gpt-4o") - base, 2u * 1'445);
    EXPECT_EQ(bound(measure, ProviderKind::OpenAi, "gpt-4o-mini") - base, 2u * 48'169);
    EXPECT_EQ(bound(measure, ProviderKind::OpenAi, "gpt-5") - base, 2u * 1'190);
    EXPECT_EQ(bound(measure, ProviderKind::OpenAi, "gpt-5.4-mini") - base, 2u * 12'000);
    EXPECT_GE(bound(measure, ProviderKind::Anthropic, "claude-opus-4-8"), 2u * 4'784);
    EXPECT_EQ(bound(measure, ProviderKind::AwsBedrock, "eu.anthropic.claude-sonnet-4-6"),
              bound(PromptMeasure{}, ProviderKind::AwsBedrock, "eu.anthropic.claude-sonnet-4-6") + 2u * 1'600);
}

TEST(UpperBound, addsTheHiddenPromptOfTools)
{
    PromptMeasure measure = text(10, 1);
    measure.tools = 1;
    measure.jsonBytes = 200;
    EXPECT_GE(bound(measure, ProviderKind::Anthropic, "claude-sonnet-4-5"), 10u + 200 + 530);
}

TEST(Estimate, neverExceedsTheBound)
{
    for (const ProviderKind provider : kProviderKinds) {
        for (std::uint64_t bytes : {0u, 1u, 5u, 100u, 10'000u}) {
            PromptMeasure measure = text(bytes, 1);
            measure.images = static_cast<std::uint32_t>(bytes % 3);
            EXPECT_LE(estimatePrompt(measure, provider, "gpt-4o"), bound(measure, provider, "gpt-4o"));
        }
    }
}

TEST(Estimate, ofTextIsZeroOnlyForNothing)
{
    EXPECT_EQ(estimateText(0, ProviderKind::OpenAi, "gpt-4o"), 0u);
    EXPECT_EQ(estimateText(1, ProviderKind::OpenAi, "gpt-4o"), 1u);
    EXPECT_EQ(estimateText(400, ProviderKind::OpenAi, "gpt-4o"), 100u);
    EXPECT_GT(estimateText(400, ProviderKind::Anthropic, "claude-sonnet-5"),
              estimateText(400, ProviderKind::Anthropic, "claude-sonnet-4-5"));
}
