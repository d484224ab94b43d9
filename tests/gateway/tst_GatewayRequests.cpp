// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <gmock/gmock.h>

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;

struct NativeCase {
    const char* name;
    std::string target;
    std::string body;
    std::string upstreamLine;
    std::string credentialHeader;
    std::string credential;
    std::string answer;
    std::uint64_t prompt;
    std::uint64_t completion;
    ProviderKind provider;
};

std::ostream& operator<<(std::ostream& out, const NativeCase& item)
{
    return out << item.name;
}

class NativePaths : public GatewayTest, public testing::WithParamInterface<NativeCase> {};

TEST_P(NativePaths, ReachTheProviderWithItsCredentialAndAreMetered)
{
    const NativeCase& item = GetParam();
    startWithAllProviders();
    upstream.enqueue(FakeReply::json(item.answer));
    const RawAnswer answer = ask(post(item.target, item.body));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.body, item.answer) << "byte for byte";
    EXPECT_EQ(answer.header("x-signalbox-tokens-prompt"), std::to_string(item.prompt));
    EXPECT_EQ(answer.header("x-signalbox-tokens-completion"), std::to_string(item.completion));
    EXPECT_EQ(answer.header("x-signalbox-request-id").size(), 36u);
    EXPECT_EQ(answer.header("x-signalbox-attempts"), "1");

    ASSERT_EQ(upstream.seen().size(), 1u);
    const auto seen = upstream.seen().front();
    EXPECT_EQ(seen.line(), item.upstreamLine);
    EXPECT_EQ(seen.body, item.body) << "no limit applies: not one byte is changed";
    EXPECT_EQ(seen.header(item.credentialHeader), item.credential);
    EXPECT_EQ(seen.header("host"), host().substr(0, 10) + std::to_string(upstream.port()));
    EXPECT_EQ(seen.head.find(kKey), std::string::npos) << "the client's key stays here";

    const auto records = recordsAfter(1);
    EXPECT_EQ(records[0].status, RequestStatus::Ok);
    EXPECT_EQ(records[0].provider, item.provider);
    EXPECT_EQ(records[0].usage.promptTokens(), item.prompt);
    EXPECT_EQ(records[0].usage.completionTokens(), item.completion);
    EXPECT_EQ(records[0].usage.source, UsageSource::Reported);
    EXPECT_EQ(records[0].id.toString(), answer.header("x-signalbox-request-id"));
}

const std::string kChatText(kChat);
const std::string kClaude =
    R"({"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Say hi"}]})";
const std::string kClaudeAnswer =
    R"({"id":"m","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":{"input_tokens":10,"cache_read_input_tokens":5,"cache_creation_input_tokens":0,"output_tokens":3}})";
const std::string kConverse = R"({"messages":[{"role":"user","content":[{"text":"Say hi"}]}]})";
const std::string kConverseAnswer =
    R"({"output":{"message":{"role":"assistant","content":[{"text":"hi"}]}},"stopReason":"end_turn","usage":{"inputTokens":8,"outputTokens":2,"totalTokens":10},"metrics":{"latencyMs":1}})";

INSTANTIATE_TEST_SUITE_P(
    Providers, NativePaths,
    testing::Values(
        NativeCase{"OpenAI", "/openai/v1/chat/completions", kChatText, "POST /v1/chat/completions HTTP/1.1",
                   "authorization", "Bearer provider-secret-openai", std::string(kChatAnswer), 9, 2,
                   ProviderKind::OpenAi},
        NativeCase{
            "OpenAI embeddings", "/openai/v1/embeddings", R"({"model":"text-embedding-3-small","input":"x"})",
            "POST /v1/embeddings HTTP/1.1", "authorization", "Bearer provider-secret-openai",
            R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1]}],"model":"text-embedding-3-small","usage":{"prompt_tokens":1,"total_tokens":1}})",
            1, 0, ProviderKind::OpenAi},
        NativeCase{"Azure", "/azure/v1/chat/completions", kChatText, "POST /openai/v1/chat/completions HTTP/1.1",
                   "api-key", "provider-secret-azure", std::string(kChatAnswer), 9, 2, ProviderKind::AzureOpenAi},
        NativeCase{"Azure classic", "/azure/openai/deployments/dep1/chat/completions?api-version=2024-10-21",
                   R"({"messages":[{"role":"user","content":"x"}]})",
                   "POST /openai/deployments/dep1/chat/completions?api-version=2024-10-21 HTTP/1.1", "api-key",
                   "provider-secret-azure", std::string(kChatAnswer), 9, 2, ProviderKind::AzureOpenAi},
        NativeCase{"Anthropic", "/claude/v1/messages", kClaude, "POST /v1/messages HTTP/1.1", "x-api-key",
                   "provider-secret-claude", kClaudeAnswer, 15, 3, ProviderKind::Anthropic},
        NativeCase{"Mistral", "/mistral/v1/chat/completions",
                   R"({"model":"mistral-small-2506","messages":[{"role":"user","content":"Say hi"}]})",
                   "POST /v1/chat/completions HTTP/1.1", "authorization", "Bearer provider-secret-mistral",
                   std::string(kChatAnswer), 9, 2, ProviderKind::Mistral},
        NativeCase{"Bedrock", "/bedrock/model/us.amazon.nova-lite-v1%3A0/converse", kConverse,
                   "POST /model/us.amazon.nova-lite-v1%3A0/converse HTTP/1.1", "authorization",
                   "Bearer provider-secret-bedrock", kConverseAnswer, 8, 2, ProviderKind::AwsBedrock},
        NativeCase{"Bedrock SigV4", "/bedrock-sigv4/model/us.amazon.nova-lite-v1%3A0/converse", kConverse,
                   "POST /model/us.amazon.nova-lite-v1%3A0/converse HTTP/1.1", "x-amz-date", "20260715T000000Z",
                   kConverseAnswer, 8, 2, ProviderKind::AwsBedrock},
        NativeCase{"compatible", "/vllm/v1/chat/completions", kChatText, "POST /v1/chat/completions HTTP/1.1",
                   "authorization", "Bearer provider-secret-vllm", std::string(kChatAnswer), 9, 2,
                   ProviderKind::OpenAiCompatible}));

