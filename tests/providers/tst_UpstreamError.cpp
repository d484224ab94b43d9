// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/UpstreamError.h"

#include <gtest/gtest.h>

#include <map>

using namespace sb;
using namespace sb::providers;

namespace {

using Headers = std::map<std::string, std::string, std::less<>>;

UpstreamError classified(ProviderKind provider, int status, std::string_view body, const Headers& headers = {})
{
    return classifyError(
        provider, status,
        [&headers](std::string_view name) -> std::optional<std::string_view> {
            const auto found = headers.find(name);
            return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
        },
        body, Timestamp{});
}

struct Row {
    ProviderKind provider;
    int status;
    const char* body;
    UpstreamClass kind;
    int clientStatus;
    const char* code;
};

constexpr auto kOpenAi = ProviderKind::OpenAi;
constexpr auto kAzure = ProviderKind::AzureOpenAi;
constexpr auto kAnthropic = ProviderKind::Anthropic;
constexpr auto kMistral = ProviderKind::Mistral;

const Row kRows[] = {
    {kOpenAi, 400,
     R"({"error":{"message":"Unsupported parameter","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}})",
     UpstreamClass::Invalid, 400, "invalid_request"},
    {kOpenAi, 400,
     R"({"error":{"message":"This model's maximum context length is 128000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}})",
     UpstreamClass::Context, 400, "context_length_exceeded"},
    {kOpenAi, 401,
     R"({"error":{"message":"Incorrect API key provided: sk-12.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})",
     UpstreamClass::Auth, 502, "upstream_error"},
    {kOpenAi, 404,
     R"({"error":{"message":"The model `x` does not exist","type":"invalid_request_error","param":null,"code":"model_not_found"}})",
     UpstreamClass::NotFound, 404, "model_not_found"},
    {kOpenAi, 429,
     R"({"error":{"message":"Rate limit reached","type":"tokens","param":null,"code":"rate_limit_exceeded"}})",
     UpstreamClass::Rate, 429, "upstream_rate_limited"},
    {kOpenAi, 429,
     R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})",
     UpstreamClass::Quota, 429, "upstream_rate_limited"},
    {kOpenAi, 500, R"({"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}})",
     UpstreamClass::Server, 502, "upstream_error"},
    {kOpenAi, 503,
     R"({"error":{"message":"overloaded","type":"service_unavailable_error","code":"server_is_overloaded"}})",
     UpstreamClass::Overloaded, 503, "upstream_unavailable"},
    {kAzure, 400,
     R"({"error":{"message":"The response was filtered","param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}})",
     UpstreamClass::Policy, 400, "content_filter"},
    {kAzure, 401, R"({"error":{"code":"401","message":"Access denied due to invalid subscription key"}})",
     UpstreamClass::Auth, 502, "upstream_error"},
    {kAzure, 404,
     R"({"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}})",
     UpstreamClass::NotFound, 404, "model_not_found"},
    {kAnthropic, 400,
     R"({"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"},"request_id":"r"})",
     UpstreamClass::Invalid, 400, "invalid_request"},
    {kAnthropic, 400,
     R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}})",
     UpstreamClass::Context, 400, "context_length_exceeded"},
    {kAnthropic, 400,
     R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}})",
     UpstreamClass::Quota, 429, "upstream_rate_limited"},
    {kAnthropic, 402, R"({"type":"error","error":{"type":"billing_error","message":"x"}})", UpstreamClass::Quota, 429,
     "upstream_rate_limited"},
    {kAnthropic, 403, R"({"type":"error","error":{"type":"permission_error","message":"x"}})", UpstreamClass::Auth, 502,
     "upstream_error"},
    {kAnthropic, 404, R"({"type":"error","error":{"type":"not_found_error","message":"model: x"}})",
     UpstreamClass::NotFound, 404, "model_not_found"},
    {kAnthropic, 413, R"({"type":"error","error":{"type":"request_too_large","message":"x"}})", UpstreamClass::Invalid,
     413, "request_too_large"},
    {kAnthropic, 429, R"({"type":"error","error":{"type":"rate_limit_error","message":"x"}})", UpstreamClass::Rate, 429,
     "upstream_rate_limited"},
    {kAnthropic, 504, R"({"type":"error","error":{"type":"timeout_error","message":"x"}})", UpstreamClass::Timeout, 504,
     "upstream_timeout"},
    {kAnthropic, 529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
     UpstreamClass::Overloaded, 503, "upstream_unavailable"},
    {kMistral, 401, R"({"detail":"Unauthorized"})", UpstreamClass::Auth, 502, "upstream_error"},
    {kMistral, 422,
     R"({"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted"}]})",
     UpstreamClass::Invalid, 400, "invalid_request"},
    {kMistral, 429,
     R"({"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300"})",
     UpstreamClass::Rate, 429, "upstream_rate_limited"},
    {kMistral, 400,
     R"({"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500"})",
     UpstreamClass::NotFound, 404, "model_not_found"},
    {ProviderKind::OpenAiCompatible, 400,
     R"([{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}])", UpstreamClass::Auth, 502,
     "upstream_error"},
    {ProviderKind::OpenAiCompatible, 500, "<html>oops</html>", UpstreamClass::Server, 502, "upstream_error"},
    {ProviderKind::OpenAiCompatible, 302, "", UpstreamClass::Transport, 502, "upstream_error"},
};

} // namespace

