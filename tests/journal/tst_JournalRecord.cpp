// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/JournalRecord.h"

#include "journal/Crc32c.h"
#include "journal/Records.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

using namespace sb;
using namespace sb::journal;

namespace {

std::string encodeAny(const Record& record)
{
    return std::visit([](const auto& r) { return encode(r); }, record);
}

} // namespace

TEST(JournalRecord, EveryFieldSurvivesTheRoundTrip)
{
    const OpenRecord open = test::openRecord(42);
    const CloseRecord close = test::closeRecord(43);
    EXPECT_EQ(decode(encode(open)).value(), Record(open));
    EXPECT_EQ(decode(encode(close)).value(), Record(close));
    EXPECT_EQ(decode(encode(AckRecord{1ull << 63})).value(), Record(AckRecord{1ull << 63}));
}

TEST(JournalRecord, EmptyAndExtremeValuesSurvive)
{
    EXPECT_EQ(decode(encode(OpenRecord{})).value(), Record(OpenRecord{}));
    CloseRecord close;
    close.record.time = Timestamp::min();
    close.record.cost = Money{std::numeric_limits<std::int64_t>::min()};
    close.record.attemptsCost = Money{std::numeric_limits<std::int64_t>::max()};
    close.record.usage.outputText = std::numeric_limits<std::uint64_t>::max();
    close.record.httpStatus = std::numeric_limits<int>::min();
    close.record.ttftMs = std::numeric_limits<std::uint32_t>::max();
    close.booked = {{.limit = -1, .dimension = 255, .amount = std::numeric_limits<std::int64_t>::min()}};
    EXPECT_EQ(decode(encode(close)).value(), Record(close));
}

TEST(JournalRecord, AbsentIsNotZero)
{
    CloseRecord absent;
    CloseRecord zero;
    zero.record.cost = Money{0};
    zero.record.usage.inputUncached = 0;
    zero.record.ttftMs = 0;
    EXPECT_EQ(decode(encode(absent)).value(), Record(absent));
    EXPECT_EQ(decode(encode(zero)).value(), Record(zero));
    EXPECT_NE(encode(absent), encode(zero));
}

TEST(JournalRecord, RefusesEveryTruncationAndEveryExtraByte)
{
    for (const Record& record : {Record(test::openRecord(1)), Record(test::closeRecord(2)), Record(AckRecord{300})}) {
        const std::string bytes = encodeAny(record);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            ASSERT_FALSE(decode(std::string_view(bytes).substr(0, size))) << size;
        EXPECT_FALSE(decode(bytes + '\0'));
    }
}

TEST(JournalRecord, RefusesAnotherVersionAndAnotherType)
{
    std::string bytes = encode(AckRecord{5});
    bytes[1] = 2;
    EXPECT_EQ(decode(bytes).error().code, ErrorCode::Corrupt);
    bytes = encode(AckRecord{5});
    bytes[0] = 9;
    EXPECT_EQ(decode(bytes).error().code, ErrorCode::Corrupt);
}

TEST(JournalRecord, WhatIsAcceptedIsExactlyWhatWouldBeWritten)
{
    std::mt19937 random(7);
    for (const Record& record : {Record(test::openRecord(1)), Record(test::closeRecord(2)), Record(AckRecord{300})}) {
        const std::string bytes = encodeAny(record);
        for (int i = 0; i < 20'000; ++i) {
            std::string changed = bytes;
            for (auto n = random() % 3 + 1; n > 0; --n)
                changed[random() % changed.size()] = static_cast<char>(random());
            if (const auto decoded = decode(changed)) {
                ASSERT_EQ(encodeAny(*decoded), changed);
            }
        }
    }
}

TEST(Crc32c, AgreesWithTheStandardsExamples)
{
    EXPECT_EQ(crc32c(0, "123456789"), 0xe3069283u);
    EXPECT_EQ(crc32c(0, std::string(32, '\0')), 0x8a9136aau); // RFC 3720, B.4
    EXPECT_EQ(crc32c(0, std::string(32, '\xff')), 0x62a8ab43u);
    EXPECT_EQ(crc32c(crc32c(0, "1234"), "56789"), 0xe3069283u);
}
