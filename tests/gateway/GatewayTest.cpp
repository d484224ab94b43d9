// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <chrono>
#include <cstdlib>
#include <thread>

namespace sb::gateway {

using namespace std::chrono_literals;

namespace {

std::filesystem::path makeDirectory()
{
    std::string name = (std::filesystem::temp_directory_path() / "sb-gateway-XXXXXX").string();
    return mkdtemp(name.data()) ? name : std::string();
}

} // namespace

GatewayTest::GatewayTest()
    : directory(makeDirectory()), limits(clock, [](LimitWindow, Timestamp now) { return now + std::chrono::hours(24); })
{
    journalOptions.directory = directory / "journal";
    options.port = 0;
    options.workers = 1;
    options.metricsOnLoopback = true;
}

GatewayTest::~GatewayTest()
{
    if (gateway)
        gateway->stop(0ms);
    gateway.reset();
    journal.reset();
    std::error_code ignored; // a leftover in the temporary folder fails no test
    std::filesystem::remove_all(directory, ignored);
}

void GatewayTest::start()
{
    journal::Recovery recovery;
    auto opened = journal::Journal::open(journalOptions, clock, log, recovery);
    ASSERT_TRUE(opened) << opened.error().what;
    journal = std::move(*opened);
    GatewaySinks sinks;
    sinks.finished = [this](const UsageRecord& record) {
        const std::lock_guard lock(m_mutex);
        m_records.push_back(record);
        m_changed.notify_all();
    };
    gateway = std::make_unique<Gateway>(options, sinks, *journal, limits, clock, random, log);
    publish();
    const auto endpoint = gateway->start();
    ASSERT_TRUE(endpoint) << endpoint.error().what;
    port = endpoint->port;
}

void GatewayTest::publish()
{
    const auto config = domain.compiled();
    ASSERT_TRUE(config) << config.error().what;
    gateway->publish(*config);
}

void GatewayTest::startWithAllProviders()
{
    domain.addService(ProviderKind::OpenAi, "/openai", url("/v1"));
    auto& azure = domain.addService(ProviderKind::AzureOpenAi, "/azure", url());
    azure.security.header = "api-key";
    azure.security.prefix = "";
    auto& claude = domain.addService(ProviderKind::Anthropic, "/claude", url());
    claude.security.header = "x-api-key";
    claude.security.prefix = "";
    domain.addService(ProviderKind::Mistral, "/mistral", url());
    domain.addService(ProviderKind::AwsBedrock, "/bedrock", url());
    domain.addService(ProviderKind::OpenAiCompatible, "/vllm", url("/v1"));
    auto& signedOne = domain.addService(ProviderKind::AwsBedrock, "/bedrock-sigv4", url());
    signedOne.security = {};
    signedOne.security.kind = AuthKind::SigV4;
    signedOne.security.region = "us-east-1";
    signedOne.security.accessKey = {SecretRef::Kind::Environment, "AKID"};
    signedOne.security.secretKey = {SecretRef::Kind::Environment, "SECRET"};
    domain.addModel(ProviderKind::OpenAi, "gpt-4o-mini", 150'000'000, 600'000'000);
    domain.addProgramKey(kKey);
    start();
}

std::string GatewayTest::post(std::string_view target, std::string_view body, std::string_view headers) const
{
    return test::rawRequest("POST", target, "Authorization: Bearer " + kKey + "\r\n" + std::string(headers), body,
                            host());
}

std::string GatewayTest::get(std::string_view target, std::string_view headers) const
{
    return test::rawRequest("GET", target, "Authorization: Bearer " + kKey + "\r\n" + std::string(headers), {}, host());
}

test::RawAnswer GatewayTest::ask(const std::string& request) const
{
    test::RawClient client(port);
    EXPECT_TRUE(client.send(request));
    return test::readAnswer(client);
}

std::vector<UsageRecord> GatewayTest::recordsAfter(std::size_t count)
{
    std::unique_lock lock(m_mutex);
    EXPECT_TRUE(m_changed.wait_for(lock, 10s, [&] { return m_records.size() >= count; }))
        << m_records.size() << " of " << count;
    return m_records;
}

std::int64_t GatewayTest::held() const
{
    std::int64_t sum = 0;
    for (const limits::CounterState& state : limits.states())
        sum += state.held;
    return sum;
}

std::int64_t GatewayTest::booked(LimitDimension dimension) const
{
    std::int64_t sum = 0;
    for (const limits::CounterState& state : limits.states())
        sum += state.spec.dimension == dimension ? state.booked : 0;
    return sum;
}

bool GatewayTest::waitUntilNothingIsHeld() const
{
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (held() != 0) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::yield();
    }
    return true;
}

} // namespace sb::gateway
