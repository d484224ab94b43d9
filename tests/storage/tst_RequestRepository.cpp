// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/RequestRepository.h"

#include "EngineTest.h"
#include "UsageRecords.h"
#include "storage/UsageWriter.h"
#include "support/FakeClock.h"

using namespace sb;
using namespace sb::test;
using journal::CloseRecord;
using storage::RequestCursor;
using storage::RequestFilter;
using storage::RequestRepository;
using storage::RequestRow;

namespace {

const Timestamp kNow = FakeClock().now();

class RequestRepositoryTest : public EngineTest {
protected:
    void store(std::vector<CloseRecord> batch)
    {
        storage::UsageWriter writer(valueOf(ZoneRules::load("UTC")));
        ASSERT_EQ(valueOf(writer.write(*db, batch)).inserted, batch.size());
    }
    RequestRepository repository() { return RequestRepository(*db); }
    std::vector<RequestRow> page(const RequestFilter& filter)
    {
        return valueOf(repository().page(filter, std::nullopt, 100));
    }

    SeededRandom ids;
};
SB_ON_BOTH_ENGINES(RequestRepositoryTest);

TEST_P(RequestRepositoryTest, pagesByKeysetSeeEveryRequestOnceNewestFirst)
{
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 57; ++i)
        batch.push_back(closeRecord(kNow + std::chrono::seconds{i / 5}, ids)); // several in one microsecond
    store(batch);

    std::vector<RequestRow> seen;
    std::optional<RequestCursor> cursor;
    for (;;) {
        const auto rows = valueOf(repository().page({}, cursor, 10));
        if (rows.empty())
            break;
        seen.insert(seen.end(), rows.begin(), rows.end());
        cursor = RequestCursor{rows.back().time, rows.back().id};
    }
    ASSERT_EQ(seen.size(), batch.size());
    for (std::size_t i = 1; i < seen.size(); ++i)
        EXPECT_GT(std::pair(seen[i - 1].time, seen[i - 1].id), std::pair(seen[i].time, seen[i].id));
}

TEST_P(RequestRepositoryTest, filtersByEveryField)
{
    std::vector<CloseRecord> batch;
    for (int i = 0; i < 8; ++i)
        batch.push_back(closeRecord(kNow + std::chrono::seconds{i}, ids));
    batch[0].record.environment = EnvironmentId(2);
    batch[1].record.service = ServiceId(7);
    batch[2].record.connection = ConnectionId(7);
    batch[3].record.model = {};
    batch[3].record.modelSelected = "my_100%_model";
    batch[4].record.status = RequestStatus::Timeout;
    batch[5].record.source = TrafficSource::Sample;
    store(batch);

    const auto onlyOne = [&](const RequestFilter& filter, std::size_t expected) {
        const auto rows = page(filter);
        ASSERT_EQ(rows.size(), 1u);
        EXPECT_EQ(rows[0].id, batch[expected].record.id);
        EXPECT_EQ(valueOf(repository().count(filter, 10'000)), 1);
    };
    RequestFilter filter;
    filter.environments = {EnvironmentId(2), EnvironmentId(3)};
    onlyOne(filter, 0);
    filter = {};
    filter.service = ServiceId(7);
    onlyOne(filter, 1);
    filter = {};
    filter.connection = ConnectionId(7);
    onlyOne(filter, 2);
    filter = {};
    filter.model = "Y_100%_"; // characters that LIKE would take for wildcards
    onlyOne(filter, 3);
    filter = {};
    filter.status = RequestStatus::Timeout;
    onlyOne(filter, 4);
    filter = {};
    filter.errorsOnly = true;
    onlyOne(filter, 4);
    filter = {};
    filter.from = kNow + std::chrono::seconds{6};
    filter.to = kNow + std::chrono::seconds{7};
    onlyOne(filter, 6);
    filter = {};
    filter.includeSample = false;
    EXPECT_EQ(page(filter).size(), 7u);
    EXPECT_EQ(valueOf(repository().count({}, 5)), 5);
}

TEST_P(RequestRepositoryTest, showsEverythingKnownAboutOneRequest)
{
    CloseRecord close = closeRecord(kNow + std::chrono::microseconds{123'456}, ids);
    UsageRecord& r = close.record;
    r.status = RequestStatus::UpstreamError;
    r.errorCode = "upstream_error";
    r.errorText = "the provider said no";
    r.httpStatus = 502;
    r.user = "anna";
    r.task = "coding";
    r.clientIp = "127.0.0.1";
    r.userAgent = "curl/8";
    r.usage.reasoning = 0; // reported as none: another thing than not reported
    r.usage.webSearches = 2;
    r.attempts = 3;
    r.attemptsCost = Money{77};
    r.price = PriceId(1);
    r.ttftMs = 40;
    r.upstreamMs = 700;
    r.flags.streamed = true;
    r.flags.completionClamped = true;
    r.decision = R"({"reason":"only one"})";
    r.rawUsage = R"({"prompt_tokens":1200})";
    store({close});

    const storage::RequestDetail detail = valueOf(repository().detail(r.id));
    EXPECT_EQ(detail.record.usage, r.usage);
    EXPECT_EQ(detail.record.time, r.time);
    EXPECT_EQ(detail.record.cost, r.cost);
    EXPECT_EQ(detail.record.attemptsCost, r.attemptsCost);
    EXPECT_EQ(detail.row.cost, *r.cost + r.attemptsCost);
    EXPECT_EQ(detail.record.status, r.status);
    EXPECT_EQ(detail.record.errorCode, r.errorCode);
    EXPECT_EQ(detail.record.errorText, r.errorText);
    EXPECT_EQ(detail.record.user, r.user);
    EXPECT_EQ(detail.record.task, r.task);
    EXPECT_EQ(detail.record.clientIp, r.clientIp);
    EXPECT_EQ(detail.record.userAgent, r.userAgent);
    EXPECT_EQ(detail.record.ttftMs, r.ttftMs);
    EXPECT_EQ(detail.record.upstreamMs, r.upstreamMs);
    EXPECT_EQ(detail.record.flags, r.flags);
    EXPECT_EQ(detail.record.attempts, r.attempts);
    EXPECT_EQ(detail.record.modelRequested, "gpt-4o-mini");
    EXPECT_NE(detail.record.decision.find("only one"), std::string::npos);
    EXPECT_NE(detail.record.rawUsage.find("1200"), std::string::npos);
    ASSERT_TRUE(detail.price);
    EXPECT_EQ(detail.price->id, r.price);
    EXPECT_EQ(detail.row.environment, "development");
    EXPECT_EQ(detail.row.project, "Default project");
}

TEST_P(RequestRepositoryTest, aRequestThatIsNotThereIsNotFound)
{
    const auto missing = repository().detail(EventId::generate(kNow, ids));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

TEST_P(RequestRepositoryTest, anUnpricedRequestHasNoCostAndAFreeOneHasZero)
{
    CloseRecord unpriced = closeRecord(kNow, ids);
    unpriced.record.cost.reset();
    CloseRecord free = closeRecord(kNow + std::chrono::seconds{1}, ids);
    free.record.cost = Money{0};
    store({unpriced, free});
    const auto rows = page({});
    EXPECT_EQ(rows.at(0).cost, Money{0});
    EXPECT_EQ(rows.at(1).cost, std::nullopt);
}

} // namespace
