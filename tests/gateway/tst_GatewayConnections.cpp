// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;
using test::RawClient;

using GatewayConnections = GatewayTest;

TEST_F(GatewayConnections, AreKeptForFurtherRequestsOnBothSides)
{
    startWithAllProviders();
    upstream.setDefault(FakeReply::json(kChatAnswer));
    RawClient client(port);
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(client.send(post("/openai/v1/chat/completions", kChat)));
        EXPECT_EQ(test::readAnswer(client).status, 200) << i;
    }
    EXPECT_EQ(upstream.seen().size(), 5u);
    EXPECT_EQ(upstream.connections(), 1u);
    EXPECT_EQ(gateway->counters().openConnections, 1u);
}

TEST_F(GatewayConnections, AreKeptAfterStreamsToo)
{
    startWithAllProviders();
    upstream.setDefault(FakeReply::stream(chatEvents()));
    RawClient client(port);
    for (int i = 0; i < 3; ++i) {
        client.send(post("/openai/v1/chat/completions", kChatStream));
        EXPECT_TRUE(test::readAnswer(client).complete) << i;
    }
    EXPECT_LE(upstream.connections(), 2u) << "a request may come before the last chunk of the previous answer";
}

TEST_F(GatewayConnections, AnswerPipelinedRequestsInOrder)
{
    startWithAllProviders();
    for (int i = 0; i < 4; ++i)
        upstream.enqueue(FakeReply::json(R"({"n":)" + std::to_string(i) + "}"));
    RawClient client(port);
    std::string requests;
    for (int i = 0; i < 4; ++i)
        requests += post("/openai/v1/chat/completions", kChat, "x-signalbox-user: u" + std::to_string(i) + "\r\n");
    // In two pieces, cut in the middle of a request.
    client.send(requests.substr(0, requests.size() / 3));
    ASSERT_TRUE(upstream.waitForRequests(1));
    client.send(requests.substr(requests.size() / 3));
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(test::readAnswer(client).body, R"({"n":)" + std::to_string(i) + "}");
    const auto records = recordsAfter(4);
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_EQ(records[i].user, "u" + std::to_string(i));
}

TEST_F(GatewayConnections, TakeRequestsInAnyPieces)
{
    startWithAllProviders();
    upstream.setDefault(FakeReply::json(kChatAnswer));
    const std::string request = post("/openai/v1/chat/completions", kChat);
    const std::string chunkedRequest = "POST /openai/v1/chat/completions HTTP/1.1\r\nHost: " + host() +
                                       "\r\nContent-Type: application/json\r\nx-api-key: " + kKey +
                                       "\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n" +
                                       std::string(kChat.substr(0, 16)) + "\r\n" + "4a;x=y\r\n" +
                                       std::string(kChat.substr(16)) + "\r\n0\r\nT: x\r\n\r\n";
    ASSERT_EQ(kChat.size(), 16u + 0x4a);
    RawClient client(port);
    for (const std::string& text : {request, chunkedRequest}) {
        for (const char c : text)
            ASSERT_TRUE(client.send({&c, 1}));
        EXPECT_EQ(test::readAnswer(client).status, 200);
    }
    for (const auto& seen : upstream.seen())
        EXPECT_EQ(seen.body, kChat);
}

