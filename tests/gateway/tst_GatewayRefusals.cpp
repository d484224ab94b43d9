// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <gmock/gmock.h>

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;
using test::RawClient;

using GatewayRefusals = GatewayTest;

struct Refusal {
    const char* name;
    std::string request; ///< HOST and KEY are replaced
    int status;
    const char* code;
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal)
{
    return out << refusal.name;
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

std::string postRequest(const std::string& target, const std::string& fields, const std::string& body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class RefusedRequests : public GatewayTest, public testing::WithParamInterface<Refusal> {};

TEST_P(RefusedRequests, NeverReachTheProvider)
{
    startWithAllProviders();
    const std::string request = replaced(replaced(GetParam().request, "HOST", host()), "KEY", kKey);
    const RawAnswer answer = ask(request);
    EXPECT_EQ(answer.status, GetParam().status) << answer.body;
    EXPECT_NE(answer.body.find(GetParam().code), std::string::npos) << answer.body;
    EXPECT_EQ(answer.header("x-signalbox-request-id").size(), 36u);
    EXPECT_EQ(upstream.connections(), 0u);
    EXPECT_EQ(upstream.plainBytes(), 0u);
}

const std::string kAuth = "Authorization: Bearer KEY\r\n";
const std::string kPath = "/openai/v1/chat/completions";
const std::string kBody = R"({"model":"m","messages":[{"role":"user","content":"x"}]})";

INSTANTIATE_TEST_SUITE_P(
    KeysPathsAndModels, RefusedRequests,
    testing::Values(
        Refusal{"no key", postRequest(kPath, "", kBody), 401, "invalid_api_key"},
        Refusal{"wrong key", postRequest(kPath, "x-api-key: KEYx\r\n", kBody), 401, "invalid_api_key"},
        Refusal{"differing keys", postRequest(kPath, kAuth + "api-key: other-key-0123456789\r\n", kBody), 401,
                "invalid_api_key"},
        Refusal{"unknown context", postRequest("/nothing/v1/chat/completions", kAuth, kBody), 404, "not_found"},
        Refusal{"unknown path", postRequest("/openai/v1/files", kAuth, kBody), 404, "not_found"},
        Refusal{"routing", postRequest("/v1/chat/completions", kAuth, kBody), 404, "not_found"},
        Refusal{"unknown query on a native path",
                postRequest("/bedrock/model/m/converse?host=evil", kAuth, R"({"messages":[]})"), 400, "host"},
        Refusal{"no model", postRequest(kPath, kAuth, R"({"messages":[]})"), 400, "model"}));

TEST_F(GatewayRefusals, OfKnownKeysAreRecordedAndOthersAreNot)
{
    startWithAllProviders();
    ask(replaced(postRequest(kPath, "x-api-key: unknown-key-0123456789\r\n", kBody), "HOST", host()));
    EXPECT_EQ(ask(post("/nothing/v1/chat/completions", kChat)).status, 404);
    const auto records = recordsAfter(1);
    ASSERT_EQ(records.size(), 1u);
    EXPECT_EQ(records[0].status, RequestStatus::Refused);
    EXPECT_EQ(records[0].errorCode, "not_found");
    EXPECT_EQ(records[0].httpStatus, 404);
    EXPECT_EQ(records[0].attempts, 0u);
}

TEST_F(GatewayRefusals, AKeyOfAnotherServiceIsForbidden)
{
    domain.addService(ProviderKind::OpenAi, "/openai", url("/v1"));
    domain.addService(ProviderKind::OpenAi, "/other", url("/v1"));
    domain.addService(ProviderKind::OpenAi, "/project", url("/v1"));
    domain.snapshot.services[2].scope = Scope::Project;
    domain.snapshot.services[2].project = ProjectId(2);
    domain.addKey(kKey, ServiceId(1));
    domain.addKey("sbx_project_0123456789", ServiceId(3), ProjectId(1));
    start();
    EXPECT_EQ(ask(post("/other/v1/chat/completions", kChat)).status, 403);
    EXPECT_EQ(ask(test::rawRequest("POST", "/project/v1/chat/completions", "x-api-key: sbx_project_0123456789\r\n",
                                   kChat, host()))
                  .status,
              403);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    EXPECT_EQ(upstream.seen().size(), 1u);
}

TEST_F(GatewayRefusals, AMissingSecretIsSaidAndNothingIsSent)
{
    domain.addService(ProviderKind::OpenAi, "/openai", url("/v1")).security.secret = {};
    domain.addKey(kKey, ServiceId(1));
    start();
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(answer.body.find("secret_unavailable"), std::string::npos);
    EXPECT_EQ(upstream.connections(), 0u);
}

TEST_F(GatewayRefusals, ALargeBodyIsRefusedByItsLengthAndByItsBytes)
{
    options.bounds.requestBody = 1000;
    startWithAllProviders();
    const std::string body = R"({"model":"m","messages":[],"x":")" + std::string(1000, 'x') + "\"}";
    RawAnswer answer = ask(post("/openai/v1/chat/completions", body));
    EXPECT_EQ(answer.status, 413);
    EXPECT_NE(answer.body.find("request_too_large"), std::string::npos);
    char size[20];
    std::snprintf(size, sizeof size, "%zx", body.size());
    answer = ask("POST /openai/v1/chat/completions HTTP/1.1\r\nHost: " + host() +
                 "\r\nContent-Type: application/json\r\nx-api-key: " + kKey + "\r\nTransfer-Encoding: chunked\r\n\r\n" +
                 size + "\r\n" + body + "\r\n0\r\n\r\n");
    EXPECT_EQ(answer.status, 413);
    const std::string fits = R"({"model":"m","messages":[],"x":")" + std::string(1000 - 34, 'x') + "\"}";
    ASSERT_EQ(fits.size(), 1000u);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", fits)).status, 200) << "exactly the limit is allowed";
}

