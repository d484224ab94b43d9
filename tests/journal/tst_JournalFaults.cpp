// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Journal.h"

#include "journal/Records.h"
#include "support/FakeClock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <set>
#include <thread>

#include <sys/syscall.h>
#include <unistd.h>

// The calls of the journal end here first: each can be told to fail as a full or broken disk does.
namespace {

std::atomic<int> writesUntilFailure{-1}; ///< -1: never; 0: every one from now on
std::atomic<int> writeError{ENOSPC};
std::atomic<std::size_t> partialBytes{0}; ///< what a failing write leaves behind
std::atomic<int> syncsUntilFailure{-1};
std::atomic<int> failingSyncs{0};
std::atomic<int> fallocateError{0};

void healthy()
{
    writesUntilFailure = -1;
    partialBytes = 0;
    syncsUntilFailure = -1;
    failingSyncs = 0;
    fallocateError = 0;
}

} // namespace

extern "C" ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset)
{
    const int left = writesUntilFailure;
    if (left == 0) {
        if (const std::size_t some = partialBytes.exchange(0); some > 0 && some < size)
            return ::syscall(SYS_pwrite64, fd, bytes, some, offset);
        errno = writeError;
        return -1;
    }
    if (left > 0)
        --writesUntilFailure;
    return ::syscall(SYS_pwrite64, fd, bytes, size, offset);
}

extern "C" int fdatasync(int fd)
{
    if (syncsUntilFailure == 0 && failingSyncs > 0) {
        --failingSyncs;
        errno = EIO;
        return -1;
    }
    if (syncsUntilFailure > 0)
        --syncsUntilFailure;
    return static_cast<int>(::syscall(SYS_fdatasync, fd));
}

extern "C" int fallocate(int fd, int mode, off_t offset, off_t length)
{
    if (const int error = fallocateError; error != 0) {
        errno = error;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fallocate, fd, mode, offset, length));
}

using namespace sb;
using namespace sb::journal;
using namespace std::chrono_literals;
using sb::test::closeRecord;
using sb::test::openRecord;

namespace {

class JournalFaults : public testing::Test {
protected:
    void SetUp() override { healthy(); }
    void TearDown() override { healthy(); }

    void open()
    {
        journal.reset();
        recovery = {};
        auto opened = Journal::open(options, clock, log, recovery);
        ASSERT_TRUE(opened) << opened.error().what;
        journal = *std::move(opened);
    }

    std::set<std::uint32_t> numbers()
    {
        std::set<std::uint32_t> found;
        for (const auto& pending : test::allPending(*journal))
            EXPECT_TRUE(found.insert(static_cast<std::uint32_t>(pending.close.record.service.value - 4)).second);
        return found;
    }

    void fillDisk()
    {
        fallocateError = ENOSPC;
        writeError = ENOSPC;
        writesUntilFailure = 0;
    }

    /// Tries until it is accepted again, at most 20 s.
    template <class F>
    bool eventually(F accepted)
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (std::chrono::steady_clock::now() < deadline) {
            if (accepted())
                return true;
            std::this_thread::sleep_for(5ms);
        }
        return false;
    }

    test::TempDirectory directory;
    JournalOptions options = test::smallJournal(directory.path() / "journal");
    test::FakeClock clock;
    NullLog log;
    Recovery recovery;
    std::unique_ptr<Journal> journal;
};

} // namespace

TEST_F(JournalFaults, AFailedWriteIsReportedAndLeavesNothingBehind)
{
    open();
    ASSERT_TRUE(journal->append(closeRecord(1)));
    writeError = EIO;
    for (const std::size_t left : {std::size_t{0}, std::size_t{1}, std::size_t{17}, std::size_t{200}}) {
        partialBytes = left;
        writesUntilFailure = 0;
        const auto failed = journal->append(closeRecord(2));
        healthy();
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().code, ErrorCode::Unavailable);
    }
    ASSERT_TRUE(journal->append(closeRecord(3)));
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{1, 3}));
    open();
    EXPECT_EQ(recovery.damage, "");
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{1, 3}));
}

TEST_F(JournalFaults, WhicheverWriteFailsEveryAcceptedRecordIsThere)
{
    writeError = EIO;
    for (int n = 0; n < 60; ++n) {
        std::filesystem::remove_all(options.directory);
        healthy();
        open();
        std::set<std::uint32_t> accepted;
        writesUntilFailure = n;
        for (std::uint32_t i = 0; i < 20; ++i) {
            if (journal->append(openRecord(i)) && journal->append(closeRecord(i)))
                accepted.insert(i);
            if (writesUntilFailure == 0 && i % 3 == 2)
                writesUntilFailure = -1;
        }
        healthy();
        ASSERT_EQ(numbers(), accepted) << n;
        open();
        ASSERT_EQ(recovery.damage, "") << n;
        for (const std::uint32_t number : accepted)
            ASSERT_TRUE(numbers().contains(number)) << n;
        journal.reset();
    }
}

