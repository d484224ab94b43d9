// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <thread>

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;
using test::RawClient;

class GatewayStreams : public GatewayTest {
protected:
    void startWithTotalLimit()
    {
        const std::int32_t openai = domain.addService(ProviderKind::OpenAi, "/openai", url("/v1")).id.value;
        const std::int32_t claude = domain.addService(ProviderKind::Anthropic, "/claude", url()).id.value;
        domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 150'000'000, 600'000'000);
        GatewayKey key;
        key.id = GatewayKeyId(1);
        key.environment = EnvironmentId(1);
        key.publicId = "k";
        key.hash = sha256(kKey);
        domain.snapshot.keys.push_back(key);
        domain.addLimit(LimitScope::ServiceEnvironment, openai).maxTotalTokens = 100'000;
        domain.addLimit(LimitScope::ServiceEnvironment, claude).maxTotalTokens = 100'000;
        start();
    }
};

TEST_F(GatewayStreams, PassByteForByteAndAreMetered)
{
    startWithTotalLimit();
    upstream.enqueue(FakeReply::stream(chatEvents()));
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChatStream));
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.complete);
    EXPECT_EQ(answer.header("content-type"), "text/event-stream");
    EXPECT_EQ(answer.body, joined(chatEvents()));
    const auto record = recordsAfter(1)[0];
    EXPECT_EQ(record.status, RequestStatus::Ok);
    EXPECT_TRUE(record.flags.streamed);
    EXPECT_TRUE(record.ttftMs.has_value());
    EXPECT_EQ(record.usage.promptTokens(), 9u);
    EXPECT_EQ(record.usage.completionTokens(), 2u);
    EXPECT_EQ(record.cost, Money{2550});
    EXPECT_EQ(booked(LimitDimension::TotalTokens), 11);
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayStreams, AskForTheUsageAndTakeItOutAgain)
{
    startWithTotalLimit();
    upstream.enqueue(FakeReply::stream(chatEvents()));
    const RawAnswer answer =
        ask(post("/openai/v1/chat/completions", R"({"model":"gpt-4o-mini","stream":true,"messages":[]})"));
    EXPECT_TRUE(answer.complete);
    EXPECT_NE(upstream.seen()[0].body.find("\"include_usage\":true"), std::string::npos);
    EXPECT_EQ(answer.body.find("prompt_tokens"), std::string::npos) << "the client did not ask for it";
    EXPECT_NE(answer.body.find("[DONE]"), std::string::npos);
    EXPECT_EQ(recordsAfter(1)[0].usage.promptTokens(), 9u);
}

TEST_F(GatewayStreams, ReachTheClientEventByEvent)
{
    startWithTotalLimit();
    FakeReply reply = FakeReply::stream(
        {chatEvents()[0], joined({chatEvents()[1], chatEvents()[2], chatEvents()[3], chatEvents()[4]})});
    reply.pieces[2] += reply.pieces[3];
    reply.pieces.pop_back();
    reply.holdLast = true;
    upstream.enqueue(reply);
    RawClient client(port);
    client.send(post("/openai/v1/chat/completions", kChatStream));
    const std::string first = client.readUntil("\"role\":\"assistant\"");
    EXPECT_NE(first.find("HTTP/1.1 200"), std::string::npos) << "while the provider still holds the rest";
    upstream.release();
    EXPECT_NE(client.readUntil("0\r\n\r\n").find("[DONE]"), std::string::npos);
}

TEST_F(GatewayStreams, CommentsWithoutEndAreNotCollected)
{
    startWithTotalLimit();
    std::vector<std::string> events(100, ": " + std::string(1000, 'x') + "\n\n");
    const auto answer = chatEvents();
    events.insert(events.end(), answer.begin(), answer.end());
    FakeReply reply = FakeReply::stream(events);
    while (reply.pieces.size() > 102) { // everything after the comments is held
        reply.pieces[reply.pieces.size() - 2] += reply.pieces.back();
        reply.pieces.pop_back();
    }
    reply.holdLast = true;
    upstream.enqueue(reply);
    RawClient client(port);
    const auto began = std::chrono::steady_clock::now();
    client.send(post("/openai/v1/chat/completions", kChatStream));
    EXPECT_NE(client.readUntil("\r\n\r\n").find("HTTP/1.1 200"), std::string::npos);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5))
        << "the provider still holds the events";
    upstream.release();
    EXPECT_NE(client.readUntil("0\r\n\r\n").find("[DONE]"), std::string::npos);
}

