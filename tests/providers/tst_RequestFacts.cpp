// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/RequestFacts.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::providers;

namespace {

RequestFacts facts(Dialect dialect, std::string_view body)
{
    const Result<RequestFacts> result = scanRequest(dialect, body);
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().what) << " in " << body;
    return result ? *result : RequestFacts{};
}

std::string faultyField(Dialect dialect, std::string_view body)
{
    const Result<RequestFacts> result = scanRequest(dialect, body);
    EXPECT_FALSE(result.has_value()) << body;
    return result ? "no error" : result.error().field;
}

constexpr auto kChat = Dialect::OpenAiChat;

} // namespace

TEST(RequestFacts, readsAChatRequest)
{
    const RequestFacts read =
        facts(kChat, R"({"model":"gpt-4o","messages":[{"role":"system","content":"Be brief."},)"
                     R"({"role":"user","content":"Hello"}],"stream":true,"max_tokens":50,"temperature":0.7})");
    EXPECT_EQ(read.model, "gpt-4o");
    EXPECT_TRUE(read.stream);
    EXPECT_FALSE(read.includeUsage);
    EXPECT_EQ(read.completionMaximum, 50);
    EXPECT_EQ(read.choices, 1);
    EXPECT_EQ(read.prompt.messages, 2u);
    EXPECT_EQ(read.prompt.textBytes, 14u) << "the two texts, not the roles";
    EXPECT_EQ(read.prompt.jsonBytes, 0u);
}

TEST(RequestFacts, tellsWhereTheModelStands)
{
    const std::string body = R"({ "messages":[], "model" : "gpt-4o" })";
    const RequestFacts read = facts(kChat, body);
    const Member* model = read.find("model");
    ASSERT_NE(model, nullptr);
    EXPECT_EQ(model->key.of(body), "\"model\"");
    EXPECT_EQ(model->value.of(body), "\"gpt-4o\"");
    EXPECT_EQ(body[read.objectStart], '{');
}

TEST(RequestFacts, absentAndNullAreTheSame)
{
    const RequestFacts read =
        facts(kChat, R"({"model":"m","stream":null,"stream_options":null,"max_tokens":null,"n":null})");
    EXPECT_FALSE(read.stream);
    EXPECT_EQ(read.completionMaximum, std::nullopt);
    EXPECT_EQ(read.choices, 1);
}

TEST(RequestFacts, findsEachFormatsMaximum)
{
    EXPECT_EQ(facts(kChat, R"({"max_completion_tokens":7})").completionMaximum, 7);
    EXPECT_EQ(facts(Dialect::OpenAiResponses, R"({"max_output_tokens":7})").completionMaximum, 7);
    EXPECT_EQ(facts(Dialect::AnthropicMessages, R"({"max_tokens":7})").completionMaximum, 7);
    EXPECT_EQ(
        facts(Dialect::BedrockConverse, R"({"inferenceConfig":{"temperature":1,"maxTokens":7}})").completionMaximum, 7);
    EXPECT_EQ(facts(Dialect::BedrockInvoke, R"({"max_gen_len":7})").completionMaximum, 7);
    EXPECT_EQ(facts(Dialect::BedrockInvoke, R"({"textGenerationConfig":{"maxTokenCount":7}})").completionMaximum, 7);
    EXPECT_EQ(facts(Dialect::OpenAiEmbeddings, R"({"max_tokens":7})").completionMaximum, std::nullopt);
}

