// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Journal.h"

#include "journal/Records.h"
#include "support/FakeClock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include <sys/stat.h>

using namespace sb;
using namespace sb::journal;
using namespace std::chrono_literals;
using sb::test::allPending;
using sb::test::closeRecord;
using sb::test::openRecord;

namespace {

class JournalTest : public testing::Test {
protected:
    void open()
    {
        journal.reset(); // the lock goes first
        recovery = {};
        auto opened = Journal::open(options, clock, log, recovery);
        ASSERT_TRUE(opened) << opened.error().what;
        journal = *std::move(opened);
    }
    std::uint64_t close(std::uint32_t number)
    {
        const auto sequence = journal->append(closeRecord(number));
        EXPECT_TRUE(sequence);
        return sequence.value_or(0);
    }
    void openRequest(std::uint32_t number) { EXPECT_TRUE(journal->append(openRecord(number))); }
    std::vector<std::uint32_t> pendingNumbers() const
    {
        std::vector<std::uint32_t> numbers;
        for (const auto& pending : allPending(*journal))
            numbers.push_back(static_cast<std::uint32_t>(pending.close.record.service.value - 4));
        return numbers;
    }

    test::TempDirectory directory;
    JournalOptions options = test::smallJournal(directory.path() / "profile" / "journal");
    test::FakeClock clock;
    NullLog log;
    Recovery recovery;
    std::unique_ptr<Journal> journal;
};

using Numbers = std::vector<std::uint32_t>;

} // namespace

TEST_F(JournalTest, AClosedRequestIsPendingUntilItIsAcknowledged)
{
    open();
    openRequest(1);
    EXPECT_TRUE(pendingNumbers().empty());
    const std::uint64_t first = close(1);
    const std::uint64_t second = close(2);
    EXPECT_LT(first, second);
    const auto pending = allPending(*journal);
    ASSERT_EQ(pending.size(), 2u);
    EXPECT_EQ(pending[0].sequence, first);
    EXPECT_EQ(pending[0].close, closeRecord(1));
    EXPECT_EQ(pending[1].close, closeRecord(2));
    ASSERT_TRUE(journal->acknowledge(first));
    EXPECT_EQ(pendingNumbers(), Numbers{2});
    ASSERT_TRUE(journal->acknowledge(second));
    EXPECT_TRUE(pendingNumbers().empty());
}

TEST_F(JournalTest, WhatWasNotAcknowledgedIsThereAfterARestart)
{
    open();
    for (std::uint32_t i = 1; i <= 5; ++i) {
        openRequest(i);
        close(i);
    }
    ASSERT_TRUE(journal->acknowledge(allPending(*journal)[1].sequence));
    open();
    EXPECT_EQ(recovery.undelivered, 3u);
    EXPECT_EQ(recovery.orphans, 0u);
    EXPECT_EQ(recovery.damage, "");
    EXPECT_EQ(pendingNumbers(), (Numbers{3, 4, 5}));
    EXPECT_EQ(allPending(*journal).back().sequence, recovery.highestClose);
}

TEST_F(JournalTest, SequencesGoOnAfterARestartAndAfterEverythingWasDelivered)
{
    open();
    const std::uint64_t before = close(1);
    ASSERT_TRUE(journal->acknowledge(before));
    open();
    open();
    const std::uint64_t after = close(2);
    EXPECT_GT(after, before);
    EXPECT_EQ(pendingNumbers(), Numbers{2});
}

