// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/Gateway.h"
#include "gateway/SampleDomain.h"
#include "support/FakeClock.h"
#include "support/FakeUpstream.h"
#include "support/RawHttp.h"
#include "support/SeededRandom.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sb::gateway {

/// Long enough for every key rule of the gateway.
inline const std::string kKey = "sbx_web_0123456789abcdefghijklmnopqrstuvwxyz";

/// Keeps every line.
class MemoryLog final : public LogSink {
public:
    void write(LogLevel, std::string_view, std::string_view message) override
    {
        const std::lock_guard lock(m_mutex);
        m_text += std::string(message) + '\n';
    }
    std::string text() const
    {
        const std::lock_guard lock(m_mutex);
        return m_text;
    }

private:
    mutable std::mutex m_mutex;
    std::string m_text;
};

/// A real gateway with a real journal and limit table in front of a fake provider.
class GatewayTest : public testing::Test {
protected:
    GatewayTest();
    ~GatewayTest() override;

    /// Registers the five kinds of services on the fake provider and one key for all of them, then starts.
    void startWithAllProviders();
    void start();
    void publish();

    std::string url(std::string_view path = {}) const
    {
        return "http://127.0.0.1:" + std::to_string(upstream.port()) + std::string(path);
    }
    std::string host() const { return "127.0.0.1:" + std::to_string(port); }

    std::string post(std::string_view target, std::string_view body, std::string_view headers = {}) const;
    std::string get(std::string_view target, std::string_view headers = {}) const;
    test::RawAnswer ask(const std::string& request) const;
    std::vector<UsageRecord> recordsAfter(std::size_t count); ///< waits for that many
    std::int64_t held() const;                                ///< sum over all counters
    std::int64_t booked(LimitDimension dimension) const;
    bool waitUntilNothingIsHeld() const;

    std::filesystem::path directory;
    test::FakeUpstream upstream;
    SampleDomain domain;
    test::FakeClock clock;
    test::SeededRandom random;
    MemoryLog log;
    journal::JournalOptions journalOptions;
    std::unique_ptr<journal::Journal> journal;
    limits::LimitTable limits;
    GatewayOptions options;
    std::unique_ptr<Gateway> gateway;
    std::uint16_t port = 0;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<UsageRecord> m_records;
};

inline constexpr std::string_view kChat =
    R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"Say hi"}],"temperature":0.50})";
inline constexpr std::string_view kChatStream =
    R"({"model":"gpt-4o-mini","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Say hi"}]})";
inline constexpr std::string_view kChatAnswer =
    R"({"id":"c1","object":"chat.completion","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}})";

inline std::vector<std::string> chatEvents()
{
    return {"data: "
            "{\"id\":\"c\",\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
            "\"content\":\"\"}}],\"usage\":null}\n\n",
            "data: "
            "{\"id\":\"c\",\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}],"
            "\"usage\":null}\n\n",
            "data: "
            "{\"id\":\"c\",\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"
            "],\"usage\":null}\n\n",
            "data: "
            "{\"id\":\"c\",\"model\":\"gpt-4o-mini\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_"
            "tokens\":2,\"total_tokens\":11}}\n\n",
            "data: [DONE]\n\n"};
}

inline std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += part;
    return text;
}

} // namespace sb::gateway
