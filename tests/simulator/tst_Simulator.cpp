// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Simulator.h"
#include "support/RawHttp.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

namespace sb::simulator {
namespace {

constexpr std::string_view kBearer = "Authorization: Bearer sim-key\r\n";

std::string chat(std::string_view model, bool stream = false)
{
    std::string body =
        R"({"model":")" + std::string(model) + R"(","max_tokens":20,"stream":)" + (stream ? "true" : "false");
    body += R"(,"messages":[{"role":"user","content":"hello there"}]})";
    return test::rawRequest("POST", "/v1/chat/completions", kBearer, body);
}

class RunningSimulator : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder =
            std::filesystem::temp_directory_path() / ("sb-simulator-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(m_folder);
        options.ledger = m_folder / "ledger.jsonl";
        options.workers = 2;
    }
    void TearDown() override
    {
        m_simulator.reset();
        std::filesystem::remove_all(m_folder);
    }

    std::uint16_t start()
    {
        m_simulator = std::make_unique<Simulator>(options);
        const auto port = m_simulator->start();
        EXPECT_TRUE(port.has_value()) << (port ? "" : port.error().what);
        return port ? *port : std::uint16_t{0};
    }

    std::ptrdiff_t linesWritten() const
    {
        std::ifstream file(options.ledger);
        return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
    }

    /// Stops first, so that every line is there.
    std::vector<boost::json::value> ledger()
    {
        m_simulator->stop();
        std::vector<boost::json::value> lines;
        std::ifstream file(options.ledger);
        for (std::string line; std::getline(file, line);)
            lines.push_back(boost::json::parse(line));
        return lines;
    }

    SimulatorOptions options;
    std::unique_ptr<Simulator> m_simulator;
    std::filesystem::path m_folder;
};

TEST_F(RunningSimulator, AnswersPipelinedRequestsInOrderOnOneConnection)
{
    test::RawClient client(start());
    ASSERT_TRUE(client.send(chat("sim-words-3") + chat("sim-words-4") + chat("sim-401")));
    for (const char* tokens : {"\"completion_tokens\":3,", "\"completion_tokens\":4,"}) {
        const auto answer = test::readAnswer(client);
        EXPECT_EQ(answer.status, 200);
        EXPECT_NE(answer.body.find(tokens), std::string::npos);
    }
    EXPECT_EQ(test::readAnswer(client).status, 401);
    EXPECT_EQ(m_simulator->requestsServed(), 3U);
}

TEST_F(RunningSimulator, EqualRequestsGetEqualBodiesButTheirOwnRequestIds)
{
    test::RawClient client(start());
    ASSERT_TRUE(client.send(chat("gpt-4o") + chat("gpt-4o")));
    const auto first = test::readAnswer(client);
    const auto second = test::readAnswer(client);
    EXPECT_EQ(first.body, second.body);
    EXPECT_NE(first.header("x-request-id"), second.header("x-request-id"));
}

TEST_F(RunningSimulator, ReadsABodyThatComesInChunksAndPieces)
{
    test::RawClient client(start());
    const std::string body = R"({"model":"m","messages":[{"role":"user","content":"x"}]})";
    ASSERT_TRUE(client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" +
                            std::string(kBearer) + "\r\n" + "5\r\n" + body.substr(0, 5)));
    ASSERT_TRUE(client.send("\r\n" + std::string("33") + "\r\n" + body.substr(5) + "\r\n0\r\n\r\n"));
    EXPECT_EQ(body.size() - 5, 0x33U);
    EXPECT_EQ(test::readAnswer(client).status, 200);
}

TEST_F(RunningSimulator, WritesTheLedgerOfWhatWasServed)
{
    const auto port = start();
    test::RawClient client(port);
    ASSERT_TRUE(client.send(chat("sim-words-7", true) + chat("sim-500")));
    EXPECT_TRUE(test::readAnswer(client).complete);
    EXPECT_EQ(test::readAnswer(client).status, 500);
    test::RawClient cut(port);
    ASSERT_TRUE(cut.send(chat("sim-cut-stream", true)));
    EXPECT_FALSE(test::readAnswer(cut).complete);
    EXPECT_TRUE(cut.isClosed());

    const auto lines = ledger();
    ASSERT_EQ(lines.size(), 2U); // a refusal serves nothing
    EXPECT_EQ(lines[0].at("completion_tokens"), 7);
    EXPECT_EQ(lines[0].at("complete"), true);
    EXPECT_EQ(lines[0].at("last_user"), "hello there");
    EXPECT_EQ(lines[1].at("complete"), false);
    EXPECT_EQ(lines[1].at("completion_tokens"), 20);
    EXPECT_LT(lines[1].at("completion_tokens_sent").as_int64(), 20);
}

TEST_F(RunningSimulator, SplitsEveryByteAndStaysReadable)
{
    test::RawClient client(start());
    ASSERT_TRUE(client.send(chat("sim-split-1", true)));
    const auto answer = test::readAnswer(client);
    EXPECT_TRUE(answer.complete);
    EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n"));
}

TEST_F(RunningSimulator, ResetsStallsAndTruncatesWhenAsked)
{
    const auto port = start();
    test::RawClient reset(port);
    ASSERT_TRUE(reset.send(chat("sim-reset")));
    EXPECT_EQ(reset.readToEnd(), "");

    test::RawClient truncated(port);
    ASSERT_TRUE(truncated.send(chat("sim-truncated-json")));
    const auto answer = test::readAnswer(truncated);
    EXPECT_TRUE(answer.complete);
    boost::json::error_code fault;
    (void)boost::json::parse(answer.body, fault);
    EXPECT_TRUE(fault.failed());

    test::RawClient flooded(port);
    ASSERT_TRUE(flooded.send(chat("sim-1xx-flood")));
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(flooded.readUntil("\r\n\r\n"), "HTTP/1.1 103 Early Hints\r\n\r\n");
    EXPECT_EQ(test::readAnswer(flooded).status, 200);
}

TEST_F(RunningSimulator, PacesStreams)
{
    options.tokensPerSecond = 200;
    test::RawClient client(start());
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_TRUE(client.send(chat("sim-words-20", true)));
    EXPECT_TRUE(test::readAnswer(client).complete);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds{99}); // 20 tokens at 200 a second
}

TEST_F(RunningSimulator, ServesManyConnectionsAtOnce)
{
    const auto port = start();
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([port, &good] {
            test::RawClient client(port);
            for (int k = 0; k < 50; ++k) {
                client.send(chat("sim-small", k % 2 == 0));
                good += test::readAnswer(client).complete ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(good, 400);
    // A line is written once its answer is known to have gone out: the last ones just after the client has them.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (linesWritten() < 400 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    EXPECT_EQ(ledger().size(), 400U);
}

TEST(Simulator, RefusesToListenBeyondLoopback)
{
    SimulatorOptions options;
    options.listenHost = "0.0.0.0";
    const auto port = Simulator(options).start();
    ASSERT_FALSE(port);
    EXPECT_EQ(port.error().code, ErrorCode::InvalidArgument);
}

TEST(Simulator, SaysThatThePortIsTaken)
{
    Simulator first(SimulatorOptions{});
    SimulatorOptions again;
    again.port = *first.start();
    const auto port = Simulator(again).start();
    ASSERT_FALSE(port);
    EXPECT_EQ(port.error().field, "port");
}

} // namespace
} // namespace sb::simulator
