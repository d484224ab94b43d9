// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/BodyDecoder.h"

#include <gtest/gtest.h>

#include <string>

namespace sb::http {
namespace {

struct Decoded {
    BodyDecoder::State state = BodyDecoder::State::NeedMore;
    std::string body;
    std::size_t consumed = 0;
};

/// Feeds `bytes` in pieces of `piece`; what a call leaves is given again with the next.
Decoded decode(BodyDecoder decoder, const std::string& bytes, std::size_t piece, bool closeAfter = false)
{
    Decoded result;
    std::size_t available = 0;
    while (available < bytes.size() && decoder.state() == BodyDecoder::State::NeedMore) {
        available = std::min(bytes.size(), available + piece);
        for (;;) {
            const auto step =
                decoder.feed(std::string_view(bytes).substr(result.consumed, available - result.consumed));
            result.body += step.data;
            result.consumed += step.consumed;
            if (step.consumed == 0)
                break;
        }
    }
    if (closeAfter)
        decoder.finish();
    result.state = decoder.state();
    return result;
}

BodyDecoder chunked()
{
    return BodyDecoder(Framing::Chunked, 0);
}

TEST(BodyDecoder, TakesTheChunksApartWhereverTheyAreSplit)
{
    const std::string bytes =
        "5\r\nhello\r\n1;a=b ; c = \"d;\\\"e\"\r\n \r\n00A\r\nworld12345\r\n0\r\nTrailer: dropped\r\n\r\nNEXT";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const Decoded decoded = decode(chunked(), bytes, piece);
        EXPECT_EQ(decoded.state, BodyDecoder::State::Complete) << piece;
        EXPECT_EQ(decoded.body, "hello world12345") << piece;
        EXPECT_EQ(decoded.consumed, bytes.size() - 4) << piece;
    }
}

class RefusedChunks : public testing::TestWithParam<std::string> {};

TEST_P(RefusedChunks, FailWhereverTheyAreSplit)
{
    for (std::size_t piece = 1; piece <= GetParam().size(); ++piece)
        EXPECT_EQ(decode(chunked(), GetParam(), piece).state, BodyDecoder::State::Failed) << "pieces of " << piece;
}

INSTANTIATE_TEST_SUITE_P(Framing, RefusedChunks,
                         testing::Values("5\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r\n0\n\r\n",
                                         "5\r\nhello\r\n0\r\n\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n",
                                         "\r\nhello\r\n", "g\r\n", "-5\r\nhello\r\n", "+5\r\nhello\r\n",
                                         "0x5\r\nhello\r\n", " 5\r\nhello\r\n", "5 \r\nhello\r\n",
                                         "1234567890123456\r\n", "5;\r\nhello\r\n", "5;=b\r\nhello\r\n",
                                         "5;a=\r\nhello\r\n", "5;a=\"b\r\nhello\r\n", "5;a\rb\r\nhello\r\n",
                                         "5 a\r\nhello\r\n", "0\r\nTrailer : x\r\n\r\n", "0\r\n: x\r\n\r\n",
                                         "0\r\nA: b\x01\r\n\r\n", "0\r\n folded\r\n\r\n"));

std::string withExtension(std::size_t bytes)
{
    return "1;" + std::string(bytes - 1, 'e') + "\r\nx\r\n0\r\n\r\n";
}

TEST(BodyDecoder, AllowsAnExtensionOf256BytesAndNotOneMore)
{
    EXPECT_EQ(decode(chunked(), withExtension(256), 7).state, BodyDecoder::State::Complete);
    EXPECT_EQ(decode(chunked(), withExtension(257), 7).state, BodyDecoder::State::Failed);
}

TEST(BodyDecoder, RefusesABodyThatIsMostlyExtensions)
{
    std::string bytes;
    for (int i = 0; i < 100; ++i)
        bytes += "1;aaaaaaaaaa\r\nx\r\n";
    EXPECT_EQ(decode(chunked(), bytes + "0\r\n\r\n", 64).state, BodyDecoder::State::Failed);
}

TEST(BodyDecoder, BoundsTheTrailer)
{
    std::string fields;
    for (int i = 0; i < 100; ++i)
        fields += "a: b\r\n";
    EXPECT_EQ(decode(chunked(), "0\r\n" + fields + "\r\n", 64).state, BodyDecoder::State::Complete);
    EXPECT_EQ(decode(chunked(), "0\r\n" + fields + "a: b\r\n\r\n", 64).state, BodyDecoder::State::Failed);
}

TEST(BodyDecoder, StopsAtTheLength)
{
    const Decoded decoded = decode(BodyDecoder(Framing::Length, 5), "helloNEXT", 2);
    EXPECT_EQ(decoded.state, BodyDecoder::State::Complete);
    EXPECT_EQ(decoded.body, "hello");
    EXPECT_EQ(decoded.consumed, 5u);
}

TEST(BodyDecoder, EndsEarlyOnlyWhereClosingIsTheEnd)
{
    EXPECT_EQ(decode(BodyDecoder(Framing::Length, 5), "hell", 4, true).state, BodyDecoder::State::Failed);
    EXPECT_EQ(decode(chunked(), "5\r\nhello\r\n", 4, true).state, BodyDecoder::State::Failed);
    EXPECT_EQ(decode(BodyDecoder(Framing::UntilClose, 0), "hello", 2, true).state, BodyDecoder::State::Complete);
    EXPECT_EQ(decode(BodyDecoder(Framing::UntilClose, 0), "hello", 2, true).body, "hello");
}

TEST(BodyDecoder, HasNothingToReadWithoutABody)
{
    EXPECT_EQ(BodyDecoder(Framing::None, 0).state(), BodyDecoder::State::Complete);
    EXPECT_EQ(BodyDecoder(Framing::Length, 0).state(), BodyDecoder::State::Complete);
}

} // namespace
} // namespace sb::http
