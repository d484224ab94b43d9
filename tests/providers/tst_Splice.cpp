// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/Splice.h"

#include <gtest/gtest.h>

using namespace sb;
using namespace sb::providers;

namespace {

UpstreamBody built(Dialect dialect, std::string_view body, const UpstreamEdits& edits)
{
    const Result<RequestFacts> facts = scanRequest(dialect, body);
    EXPECT_TRUE(facts.has_value()) << body;
    return facts ? buildUpstreamBody(*facts, body, edits) : UpstreamBody{};
}

std::string withMaximum(Dialect dialect, std::string_view body, std::int64_t maximum,
                        ProviderKind provider = ProviderKind::OpenAi, std::string_view model = "gpt-4o")
{
    UpstreamEdits edits;
    edits.provider = provider;
    edits.providerModel = model;
    edits.completionMaximum = maximum;
    return built(dialect, body, edits).bytes;
}

} // namespace

TEST(Splice, replacesInsertsAndRemoves)
{
    const std::vector<Splice> splices{{0, 0, "<"}, {1, 2, "XYZ"}, {5, 1, ""}};
    EXPECT_EQ(applySplices("abcdef", splices), "<aXYZde");
    EXPECT_EQ(applySplices("abc", {}), "abc");
}

TEST(UpstreamBody, isTheClientsBytesWhenNothingHasToChange)
{
    const std::string body =
        "{ \"model\":\"gpt-4o\",\r\n\t\"temperature\" : 1.50e-1, \"x\":{\"y\":[1,2 , 3]}, \"max_tokens\": 007 }";
    EXPECT_FALSE(scanRequest(Dialect::OpenAiChat, body).has_value());
    const std::string good =
        "{ \"model\":\"gpt-4o\",\r\n\t\"temperature\" : 1.50e-1, \"x\":{\"y\":[1,2 , 3]}, \"max_tokens\": 7 }";
    UpstreamEdits edits;
    edits.completionMaximum = 7;
    edits.renameModel = "gpt-4o";
    EXPECT_EQ(built(Dialect::OpenAiChat, good, edits).bytes, good);
}

TEST(UpstreamBody, renamesTheModelAndNothingElse)
{
    UpstreamEdits edits;
    edits.renameModel = "my \"deployment\"";
    EXPECT_EQ(built(Dialect::OpenAiChat, R"({"a":"gpt-4o", "model" : "gpt-4o" ,"b":"gpt-4o"})", edits).bytes,
              R"({"a":"gpt-4o", "model" : "my \"deployment\"" ,"b":"gpt-4o"})");
    EXPECT_EQ(built(Dialect::OpenAiChat, R"({"messages":[]})", edits).bytes,
              R"({"model":"my \"deployment\"","messages":[]})");
    EXPECT_EQ(built(Dialect::OpenAiChat, "{ }", edits).bytes, R"({"model":"my \"deployment\"" })");
}

TEST(UpstreamBody, lowersTheMaximumInItsPlace)
{
    EXPECT_EQ(withMaximum(Dialect::OpenAiChat, R"({"max_tokens" : 5000, "n":1})", 100),
              R"({"max_tokens" : 100, "n":1})");
    EXPECT_EQ(withMaximum(Dialect::BedrockConverse, R"({"inferenceConfig":{"maxTokens":5000}})", 100,
                          ProviderKind::AwsBedrock),
              R"({"inferenceConfig":{"maxTokens":100}})");
    EXPECT_EQ(withMaximum(Dialect::BedrockInvoke, R"({"textGenerationConfig":{"maxTokenCount":5000}})", 100,
                          ProviderKind::AwsBedrock),
              R"({"textGenerationConfig":{"maxTokenCount":100}})");
}