TEST_F(GatewayConnections, ADeadUpstreamConnectionIsReplacedUnnoticed)
{
    startWithAllProviders();
    upstream.setDefault(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    upstream.closeIdle();
    ASSERT_TRUE(upstream.waitForClosed(0));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    // One that dies only when it is used: closed after the request came, before a byte of the answer.
    FakeReply gone;
    gone.closeAfter = true;
    upstream.enqueue(gone);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    EXPECT_EQ(upstream.connections(), 3u);
}

// The provider has read the whole request and may have worked on it: both tries are charged, each with its own hold.
TEST_F(GatewayConnections, AKeptConnectionThatEndsBehindTheRequestWasAnAttempt)
{
    domain.addLimit(LimitScope::Organization, 1).maxTotalTokens = 10'000;
    domain.addLimit(LimitScope::Organization, 1).maxRequests = 10;
    startWithAllProviders();
    upstream.setDefault(FakeReply::json(kChatAnswer));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    const std::int64_t once = booked(LimitDimension::TotalTokens);
    FakeReply gone;
    gone.closeAfter = true;
    upstream.enqueue(gone);
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-signalbox-attempts"), "2");
    EXPECT_EQ(upstream.seen().size(), 3u);
    const UsageRecord record = recordsAfter(2)[1];
    EXPECT_EQ(record.attempts, 2u);
    EXPECT_GT(record.attemptsCost.nano, 0) << "the prompt, at its bound";
    EXPECT_FALSE(record.flags.fallbackTaken) << "the same target answered";
    EXPECT_GT(booked(LimitDimension::TotalTokens), 2 * once);
    EXPECT_EQ(booked(LimitDimension::Requests), 3);
    EXPECT_EQ(held(), 0);
}

TEST_F(GatewayConnections, AFreshUpstreamConnectionThatBreaksIsAnError)
{
    startWithAllProviders();
    FakeReply gone;
    gone.closeAfter = true;
    gone.reset = true;
    upstream.enqueue(gone);
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, 502);
    EXPECT_NE(answer.body.find("upstream_error"), std::string::npos);
    EXPECT_EQ(upstream.seen().size(), 1u) << "it may have been served: not repeated";
    EXPECT_EQ(recordsAfter(1)[0].usage.source, UsageSource::Estimated);
}

TEST_F(GatewayConnections, NobodyListeningIsAnErrorWithoutUsage)
{
    std::uint16_t closedPort = 0;
    {
        const test::FakeUpstream gone;
        closedPort = gone.port();
    }
    domain.addService(ProviderKind::OpenAi, "/openai", "http://127.0.0.1:" + std::to_string(closedPort) + "/v1");
    domain.addKey(kKey, ServiceId(1));
    start();
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 502);
    EXPECT_EQ(recordsAfter(1)[0].usage.source, UsageSource::None);
}

TEST_F(GatewayConnections, ProviderNonsenseIsABadGateway)
{
    startWithAllProviders();
    for (const char* bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
          "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}",
          "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 101 Switching\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
        FakeReply reply = FakeReply::raw(bytes);
        reply.closeAfter = true;
        upstream.enqueue(reply);
        EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 502) << bytes;
    }
    std::string flood;
    for (int i = 0; i < 9; ++i)
        flood += "HTTP/1.1 103 Early Hints\r\n\r\n";
    upstream.enqueue(FakeReply::raw(flood + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 502) << "nine interim answers";
    upstream.enqueue(FakeReply::raw(flood.substr(flood.size() / 9) + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200) << "eight";
}

TEST_F(GatewayConnections, AnAnswerArrivesWholeHoweverItIsSplit)
{
    startWithAllProviders();
    const std::string wire = FakeReply::json(kChatAnswer).pieces[0];
    FakeReply byByte;
    for (const char c : wire)
        byByte.pieces.emplace_back(1, c);
    upstream.enqueue(byByte);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).body, kChatAnswer);
    upstream.enqueue(FakeReply::raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                                    "chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n"));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).body, "{\"a\":1}");
    FakeReply untilClose = FakeReply::raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}");
    untilClose.closeAfter = true;
    upstream.enqueue(untilClose);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).body, "{\"a\":1}");
    untilClose.pieces = {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":"};
    upstream.enqueue(untilClose);
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 502)
        << "closed without TLS in the middle of the JSON";
    const std::string large = R"({"data":")" + std::string(3'000'000, 'x') + "\"}";
    upstream.enqueue(FakeReply::json(large));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).body.size(), large.size());
}