TEST(RequestFacts, countsTheAnswersAskedFor)
{
    EXPECT_EQ(facts(kChat, R"({"n":3})").choices, 3);
    EXPECT_EQ(facts(kChat, R"({"n":2,"best_of":5})").choices, 5);
    EXPECT_EQ(faultyField(kChat, R"({"n":0})"), "n");
    EXPECT_EQ(faultyField(kChat, R"({"n":1.5})"), "n");
    EXPECT_EQ(faultyField(kChat, R"({"n":100000})"), "n");
    EXPECT_EQ(facts(kChat, R"({"prompt":"a"})").choices, 1);
    EXPECT_EQ(facts(kChat, R"({"prompt":[1,2,3]})").choices, 1) << "token ids of one prompt";
    EXPECT_EQ(facts(kChat, R"({"prompt":["a","b","c"],"n":2})").choices, 6) << "each prompt is answered";
    EXPECT_EQ(facts(kChat, R"({"n":2,"prompt":[[1,2],[3]]})").choices, 4);
    std::string many = R"({"prompt":["")";
    for (int i = 0; i < 2'048; ++i)
        many += R"(,"")";
    EXPECT_EQ(faultyField(kChat, many + "]}"), "prompt");
}

// Which of them the model reads is the model's secret.
TEST(RequestFacts, refusesTwoMaxima)
{
    EXPECT_EQ(faultyField(kChat, R"({"max_tokens":5,"max_completion_tokens":9})"), "max_tokens");
    EXPECT_EQ(faultyField(Dialect::BedrockInvoke, R"({"max_tokens":100000,"max_gen_len":1})"), "max_tokens");
    EXPECT_EQ(faultyField(Dialect::BedrockInvoke, R"({"inferenceConfig":{"maxTokens":9},"max_tokens":1})"),
              "maxTokens");
}

TEST(RequestFacts, refusesValuesItCouldNotActOn)
{
    EXPECT_EQ(faultyField(kChat, R"({"model":5})"), "model");
    EXPECT_EQ(faultyField(kChat, R"({"stream":"yes"})"), "stream");
    EXPECT_EQ(faultyField(kChat, R"({"stream_options":[]})"), "stream_options");
    EXPECT_EQ(faultyField(kChat, R"({"max_tokens":"50"})"), "max_tokens");
    EXPECT_EQ(faultyField(kChat, R"({"max_tokens":-1})"), "max_tokens");
    EXPECT_EQ(faultyField(kChat, R"({"max_tokens":1e3})"), "max_tokens");
    EXPECT_EQ(faultyField(Dialect::BedrockConverse, R"({"inferenceConfig":{"maxTokens":1.5}})"),
              "inferenceConfig.maxTokens");
    EXPECT_EQ(faultyField(kChat, "{\"model\":\"" + std::string(3000, 'x') + "\"}"), "model");
}

// What one reader takes from the first and another from the last is a way past the limits.
TEST(RequestFacts, refusesAMemberGivenTwiceHoweverItIsSpelled)
{
    EXPECT_EQ(faultyField(kChat, R"({"model":"a","model":"b"})"), "model");
    EXPECT_EQ(faultyField(kChat, R"({"model":"a","m\u006fdel":"b"})"), "model");
    EXPECT_EQ(faultyField(kChat, R"({"messages":[],"messages":[]})"), "messages");
    EXPECT_EQ(faultyField(Dialect::BedrockConverse, R"({"inferenceConfig":{"maxTokens":1,"maxTokens":9}})"),
              "maxTokens");
    EXPECT_EQ(faultyField(kChat, R"({"stream_options":{"include_usage":false,"include_usage":true}})"),
              "stream_options.include_usage");
    EXPECT_EQ(faultyField(kChat, R"({"max_tokens":5,"max_completion_tokens":900})"), "max_tokens");
}

TEST(RequestFacts, refusesABackgroundResponseBecauseItsUsageIsToldElsewhere)
{
    EXPECT_EQ(faultyField(Dialect::OpenAiResponses, R"({"background":true})"), "background");
    facts(Dialect::OpenAiResponses, R"({"background":false})");
    facts(Dialect::OpenAiResponses, R"({"background":null})");
}

TEST(RequestFacts, refusesWhatIsNotOneJsonObject)
{
    for (const char* body :
         {"", "[]", "null", "5", "{", "{}{}", "{} x", "{\"a\":}", "{\"a\":\"\x80\"}", "\xef\xbb\xbf{}"})
        EXPECT_FALSE(scanRequest(kChat, body).has_value()) << body;
    EXPECT_FALSE(scanRequest(Dialect::Opaque, "{\"a\":").has_value());
    EXPECT_TRUE(scanRequest(Dialect::Opaque, "{\"a\":1}").has_value());
}

TEST(RequestFacts, countsTextAfterItsEscapesAreUndone)
{
    EXPECT_EQ(facts(kChat, R"({"messages":[{"role":"user","content":"\u00e9\n\ud83d\ude00"}]})").prompt.textBytes,
              2u + 1 + 4);
}

TEST(RequestFacts, countsToolsAsTheJsonTheModelReads)
{
    const RequestFacts read =
        facts(kChat, R"({"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]})");
    EXPECT_EQ(read.prompt.tools, 1u);
    EXPECT_GE(read.prompt.jsonBytes,
              std::string_view(R"({"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}})")
                  .size());
    EXPECT_FALSE(read.prompt.remoteContext);
}