TEST_F(JournalFaults, AFullDiskRefusesNewRequestsAndFinishesThoseUnderWay)
{
    options.reserveBytes = 1 << 20;
    open();
    ASSERT_TRUE(std::filesystem::exists(options.directory / "reserve"));
    ASSERT_TRUE(journal->append(openRecord(1)));
    fallocateError = ENOSPC;
    writesUntilFailure = 0; // the disk is full ...
    writeError = ENOSPC;
    std::thread freed([&] { // ... until the reserve is given back
        while (std::filesystem::exists(options.directory / "reserve"))
            std::this_thread::yield();
        writesUntilFailure = -1;
    });
    const auto close = journal->append(closeRecord(1));
    freed.join();
    // The write that noticed may have been tried again a moment too early; the request's end fits now.
    if (!close) {
        ASSERT_TRUE(journal->append(closeRecord(1)));
    }
    EXPECT_EQ(journal->append(openRecord(2)).error().code, ErrorCode::Unavailable);
    ASSERT_TRUE(journal->append(closeRecord(3)));
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{1, 3}));

    fallocateError = 0; // space again: it works without a restart
    EXPECT_TRUE(eventually([&] { return journal->append(openRecord(4)).has_value(); }));
    EXPECT_TRUE(std::filesystem::exists(options.directory / "reserve"));
}

TEST_F(JournalFaults, AFullDiskKeepsInMemoryWhatNoLimitCounts)
{
    open();
    fillDisk();
    EXPECT_EQ(journal->append(openRecord(1)).error().code, ErrorCode::Unavailable) << "a limit counts it";
    ASSERT_TRUE(journal->append(openRecord(2), WhenFull::KeepInMemory));
    EXPECT_TRUE(journal->depth().isFull);
    EXPECT_EQ(journal->depth().inMemory, 1u);
    ASSERT_TRUE(journal->append(closeRecord(2)));
    EXPECT_EQ(journal->depth().inMemory, 1u);
    EXPECT_EQ(journal->depth().undelivered, 1u);
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{2})) << "it can be delivered from there";

    healthy(); // space again: it works without a restart, and what was kept is on the disk
    ASSERT_TRUE(eventually([&] { return journal->depth().inMemory == 0; }));
    EXPECT_FALSE(journal->depth().isFull);
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{2}));
    ASSERT_TRUE(journal->append(openRecord(3)));
    ASSERT_TRUE(journal->append(closeRecord(3)));
    open();
    EXPECT_EQ(recovery.damage, "");
    EXPECT_EQ(recovery.orphans, 0u);
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{2, 3}));
}

TEST_F(JournalFaults, MemoryTakesSoManyRequestsAndNoMore)
{
    options.memoryEvents = 3;
    open();
    fillDisk();
    const auto kept = [&](std::uint32_t number) {
        return journal->append(openRecord(number), WhenFull::KeepInMemory).has_value();
    };
    EXPECT_TRUE(kept(1));
    EXPECT_TRUE(kept(2));
    ASSERT_TRUE(journal->append(closeRecord(1)));
    EXPECT_TRUE(kept(3)) << "a running request and an ended one take one place each";
    EXPECT_FALSE(kept(4));
    EXPECT_FALSE(journal->append(closeRecord(5))) << "the end of a request that was refused has no place of its own";
    ASSERT_TRUE(journal->append(closeRecord(2))) << "that of an accepted one has";
    ASSERT_TRUE(journal->append(closeRecord(3)));
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{1, 2, 3}));

    // What the database has takes no place any more, though the disk is as full as before.
    const auto pending = test::allPending(*journal);
    ASSERT_TRUE(journal->acknowledge(pending[1].sequence));
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{3}));
    EXPECT_TRUE(kept(6));
    EXPECT_TRUE(kept(7));
    EXPECT_FALSE(kept(8));
    ASSERT_TRUE(journal->append(closeRecord(6)));
    ASSERT_TRUE(journal->append(closeRecord(7)));
    healthy();
    ASSERT_TRUE(eventually([&] { return journal->depth().inMemory == 0; }));
    open();
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{3, 6, 7})) << "delivered ones are not written after all";
}

