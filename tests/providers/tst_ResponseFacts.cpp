// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ResponseFacts.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::providers;

namespace {

TokenUsage usageOf(Dialect dialect, std::string_view body)
{
    return readAnswer(dialect, body).usage;
}

TokenUsage chatUsage(std::string_view usage)
{
    return usageOf(Dialect::OpenAiChat, "{\"choices\":[],\"usage\":" + std::string(usage) + "}");
}

} // namespace

TEST(ReadAnswer, readsAChatAnswer)
{
    const ResponseFacts facts = readAnswer(
        Dialect::OpenAiChat,
        R"({"id":"c","object":"chat.completion","model":"gpt-4o-mini-2024-07-18","choices":)"
        R"([{"index":0,"message":{"role":"assistant","content":"Hello!","refusal":null},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":20,"completion_tokens":45,"total_tokens":65}})");
    EXPECT_EQ(facts.modelReported, "gpt-4o-mini-2024-07-18");
    EXPECT_EQ(facts.finishReason, "stop");
    EXPECT_EQ(facts.textBytes, 6u);
    EXPECT_EQ(facts.usage.source, UsageSource::Reported);
    EXPECT_EQ(facts.usage.inputUncached, 20u);
    EXPECT_EQ(facts.usage.outputText, 45u);
    EXPECT_EQ(facts.usage.cacheRead, std::nullopt) << "not told is not zero";
    EXPECT_EQ(facts.usage.reasoning, std::nullopt);
    EXPECT_EQ(facts.rawUsage, R"({"prompt_tokens":20,"completion_tokens":45,"total_tokens":65})");
    EXPECT_FALSE(facts.error);
}

TEST(ReadAnswer, takesOpenAisSubsetsOutOfItsTotals)
{
    const TokenUsage usage = chatUsage(
        R"({"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"prompt_tokens_details":{"cached_tokens":600,)"
        R"("cache_write_tokens":100,"audio_tokens":50,"image_tokens":30},"completion_tokens_details":{"reasoning_tokens":400,"audio_tokens":20}})");
    EXPECT_EQ(usage.cacheRead, 600u);
    EXPECT_EQ(usage.cacheWrite5m, 100u);
    EXPECT_EQ(usage.audioIn, 50u);
    EXPECT_EQ(usage.imageIn, 30u);
    EXPECT_EQ(usage.inputUncached, 220u);
    EXPECT_EQ(usage.reasoning, 400u);
    EXPECT_EQ(usage.audioOut, 20u);
    EXPECT_EQ(usage.outputText, 80u);
    EXPECT_EQ(usage.promptTokens(), 1000u);
    EXPECT_EQ(usage.completionTokens(), 500u);
    EXPECT_FALSE(usage.inconsistent);
}

TEST(ReadAnswer, anExplicitZeroIsKept)
{
    const TokenUsage usage = chatUsage(
        R"({"prompt_tokens":5,"completion_tokens":0,"total_tokens":5,"prompt_tokens_details":{"cached_tokens":0}})");
    EXPECT_EQ(usage.cacheRead, 0u);
    EXPECT_EQ(usage.outputText, 0u);
    EXPECT_EQ(usage.source, UsageSource::Reported);
}

TEST(ReadAnswer, aNegativeDifferenceBecomesZeroAndIsFlagged)
{
    const TokenUsage usage = chatUsage(
        R"({"prompt_tokens":5,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":9},"completion_tokens_details":{"reasoning_tokens":7}})");
    EXPECT_EQ(usage.inputUncached, 0u);
    EXPECT_EQ(usage.outputText, 0u);
    EXPECT_TRUE(usage.inconsistent);
}

TEST(ReadAnswer, aTotalThatIsNotTheSumIsFlagged)
{
    EXPECT_TRUE(chatUsage(R"({"prompt_tokens":5,"completion_tokens":3,"total_tokens":99})").inconsistent);
}

TEST(ReadAnswer, oddUsageSaysNothingRatherThanSomethingWrong)
{
    EXPECT_EQ(chatUsage("null").source, UsageSource::None);
    EXPECT_EQ(chatUsage("{}").source, UsageSource::None);
    EXPECT_EQ(chatUsage("[1]").source, UsageSource::None);
    EXPECT_EQ(chatUsage(R"({"prompt_tokens":"5","completion_tokens":-3})").source, UsageSource::None);
    EXPECT_EQ(chatUsage(R"({"prompt_tokens":5})").source, UsageSource::Partial);
    EXPECT_EQ(usageOf(Dialect::OpenAiChat, "<html>").source, UsageSource::None);
    EXPECT_EQ(usageOf(Dialect::OpenAiChat, "").source, UsageSource::None);
}

TEST(ReadAnswer, keepsTheRawUsageOnlyUpToFourKibibytes)
{
    const std::string large = "{\"prompt_tokens\":1,\"completion_tokens\":2,\"x\":\"" + std::string(5000, 'x') + "\"}";
    const ResponseFacts facts = readAnswer(Dialect::OpenAiChat, "{\"usage\":" + large + "}");
    EXPECT_EQ(facts.rawUsage, "");
    EXPECT_EQ(facts.usage.outputText, 2u);
}

