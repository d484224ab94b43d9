// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ErrorShape.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::providers;

TEST(ErrorShape, followsTheFormatThatWasCalled)
{
    EXPECT_EQ(errorShapeOf(Dialect::OpenAiChat, ProviderKind::Mistral), ErrorShape::OpenAi);
    EXPECT_EQ(errorShapeOf(Dialect::AnthropicMessages, ProviderKind::Anthropic), ErrorShape::Anthropic);
    EXPECT_EQ(errorShapeOf(Dialect::BedrockInvoke, ProviderKind::AwsBedrock), ErrorShape::Bedrock);
    EXPECT_EQ(errorShapeOf(Dialect::Opaque, ProviderKind::Anthropic), ErrorShape::Anthropic);
    EXPECT_EQ(errorShapeOf(Dialect::Opaque, ProviderKind::AwsBedrock), ErrorShape::Bedrock);
    EXPECT_EQ(errorShapeOf(Dialect::Opaque, ProviderKind::OpenAi), ErrorShape::OpenAi);
}

TEST(ErrorBody, hasOpenAisFourMembers)
{
    EXPECT_EQ(
        errorBody(ErrorShape::OpenAi, 400, "invalid_request", "say \"please\"", "model").body,
        R"({"error":{"message":"say \"please\"","type":"invalid_request_error","param":"model","code":"invalid_request"}})");
    EXPECT_EQ(errorBody(ErrorShape::OpenAi, 401, "invalid_api_key", "no").body,
              R"({"error":{"message":"no","type":"authentication_error","param":null,"code":"invalid_api_key"}})");
}

TEST(ErrorBody, hasAnthropicsTypeAndOurCode)
{
    EXPECT_EQ(errorBody(ErrorShape::Anthropic, 429, "token_limit_exceeded", "full").body,
              R"({"type":"error","error":{"type":"rate_limit_error","message":"full","code":"token_limit_exceeded"}})");
    EXPECT_EQ(errorBody(ErrorShape::Anthropic, 413, "request_too_large", "big").body,
              R"({"type":"error","error":{"type":"request_too_large","message":"big","code":"request_too_large"}})");
}

TEST(ErrorBody, namesBedrocksExceptionInItsHeader)
{
    const ErrorBody body = errorBody(ErrorShape::Bedrock, 429, "token_limit_exceeded", "full");
    EXPECT_EQ(body.body, R"({"message":"full","code":"token_limit_exceeded"})");
    EXPECT_EQ(body.amznErrorType, "ThrottlingException");
    EXPECT_EQ(errorBody(ErrorShape::Bedrock, 400, "invalid_request", "x").amznErrorType, "ValidationException");
    EXPECT_TRUE(errorBody(ErrorShape::OpenAi, 400, "invalid_request", "x").amznErrorType.empty());
}

// What the gateway writes into a broken stream is recognised as an error by the same listener that found the break.
TEST(InBandError, isAnErrorInTheStreamsOwnFormatAndNeverAnEnd)
{
    const std::pair<Dialect, Framing> rows[] = {
        {Dialect::OpenAiChat, Framing::Sse},
        {Dialect::OpenAiResponses, Framing::Sse},
        {Dialect::AnthropicMessages, Framing::Sse},
        {Dialect::BedrockConverse, Framing::AwsEventStream},
    };
    for (const auto& [dialect, framing] : rows) {
        ResponseTap tap({dialect, framing});
        const std::string bytes = inBandError(dialect, framing, "upstream_error", "The stream was cut.");
        EXPECT_EQ(tap.feed(bytes), bytes);
        ASSERT_TRUE(tap.facts().error);
        EXPECT_EQ(tap.facts().error->message, "The stream was cut.");
        EXPECT_EQ(tap.events(), 1u);
        EXPECT_FALSE(tap.endSeen());
        EXPECT_FALSE(tap.corrupt());
    }
    EXPECT_EQ(inBandError(Dialect::OpenAiChat, Framing::None, "upstream_error", "x"), "")
        << "nothing fits into a plain body";
    EXPECT_EQ(inBandError(Dialect::Opaque, Framing::Sse, "upstream_error", "x"), "");
}
