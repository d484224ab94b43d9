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

TEST_F(JournalFaults, AFailedSyncIsNeverTakenForASuccess)
{
    open();
    ASSERT_TRUE(journal->append(closeRecord(1)));
    syncsUntilFailure = 0;
    failingSyncs = 1;
    ASSERT_TRUE(eventually([] { return failingSyncs == 0; }));
    syncsUntilFailure = -1;
    // Until the records are on the disk in a new segment nothing is accepted; then everything goes on.
    std::uint32_t accepted = 0;
    ASSERT_TRUE(eventually([&] { return journal->append(closeRecord(2)).has_value(); }));
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
