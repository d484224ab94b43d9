// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Journal.h"

#include "journal/Records.h"
#include "support/FakeClock.h"

#include <gtest/gtest.h>

#include <set>

using namespace sb;
using namespace sb::journal;
using sb::test::closeRecord;
using sb::test::openRecord;

namespace {

struct Reopened {
    Recovery recovery;
    std::vector<Journal::Pending> pending;
};

class JournalDamage : public testing::Test {
protected:
    /// Five finished requests in one segment, which is the newest, and where each record ends.
    void SetUp() override
    {
        options.segmentBytes = 1 << 20;
        Recovery none;
        auto journal = Journal::open(options, clock, log, none);
        ASSERT_TRUE(journal);
        ends.push_back((*journal)->depth().bytes);
        for (std::uint32_t i = 0; i < kRequests; ++i) {
            ASSERT_TRUE((*journal)->append(openRecord(i)));
            ends.push_back((*journal)->depth().bytes);
            ASSERT_TRUE((*journal)->append(closeRecord(i)));
            ends.push_back((*journal)->depth().bytes);
        }
        journal->reset();
        file = test::segmentFiles(options.directory).at(0);
        whole = test::readFile(file);
        ASSERT_EQ(whole.size(), ends.back());
    }

    Reopened reopen()
    {
        Reopened result;
        auto journal = Journal::open(options, clock, log, result.recovery);
        EXPECT_TRUE(journal) << journal.error().what;
        if (journal)
            result.pending = test::allPending(**journal);
        return result;
    }

    void startWith(std::string_view bytes)
    {
        std::filesystem::remove_all(options.directory);
        std::filesystem::create_directories(options.directory);
        test::writeFile(file, bytes);
    }

    /// Every request is there at most once, as it was written or as its OPEN bounds it.
    static std::multiset<std::uint32_t> check(const Reopened& reopened)
    {
        std::multiset<std::uint32_t> numbers;
        for (const auto& pending : reopened.pending) {
            const auto number = static_cast<std::uint32_t>(pending.close.record.service.value - 4);
            if (pending.close.record.flags.recovered) {
                EXPECT_EQ(pending.close.booked, openRecord(number).holds);
            } else {
                EXPECT_EQ(pending.close, closeRecord(number));
            }
            numbers.insert(number);
        }
        for (const std::uint32_t number : numbers)
            EXPECT_EQ(numbers.count(number), 1u);
        return numbers;
    }

    static constexpr std::uint32_t kRequests = 5;
    test::TempDirectory directory{test::TempDirectory::On::Memory};
    JournalOptions options = test::smallJournal(directory.path() / "journal");
    test::FakeClock clock;
    NullLog log;
    std::filesystem::path file;
    std::string whole;
    std::vector<std::size_t> ends;
};

} // namespace

TEST_F(JournalDamage, TruncatedAnywhereEverythingWholeIsKept)
{
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        startWith(std::string_view(whole).substr(0, size));
        const Reopened reopened = reopen();
        const auto numbers = check(reopened);
        std::size_t wholeRecords = 0;
        while (wholeRecords + 1 < ends.size() && ends[wholeRecords + 1] <= size)
            ++wholeRecords;
        ASSERT_EQ(numbers.size(), (wholeRecords + 1) / 2) << size; // a request counts from its OPEN on
        ASSERT_EQ(reopened.recovery.orphans, wholeRecords % 2) << size;
        ASSERT_EQ(reopened.recovery.damage, "") << size; // a torn tail is what a crash leaves, not damage
        // Once repaired it stays as it is.
        const Reopened again = reopen();
        ASSERT_EQ(again.pending.size(), reopened.pending.size()) << size;
        ASSERT_EQ(again.recovery.orphans, 0u) << size;
    }
}