TEST(ReadAnswer, readsMistralsReasoningAndItsSpellingOfDetails)
{
    const ResponseFacts facts = readAnswer(
        Dialect::OpenAiChat,
        R"({"model":"magistral-medium","choices":[{"message":{"role":"assistant","content":)"
        R"([{"type":"thinking","thinking":[{"type":"text","text":"Hmm"}]},{"type":"text","text":"Yes."}]},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":30,"completion_tokens":9,"total_tokens":39,"prompt_token_details":{"cached_tokens":10}}})");
    EXPECT_EQ(facts.usage.cacheRead, 10u);
    EXPECT_EQ(facts.usage.inputUncached, 20u);
    EXPECT_EQ(facts.textBytes, 4u);
    EXPECT_EQ(facts.reasoningBytes, 3u);
}

TEST(ReadAnswer, readsAResponsesAnswer)
{
    const ResponseFacts facts = readAnswer(
        Dialect::OpenAiResponses,
        R"({"id":"resp","status":"completed","model":"gpt-5-2025","error":null,"output":[{"type":"reasoning",)"
        R"("summary":[{"type":"summary_text","text":"abc"}]},{"type":"message","content":[{"type":"output_text","text":"Hello","annotations":[]}]},)"
        R"({"type":"function_call","name":"f","arguments":"{}"}],"usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":40},"output_tokens":60,)"
        R"("output_tokens_details":{"reasoning_tokens":50},"total_tokens":160}})");
    EXPECT_EQ(facts.modelReported, "gpt-5-2025");
    EXPECT_EQ(facts.usage.inputUncached, 60u);
    EXPECT_EQ(facts.usage.cacheRead, 40u);
    EXPECT_EQ(facts.usage.reasoning, 50u);
    EXPECT_EQ(facts.usage.outputText, 10u);
    EXPECT_EQ(facts.textBytes, 7u);
    EXPECT_EQ(facts.reasoningBytes, 3u);
    EXPECT_FALSE(facts.error);
}

TEST(ReadAnswer, addsAnthropicsCachesToItsInput)
{
    const ResponseFacts facts = readAnswer(
        Dialect::AnthropicMessages,
        R"({"id":"msg","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":)"
        R"([{"type":"thinking","thinking":"Well","signature":"s"},{"type":"text","text":"Hi"},{"type":"tool_use","id":"t","name":"f","input":{"a":1}}],"stop_reason":"tool_use",)"
        R"("usage":{"input_tokens":21,"cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"cache_creation":{"ephemeral_5m_input_tokens":200,)"
        R"("ephemeral_1h_input_tokens":100},"output_tokens":70,"output_tokens_details":{"thinking_tokens":50},"server_tool_use":{"web_search_requests":2},"service_tier":"standard"}})");
    EXPECT_EQ(facts.usage.inputUncached, 21u);
    EXPECT_EQ(facts.usage.cacheRead, 4000u);
    EXPECT_EQ(facts.usage.cacheWrite5m, 200u);
    EXPECT_EQ(facts.usage.cacheWrite1h, 100u);
    EXPECT_EQ(facts.usage.promptTokens(), 4321u);
    EXPECT_EQ(facts.usage.reasoning, 50u);
    EXPECT_EQ(facts.usage.outputText, 20u);
    EXPECT_EQ(facts.usage.webSearches, 2u);
    EXPECT_EQ(facts.usage.source, UsageSource::Reported);
    EXPECT_FALSE(facts.usage.inconsistent);
    EXPECT_EQ(facts.finishReason, "tool_use");
    EXPECT_EQ(facts.reasoningBytes, 4u);
    EXPECT_EQ(facts.textBytes, 2u + 1 + 7);
}

TEST(ReadAnswer, aCacheWriteWithoutATimeToLiveIsForFiveMinutes)
{
    const TokenUsage usage = usageOf(
        Dialect::AnthropicMessages,
        R"({"usage":{"input_tokens":1,"cache_creation_input_tokens":30,"cache_read_input_tokens":0,"output_tokens":2}})");
    EXPECT_EQ(usage.cacheWrite5m, 30u);
    EXPECT_EQ(usage.cacheWrite1h, std::nullopt);
}

