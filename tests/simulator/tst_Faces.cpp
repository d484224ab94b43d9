// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Router.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <zlib.h>

namespace sb::simulator {
namespace {

namespace json = boost::json;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

const Headers kBearer{{"authorization", "Bearer sim-key"}};
const Headers kApiKey{{"api-key", "sim-key"}};
const Headers kAnthropic{{"x-api-key", "sim-key"}, {"anthropic-version", "2023-06-01"}};

Reply ask(std::string_view method, std::string_view path, const Headers& headers, std::string_view body = {},
          std::string_view query = {})
{
    HttpRequest request;
    request.method = method;
    request.target = path;
    request.path = path;
    request.query = query;
    request.headers = headers;
    request.body = body;
    return route(request, {.apiKey = "sim-key"}, {});
}

Reply post(std::string_view path, const Headers& headers, std::string_view body, std::string_view query = {})
{
    return ask("POST", path, headers, body, query);
}

std::vector<std::string> eventsOf(const Reply& reply)
{
    std::vector<std::string> events;
    std::size_t begin = 0;
    for (const Reply::Event& event : reply.events) {
        events.push_back(reply.body.substr(begin, event.end - begin));
        begin = event.end;
    }
    return events;
}

/// The JSON of a "data:" line.
json::value dataOf(std::string_view event)
{
    const auto at = event.find("data: ") + 6;
    return json::parse(json::string_view(event.data() + at, event.size() - at - 2));
}

std::int64_t number(const json::value& value, const char* pointer)
{
    return value.at_pointer(pointer).to_number<std::int64_t>();
}

constexpr std::string_view kChat =
    R"({"model":"gpt-4o-mini","max_tokens":6,"messages":[{"role":"user","content":"hello there"}]})";
constexpr std::string_view kChatStream =
    R"({"model":"gpt-4o-mini","max_tokens":6,"stream":true,"messages":[{"role":"user","content":"hello there"}]})";

TEST(OpenAiFace, AnswersAChatWithExactUsage)
{
    const Reply reply = post("/v1/chat/completions", kBearer, kChat);
    const json::value body = json::parse(reply.body);
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(body.at_pointer("/choices/0/message/content").as_string().starts_with("You asked: \"hello there\". "));
    EXPECT_EQ(body.at_pointer("/choices/0/finish_reason"), "length");
    EXPECT_EQ(number(body, "/usage/prompt_tokens"), 8);
    EXPECT_EQ(number(body, "/usage/completion_tokens"), 6);
    EXPECT_EQ(number(body, "/usage/total_tokens"), 14);
}

TEST(OpenAiFace, StreamsTheSameWordsAndUsageOnlyWhenAskedFor)
{
    const Reply plain = post("/v1/chat/completions", kBearer, kChatStream);
    const auto events = eventsOf(plain);
    ASSERT_EQ(events.size(), 9U); // role, six words, finish, [DONE]
    EXPECT_EQ(events.back(), "data: [DONE]\n\n");
    EXPECT_EQ(dataOf(events[1]).at_pointer("/choices/0/delta/content"), "You ");
    EXPECT_EQ(dataOf(events[7]).at_pointer("/choices/0/finish_reason"), "length");
    EXPECT_EQ(plain.body.find("usage"), std::string::npos);

    const Reply counted =
        post("/v1/chat/completions", kBearer,
             R"({"model":"gpt-4o-mini","max_tokens":6,"stream":true,"stream_options":{"include_usage":true},
                                   "messages":[{"role":"user","content":"hello there"}]})");
    const auto withUsage = eventsOf(counted);
    ASSERT_EQ(withUsage.size(), 10U);
    const json::value usage = dataOf(withUsage[8]);
    EXPECT_TRUE(usage.at("choices").as_array().empty());
    EXPECT_EQ(number(usage, "/usage/completion_tokens"), 6);
    EXPECT_TRUE(dataOf(withUsage[2]).at("usage").is_null());
}

TEST(OpenAiFace, SaysWhatIsWrongInItsOwnWords)
{
    const Reply wrongKey = post("/v1/chat/completions", {{"authorization", "Bearer other"}}, kChat);
    EXPECT_EQ(wrongKey.status, 401);
    EXPECT_EQ(json::parse(wrongKey.body).at_pointer("/error/code"), "invalid_api_key");

    const Reply missing =
        post("/v1/chat/completions", kBearer, R"({"model":"sim-missing","messages":[{"role":"user","content":"x"}]})");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(json::parse(missing.body).at_pointer("/error/code"), "model_not_found");

    const Reply noMessages = post("/v1/chat/completions", kBearer, R"({"model":"m"})");
    EXPECT_EQ(noMessages.status, 400);
    EXPECT_EQ(json::parse(noMessages.body).at_pointer("/error/param"), "messages");

    EXPECT_EQ(post("/v1/chat/completions", kBearer, "{").status, 400);
    EXPECT_EQ(post("/v1/unknown", kBearer, "{}").status, 404);
    EXPECT_EQ(ask("GET", "/v1/chat/completions", kBearer).status, 405);

    const Reply limited =
        post("/v1/chat/completions", kBearer, R"({"model":"sim-429","messages":[{"role":"user","content":"x"}]})");
    EXPECT_EQ(limited.status, 429);
    EXPECT_NE(limited.headers.find("retry-after: 1"), std::string::npos);
    EXPECT_FALSE(limited.served.has_value());
}

TEST(OpenAiFace, CachedAndReasoningTokensAreSubsets)
{
    const Reply cached = post("/v1/chat/completions", kBearer,
                              R"({"model":"sim-cache","messages":[{"role":"user","content":"one two three four"}]})");
    const json::value usage = json::parse(cached.body);
    EXPECT_EQ(number(usage, "/usage/prompt_tokens"), 10);
    EXPECT_EQ(number(usage, "/usage/prompt_tokens_details/cached_tokens"), 5);
    const Reply reasoned = post("/v1/chat/completions", kBearer,
                                R"({"model":"sim-reasoning","messages":[{"role":"user","content":"x"}]})");
    const json::value thought = json::parse(reasoned.body);
    EXPECT_GT(number(thought, "/usage/completion_tokens_details/reasoning_tokens"), 0);
    EXPECT_GT(number(thought, "/usage/completion_tokens"),
              number(thought, "/usage/completion_tokens_details/reasoning_tokens"));
}

TEST(OpenAiFace, EmbedsAsNumbersAndAsBase64)
{
    const Reply plain =
        post("/v1/embeddings", kBearer, R"({"model":"sim-embed","dimensions":4,"input":["one two","three"]})");
    const json::value body = json::parse(plain.body);
    EXPECT_EQ(body.at_pointer("/data/1/embedding").as_array().size(), 4U);
    EXPECT_EQ(number(body, "/usage/prompt_tokens"), 3);
    const Reply packed = post("/v1/embeddings", kBearer,
                              R"({"model":"sim-embed","dimensions":4,"encoding_format":"base64","input":"one two"})");
    EXPECT_EQ(json::parse(packed.body).at_pointer("/data/0/embedding").as_string().size(), 24U);
}

TEST(OpenAiFace, StreamsResponsesWithRisingSequenceNumbers)
{
    const Reply reply =
        post("/v1/responses", kBearer, R"({"model":"gpt-4o","max_output_tokens":16,"stream":true,"input":"hello"})");
    const auto events = eventsOf(reply);
    for (std::size_t i = 0; i < events.size(); ++i)
        EXPECT_EQ(number(dataOf(events[i]), "/sequence_number"), static_cast<std::int64_t>(i));
    const json::value last = dataOf(events.back());
    EXPECT_EQ(last.at("type"), "response.incomplete");
    EXPECT_EQ(number(last, "/response/usage/output_tokens"), 16);
    EXPECT_EQ(number(last, "/response/usage/input_tokens"), 7);
}

TEST(OpenAiFace, CallsAToolInFragments)
{
    const Reply reply = post(
        "/v1/chat/completions", kBearer,
        R"({"model":"m","stream":true,"tool_choice":"required","messages":[{"role":"user","content":"weather now"}],
                                 "tools":[{"type":"function","function":{"name":"weather","parameters":{}}}]})");
    std::string arguments;
    for (const std::string& event : eventsOf(reply)) {
        if (event.find("arguments") != std::string::npos)
            arguments += dataOf(event).at_pointer("/choices/0/delta/tool_calls/0/function/arguments").as_string();
    }
    EXPECT_EQ(arguments, R"({"query":"weather now"})");
}