TEST(RequestFacts, countsToolCallsOfTheHistory)
{
    const RequestFacts chat =
        facts(kChat, R"({"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",)"
                     R"("function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]}]})");
    EXPECT_GE(chat.prompt.textBytes, std::string_view(R"(weather{"city":"Rome"})").size());
    const RequestFacts anthropic =
        facts(Dialect::AnthropicMessages, R"({"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t",)"
                                          R"("name":"weather","input":{"city":"Rome"}}]}]})");
    EXPECT_GE(anthropic.prompt.jsonBytes, std::string_view(R"({"city": "Rome"})").size());
}

TEST(RequestFacts, countsImagesAndLeavesTheirBytesOut)
{
    const std::string data(10'000, 'A');
    const RequestFacts chat =
        facts(kChat, R"({"messages":[{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url",)"
                     R"("image_url":{"url":"data:image/png;base64,)" +
                         data + R"("}}]}]})");
    EXPECT_EQ(chat.prompt.images, 1u);
    EXPECT_EQ(chat.prompt.textBytes, 5u);
    // The type may come behind the source.
    const RequestFacts anthropic =
        facts(Dialect::AnthropicMessages, R"({"messages":[{"role":"user","content":[{"source":{"type":"base64",)"
                                          R"("media_type":"image/png","data":")" +
                                              data + R"("},"type":"image"}]}]})");
    EXPECT_EQ(anthropic.prompt.images, 1u);
    EXPECT_EQ(anthropic.prompt.textBytes, 0u);
    const RequestFacts converse =
        facts(Dialect::BedrockConverse, R"({"messages":[{"role":"user","content":[{"image":{"format":"png",)"
                                        R"("source":{"bytes":")" +
                                            data + R"("}}},{"text":"What?"}]}]})");
    EXPECT_EQ(converse.prompt.images, 1u);
    EXPECT_EQ(converse.prompt.textBytes, 5u);
}

TEST(RequestFacts, countsDocumentsByTheirBytesAndPlainTextOnesAsText)
{
    const RequestFacts pdf =
        facts(Dialect::AnthropicMessages, R"({"messages":[{"role":"user","content":[{"type":"document","source":)"
                                          R"({"type":"base64","media_type":"application/pdf","data":"QUJD"}}]}]})");
    EXPECT_EQ(pdf.prompt.documents, 1u);
    EXPECT_EQ(pdf.prompt.documentBytes, 4u);
    const RequestFacts plain =
        facts(Dialect::AnthropicMessages, R"({"messages":[{"role":"user","content":[{"type":"document","source":)"
                                          R"({"type":"text","media_type":"text/plain","data":"a long text"}}]}]})");
    EXPECT_EQ(plain.prompt.textBytes, 11u);
    EXPECT_EQ(plain.prompt.documentBytes, 0u);
}