TEST(UpstreamBody, insertsTheMaximumUnderTheNameTheProviderAndModelKnow)
{
    const auto inserted = [](ProviderKind provider, std::string_view model) {
        return withMaximum(Dialect::OpenAiChat, R"({"model":"m"})", 9, provider, model);
    };
    EXPECT_EQ(inserted(ProviderKind::OpenAi, "gpt-4o-mini"), R"({"max_tokens":9,"model":"m"})");
    EXPECT_EQ(inserted(ProviderKind::OpenAi, "gpt-5.4"), R"({"max_completion_tokens":9,"model":"m"})");
    EXPECT_EQ(inserted(ProviderKind::OpenAi, "o4-mini"), R"({"max_completion_tokens":9,"model":"m"})");
    EXPECT_EQ(inserted(ProviderKind::AzureOpenAi, "gpt-4.1"), R"({"max_tokens":9,"model":"m"})");
    EXPECT_EQ(inserted(ProviderKind::Mistral, "mistral-small-latest"), R"({"max_tokens":9,"model":"m"})");
    EXPECT_EQ(inserted(ProviderKind::OpenAiCompatible, "llama3"), R"({"max_tokens":9,"model":"m"})");
    EXPECT_EQ(withMaximum(Dialect::OpenAiResponses, R"({"model":"m"})", 9), R"({"max_output_tokens":9,"model":"m"})");
    EXPECT_EQ(withMaximum(Dialect::AnthropicMessages, R"({"model":"m"})", 9, ProviderKind::Anthropic),
              R"({"max_tokens":9,"model":"m"})");
    EXPECT_EQ(withMaximum(Dialect::OpenAiEmbeddings, R"({"model":"m"})", 9), R"({"model":"m"})");
}

TEST(UpstreamBody, insertsTheMaximumOfConverseWhereverThereIsRoom)
{
    const auto inserted = [](std::string_view body) {
        return withMaximum(Dialect::BedrockConverse, body, 9, ProviderKind::AwsBedrock);
    };
    EXPECT_EQ(inserted(R"({"messages":[]})"), R"({"inferenceConfig":{"maxTokens":9},"messages":[]})");
    EXPECT_EQ(inserted(R"({"inferenceConfig":{"topP":1}})"), R"({"inferenceConfig":{"maxTokens":9,"topP":1}})");
    EXPECT_EQ(inserted(R"({"inferenceConfig":{ }})"), R"({"inferenceConfig":{"maxTokens":9 }})");
    EXPECT_EQ(inserted(R"({"inferenceConfig":null})"), R"({"inferenceConfig":{"maxTokens":9}})");
    EXPECT_EQ(inserted(R"({"inferenceConfig":{"topP":1,"maxTokens":null}})"),
              R"({"inferenceConfig":{"topP":1,"maxTokens":9}})");
}

TEST(UpstreamBody, replacesAMaximumOfNull)
{
    EXPECT_EQ(withMaximum(Dialect::OpenAiChat, R"({"max_tokens":null,"model":"m"})", 9),
              R"({"max_tokens":9,"model":"m"})");
}

TEST(UpstreamBody, givesEveryMakerOnInvokeItsOwnMaximum)
{
    const auto sent = [](std::string_view body, std::string_view model) {
        return withMaximum(Dialect::BedrockInvoke, body, 9, ProviderKind::AwsBedrock, model);
    };
    EXPECT_EQ(sent("{}", "eu.anthropic.claude-sonnet-4-6"), R"({"max_tokens":9})");
    EXPECT_EQ(sent("{}", "meta.llama3-3-70b-instruct-v1:0"), R"({"max_gen_len":9})");
    EXPECT_EQ(sent("{}", "us.amazon.nova-lite-v1:0"), R"({"inferenceConfig":{"maxTokens":9}})");
    EXPECT_EQ(sent(R"({"textGenerationConfig":{"topP":1}})", "amazon.titan-text-express-v1"),
              R"({"textGenerationConfig":{"maxTokenCount":9,"topP":1}})");
    EXPECT_EQ(sent(R"({"max_gen_len":99})", "meta.llama3-3-70b-instruct-v1:0"), R"({"max_gen_len":9})");
    EXPECT_EQ(sent(R"({"max_tokens":99})", "openai.gpt-oss-20b-1:0"), R"({"max_tokens":9})");
    EXPECT_EQ(sent("{}", "unheard.of"), "{}");
}

TEST(UpstreamBody, doesNotRelyOnAMaximumThatTheModelDoesNotRead)
{
    const auto facts = scanRequest(Dialect::BedrockInvoke, R"({"max_tokens":5})");
    ASSERT_TRUE(facts);
    EXPECT_EQ(namedMaximum(*facts, "meta.llama3-3-70b-instruct-v1:0"), std::nullopt);
    EXPECT_EQ(namedMaximum(*facts, "eu.anthropic.claude-sonnet-4-6"), 5);
    EXPECT_EQ(namedMaximum(*facts, "unheard.of"), 5);
    EXPECT_EQ(withMaximum(Dialect::BedrockInvoke, R"({"max_tokens":5})", 9, ProviderKind::AwsBedrock,
                          "meta.llama3-3-70b-instruct-v1:0"),
              R"({"max_gen_len":9,"max_tokens":5})");
}