TEST(AzureFace, ServesClassicAndV1Paths)
{
    const Reply classic = post("/openai/deployments/my-gpt/chat/completions", kApiKey, kChat, "api-version=2024-10-21");
    EXPECT_EQ(classic.status, 200);
    EXPECT_EQ(json::parse(classic.body).at("model"), "my-gpt");
    EXPECT_TRUE(json::parse(classic.body).as_object().contains("prompt_filter_results"));
    EXPECT_EQ(post("/openai/v1/chat/completions", kApiKey, kChat).status, 200);
    EXPECT_EQ(post("/openai/v1/chat/completions", kBearer, kChat).status, 200);
}

TEST(AzureFace, WantsAnApiVersionOnClassicPathsAndStringErrorCodes)
{
    EXPECT_EQ(post("/openai/deployments/my-gpt/chat/completions", kApiKey, kChat).status, 404);
    const Reply refused = post("/openai/v1/chat/completions", {{"api-key", "x"}}, kChat);
    EXPECT_EQ(json::parse(refused.body).at_pointer("/error/code"), "401");
}

TEST(AzureFace, OpensStreamsWithFilterResultsAndNoChoices)
{
    const auto events = eventsOf(post("/openai/v1/chat/completions", kApiKey, kChatStream));
    const json::value first = dataOf(events.front());
    EXPECT_TRUE(first.at("choices").as_array().empty());
    EXPECT_EQ(first.at("id"), "");
}