// -------------------------------------------------------------------------------------------------------------- limits

class GatewayLimits : public GatewayTest {
protected:
    void startWithLimit(void (*set)(LimitRule&), LimitWindow per = LimitWindow::Minute)
    {
        auto& row = domain.addService(ProviderKind::OpenAi, "/openai", url("/v1"));
        domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 150'000'000, 600'000'000);
        domain.addKey(kKey, ServiceId(1));
        set(domain.addLimit(LimitScope::ServiceEnvironment, row.id.value, per));
        upstream.setDefault(FakeReply::json(kChatAnswer));
        start();
    }
};

TEST_F(GatewayLimits, BookWhatWasUsedAndHoldNothingAfterwards)
{
    startWithLimit([](LimitRule& rule) {
        rule.maxPromptTokens = 10'000;
        rule.maxCompletionTokens = 1'000;
        rule.maxTotalTokens = 10'500;
    });
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(booked(LimitDimension::PromptTokens), 9);
    EXPECT_EQ(booked(LimitDimension::CompletionTokens), 2);
    EXPECT_EQ(booked(LimitDimension::TotalTokens), 11);
    EXPECT_EQ(held(), 0);
    EXPECT_FALSE(answer.header("x-ratelimit-limit-tokens").empty());
    EXPECT_FALSE(answer.header("x-ratelimit-remaining-tokens").empty());
    EXPECT_FALSE(answer.header("x-ratelimit-reset-tokens").empty());
}