using GatewayRequests = GatewayTest;

TEST_F(GatewayRequests, OfAnyLengthArriveAsTheyWereSent)
{
    startWithAllProviders();
    upstream.setDefault(FakeReply::json(R"({"object":"list","data":[],"usage":{"prompt_tokens":1,"total_tokens":1}})"));
    for (const std::size_t length : {0u, 1u, 2u, 3u, 4u, 20u}) {
        const std::string body = R"({"model":")" + std::string(length + 1, 'm') + "\"}";
        EXPECT_EQ(ask(post("/vllm/v1/embeddings", body)).status, 200) << body;
        EXPECT_EQ(upstream.seen().back().body, body);
    }
    EXPECT_EQ(ask(post("/bedrock/model/meta.llama3-3-70b-instruct-v1%3A0/invoke", "{}")).status, 200);
    EXPECT_EQ(upstream.seen().back().body, "{}");
}

TEST_F(GatewayRequests, ArePricedFromTheCatalogue)
{
    startWithAllProviders();
    upstream.enqueue(FakeReply::json(kChatAnswer));
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    // 9 x 0.15 + 2 x 0.60 USD per million
    EXPECT_EQ(answer.header("x-signalbox-cost-usd"), toDecimalUsd(Money{1350 + 1200}));
    const auto record = recordsAfter(1)[0];
    EXPECT_EQ(record.cost, Money{2550});
    EXPECT_EQ(record.price, PriceId(1));
    EXPECT_EQ(record.model, ModelId(1));
    EXPECT_EQ(record.modelReported, "gpt-4o-mini-2024-07-18");
}

TEST_F(GatewayRequests, AreRecordedWithWhoAskedAndHowItWent)
{
    startWithAllProviders();
    upstream.enqueue(FakeReply::json(kChatAnswer));
    ask(post("/openai/v1/chat/completions", kChat,
             "x-signalbox-user: ann\r\nx-signalbox-session: s1\r\nx-signalbox-task: chat\r\nUser-Agent: t/1\xff\r\n"));
    const auto record = recordsAfter(1)[0];
    EXPECT_EQ(record.organization, OrganizationId(1));
    EXPECT_EQ(record.environment, EnvironmentId(1));
    EXPECT_EQ(record.service, ServiceId(1));
    EXPECT_EQ(record.key, GatewayKeyId(99));
    EXPECT_EQ(record.source, TrafficSource::PromptLab);
    EXPECT_EQ(record.time, clock.now());
    EXPECT_EQ(record.user, "ann");
    EXPECT_EQ(record.session, "s1");
    EXPECT_EQ(record.task, "chat");
    EXPECT_EQ(record.userAgent, "t/1?") << "what is no UTF-8 would not fit into a database";
    EXPECT_EQ(record.clientIp, "127.0.0.1");
    EXPECT_EQ(record.modelRequested, "gpt-4o-mini");
    EXPECT_EQ(record.httpStatus, 200);
    EXPECT_EQ(record.attempts, 1u);
    EXPECT_FALSE(record.flags.streamed);
    const auto pending = journal->pending(0, 10);
    ASSERT_TRUE(pending);
    ASSERT_EQ(pending->size(), 1u);
    EXPECT_EQ((*pending)[0].close.record, record) << "the journal has what the screens show";
}

TEST_F(GatewayRequests, KeepWhyTheyWentWhereTheyDidAndWhatTheyHeld)
{
    startWithAllProviders();
    upstream.enqueue(FakeReply::json(kChatAnswer));
    ask(post("/openai/v1/chat/completions", kChat));
    const std::string decision = recordsAfter(1)[0].decision;
    EXPECT_THAT(
        decision,
        testing::StartsWith(
            R"({"selected_model":"gpt-4o-mini","selected_service":"/openai","environment":"development",)"
            R"("reason":"the path names the service, the key its environment","alternatives_considered":[],"decision_factors":{},)"));
    EXPECT_THAT(decision,
                testing::HasSubstr(R"("booked":{"prompt_tokens":9,"completion_tokens":2,"cost_usd":"0.00000255"}})"));
}