TEST(AnthropicFace, AnswersAndCountsWithoutCachedTokens)
{
    const Reply reply = post(
        "/v1/messages", kAnthropic,
        R"({"model":"sim-cache","max_tokens":50,"system":"be kind","messages":[{"role":"user","content":"one two three"}]})");
    const json::value body = json::parse(reply.body);
    EXPECT_EQ(reply.status, 200);
    // 3 + (3 + 2) + (3 + 3) = 14: half read from the cache, a quarter written to it.
    EXPECT_EQ(number(body, "/usage/input_tokens"), 14 - 7 - 3);
    EXPECT_EQ(number(body, "/usage/cache_read_input_tokens"), 7);
    EXPECT_EQ(number(body, "/usage/cache_creation/ephemeral_5m_input_tokens"), 3);
}

TEST(AnthropicFace, StreamsNamedEventsWithCumulativeUsage)
{
    const auto events = eventsOf(
        post("/v1/messages", kAnthropic,
             R"({"model":"claude","max_tokens":3,"stream":true,"messages":[{"role":"user","content":"hi"}]})"));
    std::vector<std::string> names;
    for (const std::string& event : events)
        names.push_back(event.substr(7, event.find('\n') - 7));
    EXPECT_EQ(names, (std::vector<std::string>{"message_start", "content_block_start", "ping", "content_block_delta",
                                               "content_block_delta", "content_block_delta", "content_block_stop",
                                               "message_delta", "message_stop"}));
    const json::value delta = dataOf(events[7]);
    EXPECT_EQ(number(delta, "/usage/output_tokens"), 3);
    EXPECT_EQ(delta.at_pointer("/delta/stop_reason"), "max_tokens");
}

TEST(AnthropicFace, InsistsOnVersionAndMaximum)
{
    EXPECT_EQ(post("/v1/messages", {{"x-api-key", "sim-key"}}, kChat).status, 400);
    EXPECT_EQ(post("/v1/messages", kAnthropic, R"({"model":"m","messages":[{"role":"user","content":"x"}]})").status,
              400);
    const Headers newer{{"authorization", "Bearer sim-key"}, {"anthropic-version", "2026-10-21"}};
    EXPECT_EQ(post("/v1/messages", newer, kChat).status, 200);
    EXPECT_EQ(post("/v1/messages", newer,
                   R"({"model":"m","max_tokens":5,"temperature":0.5,"messages":[{"role":"user","content":"x"}]})")
                  .status,
              400);
    const Reply busy = post("/v1/messages", kAnthropic,
                            R"({"model":"sim-529","max_tokens":5,"messages":[{"role":"user","content":"x"}]})");
    EXPECT_EQ(busy.status, 529);
    EXPECT_EQ(json::parse(busy.body).at_pointer("/error/type"), "overloaded_error");
}

