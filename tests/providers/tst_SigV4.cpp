// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/SigV4.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace sb;
using namespace sb::providers;

namespace {

// The key pair of AWS's own published signing examples.
constexpr std::string_view kAccessKey = "AKIDEXAMPLE";
constexpr std::string_view kSecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kBody = R"({"messages":[{"role":"user","content":[{"text":"hi"}]}]})";
constexpr std::string_view kRuntime = "bedrock-runtime.us-east-1.amazonaws.com";

const Timestamp kThen =
    std::chrono::sys_days{std::chrono::year{2015} / 8 / 30} + std::chrono::hours{12} + std::chrono::minutes{36};

SigV4Signer signer(std::string_view token = {}, std::string service = "bedrock")
{
    return {std::string(kAccessKey), Secret(kSecretKey), Secret(token), "us-east-1", std::move(service)};
}

std::string signatureOf(const SigV4Headers& headers)
{
    return headers.authorization.substr(headers.authorization.rfind('=') + 1);
}

SigV4Request converse(std::string_view target)
{
    return {"POST", kRuntime, target, "application/json", kBody};
}

} // namespace

TEST(SigV4, signsARequestWithoutABody)
{
    const auto headers = signer().sign({"GET", "bedrock.us-east-1.amazonaws.com", "/foundation-models", "", ""}, kThen);
    EXPECT_EQ(headers.date, "20150830T123600Z");
    EXPECT_EQ(headers.authorization, "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/bedrock/aws4_request, "
                                     "SignedHeaders=host;x-amz-date, "
                                     "Signature=3ae8d5903227ef87c779c39a26e97dbb87a76de7f807e5771f5e5d58d5a49a26");
}

// What stands encoded on the wire is encoded once more in the canonical path.
TEST(SigV4, encodesTheWirePathOnceMore)
{
    const std::pair<const char*, const char*> rows[] = {
        {"/model/anthropic.claude-3-haiku-20240307-v1:0/converse",
         "81a602e88508442c4cef48bb53081990c53fb0e804f67717db07fe09990b3b9e"},
        {"/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse",
         "b2d89376425920647b8197be6560da5f53c4d9cc5ac66b56efafa43ba66c9022"},
        {"/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-sonnet-4-6/"
         "converse-stream",
         "9810d4aab1cd0201ce90554dbb0184d040c60f1a0ef13dafaeac717a9719995a"},
    };
    for (const auto& [target, signature] : rows)
        EXPECT_EQ(signatureOf(signer().sign(converse(target), kThen)), signature) << target;
}

TEST(SigV4, signsTheSessionToken)
{
    const SigV4Signer sign = signer("FwoGZXIvYXdzEXAMPLETOKEN=="); // the header's token is a view into it
    const auto headers = sign.sign(converse("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse"), kThen);
    EXPECT_EQ(headers.securityToken, "FwoGZXIvYXdzEXAMPLETOKEN==");
    EXPECT_EQ(signatureOf(headers), "13fdc5858c1068d3f8dd714cf3b9417d0ebbb11be83ca087a13265d11a5a3e0a");
}

TEST(SigV4, sortsTheQueryAndGivesValuelessNamesAnEquals)
{
    const SigV4Signer sign = signer();
    const auto signature = [&](std::string_view target) { return signatureOf(sign.sign(converse(target), kThen)); };
    EXPECT_EQ(signature("/m?b=2&a=1"), signature("/m?a=1&b=2"));
    EXPECT_EQ(signature("/m?a"), signature("/m?a="));
    EXPECT_NE(signature("/m?a=1"), signature("/m?a=2"));
}

TEST(SigV4, usesTheKeyOfTheDay)
{
    const SigV4Signer sign = signer();
    const auto today = sign.sign(converse("/m"), kThen);
    const auto tomorrow = sign.sign(converse("/m"), kThen + std::chrono::hours{24});
    EXPECT_NE(signatureOf(today), signatureOf(tomorrow));
    EXPECT_EQ(signatureOf(today), signatureOf(sign.sign(converse("/m"), kThen)));
}

TEST(SigV4, theSecretIsInNothingThatIsSent)
{
    const auto headers = signer("TOKEN").sign(converse("/m"), kThen);
    EXPECT_EQ(headers.authorization.find(kSecretKey), std::string::npos);
    EXPECT_EQ(headers.stringToSign.find(kSecretKey), std::string::npos);
}
