// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ResponseTap.h"

#include "protocol/EventStreamReader.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::providers;
using protocol::encodeEventStreamMessage;

namespace {

struct Seen {
    std::string relayed;
    TokenUsage usage;
    std::string model;
    std::string finishReason;
    std::string rawUsage;
    std::uint64_t events = 0;
    std::uint64_t textBytes = 0;
    std::uint64_t reasoningBytes = 0;
    bool content = false;
    bool end = false;
    bool corrupt = false;
    std::string error;

    bool operator==(const Seen&) const = default;
};

Seen listen(const TapOptions& options, std::initializer_list<std::string_view> pieces)
{
    ResponseTap tap(options);
    Seen seen;
    for (const std::string_view piece : pieces)
        seen.relayed += tap.feed(std::string(piece)); // a copy that dies, so that a view into it would be noticed
    seen.relayed += tap.finish();
    seen.usage = tap.facts().usage;
    seen.model = tap.facts().modelReported;
    seen.finishReason = tap.facts().finishReason;
    seen.rawUsage = tap.facts().rawUsage;
    seen.events = tap.events();
    seen.textBytes = tap.facts().textBytes;
    seen.reasoningBytes = tap.facts().reasoningBytes;
    seen.content = tap.contentSeen();
    seen.end = tap.endSeen();
    seen.corrupt = tap.corrupt();
    seen.error = tap.facts().error ? tap.facts().error->message : std::string();
    return seen;
}

/// In one piece; then in two, split at every byte: nothing may differ.
Seen listenToAll(const TapOptions& options, const std::string& stream)
{
    const Seen whole = listen(options, {stream});
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        const std::string_view text = stream;
        EXPECT_EQ(listen(options, {text.substr(0, at), text.substr(at)}), whole) << "split at " << at;
    }
    return whole;
}

constexpr TapOptions sse(Dialect dialect, bool removeUsageChunk = false)
{
    TapOptions options;
    options.dialect = dialect;
    options.framing = Framing::Sse;
    options.removeUsageChunk = removeUsageChunk;
    return options;
}

constexpr TapOptions frames(Dialect dialect)
{
    TapOptions options;
    options.dialect = dialect;
    options.framing = Framing::AwsEventStream;
    return options;
}

std::string chunk(std::string_view inside)
{
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-2024-08-06\"," +
           std::string(inside) + "}\n\n";
}

std::string named(std::string_view type, std::string_view inside)
{
    return "event: " + std::string(type) + "\ndata: {\"type\":\"" + std::string(type) + "\"" + std::string(inside) +
           "}\n\n";
}

std::string frame(std::string_view type, std::string_view payload)
{
    return encodeEventStreamMessage(
        {{":event-type", type}, {":content-type", "application/json"}, {":message-type", "event"}}, payload);
}

const std::string kFirst = chunk(
    R"("choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null)");
const std::string kHello =
    chunk(R"("choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}],"usage":null)");
const std::string kStop = chunk(R"("choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null)");
const std::string kUsage = chunk(
    R"("choices":[],"usage":{"prompt_tokens":20,"completion_tokens":45,"total_tokens":65,"prompt_tokens_details":{"cached_tokens":8}})");
const std::string kDone = "data: [DONE]\n\n";

const std::string kMessageStart = named(
    "message_start",
    R"(,"message":{"id":"m","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001","content":[],"stop_reason":null,)"
    R"("usage":{"input_tokens":25,"cache_creation_input_tokens":10,"cache_read_input_tokens":0,"output_tokens":1}})");
const std::string kBlock = named("content_block_start", R"(,"index":0,"content_block":{"type":"text","text":""})");
const std::string kText = named("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":"Hello"})");
const std::string kMessageDelta =
    named("message_delta", R"(,"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15})");
const std::string kMessageStop = named("message_stop", "");

} // namespace

TEST(FramingOf, goesByTheMediaType)
{
    EXPECT_EQ(framingOf("text/event-stream"), Framing::Sse);
    EXPECT_EQ(framingOf("Text/Event-Stream; charset=utf-8"), Framing::Sse);
    EXPECT_EQ(framingOf("application/vnd.amazon.eventstream"), Framing::AwsEventStream);
    EXPECT_EQ(framingOf("application/json"), Framing::None);
    EXPECT_EQ(framingOf(""), Framing::None);
}

