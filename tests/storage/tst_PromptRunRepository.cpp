// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/PromptRunRepository.h"

#include "EngineTest.h"
#include "support/FakeClock.h"

using namespace sb;
using namespace sb::test;
using storage::PromptRun;
using storage::PromptRunRepository;

namespace {

class PromptRunRepositoryTest : public EngineTest {
protected:
    PromptRunRepository repository() { return PromptRunRepository(*db); }
    static PromptRun run(const std::string& question)
    {
        PromptRun one;
        one.time = FakeClock().now();
        one.target = "/openai";
        one.model = "gpt-4o-mini";
        one.userText = question;
        one.parameters = "{}";
        return one;
    }
};
SB_ON_BOTH_ENGINES(PromptRunRepositoryTest);

TEST_P(PromptRunRepositoryTest, readsBackARunWhole)
{
    PromptRun one = run("Wie geht's?\n\"Gut\" \\ 100 %");
    one.environment = EnvironmentId(1);
    one.systemText = "Be brief";
    one.answer = "Ça va 👍";
    one.rawRequest = "{\"a\":1}";
    one.rawAnswer = "data: {}\n\n";
    one.httpStatus = 200;
    one.ttftMs = 120;
    one.totalMs = 900;
    one.tokensPerSecond = 42.5;
    one.tokensIn = 20;
    one.tokensOut = 45;
    one.cost = Money{30'000};
    one.requestId = "0190";
    one.id = valueOf(repository().insert(one));
    EXPECT_EQ(valueOf(repository().page(0, "", 10)), std::vector<PromptRun>{one});
}

TEST_P(PromptRunRepositoryTest, pagesNewestFirst)
{
    for (int i = 0; i < 5; ++i)
        valueOf(repository().insert(run(std::to_string(i))));
    const auto first = valueOf(repository().page(0, "", 3));
    ASSERT_EQ(first.size(), 3u);
    EXPECT_EQ(first[0].userText, "4");
    const auto second = valueOf(repository().page(first.back().id, "", 3));
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[1].userText, "0");
}

TEST_P(PromptRunRepositoryTest, findsTextsWhateverTheirCaseAndTakesPercentLiterally)
{
    valueOf(repository().insert(run("ÜBER uns")));
    valueOf(repository().insert(run("50 % off")));
    EXPECT_EQ(valueOf(repository().page(0, "über", 10)).size(), 1u);
    EXPECT_EQ(valueOf(repository().page(0, "%", 10)).size(), 1u);
    EXPECT_EQ(valueOf(repository().page(0, "GPT-4O", 10)).size(), 2u);
}

TEST_P(PromptRunRepositoryTest, removesOne)
{
    const std::int64_t id = valueOf(repository().insert(run("gone")));
    EXPECT_TRUE(succeeded(repository().remove(id)));
    EXPECT_TRUE(valueOf(repository().page(0, "", 10)).empty());
    EXPECT_EQ(repository().remove(id).error().code, ErrorCode::NotFound);
}

} // namespace