TEST_F(GatewayStreams, ACutIsSaidInTheDialectAndTheConnectionCloses)
{
    startWithTotalLimit();
    FakeReply reply = FakeReply::stream(chatEvents());
    reply.cutAt = reply.pieces[0].size() + reply.pieces[1].size() + reply.pieces[2].size() + 10;
    upstream.enqueue(reply);
    RawClient client(port);
    client.send(post("/openai/v1/chat/completions", kChatStream));
    RawAnswer answer = test::readAnswer(client);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.substr(0, joined({chatEvents()[0], chatEvents()[1]}).size()),
              joined({chatEvents()[0], chatEvents()[1]}));
    EXPECT_NE(answer.body.find("data: {\"error\":"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("[DONE]"), std::string::npos) << "never an end marker after a fault";
    client.readToEnd();
    EXPECT_TRUE(client.isClosed());
    const auto record = recordsAfter(1)[0];
    EXPECT_EQ(record.status, RequestStatus::UpstreamError);
    EXPECT_EQ(record.usage.source, UsageSource::Estimated);
    EXPECT_GT(record.usage.promptTokens(), 0u);
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayStreams, ACutOfMessagesIsAnErrorEvent)
{
    startWithTotalLimit();
    FakeReply reply = FakeReply::stream({"event: message_start\ndata: "
                                         "{\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_"
                                         "tokens\":3,\"output_tokens\":1}}}\n\n",
                                         "event: ping\ndata: {\"type\":\"ping\"}\n\n"});
    reply.cutAt = reply.pieces[0].size() + reply.pieces[1].size();
    reply.reset = true;
    upstream.enqueue(reply);
    const RawAnswer answer =
        ask(post("/claude/v1/messages", R"({"model":"m","max_tokens":9,"stream":true,"messages":[]})"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find("event: error\ndata: {\"type\":\"error\""), std::string::npos) << answer.body;
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayStreams, AnErrorInsteadOfTheFirstEventIsAnOrdinaryError)
{
    startWithTotalLimit();
    upstream.enqueue(FakeReply::stream(
        {"event: error\ndata: "
         "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"}));
    const RawAnswer answer =
        ask(post("/claude/v1/messages", R"({"model":"m","max_tokens":9,"stream":true,"messages":[]})"));
    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(answer.body.find("upstream_unavailable"), std::string::npos) << answer.body;
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayStreams, ASilentStreamTimesOut)
{
    options.timeouts.streamIdle = std::chrono::milliseconds(200);
    options.timeouts.firstByte = std::chrono::milliseconds(200);
    startWithTotalLimit();
    FakeReply never;
    never.neverAnswer = true;
    upstream.enqueue(never);
    RawAnswer answer = ask(post("/openai/v1/chat/completions", kChatStream));
    EXPECT_EQ(answer.status, 504) << "before the head everything can still be said properly";
    FakeReply silent = FakeReply::stream({chatEvents()[0]});
    silent.pieces.pop_back();
    silent.neverAnswer = true;
    upstream.enqueue(silent);
    answer = ask(post("/openai/v1/chat/completions", kChatStream));
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find("upstream_timeout"), std::string::npos) << answer.body;
    EXPECT_EQ(recordsAfter(2)[1].status, RequestStatus::Timeout);
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayStreams, AClientThatLeavesEndsTheUpstreamRequestAndFreesTheHold)
{
    startWithTotalLimit();
    FakeReply endless = FakeReply::stream({chatEvents()[0], chatEvents()[1]});
    endless.pieces.pop_back();
    endless.neverAnswer = true;
    upstream.enqueue(endless);
    {
        RawClient client(port);
        client.send(post("/openai/v1/chat/completions", kChatStream));
        client.readUntil("\"content\":\"hi\"");
        EXPECT_GT(held(), 0);
    }
    EXPECT_TRUE(upstream.waitForClosed(0));
    const auto record = recordsAfter(1)[0];
    EXPECT_EQ(record.status, RequestStatus::Aborted);
    EXPECT_EQ(record.usage.source, UsageSource::Estimated);
    EXPECT_GT(record.usage.completionTokens(), 0u) << "what was seen is booked";
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(booked(LimitDimension::TotalTokens), static_cast<std::int64_t>(record.usage.totalTokens()));
}

TEST_F(GatewayStreams, AnAnswerThatIsNotStreamedIsAwaitedForItsUsage)
{
    startWithTotalLimit();
    FakeReply late = FakeReply::json(kChatAnswer);
    late.holdLast = true;
    upstream.enqueue(late);
    {
        RawClient client(port);
        client.send(post("/openai/v1/chat/completions", kChat));
        ASSERT_TRUE(upstream.waitForRequests(1));
    }
    const std::string metrics = "GET /metrics HTTP/1.1\r\nHost: " + host() + "\r\n\r\n";
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (ask(metrics).body.find("signalbox_answers_awaited 1") == std::string::npos &&
           std::chrono::steady_clock::now() < end)
        std::this_thread::yield();
    upstream.release();
    const auto record = recordsAfter(1)[0];
    EXPECT_EQ(record.status, RequestStatus::Aborted);
    EXPECT_EQ(record.usage.source, UsageSource::Reported);
    EXPECT_EQ(record.usage.totalTokens(), 11u);
    EXPECT_EQ(booked(LimitDimension::TotalTokens), 11);
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayStreams, AStopOfTheGatewaySettlesWhatIsRunning)
{
    startWithTotalLimit();
    FakeReply endless = FakeReply::stream({chatEvents()[0]});
    endless.pieces.pop_back();
    endless.neverAnswer = true;
    upstream.enqueue(endless);
    RawClient idle(port);
    RawClient client(port);
    client.send(post("/openai/v1/chat/completions", kChatStream));
    client.readUntil("\"role\":\"assistant\"");
    gateway->stop(std::chrono::milliseconds(50));
    const std::string rest = client.readToEnd();
    EXPECT_NE(rest.find("data: {\"error\":"), std::string::npos) << rest;
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(recordsAfter(1).size(), 1u);
    EXPECT_EQ(gateway->counters().openConnections, 0u);
}

TEST_F(GatewayStreams, AnHttp10ClientGetsACloseDelimitedStream)
{
    startWithTotalLimit();
    upstream.enqueue(FakeReply::stream(chatEvents()));
    RawClient client(port);
    std::string request = post("/openai/v1/chat/completions", kChatStream);
    request.replace(request.find("HTTP/1.1"), 8, "HTTP/1.0");
    client.send(request);
    const RawAnswer answer = test::readAnswer(client);
    EXPECT_EQ(answer.header("transfer-encoding"), "");
    EXPECT_EQ(answer.body, joined(chatEvents()));
    EXPECT_TRUE(client.isClosed());
}

} // namespace
} // namespace sb::gateway