TEST(AnthropicFace, ListsModelsInItsOwnShapeOnTheSharedPath)
{
    EXPECT_TRUE(json::parse(ask("GET", "/v1/models", kAnthropic).body).as_object().contains("has_more"));
    EXPECT_EQ(json::parse(ask("GET", "/v1/models", kBearer).body).at("object"), "list");
}

TEST(MistralFace, RefusesUnknownMembers)
{
    const Reply refused = post("/mistral/v1/chat/completions", kBearer,
                               R"({"model":"m","stream_options":{},"messages":[{"role":"user","content":"x"}]})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(json::parse(refused.body).at_pointer("/detail/0/loc/1"), "stream_options");
}

TEST(MistralFace, SendsUsageOnTheLastChunkUnasked)
{
    for (const std::string_view path : {"/mistral/v1/chat/completions", "/v1/chat/completions"}) {
        const auto events = eventsOf(post(
            path, kBearer,
            R"({"model":"mistral-small-latest","max_tokens":2,"stream":true,"messages":[{"role":"user","content":"x"}]})"));
        const json::value last = dataOf(events[events.size() - 2]);
        EXPECT_EQ(last.at_pointer("/choices/0/finish_reason"), "length") << path;
        EXPECT_EQ(number(last, "/usage/completion_tokens"), 2) << path;
    }
}

TEST(MistralFace, ToolCallIdsHaveNineCharacters)
{
    const Reply reply = post("/mistral/v1/chat/completions", kBearer,
                             R"({"model":"m","tool_choice":"any","messages":[{"role":"user","content":"x"}],
                                 "tools":[{"type":"function","function":{"name":"f"}}]})");
    EXPECT_EQ(json::parse(reply.body).at_pointer("/choices/0/message/tool_calls/0/id").as_string().size(), 9U);
}

