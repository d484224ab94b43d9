// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/SigV4Check.h"

#include <gtest/gtest.h>

namespace sb::simulator {
namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kBody = R"({"messages":[{"role":"user","content":[{"text":"hi"}]}]})";

Timestamp signedAt()
{
    using namespace std::chrono;
    return sys_days{year{2015} / August / 30} + hours{12} + minutes{36};
}

/// A request of the published vectors: key AKIDEXAMPLE, us-east-1, 20150830T123600Z.
struct Vector {
    const char* name;
    std::string_view method;
    std::string_view host;
    std::string_view path;
    std::string_view token;
    std::string_view signature;
};

constexpr std::string_view kRuntime = "bedrock-runtime.us-east-1.amazonaws.com";
constexpr Vector kVectors[]{
    {"Get", "GET", "bedrock.us-east-1.amazonaws.com", "/foundation-models", "",
     "3ae8d5903227ef87c779c39a26e97dbb87a76de7f807e5771f5e5d58d5a49a26"},
    {"RawColon", "POST", kRuntime, "/model/anthropic.claude-3-haiku-20240307-v1:0/converse", "",
     "81a602e88508442c4cef48bb53081990c53fb0e804f67717db07fe09990b3b9e"},
    {"EncodedColon", "POST", kRuntime, "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse", "",
     "b2d89376425920647b8197be6560da5f53c4d9cc5ac66b56efafa43ba66c9022"},
    {"Arn", "POST", kRuntime,
     "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-sonnet-4-6/"
     "converse-stream",
     "", "9810d4aab1cd0201ce90554dbb0184d040c60f1a0ef13dafaeac717a9719995a"},
    {"SessionToken", "POST", kRuntime, "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse",
     "FwoGZXIvYXdzEXAMPLETOKEN==", "13fdc5858c1068d3f8dd714cf3b9417d0ebbb11be83ca087a13265d11a5a3e0a"},
};

HttpRequest requestOf(const Vector& vector, std::string& authorization)
{
    const bool posts = vector.method == "POST";
    authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/bedrock/aws4_request, SignedHeaders=";
    authorization += posts ? "content-type;host;x-amz-date" : "host;x-amz-date";
    if (!vector.token.empty())
        authorization += ";x-amz-security-token";
    authorization.append(", Signature=").append(vector.signature);
    HttpRequest request;
    request.method = vector.method;
    request.target = vector.path;
    request.path = vector.path;
    request.body = posts ? kBody : std::string_view{};
    request.headers = {{"host", vector.host}, {"x-amz-date", "20150830T123600Z"}, {"authorization", authorization}};
    if (posts)
        request.headers.emplace_back("content-type", "application/json");
    if (!vector.token.empty())
        request.headers.emplace_back("x-amz-security-token", vector.token);
    return request;
}

class SigV4Vectors : public testing::TestWithParam<Vector> {};

TEST_P(SigV4Vectors, Hold)
{
    std::string authorization;
    const HttpRequest request = requestOf(GetParam(), authorization);
    EXPECT_EQ(checkSigV4(request, kSecret, signedAt()), "");
}

TEST_P(SigV4Vectors, FailWithAnotherSecret)
{
    std::string authorization;
    const HttpRequest request = requestOf(GetParam(), authorization);
    EXPECT_NE(checkSigV4(request, "another", signedAt()), "");
}

TEST_P(SigV4Vectors, FailWhenTooOld)
{
    std::string authorization;
    const HttpRequest request = requestOf(GetParam(), authorization);
    EXPECT_EQ(checkSigV4(request, kSecret, signedAt() + std::chrono::minutes{6}),
              "Signature expired: 20150830T123600Z.");
}

INSTANTIATE_TEST_SUITE_P(Reference, SigV4Vectors, testing::ValuesIn(kVectors),
                         [](const auto& vector) { return std::string(vector.param.name); });

TEST(SigV4, RefusesAnUnsignedSessionToken)
{
    std::string authorization;
    HttpRequest request = requestOf(kVectors[2], authorization);
    request.headers.emplace_back("x-amz-security-token", "smuggled");
    EXPECT_NE(checkSigV4(request, kSecret, signedAt()), "");
}

TEST(SigV4, RefusesAChangedBody)
{
    std::string authorization;
    HttpRequest request = requestOf(kVectors[1], authorization);
    request.body = "{}";
    EXPECT_NE(checkSigV4(request, kSecret, signedAt()), "");
}

} // namespace
} // namespace sb::simulator