TEST(UpstreamBody, renamesTheMaximumThatAReasoningModelRefuses)
{
    UpstreamEdits edits;
    edits.providerModel = "o3";
    edits.adaptMembers = true;
    EXPECT_EQ(built(Dialect::OpenAiChat, R"({"max_tokens":5})", edits).bytes, R"({"max_completion_tokens":5})");
    edits.completionMaximum = 3;
    EXPECT_EQ(built(Dialect::OpenAiChat, R"({"max_tokens":5})", edits).bytes, R"({"max_completion_tokens":3})");
    edits.adaptMembers = false;
    EXPECT_EQ(built(Dialect::OpenAiChat, R"({"max_tokens":5})", edits).bytes, R"({"max_tokens":3})")
        << "a native path keeps its names";
    edits.adaptMembers = true;
    edits.providerModel = "gpt-4o";
    EXPECT_EQ(built(Dialect::OpenAiChat, R"({"max_completion_tokens":5})", edits).bytes,
              R"({"max_completion_tokens":3})");
}

TEST(UpstreamBody, asksAStreamForItsUsage)
{
    UpstreamEdits edits;
    edits.askUsage = true;
    const auto asked = [&](std::string_view body) { return built(Dialect::OpenAiChat, body, edits); };
    EXPECT_EQ(asked(R"({"stream":true})").bytes, R"({"stream_options":{"include_usage":true},"stream":true})");
    EXPECT_EQ(asked(R"({"stream":true,"stream_options":{}})").bytes,
              R"({"stream":true,"stream_options":{"include_usage":true}})");
    EXPECT_EQ(asked(R"({"stream":true,"stream_options":{"x":1}})").bytes,
              R"({"stream":true,"stream_options":{"include_usage":true,"x":1}})");
    EXPECT_EQ(asked(R"({"stream":true,"stream_options":null})").bytes,
              R"({"stream":true,"stream_options":{"include_usage":true}})");
    EXPECT_EQ(asked(R"({"stream":true,"stream_options":{"include_usage":false}})").bytes,
              R"({"stream":true,"stream_options":{"include_usage":true}})");
    EXPECT_TRUE(asked(R"({"stream":true})").usageAdded);

    const std::string own = R"({"stream":true,"stream_options":{"include_usage":true}})";
    EXPECT_EQ(asked(own).bytes, own);
    EXPECT_FALSE(asked(own).usageAdded) << "the client gets the chunk it asked for";
    EXPECT_FALSE(asked(R"({"stream":false})").usageAdded);
    EXPECT_EQ(asked(R"({"stream":false})").bytes, R"({"stream":false})");
}

TEST(UpstreamBody, sparesMistralWhatItRefuses)
{
    UpstreamEdits edits;
    edits.provider = ProviderKind::Mistral;
    edits.askUsage = true;
    edits.adaptMembers = true;
    edits.completionMaximum = 4;
    const UpstreamBody body = built(Dialect::OpenAiChat,
                                    R"({ "user":"u", "model":"m", "stream":true, "seed":7, "max_completion_tokens":5,)"
                                    R"( "stream_options":{"include_usage":true}, "store":false})",
                                    edits);
    EXPECT_EQ(body.bytes, R"({"model":"m","stream":true,"random_seed":7,"max_tokens":4})");
    EXPECT_FALSE(body.usageAdded) << "Mistral reports usage unasked, in a chunk that carries content";
    EXPECT_EQ(body.dropped, (std::vector<std::string>{"stream_options", "user", "store"}));
}

TEST(UpstreamBody, makesSeveralEditsAtOnce)
{
    UpstreamEdits edits;
    edits.provider = ProviderKind::AzureOpenAi;
    edits.providerModel = "gpt-5";
    edits.renameModel = "prod";
    edits.askUsage = true;
    edits.adaptMembers = true;
    edits.completionMaximum = 10;
    EXPECT_EQ(
        built(Dialect::OpenAiChat, R"({"max_tokens":99,"stream":true,"model":"gpt-5","z":1.0})", edits).bytes,
        R"({"stream_options":{"include_usage":true},"max_completion_tokens":10,"stream":true,"model":"prod","z":1.0})");
}