TEST(ResponseTap, listensToAChatStreamAndPassesItOnUnchanged)
{
    const std::string stream = kFirst + kHello + kStop + kUsage + kDone;
    const Seen seen = listenToAll(sse(Dialect::OpenAiChat), stream);
    EXPECT_EQ(seen.relayed, stream);
    EXPECT_EQ(seen.model, "gpt-4o-2024-08-06");
    EXPECT_EQ(seen.finishReason, "stop");
    EXPECT_EQ(seen.textBytes, 5u);
    EXPECT_EQ(seen.events, 5u);
    EXPECT_TRUE(seen.end);
    EXPECT_EQ(seen.usage.source, UsageSource::Reported);
    EXPECT_EQ(seen.usage.inputUncached, 12u);
    EXPECT_EQ(seen.usage.cacheRead, 8u);
    EXPECT_EQ(seen.usage.outputText, 45u);
}

TEST(ResponseTap, takesTheUsageChunkOutThatTheClientDidNotAskFor)
{
    const Seen seen = listenToAll(sse(Dialect::OpenAiChat, true), kFirst + kHello + kStop + kUsage + kDone);
    EXPECT_EQ(seen.relayed, kFirst + kHello + kStop + kDone);
    EXPECT_EQ(seen.usage.outputText, 45u) << "it is counted all the same";
    EXPECT_TRUE(seen.end);
}

TEST(ResponseTap, leavesAChunkThatCarriesMoreThanUsage)
{
    const std::string both = chunk(
        R"("choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5})");
    const std::string azure = chunk(R"("choices":[],"prompt_filter_results":[{"prompt_index":0}])");
    const Seen seen = listenToAll(sse(Dialect::OpenAiChat, true), azure + kHello + both + kDone);
    EXPECT_EQ(seen.relayed, azure + kHello + both + kDone);
    EXPECT_EQ(seen.usage.totalTokens(), 5u);
}

TEST(ResponseTap, laterUsageReplacesEarlierUsage)
{
    const std::string running = chunk(
        R"("choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11})");
    const std::string last = chunk(
        R"("choices":[{"delta":{"content":"y"}}],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12})");
    EXPECT_EQ(listen(sse(Dialect::OpenAiChat), {running, last, kDone}).usage.totalTokens(), 12u);
}

TEST(ResponseTap, aStreamWithoutItsEndMarkerIsACut)
{
    for (const std::string& stream :
         {kFirst + kHello, kFirst + kHello + kStop, kFirst + kHello + "data: [DON", kHello + "data: [DONE] \n\n"}) {
        const Seen seen = listen(sse(Dialect::OpenAiChat), {stream});
        EXPECT_FALSE(seen.end) << stream;
        EXPECT_EQ(seen.usage.source, UsageSource::None);
    }
    EXPECT_EQ(listen(sse(Dialect::OpenAiChat), {kFirst + "data: {\"half"}).relayed, kFirst)
        << "half an event is not passed on";
}

TEST(ResponseTap, acceptsAnEndMarkerWithoutItsBlankLine)
{
    for (const char* marker : {"data: [DONE]\n", "data: [DONE]", "data:[DONE]\r\n"}) {
        const Seen seen = listen(sse(Dialect::OpenAiChat), {kHello, marker});
        EXPECT_TRUE(seen.end) << marker;
        EXPECT_EQ(seen.relayed, kHello + marker);
    }
}

TEST(ResponseTap, theFirstTokenIsTextReasoningOrAToolCallButNotTheRole)
{
    const auto content = [](std::string_view inside) {
        return listen(sse(Dialect::OpenAiChat), {chunk(inside)}).content;
    };
    EXPECT_FALSE(listen(sse(Dialect::OpenAiChat), {kFirst}).content);
    EXPECT_FALSE(content(R"("choices":[{"index":0,"finish_reason":null,"content_filter_offsets":{}}])"))
        << "a choice without delta";
    EXPECT_TRUE(content(R"("choices":[{"delta":{"content":"x"}}])"));
    EXPECT_TRUE(content(R"("choices":[{"delta":{"reasoning_content":"x"}}])"));
    EXPECT_TRUE(content(
        R"("choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":""}}]}}])"));
    EXPECT_TRUE(content(R"("choices":[{"text":"legacy"}])"));
    EXPECT_FALSE(listen(sse(Dialect::OpenAiChat), {": keep-alive\n\n"}).content);
}