TEST_F(JournalTest, ARequestLeftOpenIsBookedAtItsBoundOnce)
{
    open();
    openRequest(1);
    openRequest(2);
    close(1);
    clock.advance(10s);
    open();
    EXPECT_EQ(recovery.orphans, 1u);
    auto pending = allPending(*journal);
    ASSERT_EQ(pending.size(), 2u);
    const CloseRecord& orphan = pending[1].close;
    EXPECT_EQ(orphan.record.id, openRecord(2).id);
    EXPECT_EQ(orphan.record.time, openRecord(2).bound.time); // the key of the fact row
    EXPECT_TRUE(orphan.record.flags.recovered);
    EXPECT_EQ(orphan.record.usage.source, UsageSource::Estimated);
    EXPECT_EQ(orphan.record.usage.totalTokens(), openRecord(2).bound.usage.totalTokens());
    EXPECT_EQ(orphan.record.cost, openRecord(2).bound.cost);
    EXPECT_EQ(orphan.record.status, RequestStatus::GatewayError);
    EXPECT_EQ(orphan.record.httpStatus, 0);
    EXPECT_EQ(orphan.record.latencyMs, 9'999u);
    EXPECT_EQ(orphan.booked, openRecord(2).holds);

    open();
    EXPECT_EQ(recovery.orphans, 0u);
    EXPECT_EQ(allPending(*journal).size(), 2u);
    EXPECT_EQ(allPending(*journal)[1].close, orphan);
}

TEST_F(JournalTest, ARecoveredRequestEndsNoLaterThanItsTimeout)
{
    open();
    openRequest(1);
    clock.advance(48h);
    open();
    EXPECT_EQ(allPending(*journal).at(0).close.record.latencyMs, 60'001u); // opened 1 ms after the request began
}

TEST_F(JournalTest, TheHoldsOfAllAttemptsOfAnOrphanAreBooked)
{
    open();
    openRequest(1);
    OpenRecord retry = openRecord(1);
    retry.attempt = 3;
    retry.holds = {{.limit = 3, .dimension = 2, .amount = 5}, {.limit = 9, .dimension = 2, .amount = 6}};
    retry.bound.modelSelected = "fallback";
    ASSERT_TRUE(journal->append(retry));
    open();
    const auto pending = allPending(*journal);
    ASSERT_EQ(pending.size(), 1u);
    EXPECT_EQ(pending[0].close.record.modelSelected, "fallback");
    EXPECT_EQ(pending[0].close.record.attempts, 3u);
    EXPECT_EQ(
        pending[0].close.booked,
        (std::vector<Hold>{{.limit = 3, .dimension = 2, .amount = 1006}, openRecord(1).holds[1], retry.holds[1]}));
}

TEST_F(JournalTest, SegmentsRollAndGoWhenDelivered)
{
    open();
    std::uint64_t last = 0;
    for (std::uint32_t i = 1; i <= 200; ++i) {
        openRequest(i);
        last = close(i);
    }
    EXPECT_GT(test::segmentFiles(options.directory).size(), 10u);
    for (const auto& file : test::segmentFiles(options.directory))
        EXPECT_LE(std::filesystem::file_size(file), options.segmentBytes);
    EXPECT_EQ(allPending(*journal).size(), 200u);
    ASSERT_TRUE(journal->acknowledge(last));
    EXPECT_EQ(test::segmentFiles(options.directory).size(), 1u);
    EXPECT_LE(journal->depth().bytes, options.segmentBytes + 100);
}

TEST_F(JournalTest, ASegmentWithAnOpenRequestStays)
{
    open();
    openRequest(1000);
    std::uint64_t last = 0;
    for (std::uint32_t i = 1; i <= 50; ++i)
        last = close(i);
    ASSERT_TRUE(journal->acknowledge(last));
    const auto files = test::segmentFiles(options.directory);
    EXPECT_GT(files.size(), 1u);
    open();
    EXPECT_EQ(recovery.orphans, 1u);
    EXPECT_EQ(pendingNumbers(), Numbers{1000});
    ASSERT_TRUE(journal->acknowledge(recovery.highestClose));
    EXPECT_EQ(test::segmentFiles(options.directory).size(), 1u);
}

TEST_F(JournalTest, TellsWhenARequestIsClosed)
{
    open();
    int told = 0;
    journal->onClose([&told] { ++told; });
    openRequest(1);
    EXPECT_EQ(told, 0);
    close(1);
    EXPECT_EQ(told, 1);
}

TEST_F(JournalTest, DepthSaysHowMuchWaitsAndSinceWhen)
{
    open();
    EXPECT_EQ(journal->depth().undelivered, 0u);
    EXPECT_FALSE(journal->depth().oldest);
    const std::uint64_t first = close(1);
    close(2);
    EXPECT_EQ(journal->depth().undelivered, 2u);
    EXPECT_EQ(journal->depth().oldest, closeRecord(1).record.time);
    ASSERT_TRUE(journal->acknowledge(first));
    EXPECT_EQ(journal->depth().oldest, closeRecord(2).record.time);
}

TEST_F(JournalTest, OnlyOneProcessHasAJournal)
{
    open();
    Recovery other;
    const auto second = Journal::open(options, clock, log, other);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_EQ(second.error().field, "profile");
}

TEST_F(JournalTest, FilesAreTheOwnersOnly)
{
    const mode_t before = ::umask(0);
    open();
    close(1);
    ::umask(before);
    struct stat status {};
    ASSERT_EQ(::stat(options.directory.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    for (const auto& entry : std::filesystem::directory_iterator(options.directory)) {
        ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, 0600u) << entry.path();
    }
}

TEST_F(JournalTest, ATooLargeRecordIsRefusedAndNothingElseSuffers)
{
    open();
    CloseRecord huge = closeRecord(1);
    huge.record.decision.assign(2u << 20, 'x');
    EXPECT_EQ(journal->append(huge).error().code, ErrorCode::InvalidArgument);
    close(2);
    open();
    EXPECT_EQ(pendingNumbers(), Numbers{2});
}

TEST_F(JournalTest, ADirectoryThatCannotBeMadeIsAnError)
{
    test::writeFile(directory.path() / "profile", "a file where the directory should be");
    const auto opened = Journal::open(options, clock, log, recovery);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Unavailable);
}

TEST_F(JournalTest, SixteenThreadsAppendWhileOneDelivers)
{
    options.segmentBytes = 256 << 10;
    open();
    constexpr std::uint32_t kThreads = 16;
    constexpr std::uint32_t kEach = 300;
    std::atomic<std::uint32_t> running{kThreads};
    std::vector<std::thread> writers;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
        writers.emplace_back([&, t] {
            for (std::uint32_t i = 0; i < kEach; ++i) {
                EXPECT_TRUE(journal->append(openRecord(t * kEach + i)));
                EXPECT_TRUE(journal->append(closeRecord(t * kEach + i)));
            }
            --running;
        });
    }
    std::multiset<std::uint32_t> delivered;
    std::uint64_t last = 0;
    while (true) {
        const bool wasRunning = running > 0;
        auto some = journal->pending(last, 50);
        ASSERT_TRUE(some);
        if (some->empty() && !wasRunning)
            break;
        for (const auto& pending : *some) {
            ASSERT_GT(pending.sequence, last);
            last = pending.sequence;
            const auto number = static_cast<std::uint32_t>(pending.close.record.service.value - 4);
            ASSERT_EQ(pending.close, closeRecord(number));
            delivered.insert(number);
        }
        if (!some->empty()) {
            ASSERT_TRUE(journal->acknowledge(last));
        }
    }
    for (std::thread& writer : writers)
        writer.join();
    EXPECT_EQ(delivered.size(), kThreads * kEach);
    EXPECT_EQ(std::set<std::uint32_t>(delivered.begin(), delivered.end()).size(), kThreads * kEach);
    open();
    EXPECT_EQ(recovery.undelivered, 0u);
    EXPECT_EQ(recovery.orphans, 0u);
    EXPECT_EQ(recovery.damage, "");
}
