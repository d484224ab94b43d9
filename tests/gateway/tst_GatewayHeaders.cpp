// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;

/// What an answer of the contract says of a request that came that far.
struct Headers {
    const char* name;
    std::string target;
    std::string body; ///< empty: GET
    FakeReply reply;  ///< the provider's
    int status;
    std::string service;
    std::string model;
    std::string attempts; ///< empty: no overhead either
    bool rate = false;    ///< the three x-ratelimit-*-tokens
    bool usage = false;   ///< cost and tokens
};

std::ostream& operator<<(std::ostream& out, const Headers& item)
{
    return out << item.name;
}

class AnswerHeaders : public GatewayTest, public testing::WithParamInterface<Headers> {};

FakeReply cutBeforeTheFirstEvent()
{
    FakeReply reply = FakeReply::stream(chatEvents());
    reply.cutAt = reply.pieces.front().size();
    return reply;
}

FakeReply brokenConnection()
{
    FakeReply reply;
    reply.closeAfter = true;
    reply.reset = true;
    return reply;
}

const std::string kPath = "/limited/v1/chat/completions";
const std::string kUnlimitedPath = "/openai/v1/chat/completions";
const std::string kFull = "/full/v1/chat/completions";
const std::string kText(kChat);

TEST_P(AnswerHeaders, SayWhatIsKnown)
{
    const Headers& item = GetParam();
    domain.addService(ProviderKind::OpenAi, "/openai", url("/v1"));
    auto& limited = domain.addService(ProviderKind::OpenAi, "/limited", url("/v1"));
    RequestCaps caps;
    caps.scopeId = limited.id.value;
    caps.maxPromptTokens = 300;
    domain.snapshot.caps.push_back(caps);
    domain.addLimit(LimitScope::ServiceEnvironment, limited.id.value).maxTotalTokens = 10'000;
    domain
        .addLimit(LimitScope::ServiceEnvironment, domain.addService(ProviderKind::OpenAi, "/full", url("/v1")).id.value)
        .maxTotalTokens = 1;
    domain.addService(ProviderKind::OpenAi, "/locked", url("/v1")).security.secret = {};
    domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 150'000'000, 600'000'000);
    domain.addProgramKey(kKey);
    upstream.setDefault(item.reply);
    start();

    const RawAnswer answer = ask(item.body.empty() ? get(item.target) : post(item.target, item.body));
    EXPECT_EQ(answer.status, item.status) << answer.body;
    EXPECT_EQ(answer.header("x-signalbox-request-id").size(), 36u);
    EXPECT_EQ(answer.header("x-signalbox-service"), item.service);
    EXPECT_EQ(answer.header("x-signalbox-model"), item.model);
    EXPECT_EQ(answer.header("x-signalbox-attempts"), item.attempts);
    EXPECT_EQ(answer.header("x-signalbox-overhead-us").empty(), item.attempts.empty());
    EXPECT_EQ(answer.header("x-signalbox-cost-usd").empty(), !item.usage);
    EXPECT_EQ(answer.header("x-signalbox-tokens-prompt").empty(), !item.usage);
    EXPECT_EQ(answer.header("x-signalbox-tokens-completion").empty(), !item.usage);
    for (const char* field : {"x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"})
        EXPECT_EQ(answer.header(field).empty(), !item.rate) << field;
    if (!item.attempts.empty()) {
        const UsageRecord record = recordsAfter(1)[0];
        EXPECT_EQ(std::to_string(record.attempts), item.attempts);
        EXPECT_EQ(std::to_string(record.overheadUs), answer.header("x-signalbox-overhead-us"));
    }
}

INSTANTIATE_TEST_SUITE_P(Good, AnswerHeaders,
                         testing::Values(Headers{"whole", kPath, kText, FakeReply::json(kChatAnswer), 200, "/limited",
                                                 "gpt-4o-mini", "1", true, true},
                                         Headers{"streamed", kPath, std::string(kChatStream),
                                                 FakeReply::stream(chatEvents()), 200, "/limited", "gpt-4o-mini", "1",
                                                 true, false},
                                         Headers{"without a limit", kUnlimitedPath, kText, FakeReply::json(kChatAnswer),
                                                 200, "/openai", "gpt-4o-mini", "1", false, true},
                                         Headers{"model list", "/openai/v1/models", "",
                                                 FakeReply::json(R"({"data":[]})"), 200, "/openai", "", "1"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, AnswerHeaders,
    testing::Values(Headers{"unknown context", "/nothing/v1/chat/completions", kText, {}, 404, "", "", ""},
                    Headers{"no JSON", kPath, "{", {}, 400, "/limited", "", "0"},
                    Headers{"prompt over the maximum per request",
                            kPath,
                            R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":")" +
                                std::string(4000, 'x') + "\"}]}",
                            {},
                            413,
                            "/limited",
                            "gpt-4o-mini",
                            "0"},
                    Headers{"window full", kFull, kText, {}, 429, "/full", "gpt-4o-mini", "0", true},
                    Headers{"secret missing", "/locked/v1/chat/completions", kText, {}, 503, "/locked", "", "0"},
                    Headers{"path not offered", "/openai/v1/files", kText, {}, 404, "/openai", "", "0"},
                    Headers{"other method", kPath, "", {}, 405, "/limited", "", "0"}));

INSTANTIATE_TEST_SUITE_P(ProviderFailed, AnswerHeaders,
                         testing::Values(Headers{"its error", kPath, kText,
                                                 FakeReply::json(R"({"error":{"message":"no"}})", 500), 502, "/limited",
                                                 "gpt-4o-mini", "1", true},
                                         Headers{"its limit", kPath, kText,
                                                 FakeReply::json(R"({"error":{"code":"rate_limit_exceeded"}})", 429),
                                                 429, "/limited", "gpt-4o-mini", "1", true},
                                         Headers{"connection broken", kUnlimitedPath, kText, brokenConnection(), 502,
                                                 "/openai", "gpt-4o-mini", "1"},
                                         Headers{"stream cut before its first event", kPath, std::string(kChatStream),
                                                 cutBeforeTheFirstEvent(), 502, "/limited", "gpt-4o-mini", "1", true}));

using GatewayHeaders = GatewayTest;

TEST_F(GatewayHeaders, OfARequestWithoutAKeySayNothingOfTheServices)
{
    startWithAllProviders();
    const RawAnswer answer = ask(test::rawRequest("POST", kUnlimitedPath, "", kChat, host()));
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.header("x-signalbox-request-id").size(), 36u);
    EXPECT_EQ(answer.header("x-signalbox-service"), "");
    EXPECT_EQ(answer.header("x-signalbox-attempts"), "");
}

TEST_F(GatewayHeaders, DoNotCountTheProvidersSilenceAsOurTime)
{
    options.timeouts.request = std::chrono::milliseconds(300);
    startWithAllProviders();
    FakeReply silent;
    silent.neverAnswer = true;
    upstream.enqueue(silent);
    const RawAnswer answer = ask(post(kUnlimitedPath, kChat));
    EXPECT_EQ(answer.status, 504);
    EXPECT_LT(std::stol(answer.header("x-signalbox-overhead-us")), 150'000);
}

} // namespace
} // namespace sb::gateway
