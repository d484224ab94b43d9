// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/MessageHead.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace sb::http {
namespace {

struct Parsed {
    std::shared_ptr<const std::string> bytes; ///< what the head's views look into
    HeadReader::State state = HeadReader::State::NeedMore;
    RequestHead head;
    HeadFault fault;
    std::size_t headBytes = 0;
};

Parsed parseRequest(const std::string& bytes)
{
    Parsed result;
    result.bytes = std::make_shared<const std::string>(bytes);
    RequestParser parser;
    result.state = parser.feed(*result.bytes, result.head);
    result.fault = parser.fault();
    result.headBytes = parser.headBytes();
    return result;
}

/// Feeds one more byte at a time, from a buffer that moves with every call, and demands the outcome of the whole.
void expectSameAtEveryByte(const std::string& bytes, const Parsed& whole)
{
    RequestParser parser;
    RequestHead head;
    HeadReader::State state = HeadReader::State::NeedMore;
    std::string moved;
    for (std::size_t size = 1; size <= bytes.size() && state == HeadReader::State::NeedMore; ++size) {
        moved = std::string(bytes, 0, size);
        moved.shrink_to_fit();
        state = parser.feed(moved, head);
    }
    EXPECT_EQ(state, whole.state);
    EXPECT_EQ(parser.fault().status, whole.fault.status);
    if (whole.state == HeadReader::State::Complete) {
        EXPECT_EQ(parser.headBytes(), whole.headBytes);
        EXPECT_EQ(head.target, whole.head.target);
        EXPECT_EQ(head.framing, whole.head.framing);
        ASSERT_EQ(head.fields.all().size(), whole.head.fields.all().size());
        for (std::size_t i = 0; i < head.fields.all().size(); ++i) {
            EXPECT_EQ(head.fields.all()[i].name, whole.head.fields.all()[i].name);
            EXPECT_EQ(head.fields.all()[i].value, whole.head.fields.all()[i].value);
        }
    }
}

struct Refused {
    const char* what;
    std::string bytes;
    int status = 400;
};

std::ostream& operator<<(std::ostream& out, const Refused& refused)
{
    return out << refused.what;
}

class RefusedRequest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRequest, IsRefusedWhereverItIsSplit)
{
    const Parsed whole = parseRequest(GetParam().bytes);
    ASSERT_EQ(whole.state, HeadReader::State::Failed) << GetParam().what;
    EXPECT_EQ(whole.fault.status, GetParam().status) << whole.fault.why;
    expectSameAtEveryByte(GetParam().bytes, whole);
}

const std::string kPost = "POST /a/v1/x HTTP/1.1\r\nHost: h\r\n";
const std::string kGet = "GET /a/v1/x HTTP/1.1\r\nHost: h\r\n";

std::string manyFields(int count)
{
    std::string text = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 1; i < count; ++i)
        text += "f" + std::to_string(i) + ": v\r\n";
    return text + "\r\n";
}

