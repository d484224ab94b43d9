// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/internal/Serve.h"

#include "simulator/internal/Text.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstdio>

namespace sb::simulator {
namespace asio = boost::asio;
namespace {

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
constexpr auto kToken = asio::as_tuple(asio::use_awaitable_t<Executor>{});
constexpr std::size_t kMaxHead = 64U * 1024;

std::string httpDate(Timestamp now)
{
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    using namespace std::chrono;
    const auto day = floor<days>(now);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(now - day)};
    std::array<char, 40> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT", kDays[weekday{day}.c_encoding()],
                      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                      static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Answer";
    }
}

std::string_view requestIdHeader(Face face)
{
    switch (face) {
    case Face::Anthropic:
        return "request-id";
    case Face::Bedrock:
        return "x-amzn-requestid";
    case Face::AzureOpenAi:
        return "apim-request-id";
    case Face::OpenAi:
    case Face::Mistral:
        break;
    }
    return "x-request-id";
}

class Connection {
public:
    Connection(Socket socket, Shared& shared)
        : m_socket(std::move(socket)), m_shared(shared), m_timer(m_socket.get_executor())
    {
    }

    Awaitable<> run()
    {
        boost::system::error_code ignored;
        m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        bool open = true;
        while (open)
            open = co_await one();
        m_socket.shutdown(Socket::shutdown_both, ignored); // NOLINT: the other side may be gone already
    }

private:
    Awaitable<bool> readMore()
    {
        const std::size_t had = m_buffer.size();
        m_buffer.resize(had + 8192);
        const auto [fault, count] =
            co_await m_socket.async_read_some(asio::buffer(m_buffer.data() + had, 8192), kToken);
        m_buffer.resize(had + count);
        co_return !fault;
    }

    /// One request and its answer; false ends the connection.
    Awaitable<bool> one()
    {
        std::size_t headEnd = 0;
        while ((headEnd = m_buffer.find("\r\n\r\n")) == std::string::npos) {
            if (m_buffer.size() > kMaxHead || !co_await readMore())
                co_return false;
        }
        const std::size_t bodyBegin = headEnd + 4;
        HttpRequest request;
        BodyFraming framing = parseHead(m_buffer, bodyBegin, request);
        if (!framing.valid) {
            Reply reply = refusal(Face::OpenAi, 400, "The request could not be parsed.");
            co_await send(reply, false);
            co_return false;
        }
        if (framing.expectsContinue && !co_await write("HTTP/1.1 100 Continue\r\n\r\n"))
            co_return false;
        const char* const before = m_buffer.data();
        std::size_t next = bodyBegin + framing.length;
        std::size_t bodySize = framing.length;
        if (framing.chunked) {
            ChunkedBody body;
            auto state = body.decode(m_buffer, bodyBegin);
            while (state == ChunkedBody::State::NeedMore) {
                if (!co_await readMore())
                    co_return false;
                state = body.decode(m_buffer, bodyBegin);
            }
            if (state == ChunkedBody::State::Bad)
                co_return false;
            bodySize = body.bodySize();
            next = body.rawEnd();
        } else {
            while (m_buffer.size() < next) {
                if (!co_await readMore())
                    co_return false;
            }
        }
        if (m_buffer.data() != before) { // grown meanwhile: the views moved
            request = {};
            framing = parseHead(m_buffer, bodyBegin, request);
        }
        request.body = std::string_view(m_buffer).substr(bodyBegin, bodySize);
        Reply reply = route(request, m_shared.router, m_shared.clock.now());
        const bool keepAlive = request.keepAlive;
        m_buffer.erase(0, next);
        co_return co_await send(reply, keepAlive);
    }

    Awaitable<bool> write(std::string_view bytes)
    {
        const auto [fault, count] =
            co_await asio::async_write(m_socket, asio::buffer(bytes.data(), bytes.size()), kToken);
        co_return !fault;
    }

    Awaitable<> wait(std::chrono::nanoseconds time)
    {
        m_timer.expires_after(time);
        co_await m_timer.async_wait(kToken);
    }

    Awaitable<bool> send(Reply& reply, bool keepAlive)
    {
        const std::uint64_t number = m_shared.requests.fetch_add(1, std::memory_order_relaxed);
        std::uint64_t seed = m_shared.firstRequestId + number;
        m_requestId = "req_";
        appendHex(m_requestId, nextRandom(seed));

        if (reply.fault == Fault::Reset) {
            boost::system::error_code ignored;
            m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
            m_socket.close(ignored); // NOLINT: closing is all that is wanted
            co_return false;
        }
        if (reply.fault == Fault::Stall) {
            co_await m_socket.async_wait(Socket::wait_read, kToken); // until the client gives up
            co_return false;
        }
        if (const auto latency = std::max(reply.latency, m_shared.latency); latency.count() > 0)
            co_await wait(latency);
        if (reply.fault == Fault::InformationalFlood) {
            for (int i = 0; i < 20; ++i) {
                if (!co_await write("HTTP/1.1 103 Early Hints\r\n\r\n"))
                    co_return false;
            }
        }
        if (reply.fault == Fault::TruncatedJson)
            truncate(reply);
        makeHead(reply, keepAlive);
        const bool complete = reply.streamed ? co_await sendStream(reply) : co_await sendWhole(reply);
        if (reply.served)
            m_shared.ledger.append(*reply.served, m_requestId, complete, m_tokensSent);
        co_return complete&& keepAlive;
    }

