// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/HttpRequest.h"

#include <gtest/gtest.h>

namespace sb::simulator {
namespace {

TEST(Head, GivesMethodPathQueryAndLowerCaseNames)
{
    std::string head =
        "POST /openai/x?api-version=2024-10-21&b HTTP/1.1\r\nHost: h\r\nAPI-Key:  k \r\nContent-Length: 7\r\n\r\n";
    HttpRequest request;
    const BodyFraming framing = parseHead(head, head.size(), request);
    EXPECT_TRUE(framing.valid);
    EXPECT_EQ(framing.length, 7U);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/openai/x");
    EXPECT_EQ(request.parameter("api-version"), "2024-10-21");
    EXPECT_EQ(request.header("api-key"), "k");
    EXPECT_TRUE(request.keepAlive);
}

class BadHeads : public testing::TestWithParam<const char*> {};
TEST_P(BadHeads, AreRefused)
{
    std::string head = GetParam();
    HttpRequest request;
    EXPECT_FALSE(parseHead(head, head.size(), request).valid);
}
INSTANTIATE_TEST_SUITE_P(Heads, BadHeads,
                         testing::Values("GET /\r\n\r\n", "GET / HTTP/2\r\n\r\n", "GET / HTTP/1.1\r\nnocolon\r\n\r\n",
                                         "POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
                                         "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
                                         "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
                                         "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"));

TEST(ChunkedBody, DecodesHoweverItArrives)
{
    const std::string wire = "4;ext=1\r\nab\r\n\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nNEXT";
    for (std::size_t split = 0; split <= wire.size(); ++split) {
        std::string buffer = "HEAD" + wire.substr(0, split);
        ChunkedBody body;
        auto state = body.decode(buffer, 4);
        if (state == ChunkedBody::State::NeedMore) {
            buffer += wire.substr(split);
            state = body.decode(buffer, 4);
        } else {
            buffer += wire.substr(split);
        }
        ASSERT_EQ(state, ChunkedBody::State::Done) << split;
        EXPECT_EQ(buffer.substr(4, body.bodySize()), "ab\r\n0123456789") << split;
        EXPECT_EQ(buffer.substr(body.rawEnd()), "NEXT") << split;
    }
}

TEST(ChunkedBody, RefusesASizeThatIsNone)
{
    std::string buffer = "zz\r\n";
    ChunkedBody body;
    EXPECT_EQ(body.decode(buffer, 0), ChunkedBody::State::Bad);
}

} // namespace
} // namespace sb::simulator