TEST_F(GatewayLimits, WriteTheHeldMaximumIntoTheRequest)
{
    startWithLimit([](LimitRule& rule) { rule.maxCompletionTokens = 1'000; });
    const std::string greedy = R"({"model":"gpt-4o-mini","max_tokens":5000,"messages":[]})";
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", greedy)).status, 200);
    ask(post("/openai/v1/chat/completions", kChat));
    ask(post("/openai/v1/chat/completions", R"({"model":"gpt-4o-mini","max_tokens":50,"messages":[]})"));
    ASSERT_EQ(upstream.seen().size(), 3u);
    EXPECT_NE(upstream.seen()[0].body.find("\"max_tokens\":1000"), std::string::npos)
        << "the window itself is a ceiling";
    EXPECT_NE(upstream.seen()[1].body.find("\"max_tokens\":998"), std::string::npos)
        << "what is left, for a client that named none";
    EXPECT_NE(upstream.seen()[1].body.find("\"temperature\":0.50"), std::string::npos) << "everything else as it was";
    EXPECT_EQ(upstream.seen()[2].body, R"({"model":"gpt-4o-mini","max_tokens":50,"messages":[]})")
        << "the client's own is low enough";
    EXPECT_TRUE(recordsAfter(3)[0].flags.completionClamped);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", greedy)).status, 429)
        << "who named a maximum is refused, not cut short";
}

TEST_F(GatewayLimits, SayExactlyWhenThereIsRoomAgain)
{
    startWithLimit([](LimitRule& rule) { rule.maxRequests = 2; });
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    clock.advance(std::chrono::seconds(20));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    const RawAnswer refused = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(refused.status, 429);
    EXPECT_NE(refused.body.find("request_limit_exceeded"), std::string::npos);
    const long wait = std::stol(refused.header("retry-after-ms"));
    EXPECT_EQ(std::stol(refused.header("retry-after")), (wait + 999) / 1000);
    clock.advance(std::chrono::milliseconds(wait - 1));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 429) << "one millisecond early";
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200) << "at the promised instant";
    EXPECT_EQ(upstream.seen().size(), 3u);
    EXPECT_EQ(recordsAfter(5)[2].status, RequestStatus::Limited);
}