/// One event-stream message, its CRCs checked.
struct Frame {
    std::map<std::string, std::string> headers;
    std::string payload;
};

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::uint32_t crcOf(std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::vector<Frame> framesOf(std::string_view bytes)
{
    std::vector<Frame> frames;
    while (!bytes.empty()) {
        const std::size_t total = bigEndian(bytes, 0, 4);
        const std::size_t headersSize = bigEndian(bytes, 4, 4);
        EXPECT_EQ(bigEndian(bytes, 8, 4), crcOf(bytes.substr(0, 8)));
        EXPECT_EQ(bigEndian(bytes, total - 4, 4), crcOf(bytes.substr(0, total - 4)));
        Frame frame;
        std::size_t at = 12;
        while (at < 12 + headersSize) {
            const std::size_t nameSize = bigEndian(bytes, at, 1);
            const std::string name(bytes.substr(at + 1, nameSize));
            EXPECT_EQ(bytes[at + 1 + nameSize], 7);
            const std::size_t valueSize = bigEndian(bytes, at + 2 + nameSize, 2);
            frame.headers[name] = bytes.substr(at + 4 + nameSize, valueSize);
            at += 4 + nameSize + valueSize;
        }
        frame.payload = bytes.substr(at, total - 4 - at);
        frames.push_back(std::move(frame));
        bytes.remove_prefix(total);
    }
    return frames;
}

constexpr std::string_view kConverse =
    R"({"inferenceConfig":{"maxTokens":4},"messages":[{"role":"user","content":[{"text":"hi there"}]}]})";

TEST(BedrockFace, ConversesAndTakesTheModelFromThePath)
{
    const Reply reply = post("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse", kBearer, kConverse);
    const json::value body = json::parse(reply.body);
    EXPECT_EQ(reply.served->model, "anthropic.claude-3-haiku-20240307-v1:0");
    EXPECT_EQ(body.at("stopReason"), "max_tokens");
    EXPECT_EQ(number(body, "/usage/inputTokens"), 8);
    EXPECT_EQ(number(body, "/usage/totalTokens"), 12);
}

TEST(BedrockFace, StreamsFramesWithUsageInTheLast)
{
    const auto frames = framesOf(post("/model/m/converse-stream", kBearer, kConverse).body);
    ASSERT_EQ(frames.size(), 8U);
    EXPECT_EQ(frames.front().headers.at(":event-type"), "messageStart");
    EXPECT_EQ(frames.front().headers.at(":message-type"), "event");
    EXPECT_EQ(json::parse(frames[1].payload).at_pointer("/delta/text"), "You ");
    EXPECT_EQ(frames[6].headers.at(":event-type"), "messageStop");
    EXPECT_EQ(number(json::parse(frames[7].payload), "/usage/outputTokens"), 4);
}

TEST(BedrockFace, SendsExceptionsAsFrames)
{
    const auto frames = framesOf(post("/model/sim-error-mid/converse-stream", kBearer, kConverse).body);
    EXPECT_EQ(frames.back().headers.at(":message-type"), "exception");
    EXPECT_EQ(frames.back().headers.at(":exception-type"), "modelStreamErrorException");
}

TEST(BedrockFace, InvokesClaudeAndTitan)
{
    const Reply claude = post(
        "/model/anthropic.claude/invoke", kBearer,
        R"({"anthropic_version":"bedrock-2023-05-31","max_tokens":4,"messages":[{"role":"user","content":"hi"}]})");
    EXPECT_EQ(number(json::parse(claude.body), "/usage/output_tokens"), 4);
    EXPECT_NE(claude.headers.find("x-amzn-bedrock-output-token-count: 4"), std::string::npos);
    const Reply titan = post("/model/amazon.titan-embed/invoke", kBearer, R"({"inputText":"one two","dimensions":8})");
    EXPECT_EQ(number(json::parse(titan.body), "/inputTextTokenCount"), 2);
}

TEST(BedrockFace, NamesTheErrorInAHeader)
{
    const Reply limited = post("/model/sim-429/converse", kBearer, kConverse);
    EXPECT_NE(limited.headers.find("x-amzn-errortype: ThrottlingException"), std::string::npos);
    EXPECT_EQ(post("/model/m/converse", {{"authorization", "Bearer x"}}, kConverse).status, 403);
}

TEST(Faults, NoUsageLeavesItOutOfEveryDialect)
{
    const std::string_view chat =
        R"({"model":"sim-no-usage","max_tokens":5,"messages":[{"role":"user","content":"x"}]})";
    EXPECT_EQ(post("/v1/chat/completions", kBearer, chat).body.find("\"usage\""), std::string::npos);
    EXPECT_EQ(post("/v1/messages", kAnthropic, chat).body.find("\"usage\""), std::string::npos);
    EXPECT_EQ(post("/model/sim-no-usage/converse", kBearer, kConverse).body.find("\"usage\""), std::string::npos);
}

TEST(Faults, ErrorInTheMiddleEndsTheStreamWithoutItsMarker)
{
    const auto events =
        eventsOf(post("/v1/chat/completions", kBearer,
                      R"({"model":"sim-error-mid","stream":true,"messages":[{"role":"user","content":"x"}]})"));
    EXPECT_NE(events.back().find("\"error\""), std::string::npos);
    EXPECT_GT(events.size(), 3U);
}

TEST(FailRate, IsAShareChosenByTheBody)
{
    int failed = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string body =
            R"({"model":"m","messages":[{"role":"user","content":"question )" + std::to_string(i) + R"("}]})";
        HttpRequest request;
        request.method = "POST";
        request.path = "/v1/chat/completions";
        request.headers = kBearer;
        request.body = body;
        const RouterOptions options{.apiKey = "sim-key", .failRate = 0.25, .failStatus = 503};
        const Reply reply = route(request, options, {});
        EXPECT_EQ(reply.status, route(request, options, {}).status);
        failed += reply.status == 503 ? 1 : 0;
    }
    EXPECT_NEAR(failed, 100, 40);
}

} // namespace
} // namespace sb::simulator