TEST_F(GatewayConnections, OwnEndpointsSayLittle)
{
    startWithAllProviders();
    const std::string request = "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n";
    EXPECT_EQ(ask(request).body, "up\n");
    EXPECT_EQ(ask("GET /readyz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").body, "ready\n");
    EXPECT_EQ(ask("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
    EXPECT_EQ(ask(test::rawRequest("POST", "/healthz", "", "{}", host())).status, 405);
    upstream.enqueue(FakeReply::json(kChatAnswer));
    ask(post("/openai/v1/chat/completions", kChat));
    recordsAfter(1);
    const std::string metrics = ask("GET /metrics HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").body;
    EXPECT_NE(metrics.find("signalbox_requests_total{provider=\"openai\",model=\"gpt-4o-mini\",env=\"development\","
                           "status_class=\"2xx\"} 1\n"),
              std::string::npos)
        << metrics;
    EXPECT_NE(metrics.find("class=\"input_uncached\"} 9\n"), std::string::npos);
    EXPECT_NE(metrics.find("signalbox_request_duration_seconds_count 1\n"), std::string::npos);
}

TEST_F(GatewayConnections, ExpectContinueIsAnsweredBeforeTheBody)
{
    startWithAllProviders();
    RawClient client(port);
    const std::string request = post("/openai/v1/chat/completions", kChat, "Expect: 100-continue\r\n");
    const std::size_t head = request.find("\r\n\r\n") + 4;
    client.send(request.substr(0, head));
    EXPECT_EQ(client.readUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send(request.substr(head));
    EXPECT_EQ(test::readAnswer(client).status, 200);
}

TEST_F(GatewayConnections, ATakenPortIsSaid)
{
    startWithAllProviders();
    GatewayOptions same = options;
    same.port = port;
    Gateway second(same, {}, *journal, limits, clock, random, log);
    const auto outcome = second.start();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(outcome.error().field, "port");
}

TEST_F(GatewayConnections, ListeningBeyondThisMachineNeedsAProxyThatDoesTls)
{
    startWithAllProviders();
    GatewayOptions open = options;
    open.listenHost = "0.0.0.0";
    Gateway second(open, {}, *journal, limits, clock, random, log);
    const auto outcome = second.start();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().field, "beyond_loopback");
}

TEST_F(GatewayConnections, SignaturesFollowTheProvidersClock)
{
    startWithAllProviders();
    const std::string converse = R"({"messages":[{"role":"user","content":[{"text":"Say hi"}]}]})";
    upstream.enqueue(
        FakeReply::json(R"({"message":"Signature expired"})", 403,
                        "date: Wed, 15 Jul 2026 01:00:00 GMT\r\nx-amzn-errortype: InvalidSignatureException\r\n"));
    EXPECT_EQ(ask(post("/bedrock-sigv4/model/m/converse", converse)).status, 502);
    ask(post("/bedrock-sigv4/model/m/converse", converse));
    ASSERT_EQ(upstream.seen().size(), 2u);
    EXPECT_EQ(upstream.seen()[0].header("x-amz-date"), "20260715T000000Z");
    EXPECT_EQ(upstream.seen()[1].header("x-amz-date"), "20260715T010000Z");
}

TEST_F(GatewayConnections, ACompressedAnswerIsRefused)
{
    startWithAllProviders();
    upstream.enqueue(FakeReply::json("\x1f\x8b", 200, "content-encoding: gzip\r\n"));
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 502);
}

TEST_F(GatewayConnections, ANewConfigurationCountsFromTheNextRequest)
{
    startWithAllProviders();
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
    domain.snapshot.keys.clear();
    publish();
    EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 401) << "revoked";
}