TEST_F(JournalDamage, ABitFlippedAnywhereCostsOneRecordAtMost)
{
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ (1u << at % 8));
        startWith(flipped);
        const Reopened reopened = reopen();
        const auto numbers = check(reopened);
        if (at < ends.front()) { // either copy of the header is enough
            ASSERT_EQ(numbers.size(), kRequests) << at;
            ASSERT_EQ(reopened.recovery.orphans, 0u) << at;
            continue;
        }
        std::size_t record = 0;
        while (ends[record + 1] <= at)
            ++record;
        const bool isClose = record % 2 == 1;
        const bool isLast = record + 2 == ends.size();
        ASSERT_EQ(numbers.size(), kRequests) << at; // a lost OPEN has its CLOSE, a lost CLOSE its OPEN
        ASSERT_EQ(reopened.recovery.orphans, isClose ? 1u : 0u) << at;
        ASSERT_EQ(reopened.recovery.damage.empty(), isLast) << at; // indistinguishable from a torn tail
        const Reopened again = reopen();
        ASSERT_EQ(again.pending.size(), reopened.pending.size()) << at;
        ASSERT_EQ(again.recovery.damage, "") << at;
    }
}

TEST_F(JournalDamage, TheDamagedFileIsKeptAside)
{
    std::string flipped = whole;
    flipped[ends[3] + 20] = static_cast<char>(~flipped[ends[3] + 20]);
    startWith(flipped);
    const Reopened reopened = reopen();
    EXPECT_NE(reopened.recovery.damage.find("damaged-segment-00000001.sbj"), std::string::npos)
        << reopened.recovery.damage;
    EXPECT_EQ(test::readFile(options.directory / "damaged-segment-00000001.sbj"), flipped);
}

TEST_F(JournalDamage, ARunOfGarbageInTheMiddleCostsOnlyWhatItCovers)
{
    std::string damaged = whole;
    for (std::size_t at = ends[2] + 1; at < ends[5]; ++at) // the second request, and the OPEN of the third
        damaged[at] = static_cast<char>(at * 31);
    startWith(damaged);
    const Reopened reopened = reopen();
    EXPECT_EQ(check(reopened), (std::multiset<std::uint32_t>{0, 2, 3, 4}));
}

TEST_F(JournalDamage, AnUnreadableHeaderSetsTheSegmentAsideAndTheJournalWorks)
{
    std::string damaged = whole;
    damaged[3] = 'x';
    damaged[35] = 'x';
    startWith(damaged);
    const Reopened reopened = reopen();
    EXPECT_TRUE(reopened.pending.empty());
    EXPECT_NE(reopened.recovery.damage, "");
    EXPECT_EQ(test::readFile(options.directory / "damaged-segment-00000001.sbj"), damaged);
}

TEST_F(JournalDamage, ATailOfZerosAsAfterPowerLossIsCut)
{
    startWith(whole + std::string(5000, '\0'));
    const Reopened reopened = reopen();
    EXPECT_EQ(check(reopened).size(), kRequests);
    EXPECT_EQ(reopened.recovery.damage, "");
    EXPECT_EQ(std::filesystem::file_size(file), whole.size());
}

TEST_F(JournalDamage, ATornOlderSegmentIsReported)
{
    (void)reopen(); // begins segment 2
    test::writeFile(file, std::string_view(whole).substr(0, whole.size() - 10));
    const Reopened reopened = reopen();
    EXPECT_NE(reopened.recovery.damage, "");
    EXPECT_EQ(check(reopened).size(), kRequests);
}

TEST_F(JournalDamage, TextOfARequestCannotPassForARecord)
{
    // A frame of another journal, inside a field of a record whose head is then damaged: its checksum has another salt.
    test::TempDirectory other;
    JournalOptions elsewhere = test::smallJournal(other.path());
    Recovery none;
    auto foreign = Journal::open(elsewhere, clock, log, none);
    ASSERT_TRUE(foreign);
    ASSERT_TRUE((*foreign)->append(closeRecord(99)));
    foreign->reset();
    const std::string frame = test::readFile(test::segmentFiles(other.path()).at(0)).substr(64);

    std::filesystem::remove_all(options.directory);
    auto journal = Journal::open(options, clock, log, none);
    ASSERT_TRUE(journal);
    CloseRecord carrier = closeRecord(1);
    carrier.record.user = frame;
    ASSERT_TRUE((*journal)->append(carrier));
    ASSERT_TRUE((*journal)->append(closeRecord(2)));
    journal->reset();
    std::string bytes = test::readFile(file);
    bytes[64 + 1] = static_cast<char>(~bytes[64 + 1]);
    startWith(bytes);
    EXPECT_EQ(check(reopen()), std::multiset<std::uint32_t>{2});
}
