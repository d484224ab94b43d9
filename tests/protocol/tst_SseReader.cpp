// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SseReader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace sb::protocol;
using namespace std::string_literals;

namespace {

struct Heard {
    std::vector<std::string> data;
    std::vector<std::string> types;
    std::string relayed;

    bool operator==(const Heard&) const = default;
};

Heard hear(const std::vector<std::string>& pieces)
{
    Heard heard;
    SseReader reader([&](const SseEvent& event) {
        heard.data.emplace_back(event.data);
        heard.types.emplace_back(event.type);
        return Relay::Keep;
    });
    for (const std::string& piece : pieces)
        heard.relayed += reader.feed(piece);
    return heard;
}

/// In one piece, in two at every byte, and byte by byte: the same events and the same bytes.
std::vector<std::string> dataOf(const std::string& stream)
{
    const Heard whole = hear({stream});
    std::vector<std::string> bytes;
    for (std::size_t i = 0; i < stream.size(); ++i) {
        bytes.emplace_back(1, stream[i]);
        const Heard split = hear({stream.substr(0, i), stream.substr(i)});
        EXPECT_EQ(split, whole) << "split at " << i;
    }
    EXPECT_EQ(hear(bytes), whole);
    return whole.data;
}

using Data = std::vector<std::string>;

} // namespace

TEST(SseReader, dispatchesAnEmptyDataLineAndDropsWhatNoBlankLineEnded)
{
    EXPECT_EQ(dataOf("data:\n\ndata\ndata\n\ndata:test"), (Data{"", "\n"}));
}

TEST(SseReader, endsLinesWithCrLfOrBoth)
{
    EXPECT_EQ(dataOf("data:test\r\ndata\ndata:test\r\n\r\n"), (Data{"test\n\ntest"}));
    EXPECT_EQ(dataOf("data:test\r\ndata\ndata:test\r\n\r"), (Data{"test\n\ntest"}));
    EXPECT_EQ(dataOf("data:a\r\rdata:b\n\ndata:c\r\n\r\n"), (Data{"a", "b", "c"}));
}

TEST(SseReader, removesOneLeadingBlank)
{
    EXPECT_EQ(dataOf("data:\ttest\rdata: \ndata:test\n\n"), (Data{"\ttest\n\ntest"}));
}

TEST(SseReader, passesOverCommentsAndUnknownFields)
{
    EXPECT_EQ(dataOf("data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n"),
              (Data{"test\n\ntest"}));
}

TEST(SseReader, comparesFieldNamesExactly)
{
    EXPECT_EQ(
        dataOf(
            "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n"s),
        (Data{"\0\n 2\n1\n3\n\n4"s}));
}

TEST(SseReader, stripsAByteOrderMarkAtTheStartOnly)
{
    EXPECT_EQ(dataOf("\xef\xbb\xbf"
                     "data:1\n\n\xef\xbb\xbf"
                     "data:2\n\ndata:3\n\n"),
              (Data{"1", "3"}));
    EXPECT_EQ(dataOf("\xef\xbb\xbf\n\ndata:1\n\n"), (Data{"1"}));
}

TEST(SseReader, tellsTheTypeOfEachEventAndForgetsItAfterwards)
{
    const Heard heard = hear({"event: a\nevent:b\ndata: 1\n\ndata: 2\n\nevent: ping\n\ndata: 3\n\n"});
    EXPECT_EQ(heard.types, (Data{"b", "", ""}));
}

TEST(SseReader, handsBackCompleteEventsUnchangedAndKeepsTheRest)
{
    SseReader reader([](const SseEvent&) { return Relay::Keep; });
    EXPECT_EQ(reader.feed(": hi\n\ndata: 1\n\ndata: 2"), ": hi\n\ndata: 1\n\n");
    EXPECT_EQ(reader.feed("\n"), "");
    EXPECT_EQ(reader.feed("\ndata: 3\n\n"), "data: 2\n\ndata: 3\n\n");
}

TEST(SseReader, leavesADroppedEventOutWhereverItIsSplit)
{
    const std::string stream = "data: 1\n\ndata: drop\n\n: c\n\ndata: 2\r\n\r\ndata: drop\r\rdata: 3\n\n";
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        SseReader reader([](const SseEvent& event) { return event.data == "drop" ? Relay::Drop : Relay::Keep; });
        std::string out(reader.feed(stream.substr(0, at)));
        out += reader.feed(stream.substr(at));
        EXPECT_EQ(out, "data: 1\n\n: c\n\ndata: 2\r\n\r\ndata: 3\n\n") << "split at " << at;
    }
}

TEST(SseReader, offersAnUnfinishedEventAtTheEnd)
{
    std::string last;
    SseReader reader([&](const SseEvent& event) {
        last = event.data;
        return Relay::Keep;
    });
    EXPECT_EQ(reader.feed("data: [DONE]"), "");
    EXPECT_EQ(reader.finish(), "data: [DONE]");
    EXPECT_EQ(last, "[DONE]");
}

TEST(SseReader, giveUpOnALineOrEventOverItsLimit)
{
    const auto overflows = [](std::string_view stream) {
        SseReader reader([](const SseEvent&) { return Relay::Keep; }, {16, 40});
        for (const char c : stream)
            reader.feed({&c, 1});
        return reader.isOverflown();
    };
    EXPECT_FALSE(overflows("data: 0123456789\n\n"));
    EXPECT_TRUE(overflows("data: 01234567890\n"));
    EXPECT_TRUE(overflows("data: 012345678901234567890"));
    EXPECT_FALSE(overflows("data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n"));
    EXPECT_TRUE(overflows("data: 1\ndata: 2\ndata: 3\ndata: 4\ndata: 5\ndata: 6\n"));
}