    static void truncate(Reply& reply)
    {
        const std::size_t half = reply.body.size() / 2;
        std::erase_if(reply.events, [half](const Reply::Event& event) { return event.end >= half; });
        reply.body.resize(half);
        if (reply.streamed)
            reply.endEvent(reply.events.empty() ? 0 : reply.events.back().tokens);
    }

    void makeHead(const Reply& reply, bool keepAlive)
    {
        m_head = "HTTP/1.1 ";
        appendNumber(m_head, reply.status);
        m_head.append(" ")
            .append(reasonPhrase(reply.status))
            .append("\r\ndate: ")
            .append(date())
            .append("\r\ncontent-type: ");
        m_head.append(reply.contentType)
            .append("\r\n")
            .append(requestIdHeader(reply.face))
            .append(": ")
            .append(m_requestId);
        m_head.append("\r\n").append(reply.headers);
        if (!keepAlive)
            m_head += "connection: close\r\n";
        if (reply.streamed) {
            m_head += "transfer-encoding: chunked\r\n\r\n";
        } else {
            m_head += "content-length: ";
            appendNumber(m_head, static_cast<std::int64_t>(reply.body.size()));
            m_head += "\r\n\r\n";
        }
    }

    std::string_view date()
    {
        const Timestamp now = m_shared.clock.now();
        if (const auto second = std::chrono::floor<std::chrono::seconds>(now); second != m_dateSecond) {
            m_dateSecond = second;
            m_date = httpDate(now);
        }
        return m_date;
    }

    Awaitable<bool> sendWhole(const Reply& reply)
    {
        m_tokensSent = 0;
        if (reply.fault == Fault::CutStream) {
            m_head.append(reply.body, 0, reply.body.size() / 2);
            co_await write(m_head);
            co_return false;
        }
        if (reply.fault == Fault::ByteByByte) {
            m_head += reply.body;
            co_return co_await writeBytes(m_head);
        }
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(m_head), asio::buffer(reply.body)};
        const auto [fault, count] = co_await asio::async_write(m_socket, buffers, kToken);
        co_return !fault;
    }

    Awaitable<bool> writeBytes(std::string_view bytes)
    {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (!co_await write(bytes.substr(i, 1)))
                co_return false;
        }
        co_return true;
    }

    /// Each event as one chunk and one write, as a model that is thinking sends them.
    Awaitable<bool> sendStream(const Reply& reply)
    {
        const double pace = reply.tokensPerSecond > 0 ? reply.tokensPerSecond : m_shared.tokensPerSecond;
        const auto start = std::chrono::steady_clock::now();
        const std::size_t count = reply.fault == Fault::CutStream ? reply.events.size() / 2 : reply.events.size();
        m_tokensSent = 0;
        std::size_t begin = 0;
        std::string& out = m_head;
        for (std::size_t i = 0; i < count; ++i) {
            const Reply::Event& event = reply.events[i];
            if (pace > 0 && event.tokens > m_tokensSent) {
                const auto due = start + std::chrono::nanoseconds(
                                             static_cast<std::int64_t>(static_cast<double>(event.tokens) / pace * 1e9));
                const auto now = std::chrono::steady_clock::now();
                if (due > now) {
                    if (!out.empty() && !co_await write(out)) // the head does not wait for the first token
                        co_return false;
                    out.clear();
                    co_await wait(due - now);
                }
            }
            appendChunk(out, std::string_view(reply.body).substr(begin, event.end - begin));
            begin = event.end;
            if (i + 1 == reply.events.size())
                out += "0\r\n\r\n";
            const bool sent = reply.fault == Fault::ByteByByte ? co_await writeBytes(out) : co_await write(out);
            if (!sent)
                co_return false;
            m_tokensSent = event.tokens;
            out.clear();
        }
        co_return count == reply.events.size();
    }

    static void appendChunk(std::string& out, std::string_view bytes)
    {
        std::array<char, 16> size{};
        const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
        out.append(size.data(), end).append("\r\n").append(bytes).append("\r\n");
    }

    Socket m_socket;
    Shared& m_shared;
    Timer m_timer;
    std::string m_buffer;
    std::string m_head;
    std::string m_requestId;
    std::string m_date;
    std::chrono::sys_seconds m_dateSecond{};
    std::int64_t m_tokensSent = 0;
};

} // namespace

Awaitable<> serve(Socket socket, Shared& shared)
{
    Connection connection(std::move(socket), shared);
    co_await connection.run();
}

} // namespace sb::simulator