// Text under a name that looks like media must not slip past the count.
TEST(RequestFacts, countsDataOfAnUnknownBlockAsText)
{
    EXPECT_EQ(facts(Dialect::AnthropicMessages,
                    R"({"messages":[{"role":"user","content":[{"type":"new_block","source":{"data":"0123456789"}}]}]})")
                  .prompt.textBytes,
              10u);
}

TEST(RequestFacts, aLongTextInPlaceOfARoleCounts)
{
    EXPECT_EQ(facts(kChat, "{\"messages\":[{\"role\":\"" + std::string(500, 'r') + "\"}]}").prompt.textBytes, 500u);
}

TEST(RequestFacts, countsWhatItDoesNotKnow)
{
    EXPECT_GE(facts(kChat, R"({"future_member":{"text":"0123456789"}})").prompt.jsonBytes, 10u);
    EXPECT_EQ(facts(kChat, R"({"future_switch":true,"future_number":3})").prompt.jsonBytes, 0u);
}

TEST(RequestFacts, noticesContextThatIsOnlyNamed)
{
    EXPECT_TRUE(
        facts(Dialect::OpenAiResponses, R"({"input":"hi","previous_response_id":"resp_1"})").prompt.remoteContext);
    EXPECT_FALSE(facts(Dialect::OpenAiResponses, R"({"input":"hi","previous_response_id":null})").prompt.remoteContext);
    EXPECT_TRUE(facts(kChat, R"({"messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]})")
                    .prompt.remoteContext);
    const RequestFacts search = facts(Dialect::AnthropicMessages,
                                      R"({"tools":[{"type":"web_search_20250305","name":"web_search","max_uses":5}]})");
    EXPECT_TRUE(search.prompt.remoteContext);
    EXPECT_EQ(search.serverToolUses, 5);
    EXPECT_FALSE(search.serverToolsUnbounded);
    EXPECT_TRUE(facts(Dialect::OpenAiResponses, R"({"tools":[{"type":"web_search"}]})").serverToolsUnbounded);
}

TEST(RequestFacts, noticesCacheMarks)
{
    const RequestFacts five = facts(Dialect::AnthropicMessages,
                                    R"({"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}]})");
    EXPECT_TRUE(five.cacheMarks);
    EXPECT_FALSE(five.cacheMarks1h);
    EXPECT_TRUE(
        facts(Dialect::AnthropicMessages, R"({"tools":[{"name":"f","cache_control":{"type":"ephemeral","ttl":"1h"}}]})")
            .cacheMarks1h);
    EXPECT_TRUE(
        facts(Dialect::BedrockConverse, R"({"system":[{"text":"s"},{"cachePoint":{"type":"default"}}]})").cacheMarks);
    EXPECT_FALSE(facts(Dialect::AnthropicMessages, R"({"system":"s"})").cacheMarks);
}

TEST(RequestFacts, countsEmbeddingInputsOfEveryForm)
{
    const auto read = [](std::string_view input) {
        return facts(Dialect::OpenAiEmbeddings, "{\"model\":\"m\",\"input\":" + std::string(input) + "}").prompt;
    };
    EXPECT_EQ(read(R"("abc")").textBytes, 3u);
    EXPECT_EQ(read(R"("abc")").messages, 1u);
    EXPECT_EQ(read(R"(["abc","de"])").textBytes, 5u);
    EXPECT_EQ(read(R"(["abc","de"])").messages, 2u);
    EXPECT_GE(read("[1,22,333]").textBytes, 3u) << "a token id is a token";
    EXPECT_EQ(read("[[1],[2]]").messages, 2u);
}

TEST(RequestFacts, aHostileBodyOfManyMembersIsReadInOnePass)
{
    std::string body = "{";
    for (int i = 0; i < 200'000; ++i)
        body += "\"k" + std::to_string(i) + "\":0,";
    body += "\"model\":\"m\"}";
    const RequestFacts read = facts(kChat, body);
    EXPECT_EQ(read.model, "m");
    EXPECT_EQ(read.members.size(), 1u) << "unknown members are not kept";
}