TEST_F(JournalFaults, AnEndThatTheDiskDoesNotTakeIsKept)
{
    open();
    ASSERT_TRUE(journal->append(openRecord(1)));
    fillDisk();
    ASSERT_TRUE(journal->append(closeRecord(1))) << "there was no reserve";
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{1}));
    healthy();
    journal.reset(); // at the end it need not wait for the reserve
    open();
    EXPECT_EQ(recovery.orphans, 0u);
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{1}));
}

TEST_F(JournalFaults, AnAcknowledgementThatDidNotFitFollows)
{
    open();
    ASSERT_TRUE(journal->append(closeRecord(1)));
    const auto first = test::allPending(*journal);
    fillDisk();
    ASSERT_TRUE(journal->acknowledge(first[0].sequence));
    EXPECT_EQ(journal->depth().undelivered, 0u);
    healthy();
    ASSERT_TRUE(eventually([&] { return !journal->depth().isFull && journal->append(openRecord(2)).has_value(); }));
    ASSERT_TRUE(journal->append(closeRecord(2)));
    open();
    EXPECT_EQ(numbers(), (std::set<std::uint32_t>{2}));
}

TEST_F(JournalFaults, EveryAcceptedRequestIsDeliveredHoweverOftenTheDiskFills)
{
    open();
    std::atomic<bool> stop{false};
    std::atomic<int> accepted{0};
    std::vector<std::thread> clients;
    constexpr std::uint32_t kClients = 4, kEach = 3000;
    for (std::uint32_t c = 0; c < kClients; ++c) {
        clients.emplace_back([&, c] {
            for (std::uint32_t i = 0; i < kEach; ++i) {
                const std::uint32_t number = c * kEach + i;
                // The first client's are counted by a limit: it comes back until they are taken.
                const auto whenFull = c == 0 ? WhenFull::Refuse : WhenFull::KeepInMemory;
                while (!journal->append(openRecord(number), whenFull))
                    std::this_thread::yield();
                ASSERT_TRUE(journal->append(closeRecord(number)));
                ++accepted;
            }
        });
    }
    std::set<std::uint32_t> delivered;
    std::thread deliverer([&] {
        std::uint64_t after = 0;
        while (true) {
            const bool last = stop;
            const auto pending = journal->pending(after, 100);
            ASSERT_TRUE(pending);
            for (const auto& item : *pending)
                delivered.insert(static_cast<std::uint32_t>(item.close.record.service.value - 4));
            if (!pending->empty()) {
                after = pending->back().sequence;
                ASSERT_TRUE(journal->acknowledge(after));
            } else if (last) {
                break;
            }
        }
    });
    for (int part = 1; part <= 10; ++part) { // most of the time it is full
        fillDisk();
        const int goal = static_cast<int>(kClients * kEach) * part / 15;
        EXPECT_TRUE(eventually([&] { return journal->depth().isFull && accepted > goal; })) << part;
        healthy();
        EXPECT_TRUE(eventually([&] { return !journal->depth().isFull; }));
    }
    for (std::thread& client : clients)
        client.join();
    healthy();
    ASSERT_TRUE(eventually([&] { return journal->depth().inMemory == 0; }));
    stop = true;
    deliverer.join();
    EXPECT_EQ(delivered.size(), std::size_t{kClients * kEach});
    EXPECT_EQ(journal->depth().undelivered, 0u);
    open();
    EXPECT_EQ(recovery.damage, "");
    EXPECT_EQ(numbers().size(), 0u);
}

TEST_F(JournalFaults, AFailedSyncIsNeverTakenForASuccess)
{
    open();
    ASSERT_TRUE(journal->append(closeRecord(1)));
    syncsUntilFailure = 0;
    failingSyncs = 1;
    ASSERT_TRUE(eventually([] { return failingSyncs == 0; }));
    syncsUntilFailure = -1;
    // Until the records are on the disk in a new segment no limited request is accepted; then everything goes on.
    std::uint32_t accepted = 0;
    ASSERT_TRUE(eventually([&] { return journal->append(openRecord(2)).has_value(); }));
    ASSERT_TRUE(journal->append(closeRecord(2)));
    for (accepted = 3; accepted < 30; ++accepted)
        ASSERT_TRUE(journal->append(closeRecord(accepted)));
    EXPECT_EQ(numbers().size(), 29u);

    // The old segment's unsynced pages may be gone: the new one alone must do.
    journal.reset();
    const auto files = test::segmentFiles(options.directory);
    ASSERT_GE(files.size(), 2u);
    std::filesystem::resize_file(files.front(), 64);
    open();
    EXPECT_EQ(numbers().size(), 29u);
}