TEST_F(GatewayConnections, ManyAtOnceOnSeveralWorkers)
{
    options.workers = 3;
    auto& row = domain.addService(ProviderKind::OpenAi, "/openai", url("/v1"));
    domain.addKey(kKey, ServiceId(1));
    domain.addLimit(LimitScope::ServiceEnvironment, row.id.value, LimitWindow::Day).maxTotalTokens = 100'000'000;
    upstream.setDefault(FakeReply::json(kChatAnswer));
    start();
    constexpr int kClients = 12, kEach = 25;
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < kClients; ++i) {
        threads.emplace_back([this, i, &good] {
            RawClient client(port);
            for (int k = 0; k < kEach; ++k) {
                client.send(post("/openai/v1/chat/completions", kChat));
                if (i % 3 == 0 && k == kEach - 1)
                    return; // leaves without its last answer
                good += test::readAnswer(client).status == 200;
            }
        });
    }
    publish(); // while they run
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(good, kClients * kEach - kClients / 3);
    const auto records = recordsAfter(kClients * kEach);
    EXPECT_TRUE(waitUntilNothingIsHeld());
    std::int64_t total = 0;
    for (const UsageRecord& record : records)
        total += static_cast<std::int64_t>(record.usage.totalTokens());
    EXPECT_EQ(booked(LimitDimension::TotalTokens), total);
}

// ----------------------------------------------------------------------------------------------------------------- TLS

struct Certificate {
    const char* name;
    const char* host;
    bool expired;
    bool trusted;
    bool tls11;
    int status;
    const char* said; ///< in the error: what is wrong with it
};

std::ostream& operator<<(std::ostream& out, const Certificate& certificate)
{
    return out << certificate.name;
}

class GatewayTls : public GatewayTest, public testing::WithParamInterface<Certificate> {};

TEST_P(GatewayTls, SendsTheKeyOnlyToAVerifiedProvider)
{
    const Certificate& item = GetParam();
    const test::ThrowAwayCertificate certificate(directory.string(), item.host, item.expired);
    const test::FakeUpstream::Tls tls{certificate.certificateFile, certificate.keyFile, item.tls11};
    test::FakeUpstream provider(&tls);
    provider.setDefault(FakeReply::json(kChatAnswer));
    if (item.trusted)
        options.caFile = certificate.certificateFile;
    domain.addService(ProviderKind::OpenAi, "/openai", "https://127.0.0.1:" + std::to_string(provider.port()) + "/v1");
    domain.addKey(kKey, ServiceId(1));
    start();
    const RawAnswer answer = ask(post("/openai/v1/chat/completions", kChat));
    EXPECT_EQ(answer.status, item.status) << answer.body;
    if (item.status == 200) {
        EXPECT_EQ(answer.body, kChatAnswer);
        EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChat)).status, 200);
        EXPECT_EQ(provider.connections(), 1u) << "kept for the next request";
        provider.enqueue(FakeReply::stream(chatEvents()));
        EXPECT_EQ(ask(post("/openai/v1/chat/completions", kChatStream)).body, joined(chatEvents()));
    } else {
        EXPECT_EQ(provider.plainBytes(), 0u) << "the key was never sent";
        const UsageRecord record = recordsAfter(1)[0];
        EXPECT_EQ(record.usage.source, UsageSource::None);
        EXPECT_EQ(record.cost, Money{0});
        EXPECT_THAT(record.errorText, testing::HasSubstr(item.said));
        EXPECT_THAT(answer.body, testing::HasSubstr(item.said));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Certificates, GatewayTls,
    testing::Values(Certificate{"trusted", "127.0.0.1", false, true, false, 200, ""},
                    Certificate{"self-signed", "127.0.0.1", false, false, false, 502, "self-signed certificate"},
                    Certificate{"wrong name", "other.example", false, true, false, 502, "mismatch"},
                    Certificate{"expired", "127.0.0.1", true, true, false, 502, "has expired"},
                    Certificate{"TLS 1.1", "127.0.0.1", false, true, true, 502, "TLS handshake failed"}));

TEST_F(GatewayConnections, AreServedByThreadsThatProfilersCanTellApart)
{
    options.workers = 2;
    startWithAllProviders();
    std::set<std::string> missing{"gateway-0", "gateway-1", "journal-sync"};
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!missing.empty() && std::chrono::steady_clock::now() < deadline) { // a thread names itself once it runs
        for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
            std::ifstream file(task.path() / "comm");
            std::string name;
            std::getline(file, name);
            missing.erase(name);
        }
    }
    EXPECT_TRUE(missing.empty()) << *missing.begin();
}

} // namespace
} // namespace sb::gateway