TEST(ClassifyError, decidesByWordsBeforeStatus)
{
    for (const Row& row : kRows) {
        const UpstreamError error = classified(row.provider, row.status, row.body);
        EXPECT_EQ(error.kind, row.kind) << row.status << " " << row.body;
        EXPECT_EQ(error.status, row.clientStatus) << row.body;
        EXPECT_EQ(error.code, row.code) << row.body;
        EXPECT_FALSE(error.message.empty());
    }
}

TEST(ClassifyError, readsBedrocksExceptionFromItsHeader)
{
    const auto kind = [](int status, const char* type, const char* message) {
        return classified(ProviderKind::AwsBedrock, status, "{\"message\":\"" + std::string(message) + "\"}",
                          {{"x-amzn-errortype", type}})
            .kind;
    };
    EXPECT_EQ(
        kind(400, "ValidationException:http://internal.amazon.com/coral/", "Input is too long for requested model."),
        UpstreamClass::Context);
    EXPECT_EQ(kind(400, "ValidationException", "The provided model identifier is invalid."), UpstreamClass::NotFound);
    EXPECT_EQ(kind(400, "ValidationException", "Malformed input request"), UpstreamClass::Invalid);
    EXPECT_EQ(kind(400, "ServiceQuotaExceededException", "x"), UpstreamClass::Quota);
    EXPECT_EQ(kind(403, "AccessDeniedException", "x"), UpstreamClass::Auth);
    EXPECT_EQ(kind(403, "com.amazon.coral.service#ExpiredTokenException", "x"), UpstreamClass::Auth);
    EXPECT_EQ(kind(404, "ResourceNotFoundException", "x"), UpstreamClass::NotFound);
    EXPECT_EQ(kind(408, "ModelTimeoutException", "x"), UpstreamClass::Timeout);
    EXPECT_EQ(kind(424, "ModelErrorException", "x"), UpstreamClass::Server);
    EXPECT_EQ(kind(429, "ThrottlingException", "x"), UpstreamClass::Rate);
    EXPECT_EQ(kind(429, "ModelNotReadyException", "x"), UpstreamClass::Rate);
    EXPECT_EQ(kind(503, "ServiceUnavailableException", "x"), UpstreamClass::Overloaded);
}

TEST(ClassifyError, passesTheProvidersWordsOnOnlyWhereTheyAreAboutTheRequest)
{
    const UpstreamError invalid =
        classified(kMistral, 422, R"({"detail":[{"loc":["body","user"],"msg":"Extra inputs are not permitted"}]})");
    EXPECT_EQ(invalid.message, "user: Extra inputs are not permitted");
    EXPECT_EQ(invalid.param, "user");
    const UpstreamError credential =
        classified(kOpenAi, 401, R"({"error":{"message":"Incorrect API key provided: sk-secret"}})");
    EXPECT_EQ(credential.message.find("sk-secret"), std::string::npos);
}

TEST(ClassifyError, carriesTheWaitOfARateLimit)
{
    EXPECT_EQ(classified(kOpenAi, 429, "{}", {{"retry-after", "7"}}).retryAfter, std::chrono::milliseconds{7000});
    EXPECT_EQ(classified(kOpenAi, 429, "{}").retryAfter, std::nullopt);
    EXPECT_EQ(classified(kOpenAi, 400, "{}", {{"retry-after", "7"}}).retryAfter, std::nullopt);
}

TEST(ClassifyError, saysNotToRetryAnExhaustedQuotaUnlessTheProviderSaysOtherwise)
{
    EXPECT_EQ(classified(kOpenAi, 429, R"({"error":{"type":"insufficient_quota"}})").shouldRetry, false);
    EXPECT_EQ(classified(kOpenAi, 429, R"({"error":{"code":"rate_limit_exceeded"}})").shouldRetry, std::nullopt);
    EXPECT_EQ(classified(kOpenAi, 500, "{}", {{"x-should-retry", "false"}}).shouldRetry, false);
}

TEST(ClassifyError, boundsWhatItKeeps)
{
    const UpstreamError error =
        classified(kOpenAi, 400, "{\"error\":{\"message\":\"" + std::string(100'000, 'x') + "\"}}");
    EXPECT_LE(error.message.size(), 1024u);
}

TEST(ClassifyStreamError, classesAnErrorThatComesInsideASuccess)
{
    const auto kind = [](StreamError error) { return classifyStreamError(kAnthropic, error).kind; };
    EXPECT_EQ(kind({"overloaded_error", "", "Overloaded"}), UpstreamClass::Overloaded);
    EXPECT_EQ(kind({"rate_limit_error", "", ""}), UpstreamClass::Rate);
    EXPECT_EQ(kind({"throttlingException", "", ""}), UpstreamClass::Rate);
    EXPECT_EQ(kind({"validationException", "", "Input is too long for requested model."}), UpstreamClass::Context);
    EXPECT_EQ(kind({"", "429", ""}), UpstreamClass::Rate);
    EXPECT_EQ(kind({"internalServerException", "", ""}), UpstreamClass::Server);
    EXPECT_EQ(kind({"", "", "something"}), UpstreamClass::Server);
}

TEST(TransportError, isOurOwnSentence)
{
    EXPECT_EQ(transportError(UpstreamClass::Timeout, "first byte").status, 504);
    EXPECT_EQ(transportError(UpstreamClass::Transport, "reset").code, "upstream_error");
}
