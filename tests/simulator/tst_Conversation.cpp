// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Conversation.h"
#include "simulator/internal/Text.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace sb::simulator {
namespace {

Prompt prompt(std::string_view model, std::string_view user)
{
    Prompt made(model);
    made.addText("user", user);
    return made;
}

TEST(CountingRule, IsThreePlusThreePerMessagePlusItsWords)
{
    Prompt made("m");
    EXPECT_EQ(made.tokens, 3);
    made.addText("system", "be brief");
    EXPECT_EQ(made.tokens, 3 + 3 + 2);
    made.addText("user", "  two\twords\n");
    EXPECT_EQ(made.tokens, 3 + 3 + 2 + 3 + 2);
}

TEST(CountingRule, TakesPartsOfEveryProvidersSpelling)
{
    Prompt made("m");
    made.addMessage("user", boost::json::parse(R"([{"type":"text","text":"one two"},{"text":"three"},
                                                   {"type":"image_url","image_url":{"url":"https://x/y.png"}}])"));
    EXPECT_EQ(made.tokens, 3 + 3 + 3 + 85);
    EXPECT_EQ(made.lastUser, "one two three");
}

TEST(CountingRule, CountsTheStringsOfToolDefinitions)
{
    Prompt made("m");
    made.addStructured(boost::json::parse(R"({"name":"weather","description":"today's weather","strict":true,"n":3})"));
    EXPECT_EQ(made.tokens, 3 + 1 + 2);
}

TEST(Answer, IsAPureFunctionOfModelAndMessages)
{
    const Answer first = answer(prompt("sim-small", "hello"), Trigger::of("sim-small"));
    const Answer again = answer(prompt("sim-small", "hello"), Trigger::of("sim-small"));
    EXPECT_EQ(first.text, again.text);
    EXPECT_NE(first.text, answer(prompt("sim-small", "hello!"), Trigger::of("sim-small")).text);
    EXPECT_NE(first.text, answer(prompt("sim-large", "hello"), Trigger::of("sim-large")).text);
}

TEST(Answer, CountsOneTokenPerWordAndItsPiecesMakeTheText)
{
    const Answer said = answer(prompt("any-model", "why is the sky blue"), {});
    EXPECT_EQ(said.completionTokens, countWords(said.text));
    std::string joined;
    for (std::size_t i = 0; i < said.wordEnds.size(); ++i)
        joined += said.piece(i);
    EXPECT_EQ(joined, said.text);
    EXPECT_EQ(said.finish, Answer::Finish::Stop);
    EXPECT_NE(said.text.find("why is the sky blue"), std::string::npos);
}

TEST(Answer, StopsAtTheMaximumAndSaysSo)
{
    Prompt asked = prompt("m", "hello");
    asked.maximum = 5;
    const Answer said = answer(asked, {});
    EXPECT_EQ(said.completionTokens, 5);
    EXPECT_EQ(said.wordEnds.size(), 5U);
    EXPECT_EQ(said.finish, Answer::Finish::Length);
    EXPECT_FALSE(said.text.ends_with(' '));
}

TEST(Answer, HasExactlyTheWordsTheModelNameAsksFor)
{
    const Answer said = answer(prompt("sim-words-200", "hello"), Trigger::of("sim-words-200"));
    EXPECT_EQ(said.completionTokens, 200);
    EXPECT_EQ(said.finish, Answer::Finish::Stop);
}

TEST(Answer, OverrunIgnoresTheMaximum)
{
    Prompt asked = prompt("sim-overrun", "hello");
    asked.maximum = 100;
    EXPECT_EQ(answer(asked, Trigger::of("sim-overrun")).completionTokens, 150);
}

TEST(Answer, ReasoningIsPartOfTheCompletionAndOfTheMaximum)
{
    Prompt asked = prompt("sim-reasoning", "hello");
    const Answer free = answer(asked, Trigger::of("sim-reasoning"));
    EXPECT_GE(free.reasoning, 48);
    EXPECT_EQ(free.completionTokens, free.reasoning + countWords(free.text));
    asked.maximum = 20;
    const Answer cut = answer(asked, Trigger::of("sim-reasoning"));
    EXPECT_EQ(cut.reasoning, 20);
    EXPECT_EQ(cut.completionTokens, 20);
    EXPECT_EQ(cut.text, "");
    EXPECT_EQ(cut.finish, Answer::Finish::Length);
}

TEST(Answer, CacheModelReportsHalfReadAndAQuarterWritten)
{
    const Answer said =
        answer(prompt("sim-cache", "one two three four five six seven eight"), Trigger::of("sim-cache"));
    EXPECT_EQ(said.promptTokens, 14);
    EXPECT_EQ(said.cacheRead, 7);
    EXPECT_EQ(said.cacheWrite, 3);
}

TEST(Answer, CallsTheToolOnlyWhenDemandedOrTriggered)
{
    Prompt asked = prompt("m", "weather in Bern");
    asked.tool = "weather";
    EXPECT_NE(answer(asked, {}).finish, Answer::Finish::Tool);
    asked.toolDemanded = true;
    const Answer called = answer(asked, {});
    EXPECT_EQ(called.finish, Answer::Finish::Tool);
    EXPECT_EQ(called.toolArguments, R"({"query":"weather in Bern"})");
    asked.lastRole = "tool"; // the result is there: now it talks
    EXPECT_NE(answer(asked, {}).finish, Answer::Finish::Tool);
}

TEST(Embedding, IsAUnitVectorThatDependsOnTheTextOnly)
{
    const auto vector = embed("sim-embed", "a text", 64);
    double squares = 0;
    for (const float x : vector)
        squares += static_cast<double>(x) * static_cast<double>(x);
    EXPECT_NEAR(squares, 1.0, 1e-5);
    EXPECT_EQ(vector, embed("sim-embed", "a text", 64));
    EXPECT_NE(vector, embed("sim-embed", "another text", 64));
}

struct TriggerCase {
    const char* model;
    int status;
    Fault fault;
};
class TriggerWords : public testing::TestWithParam<TriggerCase> {};
TEST_P(TriggerWords, AreReadFromTheModelName)
{
    const Trigger trigger = Trigger::of(GetParam().model);
    EXPECT_EQ(trigger.status, GetParam().status);
    EXPECT_EQ(trigger.fault, GetParam().fault);
}
INSTANTIATE_TEST_SUITE_P(
    Names, TriggerWords,
    testing::Values(TriggerCase{"gpt-4o-mini", 0, Fault::None}, TriggerCase{"sim-small", 0, Fault::None},
                    TriggerCase{"sim-429", 429, Fault::None}, TriggerCase{"sim-529", 529, Fault::None},
                    TriggerCase{"anthropic.sim-500-v1:0", 500, Fault::None}, TriggerCase{"sim-4290", 0, Fault::None},
                    TriggerCase{"sim-200", 0, Fault::None}, TriggerCase{"sim-missing", 404, Fault::None},
                    TriggerCase{"sim-cut-stream", 0, Fault::CutStream}, TriggerCase{"sim-stall", 0, Fault::Stall},
                    TriggerCase{"sim-reset", 0, Fault::Reset}, TriggerCase{"sim-split-1", 0, Fault::ByteByByte},
                    TriggerCase{"sim-truncated-json", 0, Fault::TruncatedJson},
                    TriggerCase{"sim-1xx-flood", 0, Fault::InformationalFlood}));

} // namespace
} // namespace sb::simulator