TEST(ReadAnswer, readsConverse)
{
    const ResponseFacts facts = readAnswer(
        Dialect::BedrockConverse,
        R"({"metrics":{"latencyMs":500},"output":{"message":{"role":"assistant","content":[{"reasoningContent":)"
        R"({"reasoningText":{"text":"So","signature":"x"}}},{"text":"Hello"},{"toolUse":{"toolUseId":"t","name":"f","input":{"a":1}}}]}},"stopReason":"end_turn",)"
        R"("usage":{"inputTokens":16,"outputTokens":9,"totalTokens":2412,"cacheReadInputTokens":2387,"cacheWriteInputTokens":0}})");
    EXPECT_EQ(facts.usage.inputUncached, 16u);
    EXPECT_EQ(facts.usage.cacheRead, 2387u);
    EXPECT_EQ(facts.usage.cacheWrite5m, 0u);
    EXPECT_EQ(facts.usage.outputText, 9u);
    EXPECT_FALSE(facts.usage.inconsistent) << "its total includes the cache";
    EXPECT_EQ(facts.finishReason, "end_turn");
    EXPECT_EQ(facts.textBytes, 5u + 1 + 7);
    EXPECT_EQ(facts.reasoningBytes, 2u);
}

TEST(ReadAnswer, splitsConversesCacheWritesByTimeToLive)
{
    const TokenUsage usage = usageOf(
        Dialect::BedrockConverse,
        R"({"usage":{"inputTokens":1,"outputTokens":2,"cacheWriteInputTokens":30,"cacheDetails":[{"ttl":"5m","inputTokens":10},{"ttl":"1h","inputTokens":20}]}})");
    EXPECT_EQ(usage.cacheWrite5m, 10u);
    EXPECT_EQ(usage.cacheWrite1h, 20u);
    EXPECT_FALSE(usage.inconsistent);
}

TEST(ReadAnswer, readsEmbeddings)
{
    const TokenUsage usage = usageOf(
        Dialect::OpenAiEmbeddings,
        R"({"object":"list","data":[{"embedding":[0.1,-2e-5]}],"model":"e","usage":{"prompt_tokens":8,"total_tokens":8}})");
    EXPECT_EQ(usage.source, UsageSource::Reported);
    EXPECT_EQ(usage.inputUncached, 8u);
    EXPECT_EQ(usage.outputText, std::nullopt);
}

TEST(ReadAnswer, readsWhatEachMakerSaysOnInvoke)
{
    const TokenUsage claude = usageOf(
        Dialect::BedrockInvoke,
        R"({"content":[{"type":"text","text":"x"}],"usage":{"input_tokens":3,"cache_read_input_tokens":7,"output_tokens":4}})");
    EXPECT_EQ(claude.promptTokens(), 10u);
    const TokenUsage oss = usageOf(
        Dialect::BedrockInvoke,
        R"({"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":7}}})");
    EXPECT_EQ(oss.promptTokens(), 10u);
    EXPECT_EQ(oss.inputUncached, 3u);
    const TokenUsage llama =
        usageOf(Dialect::BedrockInvoke,
                R"({"generation":"x","prompt_token_count":9,"generation_token_count":2,"stop_reason":"stop"})");
    EXPECT_EQ(llama.totalTokens(), 11u);
    EXPECT_EQ(llama.source, UsageSource::Reported);
    const TokenUsage titan = usageOf(Dialect::BedrockInvoke, R"({"embedding":[0.5],"inputTextTokenCount":6})");
    EXPECT_EQ(titan.inputUncached, 6u);
    EXPECT_EQ(titan.source, UsageSource::Reported);
}

TEST(CountHeaders, fillWhatTheBodyLeftOpen)
{
    ResponseFacts cohere = readAnswer(Dialect::BedrockInvoke, R"({"embeddings":[[0.1]],"id":"x"})");
    applyCountHeaders(cohere, "12", "0");
    EXPECT_EQ(cohere.usage.inputUncached, 12u);
    EXPECT_EQ(cohere.usage.outputText, 0u);
    EXPECT_EQ(cohere.usage.source, UsageSource::Reported);

    ResponseFacts claude = readAnswer(Dialect::BedrockInvoke, R"({"usage":{"input_tokens":3,"output_tokens":4}})");
    applyCountHeaders(claude, "999", "999");
    EXPECT_EQ(claude.usage.totalTokens(), 7u) << "the body knows more";

    ResponseFacts none;
    applyCountHeaders(none, "", "abc");
    EXPECT_EQ(none.usage, TokenUsage{});
}

TEST(EstimatedUsage, keepsWhatWasReportedAndFillsTheRest)
{
    ResponseFacts facts;
    facts.usage.inputUncached = 50;
    facts.usage.outputText = 1;
    facts.usage.source = UsageSource::Partial;
    facts.textBytes = 400;
    facts.reasoningBytes = 80;
    const TokenUsage usage = estimatedUsage(facts, 999, ProviderKind::OpenAi, "gpt-4o");
    EXPECT_EQ(usage.inputUncached, 50u);
    EXPECT_EQ(usage.outputText, 100u);
    EXPECT_EQ(usage.reasoning, 20u);
    EXPECT_EQ(usage.source, UsageSource::Estimated);

    EXPECT_EQ(estimatedUsage({}, 30, ProviderKind::OpenAi, "gpt-4o").promptTokens(), 30u);
    facts.usage.source = UsageSource::Reported;
    EXPECT_EQ(estimatedUsage(facts, 999, ProviderKind::OpenAi, "gpt-4o"), facts.usage);
}
