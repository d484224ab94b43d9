// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/GatewayTest.h"

#include <cctype>
#include <optional>

namespace sb::gateway {
namespace {

using test::FakeReply;
using test::RawAnswer;
using test::RawClient;

/// What stands on the connection behind the bytes of a row.
enum class Behind {
    Request, ///< a request that is all right: it is answered if, and only if, the connection is kept
    End,     ///< the client sends no more
    Silence, ///< nor does it say so
};

/// Design: gateway, section 3.2. One row for everything that is refused, or taken, on the wire.
struct Row {
    std::string name;
    std::string bytes; ///< HOST (with its port), PORT and KEY are replaced
    int status = 400;
    std::string says = R"("code":"invalid_request")";
    bool isKept = false; ///< the connection
    std::string header = {};
    Behind behind = Behind::Request;

    Row kept() const
    {
        Row copy = *this;
        copy.isKept = true;
        return copy;
    }
    Row saying(std::string text) const
    {
        Row copy = *this;
        copy.says = std::move(text);
        return copy;
    }
    Row withHeader(std::string line) const
    {
        Row copy = *this;
        copy.header = std::move(line);
        return copy;
    }
    Row then(Behind what) const
    {
        Row copy = *this;
        copy.behind = what;
        return copy;
    }
};

std::ostream& operator<<(std::ostream& out, const Row& row)
{
    return out << row.name;
}

std::string nameOf(const testing::TestParamInfo<Row>& info)
{
    std::string name = info.param.name;
    for (char& c : name)
        c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

class Strictness : public GatewayTest, public testing::WithParamInterface<Row> {
protected:
    void SetUp() override
    {
        options.bounds.requestBody = 4096;
        if (GetParam().behind == Behind::Silence)
            options.timeouts.head = options.timeouts.bodyIdle = std::chrono::milliseconds(200);
        startWithAllProviders();
        upstream.setDefault(FakeReply::json(kChatAnswer));
        std::string bytes = replaced(GetParam().bytes, "HOST", host());
        bytes = replaced(replaced(bytes, "PORT", std::to_string(port)), "KEY", kKey);
        ASSERT_TRUE(m_client.emplace(port).send(bytes));
        if (GetParam().behind == Behind::Request)
            m_client->send(GetParam().isKept ? "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"
                                             : post("/openai/v1/chat/completions", kChat));
        else if (GetParam().behind == Behind::End)
            m_client->endSending();
    }

    RawAnswer answer() { return test::readAnswer(*m_client); }

    /// The connection goes on with the next request, or nothing is read from it any more.
    void expectRestAsDesigned()
    {
        if (GetParam().isKept) {
            EXPECT_EQ(answer().body, "up\n") << "the request behind it is found";
            return;
        }
        EXPECT_EQ(m_client->readToEnd(), "") << "one answer, whatever stands behind it";
        EXPECT_TRUE(m_client->isClosed());
    }

private:
    std::optional<RawClient> m_client;
};

class Refused : public Strictness {};

TEST_P(Refused, NeverReachesTheProvider)
{
    const RawAnswer refusal = answer();
    EXPECT_EQ(refusal.status, GetParam().status) << refusal.body;
    EXPECT_TRUE(refusal.complete);
    EXPECT_NE(refusal.body.find(GetParam().says), std::string::npos) << refusal.body;
    EXPECT_EQ(refusal.header("content-type"), "application/json");
    EXPECT_EQ(refusal.header("x-signalbox-request-id").size(), 36u);
    EXPECT_EQ(refusal.header("connection"), GetParam().isKept ? "" : "close");
    EXPECT_NE(refusal.head.find(GetParam().header), std::string::npos) << refusal.head;
    expectRestAsDesigned();
    EXPECT_EQ(upstream.connections(), 0u);
    EXPECT_EQ(upstream.plainBytes(), 0u);
}

class Taken : public Strictness {};

TEST_P(Taken, ReachesTheProviderOnceAndAsItWasMeant)
{
    EXPECT_EQ(answer().body, kChatAnswer);
    expectRestAsDesigned();
    const auto seen = upstream.seen();
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].line(), "POST /v1/chat/completions HTTP/1.1");
    EXPECT_EQ(seen[0].body, kChat);
    EXPECT_EQ(seen[0].header("transfer-encoding"), "");
    for (const char* dropped : {"upgrade", "x-trailer", "x-obs", "expect"})
        EXPECT_EQ(seen[0].header(dropped), "") << dropped;
}

// -------------------------------------------------------------------------------------------------- parts of the rows

const std::string kPath = "/openai/v1/chat/completions";
const std::string kLine = "POST " + kPath + " HTTP/1.1\r\n";
const std::string kHost = "Host: HOST\r\n";
const std::string kAuth = "Authorization: Bearer KEY\r\n";
const std::string kJson = "Content-Type: application/json\r\n";
const std::string kHead = kLine + kHost + kAuth + kJson;
const std::string kBody(kChat);
const std::string kLength = "Content-Length: " + std::to_string(kBody.size()) + "\r\n";
const std::string kChunkedHead = kHead + "Transfer-Encoding: chunked\r\n\r\n";

/// A good request but for further header lines.
std::string with(const std::string& lines)
{
    return kHead + lines + kLength + "\r\n" + kBody;
}

/// A good request but for its framing lines.
std::string framed(const std::string& lines)
{
    return kHead + lines + "\r\n" + kBody;
}

std::string chunk(const std::string& data, const std::string& extension = {})
{
    char size[20];
    std::snprintf(size, sizeof size, "%zx", data.size());
    return size + extension + "\r\n" + data + "\r\n";
}

/// A good request but for its request line.
std::string line(const std::string& text)
{
    return text + "\r\n" + kHost + kAuth + kJson + kLength + "\r\n" + kBody;
}

std::string to(const std::string& target)
{
    return line("POST " + target + " HTTP/1.1");
}

std::string bodiless(const std::string& methodAndTarget, const std::string& lines = {})
{
    return methodAndTarget + " HTTP/1.1\r\n" + kHost + kAuth + lines + "\r\n";
}

std::string carrying(const std::string& body, const std::string& target = kPath)
{
    return "POST " + target + " HTTP/1.1\r\n" + kHost + kAuth + kJson +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string manyFields(int count)
{
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += "f" + std::to_string(i) + ": v\r\n";
    return lines;
}

// ---------------------------------------------------------------------------------------------------------- the table

#define SB_ROWS(area, suite, ...) INSTANTIATE_TEST_SUITE_P(area, suite, testing::Values(__VA_ARGS__), nameOf)

SB_ROWS(LineEnds, Refused, Row{"bare LF after the request line", "POST " + kPath + " HTTP/1.1\n" + kHost + "\r\n"},
        Row{"bare LF after a field", with("A: b\n")}, Row{"bare LF as the end of the head", kHead + kLength + "\n"},
        Row{"bare CR in the request line", line("POST " + kPath + "\r HTTP/1.1")},
        Row{"bare CR in a field", with("A: b\rC: d\r\n")}, Row{"bare CR before the request", "\r" + with("")},
        Row{"two empty lines before the request", "\r\n\r\n" + with("")}, Row{"obs-fold", with("A: b\r\n c\r\n")},
        Row{"obs-fold by tab", with("A: b\r\n\tc\r\n")},
        Row{"obs-fold of the first field", kLine + " " + kHost + kAuth + "\r\n"},
        Row{"bare LF after a chunk size", kChunkedHead + "2\n{}\r\n0\r\n\r\n"},
        Row{"bare LF after a chunk", kChunkedHead + "2\r\n{}\n0\r\n\r\n"},
        Row{"bare CR in a chunk line", kChunkedHead + "2;a\rb\r\n{}\r\n0\r\n\r\n"},
        Row{"bare LF in the trailer", kChunkedHead + chunk(kBody) + "0\r\nA: b\n\r\n"},
        Row{"bare LF as the end of the trailer", kChunkedHead + chunk(kBody) + "0\r\n\n"},
        Row{"obs-fold in the trailer", kChunkedHead + chunk(kBody) + "0\r\nA: b\r\n c\r\n\r\n"});

SB_ROWS(ContentLength, Refused, Row{"a list", framed("Content-Length: 2, 2\r\n")},
        Row{"repeated and equal", with(kLength)}, Row{"repeated and different", with("Content-Length: 2\r\n")},
        Row{"plus sign", framed("Content-Length: +2\r\n")}, Row{"minus sign", framed("Content-Length: -2\r\n")},
        Row{"hexadecimal", framed("Content-Length: 0x2\r\n")}, Row{"empty", framed("Content-Length:\r\n")},
        Row{"blank between digits", framed("Content-Length: 1 2\r\n")},
        Row{"out of range", framed("Content-Length: 99999999999999999999\r\n")},
        Row{"beyond the largest body", framed("Content-Length: 4097\r\n"), 413, R"("code":"request_too_large")"});

SB_ROWS(TransferEncoding, Refused, Row{"beside Content-Length", with("Transfer-Encoding: chunked\r\n")},
        Row{"behind Content-Length", framed(kLength + "Transfer-Encoding: chunked\r\n")},
        Row{"chunked twice in a list", framed("Transfer-Encoding: chunked, chunked\r\n")},
        Row{"two fields", framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
        Row{"gzip before chunked", framed("Transfer-Encoding: gzip, chunked\r\n")},
        Row{"xchunked", framed("Transfer-Encoding: xchunked\r\n")},
        Row{"identity", framed("Transfer-Encoding: identity\r\n")},
        Row{"with a parameter", framed("Transfer-Encoding: chunked;q=1\r\n")},
        Row{"empty", framed("Transfer-Encoding:\r\n")}, Row{"quoted", framed("Transfer-Encoding: \"chunked\"\r\n")},
        Row{"behind a vertical tab", framed("Transfer-Encoding: \vchunked\r\n")},
        Row{"in HTTP 1.0",
            "POST " + kPath + " HTTP/1.0\r\n" + kHost + kAuth + kJson + "Transfer-Encoding: chunked\r\n\r\n"});

SB_ROWS(Chunks, Refused, Row{"no hexadecimal size", kChunkedHead + "zz\r\n"},
        Row{"no size", kChunkedHead + "\r\n{}\r\n0\r\n\r\n"}, Row{"size with 0x", kChunkedHead + "0x2\r\n{}\r\n"},
        Row{"size with a sign", kChunkedHead + "+2\r\n{}\r\n"},
        Row{"blank before a size", kChunkedHead + " 2\r\n{}\r\n"},
        Row{"blank behind a size", kChunkedHead + "2 \r\n{}\r\n"},
        Row{"size of sixteen digits", kChunkedHead + "0000000000000002\r\n{}\r\n"},
        Row{"data longer than its size", kChunkedHead + "1\r\n{}\r\n0\r\n\r\n"},
        Row{"data without CRLF", kChunkedHead + "2\r\n{}0\r\n\r\n"},
        Row{"malformed extension", kChunkedHead + "2;=b\r\n{}\r\n0\r\n\r\n"},
        Row{"extension one byte too long", kChunkedHead + chunk(kBody, ";" + std::string(256, 'e')) + "0\r\n\r\n"},
        Row{"malformed trailer", kChunkedHead + chunk(kBody) + "0\r\nA : b\r\n\r\n"},
        Row{"early end of a chunk", kChunkedHead + "5\r\n{}"}.then(Behind::End),
        Row{"early end before the last chunk", kChunkedHead + chunk(kBody)}.then(Behind::End),
        Row{"early end of a body with a length", framed("Content-Length: 4000\r\n")}.then(Behind::End),
        Row{"body beyond the largest", kChunkedHead + chunk(std::string(4097, ' ')) + "0\r\n\r\n", 413,
            R"("code":"request_too_large")"});

SB_ROWS(Fields, Refused, Row{"space before the colon", with("A : b\r\n")}, Row{"empty name", with(": b\r\n")},
        Row{"no colon", with("A\r\n")}, Row{"name with a byte outside tchar", with("A(b): c\r\n")},
        Row{"name beyond ASCII", with("A\x80: b\r\n")}, Row{"NUL in a value", with(std::string("A: b\0c\r\n", 8))},
        Row{"CTL in a value", with("A: b\x01\r\n")}, Row{"DEL in a value", with("A: b\x7f\r\n")},
        Row{"imitation of Content-Length", with("Content_Length: 2\r\n")},
        Row{"imitation of Transfer-Encoding", with("Transfer_Encoding: chunked\r\n")},
        Row{"imitation of x-api-key", with("X_Api-Key: KEY\r\n")},
        Row{"imitation of api-key", with("Api_Key: KEY\r\n")}, Row{"two Host", with(kHost)},
        Row{"two Content-Type", with(kJson)}, Row{"two Authorization", with(kAuth)},
        Row{"two x-api-key", with("x-api-key: KEY\r\nX-API-Key: KEY\r\n")},
        Row{"two api-key", with("api-key: KEY\r\nApi-Key: KEY\r\n")},
        Row{"too many fields", with(manyFields(100)), 431},
        Row{"header too large", with("A: " + std::string(64 * 1024, 'v') + "\r\n"), 431});

SB_ROWS(Target, Refused, Row{"authority-form", to("HOST")}, Row{"asterisk-form", line("OPTIONS * HTTP/1.1")},
        Row{"no leading slash", to("openai/v1/chat/completions")},
        Row{"absolute-form with another authority", to("http://evil.example" + kPath), 421,
            R"("code":"misdirected_request")"},
        Row{"absolute-form with user information", to("http://u@HOST" + kPath), 421, R"("code":"misdirected_request")"},
        Row{"absolute-form with another scheme", to("https://HOST" + kPath)},
        Row{"absolute-form without a path", to("http://HOST")}, Row{"byte outside the URI set", to(kPath + "\x80")},
        Row{"quote", to(kPath + "\"")}, Row{"NUL", to(std::string("/openai\0/v1/chat/completions", 28))},
        Row{"blank", to(kPath + " x")}, Row{"fragment", to(kPath + "#b")}, Row{"broken escape", to(kPath + "%2")},
        Row{"escape that is not hexadecimal", to(kPath + "%zz")}, Row{"escaped NUL", to(kPath + "%00")},
        Row{"escaped slash before the native part", to("/openai%2fv1/chat/completions")},
        Row{"escaped backslash before the native part", to("/openai%5cv1/chat/completions")},
        Row{"backslash", to("/openai\\v1/chat/completions")},
        Row{"two slashes before the native part", to("//openai/v1/chat/completions")},
        Row{"two slashes in the path", to("/openai//v1/chat/completions")},
        Row{"dot segments", to("/claude/../openai/v1/chat/completions")},
        Row{"dot segment", to("/./openai/v1/chat/completions")},
        Row{"escaped dot segments", to("/claude/%2e%2E/openai/v1/chat/completions")},
        Row{"request line too long", to("/" + std::string(9000, 'a')), 414});

SB_ROWS(
    Method, Refused, Row{"CONNECT", line("CONNECT HOST HTTP/1.1"), 501}, Row{"TRACE", bodiless("TRACE " + kPath), 501},
    Row{"unknown", bodiless("BREW " + kPath), 501}, Row{"lower case", line("post " + kPath + " HTTP/1.1"), 501},
    Row{"malformed", line("PO(ST " + kPath + " HTTP/1.1")},
    Row{"another one than the path takes", bodiless("GET " + kPath), 405}.kept().withHeader("\r\nallow: POST\r\n"),
    Row{"DELETE", bodiless("DELETE " + kPath), 405}.kept().withHeader("\r\nallow: POST\r\n"),
    Row{"PUT", line("PUT " + kPath + " HTTP/1.1"), 405}.kept().withHeader("\r\nallow: POST\r\n"),
    Row{"OPTIONS grants nothing", bodiless("OPTIONS " + kPath, "Access-Control-Request-Method: POST\r\n"), 405}.kept(),
    Row{"POST to an endpoint of our own", line("POST /healthz HTTP/1.1"), 405}.kept().withHeader(
        "\r\nallow: GET, HEAD\r\n"),
    Row{"GET with a length", bodiless("GET /openai/v1/models", "Content-Length: 2\r\n") + "{}"},
    Row{"GET with chunks", bodiless("GET /openai/v1/models", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
    Row{"DELETE with a body", bodiless("DELETE " + kPath, "Content-Length: 2\r\n") + "{}"});

SB_ROWS(Version, Refused, Row{"HTTP 2", line("POST " + kPath + " HTTP/2.0"), 505},
        Row{"preface of HTTP 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        Row{"HTTP 1.2", line("POST " + kPath + " HTTP/1.2"), 505},
        Row{"HTTP 0.9", line("POST " + kPath + " HTTP/0.9"), 505}, Row{"none", line("POST " + kPath)},
        Row{"malformed", line("POST " + kPath + " HTTP/1.11")}, Row{"lower case", line("POST " + kPath + " http/1.1")},
        Row{"TLS", "\x16\x03\x01\x02\n"}, Row{"no Host", kLine + kAuth + kJson + kLength + "\r\n" + kBody},
        Row{"no Host in HTTP 1.0", "POST " + kPath + " HTTP/1.0\r\n" + kAuth + kJson + kLength + "\r\n" + kBody},
        Row{"another expectation", with("Expect: 200-ok\r\n"), 417});

SB_ROWS(FrontDoor, Refused,
        Row{"Host of somebody else", replaced(with(""), "HOST", "evil.example"), 421,
            R"("code":"misdirected_request")"},
        Row{"Host without our port", replaced(with(""), "HOST", "127.0.0.1"), 421, R"("code":"misdirected_request")"},
        Row{"Host with another port", replaced(with(""), "HOST", "127.0.0.1:1"), 421,
            R"("code":"misdirected_request")"},
        Row{"Host that begins like ours", replaced(with(""), "HOST", "HOST.evil.example"), 421,
            R"("code":"misdirected_request")"},
        Row{"empty Host", replaced(with(""), "HOST", ""), 421, R"("code":"misdirected_request")"},
        Row{"Origin of somebody else", with("Origin: https://evil.example\r\n"), 403, R"("code":"origin_not_allowed")"}
            .kept(),
        Row{"Origin of our own address", with("Origin: http://HOST\r\n"), 403, R"("code":"origin_not_allowed")"}.kept(),
        Row{"Origin null", with("Origin: null\r\n"), 403, R"("code":"origin_not_allowed")"}.kept(),
        Row{"cross-site", with("Sec-Fetch-Site: cross-site\r\n"), 403, R"("code":"origin_not_allowed")"}.kept(),
        Row{"same-site", with("Sec-Fetch-Site: same-site\r\n"), 403, R"("code":"origin_not_allowed")"}.kept());

SB_ROWS(
    Body, Refused,
    Row{"content coding", with("Content-Encoding: gzip\r\n"), 415, R"("code":"unsupported_media_type")"}.kept(),
    Row{"multipart", replaced(with(""), "application/json", "multipart/form-data; boundary=b"), 415,
        R"("code":"unsupported_media_type")"}
        .kept(),
    Row{"not JSON by its type", replaced(with(""), "application/json", "text/plain"), 415,
        R"("code":"unsupported_media_type")"}
        .kept(),
    Row{"no type", replaced(with(""), kJson, ""), 415, R"("code":"unsupported_media_type")"}.kept(),
    Row{"invalid UTF-8", carrying("{\"model\":\"\xff\",\"messages\":[]}")}.kept(),
    Row{"trailing bytes", carrying(kBody + "{}")}.kept(), Row{"not JSON", carrying("{")}.kept(),
    Row{"empty", carrying("")}.kept(), Row{"no object", carrying("[]")}.kept(),
    Row{"byte order mark", carrying("\xef\xbb\xbf" + kBody)}.kept(),
    Row{"too deep", carrying(R"({"model":"m","messages":)" + std::string(64, '[') + std::string(64, ']') + "}")}.kept(),
    Row{"model given twice", carrying(R"({"model":"a","model":"b","messages":[]})")}.kept().saying(
        R"("param":"model")"),
    Row{"stream given twice", carrying(R"({"model":"a","stream":false,"stream":true,"messages":[]})")}.kept().saying(
        R"("param":"stream")"),
    Row{"maximum given twice", carrying(R"({"model":"a","max_tokens":1,"max_tokens":9,"messages":[]})")}.kept().saying(
        R"("param":"max_tokens")"));

SB_ROWS(Time, Refused, Row{"slow head", kHead, 408}.then(Behind::Silence),
        Row{"slow request line", "POST /openai", 408}.then(Behind::Silence),
        Row{"slow body", framed("Content-Length: 4000\r\n"), 408}.then(Behind::Silence),
        Row{"slow chunk", kChunkedHead + "5\r\n{}", 408}.then(Behind::Silence));

SB_ROWS(Shape, Refused,
        Row{"of Anthropic", carrying("[", "/claude/v1/messages"), 400,
            R"({"type":"error","error":{"type":"invalid_request_error")"}
            .kept(),
        Row{"of Anthropic for broken framing", replaced(kChunkedHead, kPath, "/claude/v1/messages") + "zz\r\n", 400,
            R"({"type":"error","error":{"type":"invalid_request_error")"},
        Row{"of Bedrock", carrying("[", "/bedrock/model/m/converse"), 400, R"({"message":)"}.kept().withHeader(
            "\r\nx-amzn-errortype: ValidationException\r\n"),
        Row{"of OpenAI", carrying("["), 400, R"("type":"invalid_request_error")"}.kept());

SB_ROWS(
    Forms, Taken, Row{"plain", with("")}.kept(),
    Row{"chunked in any case", kHead + "Transfer-Encoding: CHunked\r\n\r\n" + chunk(kBody) + "0\r\n\r\n"}.kept(),
    Row{"several chunks", kChunkedHead + chunk(kBody.substr(0, 7)) + chunk(kBody.substr(7)) + "0\r\n\r\n"}.kept(),
    Row{"extension of full length", kChunkedHead + chunk(kBody, ";" + std::string(255, 'e')) + "0\r\n\r\n"}.kept(),
    Row{"trailer is dropped", kChunkedHead + chunk(kBody) + "0\r\nx-trailer: x\r\nAuthorization: other\r\n\r\n"}.kept(),
    Row{"leading zeros in a length", framed(replaced(kLength, ": ", ": 000"))}.kept(),
    Row{"leading zeros in a chunk size", kChunkedHead + "000" + chunk(kBody) + "0\r\n\r\n"}.kept(),
    Row{"one empty line before the request", "\r\n" + with("")}.kept(),
    Row{"tab as white space", with("A:\tb\t\r\n")}.kept(),
    Row{"obs-text in a value", with("x-obs: \xc3\xa9\r\n")}.kept(),
    Row{"absolute-form with our authority", to("http://HOST" + kPath)}.kept(),
    Row{"Host localhost in any case", replaced(with(""), "HOST", "LocalHost:PORT")}.kept(),
    Row{"Upgrade is ignored", with("Connection: upgrade\r\nUpgrade: websocket\r\n")}.kept(),
    Row{"expectation of 100", with("Expect: 100-Continue\r\n")}.kept(),
    Row{"content coding identity", with("Content-Encoding: identity\r\n")}.kept(),
    Row{"same origin", with("Sec-Fetch-Site: none\r\n")}.kept(), Row{"Connection close", with("Connection: close\r\n")},
    Row{"HTTP 1.0 with Host", line("POST " + kPath + " HTTP/1.0")});

} // namespace
} // namespace sb::gateway