TEST_F(GatewayLimits, RefuseWhatTheBudgetCannotPayFor)
{
    startWithLimit([](LimitRule& rule) { rule.maxCost = Money{100}; }, LimitWindow::Day); // a ten-millionth of a dollar
    const RawAnswer answer =
        ask(post("/openai/v1/chat/completions",
                 R"({"model":"gpt-4o-mini","max_tokens":500,"messages":[{"role":"user","content":"x"}]})"));
    EXPECT_EQ(answer.status, 403);
    EXPECT_NE(answer.body.find("budget_exceeded"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.header("x-should-retry"), "false");
    const RawAnswer unpriced =
        ask(post("/openai/v1/chat/completions", R"({"model":"unpriced","max_tokens":5,"messages":[]})"));
    EXPECT_EQ(unpriced.status, 403);
    EXPECT_NE(unpriced.body.find("has no price"), std::string::npos);
    EXPECT_EQ(upstream.connections(), 0u);
}

TEST_F(GatewayLimits, RefuseALongPromptAndClampALongAnswerPerRequest)
{
    auto& row = domain.addService(ProviderKind::OpenAi, "/openai", url("/v1"));
    domain.addKey(kKey, ServiceId(1));
    RequestCaps caps;
    caps.scopeId = row.id.value;
    caps.maxPromptTokens = 200;
    caps.maxCompletionTokens = 30;
    domain.snapshot.caps.push_back(caps);
    upstream.setDefault(FakeReply::json(kChatAnswer));
    start();
    const RawAnswer refused =
        ask(post("/openai/v1/chat/completions",
                 R"({"model":"gpt-4o","messages":[{"role":"user","content":")" + std::string(2000, 'x') + "\"}]}"));
    EXPECT_EQ(refused.status, 413);
    EXPECT_NE(refused.body.find("prompt_tokens_exceeded"), std::string::npos);
    EXPECT_EQ(upstream.connections(), 0u);
    const RawAnswer answer =
        ask(post("/openai/v1/chat/completions",
                 R"({"model":"gpt-4o","max_tokens":500,"messages":[{"role":"user","content":"x"}]})"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-signalbox-max-completion"), "30");
    EXPECT_NE(upstream.seen()[0].body.find("\"max_tokens\":30"), std::string::npos) << upstream.seen()[0].body;
}

TEST_F(GatewayLimits, HoldForEveryPromptOfALegacyCompletion)
{
    startWithLimit([](LimitRule& rule) { rule.maxCompletionTokens = 1'000; });
    const RawAnswer answer =
        ask(post("/openai/v1/completions", R"({"model":"gpt-4o-mini","max_tokens":500,"prompt":["a","b","c"]})"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-signalbox-max-completion"), "333") << "three answers of 500 would be more than 1000";
}

TEST_F(GatewayLimits, RefuseWhatTheyCannotBound)
{
    const auto bedrock = domain.addService(ProviderKind::AwsBedrock, "/bedrock", url()).id;
    const auto openai = domain.addService(ProviderKind::OpenAi, "/openai", url("/v1")).id;
    domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 150'000'000, 600'000'000);
    domain.addProgramKey(kKey);
    domain.addLimit(LimitScope::ServiceEnvironment, bedrock.value).maxCompletionTokens = 300;
    domain.addLimit(LimitScope::ServiceEnvironment, openai.value, LimitWindow::Day).maxCost = Money{10'000'000};
    upstream.setDefault(FakeReply::json(R"({"usage":{"input_tokens":1,"output_tokens":1}})"));
    start();
    const auto refusal = [this](std::string_view path, std::string_view body) {
        const RawAnswer answer = ask(post(path, body));
        return std::to_string(answer.status) + ' ' + answer.body;
    };
    EXPECT_THAT(refusal("/bedrock/model/unheard.of-v1/invoke", R"({"prompt":"hi"})"),
                testing::AllOf(testing::StartsWith("403"), testing::HasSubstr("has no maximum")));
    EXPECT_THAT(refusal("/openai/v1/responses",
                        R"({"model":"gpt-4o-mini","max_output_tokens":5,"previous_response_id":"r","input":"hi"})"),
                testing::AllOf(testing::StartsWith("403"), testing::HasSubstr("kept at the provider")));
    EXPECT_EQ(upstream.connections(), 0u);
    EXPECT_THAT(refusal("/bedrock/model/unheard.of-v1/invoke", R"({"prompt":"hi","max_tokens":20})"),
                testing::StartsWith("200"));
    EXPECT_THAT(refusal("/bedrock/model/amazon.titan-embed-text-v2%3A0/invoke", R"({"inputText":"hi"})"),
                testing::StartsWith("200"))
        << "an embedding has no completion to bound";
    EXPECT_THAT(refusal("/bedrock/model/meta.llama3-3-70b-instruct-v1%3A0/invoke", R"({"prompt":"hi"})"),
                testing::StartsWith("200"));
    EXPECT_THAT(upstream.seen().back().body, testing::HasSubstr("\"max_gen_len\":"));
}

TEST_F(GatewayLimits, BoundTextKeptAtTheProviderByTheContextWindow)
{
    startWithLimit([](LimitRule& rule) { rule.maxPromptTokens = 100'000; });
    domain.snapshot.models.front().contextWindow = 60'000;
    publish();
    const std::string body = R"({"model":"gpt-4o-mini","previous_response_id":"r","input":"hi"})";
    FakeReply silence;
    silence.neverAnswer = true;
    upstream.enqueue(silence);
    RawClient waiting(port);
    waiting.send(post("/openai/v1/responses", body));
    ASSERT_TRUE(upstream.waitForRequests(1));
    EXPECT_EQ(held(), 60'000);
    EXPECT_EQ(ask(post("/openai/v1/responses", body)).status, 429) << "two of them could be more than the limit";
}

TEST_F(GatewayLimits, AreGivenBackWhenTheProviderRefuses)
{
    startWithLimit([](LimitRule& rule) { rule.maxTotalTokens = 10'000; });
    upstream.enqueue(FakeReply::json(R"({"error":{"message":"no","code":"x"}})", 500));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 502);
    EXPECT_EQ(booked(LimitDimension::TotalTokens), 0);
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(recordsAfter(1)[0].cost, Money{0}) << "known, not unpriced";
}

} // namespace
} // namespace sb::gateway