TEST(ResponseTap, findsAnErrorInsideAChatStream)
{
    const Seen chunked =
        listenToAll(sse(Dialect::OpenAiChat),
                    kHello + "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\",\"code\":null}}\n\n");
    EXPECT_EQ(chunked.error, "boom");
    EXPECT_FALSE(chunked.end);
    EXPECT_EQ(listen(sse(Dialect::OpenAiChat), {"event: error\ndata: {\"error\":{\"message\":\"boom\"}}\n\n"}).error,
              "boom");
    EXPECT_EQ(listen(sse(Dialect::OpenAiChat), {"event: error\ndata: plain words\n\n"}).error, "plain words");
    EXPECT_EQ(listen(sse(Dialect::OpenAiChat), {chunk(R"("choices":[],"error":null)")}).error, "");
}

TEST(ResponseTap, textThatIsNotJsonPassesAndSaysNothing)
{
    const Seen seen = listen(sse(Dialect::OpenAiChat), {"data: {broken\n\ndata: 5\n\n", kDone});
    EXPECT_EQ(seen.relayed, "data: {broken\n\ndata: 5\n\n" + kDone);
    EXPECT_TRUE(seen.end);
}

TEST(ResponseTap, listensToAnthropic)
{
    const std::string stream = kMessageStart + kBlock + "event: ping\ndata: {\"type\": \"ping\"}\n\n" + kText +
                               named("content_block_stop", R"(,"index":0)") + kMessageDelta + kMessageStop;
    const Seen seen = listenToAll(sse(Dialect::AnthropicMessages), stream);
    EXPECT_EQ(seen.relayed, stream);
    EXPECT_EQ(seen.model, "claude-haiku-4-5-20251001");
    EXPECT_EQ(seen.finishReason, "end_turn");
    EXPECT_EQ(seen.textBytes, 5u);
    EXPECT_TRUE(seen.end);
    EXPECT_EQ(seen.usage.source, UsageSource::Reported);
    EXPECT_EQ(seen.usage.inputUncached, 25u);
    EXPECT_EQ(seen.usage.cacheWrite5m, 10u);
    EXPECT_EQ(seen.usage.cacheRead, 0u);
    EXPECT_EQ(seen.usage.outputText, 15u) << "cumulative: not 1 + 15";
}

// A backend that reports 34 824 input tokens at first and 3 883 + 30 464 from the cache in the end.
TEST(ResponseTap, overwritesFieldByFieldWithTheLastValueThatIsNotNull)
{
    const std::string start =
        named("message_start", R"(,"message":{"usage":{"input_tokens":34824,"output_tokens":1}})");
    const std::string delta = named(
        "message_delta",
        R"(,"delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":3883,"cache_read_input_tokens":30464,"cache_creation_input_tokens":null,"output_tokens":null})");
    const std::string last = named("message_delta", R"(,"delta":{},"usage":{"output_tokens":40})");
    const TokenUsage usage = listen(sse(Dialect::AnthropicMessages), {start, delta, last, kMessageStop}).usage;
    EXPECT_EQ(usage.inputUncached, 3883u);
    EXPECT_EQ(usage.cacheRead, 30464u);
    EXPECT_EQ(usage.cacheWrite5m, std::nullopt);
    EXPECT_EQ(usage.outputText, 40u);
}

TEST(ResponseTap, aCutAnthropicStreamKnowsItsPromptOnly)
{
    const Seen seen = listenToAll(sse(Dialect::AnthropicMessages), kMessageStart + kBlock + kText);
    EXPECT_FALSE(seen.end);
    EXPECT_EQ(seen.usage.source, UsageSource::Partial);
    EXPECT_EQ(seen.usage.promptTokens(), 35u);
    EXPECT_EQ(seen.textBytes, 5u);
}

TEST(ResponseTap, readsAnthropicWithoutBlanksOrEventNames)
{
    EXPECT_TRUE(
        listen(sse(Dialect::AnthropicMessages), {"event:message_stop\ndata:{\"type\":\"message_stop\"}\n\n"}).end);
    EXPECT_TRUE(listen(sse(Dialect::AnthropicMessages), {"data: {\"type\":\"message_stop\"}\n\n"}).end);
    EXPECT_EQ(listen(sse(Dialect::AnthropicMessages),
                     {named("error", R"(,"error":{"type":"overloaded_error","message":"Overloaded"})")})
                  .error,
              "Overloaded");
}

