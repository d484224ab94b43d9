// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Journal.h"

#include "journal/Records.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>
#include <set>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sb;
using namespace sb::journal;
using sb::test::closeRecord;
using sb::test::openRecord;

namespace {

/// In the child: opens and closes requests for ever, and says on `out` what was appended, after it was.
[[noreturn]] void writeForEver(const JournalOptions& options, std::uint32_t first, int out)
{
    const SystemClock clock;
    NullLog log;
    Recovery recovery;
    auto journal = Journal::open(options, clock, log, recovery);
    if (!journal)
        ::_exit(3);
    const auto tell = [out](char kind, std::uint32_t number) {
        char message[5] = {kind};
        std::memcpy(message + 1, &number, 4);
        if (::write(out, message, sizeof message) != sizeof message)
            ::_exit(4);
    };
    for (std::uint32_t i = first;; ++i) {
        if (!(*journal)->append(openRecord(i)))
            ::_exit(5);
        tell('o', i);
        if (!(*journal)->append(closeRecord(i)))
            ::_exit(6);
        tell('c', i);
    }
}

} // namespace

TEST(JournalKill, NothingAppendedIsLostAndNothingIsThereTwice)
{
    const test::TempDirectory directory;
    JournalOptions options = test::smallJournal(directory.path() / "journal");
    options.segmentBytes = 64 << 10;
    std::mt19937 random(99);
    std::set<std::uint32_t> opened;
    std::set<std::uint32_t> closed;

    constexpr int kRounds = 25;
    for (int round = 0; round < kRounds; ++round) {
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            writeForEver(options, static_cast<std::uint32_t>(round) * 1'000'000, pipe[1]);
        }
        ::close(pipe[1]);
        // Reads what the child says, and kills it after a random number of messages; the pipe keeps what it had said.
        const auto messages = random() % 400 + 1;
        char message[5];
        std::uint_fast32_t heard = 0;
        while (::read(pipe[0], message, sizeof message) == sizeof message) {
            std::uint32_t number = 0;
            std::memcpy(&number, message + 1, 4);
            (message[0] == 'o' ? opened : closed).insert(number);
            if (++heard == messages) {
                ASSERT_EQ(::kill(child, SIGKILL), 0);
            }
        }
        ::close(pipe[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
    }

    const SystemClock clock;
    NullLog log;
    Recovery recovery;
    auto journal = Journal::open(options, clock, log, recovery);
    ASSERT_TRUE(journal) << journal.error().what;
    EXPECT_EQ(recovery.damage, "");
    std::map<std::uint32_t, bool> found; // number -> recovered
    for (const auto& pending : test::allPending(**journal)) {
        const auto number = static_cast<std::uint32_t>(pending.close.record.service.value - 4);
        EXPECT_TRUE(found.emplace(number, pending.close.record.flags.recovered).second) << number << " is there twice";
    }
    for (const std::uint32_t number : closed) {
        ASSERT_TRUE(found.contains(number)) << number;
        EXPECT_FALSE(found.at(number)) << number;
    }
    for (const std::uint32_t number : opened)
        EXPECT_TRUE(found.contains(number)) << number;
    EXPECT_GT(opened.size(), 1000u);
}
