// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/EventId.h"
#include "support/SeededRandom.h"

#include <gtest/gtest.h>

using sb::EventId;

TEST(EventId, carriesItsMillisecondVersionAndVariant)
{
    sb::test::SeededRandom random;
    const sb::Timestamp at = sb::fromMicros(1'784'073'600'123'456);
    const EventId id = EventId::generate(at, random);
    EXPECT_EQ(sb::toMicros(id.millisecond()), 1'784'073'600'123'000);
    EXPECT_EQ(id.bytes[6] >> 4, 7);
    EXPECT_EQ(id.bytes[8] >> 6, 2);
}

TEST(EventId, sortsByTime)
{
    sb::test::SeededRandom random;
    const EventId earlier = EventId::generate(sb::fromMicros(1'000'000), random);
    const EventId later = EventId::generate(sb::fromMicros(1'001'000), random);
    EXPECT_LT(earlier, later);
}

TEST(EventId, textRoundTrips)
{
    sb::test::SeededRandom random;
    const EventId id = EventId::generate(sb::fromMicros(1'784'073'600'123'456), random);
    const std::string text = id.toString();
    EXPECT_EQ(text.size(), 36u);
    const auto parsed = EventId::parse(text);
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, id);
}

TEST(EventId, refusesOtherText)
{
    for (const char* text :
         {"", "abc", "zz000000-0000-7000-8000-000000000000", "00000000-0000-7000-8000-0000000000000"})
        EXPECT_FALSE(EventId::parse(text).has_value()) << text;
}