TEST(ResponseTap, countsThinkingAndToolArgumentsOfAnthropic)
{
    const Seen seen = listen(
        sse(Dialect::AnthropicMessages),
        {named("content_block_delta", R"(,"index":0,"delta":{"type":"thinking_delta","thinking":"Hmm"})"),
         named("content_block_delta", R"(,"index":0,"delta":{"type":"signature_delta","signature":"abcdef"})"),
         named("content_block_start",
               R"(,"index":1,"content_block":{"type":"tool_use","id":"t","name":"get","input":{}})"),
         named("content_block_delta", R"(,"index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"})")});
    EXPECT_EQ(seen.reasoningBytes, 3u);
    EXPECT_EQ(seen.textBytes, 3u + 7);
    EXPECT_TRUE(seen.content);
}

TEST(ResponseTap, listensToResponses)
{
    const std::string stream =
        named(
            "response.created",
            R"(,"response":{"id":"r","status":"in_progress","model":"gpt-5","usage":null,"error":null},"sequence_number":0)") +
        named("response.reasoning_summary_text.delta", R"(,"delta":"Hm")") +
        named("response.output_text.delta", R"(,"delta":"Hello")") +
        named("response.output_text.done", R"(,"text":"Hello")") +
        named("response.function_call_arguments.delta", R"(,"delta":"{}")") +
        named(
            "response.completed",
            R"(,"response":{"id":"r","status":"completed","model":"gpt-5","usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},)"
            R"("output_tokens":30,"output_tokens_details":{"reasoning_tokens":20},"total_tokens":39}})");
    const Seen seen = listenToAll(sse(Dialect::OpenAiResponses), stream);
    EXPECT_EQ(seen.relayed, stream);
    EXPECT_TRUE(seen.end);
    EXPECT_EQ(seen.textBytes, 5u + 2);
    EXPECT_EQ(seen.reasoningBytes, 2u);
    EXPECT_EQ(seen.usage.inputUncached, 5u);
    EXPECT_EQ(seen.usage.reasoning, 20u);
    EXPECT_EQ(seen.usage.source, UsageSource::Reported);
    EXPECT_EQ(seen.model, "gpt-5");
}

TEST(ResponseTap, aFailedResponseEndsItsStreamWithAnError)
{
    const Seen seen =
        listen(sse(Dialect::OpenAiResponses),
               {named("response.failed",
                      R"(,"response":{"status":"failed","error":{"code":"server_error","message":"sorry"}})")});
    EXPECT_TRUE(seen.end);
    EXPECT_EQ(seen.error, "sorry");
    EXPECT_EQ(
        listen(sse(Dialect::OpenAiResponses), {named("error", R"(,"code":"x","message":"gone","param":null)")}).error,
        "gone");
    EXPECT_TRUE(
        listen(sse(Dialect::OpenAiResponses), {named("response.incomplete", R"(,"response":{"status":"incomplete"})")})
            .end);
}

TEST(ResponseTap, listensToConverse)
{
    const std::string stream =
        frame("messageStart", R"({"p":"abc","role":"assistant"})") +
        frame("contentBlockDelta", R"({"contentBlockIndex":0,"delta":{"text":"Hello"},"p":"ab"})") +
        frame("contentBlockStart", R"({"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"t","name":"get"}}})") +
        frame("contentBlockDelta", R"({"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"a\":1}"}}})") +
        frame("contentBlockDelta", R"({"contentBlockIndex":2,"delta":{"reasoningContent":{"text":"Hm"}}})") +
        frame("contentBlockStop", R"({"contentBlockIndex":0})") + frame("messageStop", R"({"stopReason":"end_turn"})") +
        frame("metadata",
              R"({"metrics":{"latencyMs":9},"usage":{"inputTokens":7,"outputTokens":12,"totalTokens":19}})");
    const Seen seen = listenToAll(frames(Dialect::BedrockConverse), stream);
    EXPECT_EQ(seen.relayed, stream);
    EXPECT_TRUE(seen.end);
    EXPECT_EQ(seen.textBytes, 5u + 3 + 7);
    EXPECT_EQ(seen.reasoningBytes, 2u);
    EXPECT_EQ(seen.finishReason, "end_turn");
    EXPECT_EQ(seen.usage.totalTokens(), 19u);
    EXPECT_EQ(seen.usage.source, UsageSource::Reported);
}