std::string longTarget(std::size_t lineBytes)
{
    const std::string around = "GET / HTTP/1.1";
    return "GET /" + std::string(lineBytes - around.size(), 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string largeHead(std::size_t bytes)
{
    std::string text = "GET / HTTP/1.1\r\nHost: h\r\na: ";
    return text + std::string(bytes - text.size() - 4, 'v') + "\r\n\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    LineEnds, RefusedRequest,
    testing::Values(Refused{"bare LF after the request line", "GET / HTTP/1.1\nHost: h\r\n\r\n"},
                    Refused{"bare LF after a field", "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n"},
                    Refused{"bare LF as the end", "GET / HTTP/1.1\r\nHost: h\r\n\n"},
                    Refused{"bare CR in the request line", "GET /\r HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"bare CR in a field", "GET / HTTP/1.1\r\nHost: h\rA: b\r\n\r\n"},
                    Refused{"bare CR before the request", "\rGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"two empty lines before the request", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"folded field", kGet + "A: b\r\n c\r\n\r\n"},
                    Refused{"folded field by tab", kGet + "A: b\r\n\tc\r\n\r\n"},
                    Refused{"folding before the first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"}));

INSTANTIATE_TEST_SUITE_P(
    ContentLength, RefusedRequest,
    testing::Values(Refused{"list", kPost + "Content-Length: 2, 2\r\n\r\n"},
                    Refused{"repeated, equal", kPost + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n"},
                    Refused{"plus", kPost + "Content-Length: +2\r\n\r\n"},
                    Refused{"minus", kPost + "Content-Length: -2\r\n\r\n"},
                    Refused{"hex", kPost + "Content-Length: 0x2\r\n\r\n"},
                    Refused{"empty", kPost + "Content-Length:\r\n\r\n"},
                    Refused{"inner blank", kPost + "Content-Length: 1 2\r\n\r\n"},
                    Refused{"out of range", kPost + "Content-Length: 99999999999999999999\r\n\r\n"}));

INSTANTIATE_TEST_SUITE_P(
    TransferEncoding, RefusedRequest,
    testing::Values(Refused{"twice in a list", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n"},
                    Refused{"two fields", kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
                    Refused{"gzip", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
                    Refused{"xchunked", kPost + "Transfer-Encoding: xchunked\r\n\r\n"},
                    Refused{"identity", kPost + "Transfer-Encoding: identity\r\n\r\n"},
                    Refused{"parameter", kPost + "Transfer-Encoding: chunked;q=1\r\n\r\n"},
                    Refused{"empty", kPost + "Transfer-Encoding:\r\n\r\n"},
                    Refused{"quoted", kPost + "Transfer-Encoding: \"chunked\"\r\n\r\n"},
                    Refused{"beside Content-Length", kPost + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n"},
                    Refused{"in HTTP/1.0", "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"}));

INSTANTIATE_TEST_SUITE_P(
    Fields, RefusedRequest,
    testing::Values(Refused{"blank before the colon", kGet + "A : b\r\n\r\n"},
                    Refused{"empty name", kGet + ": b\r\n\r\n"}, Refused{"no colon", kGet + "A\r\n\r\n"},
                    Refused{"name not a token", kGet + "A(b): c\r\n\r\n"},
                    Refused{"name with obs-text", kGet + "A\x80: c\r\n\r\n"},
                    Refused{"NUL in a value", kGet + std::string("A: b\0c\r\n\r\n", 11)},
                    Refused{"DEL in a value", kGet + "A: b\x7f\r\n\r\n"},
                    Refused{"imitated framing name", kPost + "Content_Length: 2\r\n\r\n"},
                    Refused{"imitated coding name", kPost + "Transfer_Encoding: chunked\r\n\r\n"},
                    Refused{"imitated credential", kPost + "X_API-Key: k\r\n\r\n"},
                    Refused{"two hosts", kGet + "Host: h\r\n\r\n"},
                    Refused{"two credentials", kGet + "Authorization: a\r\nAuthorization: a\r\n\r\n"},
                    Refused{"two api keys", kGet + "api-key: a\r\nApi-Key: b\r\n\r\n"},
                    Refused{"two content types", kPost + "Content-Type: a\r\ncontent-type: a\r\n\r\n"},
                    Refused{"no host", "GET / HTTP/1.1\r\nA: b\r\n\r\n"}));

INSTANTIATE_TEST_SUITE_P(
    RequestLine, RefusedRequest,
    testing::Values(Refused{"authority-form", "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"no slash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"byte beyond ASCII", "GET /\x80 HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"backslash", "GET /a\\b HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"quote", "GET /\"a HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"blank in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"tab instead of blank", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"broken escape", "GET /%2 HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"escape not hex", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"no version", "GET /\r\nHost: h\r\n\r\n"},
                    Refused{"version malformed", "GET / HTTP/1.11\r\nHost: h\r\n\r\n"},
                    Refused{"version in lower case", "GET / http/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"no method", " / HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"other scheme", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
                    Refused{"GET with a body", kGet + "Content-Length: 1\r\n\r\n"},
                    Refused{"HEAD with a body", "HEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n"},
                    Refused{"DELETE with a body", "DELETE / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"},
                    Refused{"HTTP/2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505},
                    Refused{"HTTP/0.9", "GET / HTTP/0.9\r\nHost: h\r\n\r\n", 505},
                    Refused{"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505},
                    Refused{"CONNECT", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 501},
                    Refused{"TRACE", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
                    Refused{"unknown method", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
                    Refused{"method in lower case", "get / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
                    Refused{"other expectation", kPost + "Expect: 200-ok\r\n\r\n", 417},
                    Refused{"request line one byte too long", longTarget(8 * 1024 + 1), 414},
                    Refused{"101 fields", manyFields(101), 431},
                    Refused{"header one byte too large", largeHead(64 * 1024 + 1), 431}));

class AcceptedRequest : public testing::TestWithParam<std::string> {};

TEST_P(AcceptedRequest, IsTheSameWhereverItIsSplit)
{
    const Parsed whole = parseRequest(GetParam());
    ASSERT_EQ(whole.state, HeadReader::State::Complete) << whole.fault.why;
    EXPECT_EQ(whole.headBytes, GetParam().find("\r\n\r\n", 2) + 4);
    if (GetParam().size() < 2048)
        expectSameAtEveryByte(GetParam(), whole);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, AcceptedRequest,
    testing::Values(kPost + "Transfer-Encoding: Chunked\r\n\r\n", kPost + "Content-Length: 0002\r\n\r\nhi",
                    "\r\n" + kGet + "\r\n", kGet + "A:\tb \t\r\n\r\n", kGet + "A: \xc3\xa9\r\n\r\n",
                    "GET / HTTP/1.0\r\nHost: h\r\n\r\n", kPost + "Upgrade: websocket\r\nConnection: upgrade\r\n\r\n",
                    kGet + "Content-Length: 0\r\n\r\n", longTarget(8 * 1024), manyFields(100), largeHead(64 * 1024),
                    std::string("POST /c/model/us.amazon.nova-v1%3A0/converse?x=%20 HTTP/1.1\r\nHost: h\r\n\r\n")));

TEST(RequestParser, ReadsWhatTheGatewayNeeds)
{
    const Parsed parsed = parseRequest(
        "POST /openai/v1/chat/completions?a=b HTTP/1.1\r\nHost: 127.0.0.1:8484\r\nAUTHORIZATION: Bearer k\r\n"
        "Content-Length: 12\r\nExpect: 100-Continue\r\nConnection: keep-alive\r\n\r\n{\"a\":\"body\"}");
    ASSERT_EQ(parsed.state, HeadReader::State::Complete);
    EXPECT_EQ(parsed.head.method, Method::Post);
    EXPECT_EQ(parsed.head.target, "/openai/v1/chat/completions?a=b");
    EXPECT_EQ(parsed.head.framing, Framing::Length);
    EXPECT_EQ(parsed.head.contentLength, 12u);
    EXPECT_TRUE(parsed.head.expectContinue);
    EXPECT_TRUE(parsed.head.keepAlive);
    EXPECT_EQ(parsed.head.fields.value("authorization"), "Bearer k");
    EXPECT_FALSE(parsed.head.fields.contains("x-api-key"));
}

TEST(RequestParser, SplitsAnAbsoluteTargetIntoAuthorityAndPath)
{
    const Parsed parsed = parseRequest("GET http://127.0.0.1:8484/healthz HTTP/1.1\r\nHost: 127.0.0.1:8484\r\n\r\n");
    ASSERT_EQ(parsed.state, HeadReader::State::Complete);
    EXPECT_EQ(parsed.head.targetAuthority, "127.0.0.1:8484");
    EXPECT_EQ(parsed.head.target, "/healthz");
}

TEST(RequestParser, KeepsTheConnectionUnlessToldOtherwise)
{
    EXPECT_TRUE(parseRequest(kGet + "\r\n").head.keepAlive);
    EXPECT_FALSE(parseRequest(kGet + "Connection: foo, Close\r\n\r\n").head.keepAlive);
    EXPECT_FALSE(parseRequest("GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n").head.keepAlive);
}

ResponseHead parseResponse(const std::string& bytes, HeadReader::State expected, Method method = Method::Post)
{
    ResponseParser parser(method);
    ResponseHead head;
    EXPECT_EQ(parser.feed(bytes, head), expected) << bytes << parser.fault().why;
    return head;
}

TEST(ResponseParser, KnowsWhereTheBodyEnds)
{
    const auto complete = HeadReader::State::Complete;
    EXPECT_EQ(parseResponse("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", complete).framing, Framing::Length);
    EXPECT_EQ(parseResponse("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", complete).framing, Framing::None);
    EXPECT_EQ(parseResponse("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n", complete).framing, Framing::Chunked);
    EXPECT_EQ(parseResponse("HTTP/1.1 429 Too Many Requests\r\n\r\n", complete).framing, Framing::UntilClose);
    EXPECT_EQ(parseResponse("HTTP/1.1 204 No Content\r\n\r\n", complete).framing, Framing::None);
    EXPECT_EQ(parseResponse("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", complete, Method::Head).framing,
              Framing::None);
    EXPECT_FALSE(parseResponse("HTTP/1.1 200 OK\r\n\r\n", complete).keepAlive);
    EXPECT_FALSE(
        parseResponse("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n", complete).keepAlive);
}

TEST(ResponseParser, IsAsStrictAsTheRequestParser)
{
    for (const char* bytes :
         {"HTTP/1.1 099 X\r\n\r\n", "HTTP/1.1 999 X\r\n\r\n", "HTTP/1.1 20 X\r\n\r\n", "HTTP/1.1 2000 X\r\n\r\n",
          "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n", "HTTP/1.1 200 OK\nA: b\r\n\r\n",
          "HTTP/1.1 101 Switching\r\n\r\n", "HTTP/1.1 204 No\r\nContent-Length: 3\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"})
        parseResponse(bytes, HeadReader::State::Failed);
}

} // namespace
} // namespace sb::http