TEST_F(GatewayRequests, KeepTheProtocolVersionHeadersAndNothingElse)
{
    startWithAllProviders();
    upstream.enqueue(
        FakeReply::json(kClaudeAnswer, 200, "set-cookie: a=b\r\nlocation: http://evil.example/\r\nx-api-key: k\r\n"));
    const RawAnswer answer = ask(post("/claude/v1/messages", kClaude,
                                      "anthropic-version: 2026-10-21\r\nanthropic-beta: b1\r\nCookie: "
                                      "c=d\r\nX-Forwarded-For: 1.2.3.4\r\nTE: trailers\r\n"));
    const auto seen = upstream.seen().front();
    EXPECT_EQ(seen.header("anthropic-version"), "2026-10-21");
    EXPECT_EQ(seen.header("anthropic-beta"), "b1");
    EXPECT_EQ(seen.header("accept-encoding"), "identity");
    for (const char* name : {"cookie", "x-forwarded-for", "te", "authorization"})
        EXPECT_EQ(seen.header(name), "") << name;
    for (const char* name : {"set-cookie", "location", "x-api-key"})
        EXPECT_EQ(answer.header(name), "") << name;
}

TEST_F(GatewayRequests, TakeTheProtocolVersionOfTheEnvironmentWhereTheClientNamesNone)
{
    domain.addService(ProviderKind::Anthropic, "/claude", url()).apiVersion = "2026-05-05";
    domain.addKey(kKey, ServiceId(1));
    upstream.setDefault(FakeReply::json(kClaudeAnswer));
    start();
    EXPECT_EQ(ask(post("/claude/v1/messages", kClaude)).status, 200);
    EXPECT_EQ(ask(post("/claude/v1/messages", kClaude, "anthropic-version: 2026-10-21\r\n")).status, 200);
    const auto seen = upstream.seen();
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen[0].header("anthropic-version"), "2026-05-05");
    EXPECT_EQ(seen[1].header("anthropic-version"), "2026-10-21");
}

TEST_F(GatewayRequests, SayThatAnAnswerWasCutAndNotThatNobodyAnswered)
{
    startWithAllProviders();
    FakeReply cut = FakeReply::json(kChatAnswer);
    cut.cutAt = joined(cut.pieces).size() - 10;
    upstream.enqueue(cut);
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 502);
    EXPECT_NE(answer.body.find("the connection ended within the answer"), std::string::npos) << answer.body;
}

TEST_F(GatewayRequests, PassAModelListThrough)
{
    startWithAllProviders();
    upstream.enqueue(FakeReply::json(R"({"object":"list","data":[]})"));
    const RawAnswer answer = ask(get("/openai/v1/models"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"object":"list","data":[]})");
    EXPECT_EQ(upstream.seen().front().line(), "GET /v1/models HTTP/1.1");
    EXPECT_EQ(recordsAfter(1)[0].usage.source, UsageSource::None);
}

TEST_F(GatewayRequests, AnswerWithTheProvidersErrorInTheCallersShape)
{
    startWithAllProviders();
    upstream.enqueue(FakeReply::json(
        R"({"error":{"message":"bad temperature","type":"invalid_request_error","param":"temperature","code":null}})",
        400));
    RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("bad temperature"), std::string::npos);
    EXPECT_NE(answer.body.find(R"("code":"invalid_request")"), std::string::npos);

    upstream.enqueue(FakeReply::json(
        R"({"error":{"message":"Incorrect API key provided: provider-secret-openai","code":"invalid_api_key"}})", 401));
    answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 502) << "a 401 would blame the client's key";
    EXPECT_EQ(answer.body.find("provider-secret"), std::string::npos);
    EXPECT_EQ(recordsAfter(2)[1].errorText.find("provider-secret"), std::string::npos);
    EXPECT_NE(log.text().find("invalid_api_key"), std::string::npos);
    EXPECT_EQ(log.text().find("provider-secret"), std::string::npos);

    upstream.enqueue(FakeReply::json(R"({"error":{"message":"slow down","code":"rate_limit_exceeded"}})", 429,
                                     "retry-after: 7\r\n"));
    answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("retry-after"), "7");
    EXPECT_NE(answer.body.find("upstream_rate_limited"), std::string::npos);

    upstream.enqueue(FakeReply::json("{}", 302, "location: http://evil.example/\r\n"));
    answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 502) << "no redirect is followed";
    const auto records = recordsAfter(4);
    EXPECT_EQ(records[1].status, RequestStatus::UpstreamError);
    EXPECT_EQ(records[2].errorCode, "upstream_rate_limited");
}

} // namespace
} // namespace sb::gateway