TEST(ResponseTap, converseEndsWithBothItsLastEvents)
{
    EXPECT_FALSE(listen(frames(Dialect::BedrockConverse), {frame("messageStop", R"({"stopReason":"end_turn"})")}).end);
    EXPECT_FALSE(
        listen(frames(Dialect::BedrockConverse), {frame("metadata", R"({"usage":{"inputTokens":1,"outputTokens":1}})")})
            .end);
}

TEST(ResponseTap, findsAnExceptionInsideAnEventStream)
{
    const std::string exception = encodeEventStreamMessage(
        {{":exception-type", "throttlingException"}, {":message-type", "exception"}}, R"({"message":"Too many"})");
    const Seen seen = listenToAll(frames(Dialect::BedrockConverse), frame("messageStart", "{}") + exception);
    EXPECT_EQ(seen.error, "Too many");
    EXPECT_FALSE(seen.end);
    const std::string error = encodeEventStreamMessage(
        {{":error-code", "InternalFailure"}, {":error-message", "oops"}, {":message-type", "error"}}, "");
    EXPECT_EQ(listen(frames(Dialect::BedrockConverse), {error}).error, "oops");
}

TEST(ResponseTap, stopsAtDamage)
{
    std::string stream = frame("messageStart", "{}") + frame("messageStop", R"({"stopReason":"end_turn"})");
    stream[stream.size() - 6] = static_cast<char>(stream[stream.size() - 6] ^ 1);
    const Seen seen = listenToAll(frames(Dialect::BedrockConverse), stream);
    EXPECT_TRUE(seen.corrupt);
    EXPECT_FALSE(seen.end);
    EXPECT_EQ(seen.relayed, frame("messageStart", "{}"));

    TapOptions small = sse(Dialect::OpenAiChat);
    small.maxEvent = 64;
    EXPECT_TRUE(listen(small, {"data: " + std::string(100, 'x')}).corrupt);
}

TEST(ResponseTap, listensToClaudeInsideInvokeChunks)
{
    // {"type":"message_start","message":{"model":"claude-x","usage":{"input_tokens":11,"output_tokens":1}}}
    const std::string start =
        R"({"bytes":"eyJ0eXBlIjoibWVzc2FnZV9zdGFydCIsIm1lc3NhZ2UiOnsibW9kZWwiOiJjbGF1ZGUteCIsInVzYWdlIjp7ImlucHV0X3Rva2VucyI6MTEsIm91dHB1dF90b2tlbnMiOjF9fX0=","p":"abc"})";
    // {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}
    const std::string text =
        R"({"bytes":"eyJ0eXBlIjoiY29udGVudF9ibG9ja19kZWx0YSIsImluZGV4IjowLCJkZWx0YSI6eyJ0eXBlIjoidGV4dF9kZWx0YSIsInRleHQiOiJIZWxsbyJ9fQ=="})";
    // {"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":11,"outputTokenCount":6}}
    const std::string stop =
        R"({"bytes":"eyJ0eXBlIjoibWVzc2FnZV9zdG9wIiwiYW1hem9uLWJlZHJvY2staW52b2NhdGlvbk1ldHJpY3MiOnsiaW5wdXRUb2tlbkNvdW50IjoxMSwib3V0cHV0VG9rZW5Db3VudCI6Nn19"})";
    const std::string stream = frame("chunk", start) + frame("chunk", text) + frame("chunk", stop);
    const Seen seen = listenToAll(frames(Dialect::BedrockInvoke), stream);
    EXPECT_EQ(seen.relayed, stream);
    EXPECT_TRUE(seen.end);
    EXPECT_EQ(seen.model, "claude-x");
    EXPECT_EQ(seen.textBytes, 5u);
    EXPECT_EQ(seen.usage.inputUncached, 11u);
    EXPECT_EQ(seen.usage.outputText, 6u);
    EXPECT_EQ(seen.usage.source, UsageSource::Reported);
}

TEST(ResponseTap, whatIsNotStreamedPassesAsItComes)
{
    TapOptions plain;
    plain.framing = Framing::None;
    const Seen seen = listen(plain, {"{\"a\":", "1}"});
    EXPECT_EQ(seen.relayed, "{\"a\":1}");
    EXPECT_TRUE(seen.end);
}
