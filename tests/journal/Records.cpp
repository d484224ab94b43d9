// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include <stdlib.h>
#include <unistd.h>

namespace sb::test {

EventId eventId(std::uint32_t number)
{
    EventId id;
    id.bytes = {1, 2, 3, 4, 5, 6, 0x70, 8, 0x80, 10, 11, 12};
    for (std::size_t i = 0; i < 4; ++i)
        id.bytes[12 + i] = static_cast<std::uint8_t>(number >> (8 * (3 - i)));
    return id;
}

static UsageRecord usageRecord(std::uint32_t number)
{
    const auto n = static_cast<std::int32_t>(number);
    UsageRecord r;
    r.id = eventId(number);
    r.time = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 7 / 15}} + std::chrono::microseconds{number};
    r.organization = OrganizationId{n + 1};
    r.project = ProjectId{n + 2};
    r.environment = EnvironmentId{n + 3};
    r.service = ServiceId{n + 4};
    r.provider = ProviderKind::AwsBedrock;
    r.model = ModelId{n + 5};
    r.connection = ConnectionId{n + 6};
    r.key = GatewayKeyId{n + 7};
    r.route = RouteId{n + 8};
    r.source = TrafficSource::PromptLab;
    r.modelRequested = "smart";
    r.modelSelected = "claude-3-5-haiku-latest";
    r.modelReported = "claude-3-5-haiku-20241022";
    r.user = "üser-" + std::to_string(number);
    r.session = "session";
    r.task = "summary";
    r.tags = R"({"team":"shop"})";
    r.clientIp = "127.0.0.1";
    r.userAgent = "openai-node/4.2";
    r.status = RequestStatus::Aborted;
    r.errorCode = "upstream_timeout";
    r.errorText = std::string("with a \0 byte", 13);
    r.httpStatus = 504;
    r.usage = {.inputUncached = 1,
               .cacheRead = 2,
               .cacheWrite5m = 3,
               .cacheWrite1h = 4,
               .imageIn = 5,
               .audioIn = 6,
               .outputText = 0,
               .reasoning = 1ull << 40,
               .imageOut = 9,
               .audioOut = std::nullopt,
               .webSearches = 11,
               .source = UsageSource::Partial,
               .inconsistent = true};
    r.cost = Money{123'456'789'012'345 + n};
    r.attemptsCost = Money{-7};
    r.price = PriceId{n + 9};
    r.latencyMs = 12'345;
    r.ttftMs = 321;
    r.upstreamMs = 0;
    r.overheadUs = 87;
    r.attempts = 2;
    r.flags = {.streamed = true,
               .cacheHit = false,
               .fallbackTaken = true,
               .completionClamped = true,
               .inconsistentUsage = true,
               .recovered = false};
    r.decision = R"({"policy":"priority"})";
    r.rawUsage = R"({"input_tokens":1})";
    return r;
}

journal::OpenRecord openRecord(std::uint32_t number)
{
    journal::OpenRecord open;
    open.bound = usageRecord(number);
    open.id = open.bound.id;
    open.attempt = 1;
    open.time = open.bound.time + std::chrono::milliseconds{1};
    open.bootNanos = 9'876'543'210;
    open.timeoutMicros = 60'000'000;
    open.holds = {{.limit = 3, .dimension = 2, .amount = 1000 + number},
                  {.limit = 4, .dimension = 4, .amount = 1ll << 50}};
    return open;
}

journal::CloseRecord closeRecord(std::uint32_t number)
{
    return {.record = usageRecord(number), .booked = {{.limit = 3, .dimension = 2, .amount = 10 + number}}};
}

TempDirectory::TempDirectory(On where)
{
    const bool inMemory = where == On::Memory && ::access("/dev/shm", W_OK) == 0;
    std::string pattern =
        inMemory ? "/dev/shm/sb-test-XXXXXX" : std::filesystem::temp_directory_path() / "sb-test-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr)
        std::abort();
    m_path = pattern;
}

TempDirectory::~TempDirectory()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

journal::JournalOptions smallJournal(const std::filesystem::path& directory)
{
    return {.directory = directory,
            .segmentBytes = 8192,
            .syncInterval = std::chrono::milliseconds{5},
            .retryInterval = std::chrono::milliseconds{20},
            .reserveBytes = 0};
}

std::vector<journal::Journal::Pending> allPending(const journal::Journal& journal)
{
    std::vector<journal::Journal::Pending> all;
    std::uint64_t after = 0;
    while (true) {
        auto some = journal.pending(after, 7);
        EXPECT_TRUE(some) << (some ? "" : some.error().what);
        if (!some || some->empty())
            return all;
        after = some->back().sequence;
        std::move(some->begin(), some->end(), std::back_inserter(all));
    }
}

std::string readFile(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeFile(const std::filesystem::path& file, std::string_view bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::vector<std::filesystem::path> segmentFiles(const std::filesystem::path& directory)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().filename().string().starts_with("segment-") && entry.path().extension() == ".sbj")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace sb::test
