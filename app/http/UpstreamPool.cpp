// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/UpstreamPool.h"

#include "http/internal/TcpStreamImpl.h"

#include <algorithm>

namespace sb::http {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using validation::HostAddress;

/// The answer of the resolver, awaited for a limited time. Shared with the resolver's callback, which may come late.
struct NameAnswer : std::enable_shared_from_this<NameAnswer> {
    explicit NameAnswer(Worker& owner) : worker(owner) {}

    Worker& worker;
    std::coroutine_handle<> waiter;
    Result<Resolver::Addresses> addresses = Error{ErrorCode::Timeout, "the name was not resolved in time"};
    bool answered = false;
    Deadline deadline;

    void resume()
    {
        deadline.disarm();
        if (waiter)
            std::exchange(waiter, {}).resume();
    }
    static void giveUp(void* self) { static_cast<NameAnswer*>(self)->resume(); }
    /// Through the event loop: whoever cancels must find its own state as it left it.
    static void cancel(void* self)
    {
        auto* answer = static_cast<NameAnswer*>(self);
        answer->worker.post([keep = answer->shared_from_this()] { keep->resume(); });
    }
};

struct NameWait {
    NameAnswer& answer;
    bool await_ready() const noexcept { return answer.answered; }
    void await_suspend(std::coroutine_handle<> handle) noexcept { answer.waiter = handle; }
    void await_resume() const noexcept {}
};

struct ConnectWait {
    Socket& socket;
    asio::ip::tcp::endpoint endpoint;
    boost::system::error_code error;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle)
    {
        socket.async_connect(endpoint, [this, handle](const boost::system::error_code& result) {
            error = result;
            handle.resume();
        });
    }
    boost::system::error_code await_resume() const noexcept { return error; }
};

void closeSocket(void* context)
{
    boost::system::error_code ignored; // the connect operation reports that it was aborted
    static_cast<Socket*>(context)->close(ignored);
}

void cancelStream(void* context)
{
    static_cast<TcpStream*>(context)->cancel();
}

asio::ip::tcp::endpoint endpointOf(const HostAddress& address, std::uint16_t port)
{
    if (address.v4) {
        asio::ip::address_v4::bytes_type octets{};
        std::copy_n(address.bytes.begin(), octets.size(), octets.begin());
        return {asio::ip::address_v4(octets), port};
    }
    asio::ip::address_v6::bytes_type octets{};
    std::copy(address.bytes.begin(), address.bytes.end(), octets.begin());
    return {asio::ip::address_v6(octets), port};
}

milliseconds leftUntil(steady_clock::time_point end)
{
    return std::max(std::chrono::duration_cast<milliseconds>(end - steady_clock::now()), milliseconds{0});
}

} // namespace

UpstreamConnection::UpstreamConnection(Worker& worker, std::unique_ptr<TcpStream::Impl> impl, Origin origin_)
    : stream(worker, std::move(impl)), origin(std::move(origin_))
{
}

UpstreamPool::UpstreamPool(Worker& worker, Resolver& resolver, TlsContext& tls, PoolOptions options)
    : m_worker(worker), m_resolver(resolver), m_tls(tls), m_options(std::move(options))
{
}

UpstreamPool::~UpstreamPool() = default;

std::unique_ptr<UpstreamConnection> UpstreamPool::takeIdle(const Origin& origin)
{
    const auto found = m_idle.find(origin);
    if (found == m_idle.end())
        return nullptr;
    Idle& idle = found->second;
    while (!idle.empty()) {
        std::unique_ptr<UpstreamConnection> connection = std::move(idle.back());
        idle.pop_back();
        connection->idle.disarm();
        if (!connection->stream.isStale())
            return connection;
        discard(std::move(connection));
    }
    return nullptr;
}

Task<UpstreamPool::Connected> UpstreamPool::connect(const Origin& origin, milliseconds within, CancelToken& cancel)
{
    Connected result;
    const auto end = steady_clock::now() + within;
    const auto answer = std::make_shared<NameAnswer>(m_worker);
    Worker* worker = &m_worker;
    Resolver::Done done = [answer, worker](Result<Resolver::Addresses> addresses) {
        worker->post([answer, addresses = std::move(addresses)]() mutable {
            answer->addresses = std::move(addresses);
            answer->answered = true;
            answer->resume();
        });
    };
    if (const auto literal = HostAddress::parse(origin.host)) {
        answer->addresses = Resolver::Addresses{*literal};
        answer->answered = true;
    } else {
        m_resolver.resolve(origin.host, std::move(done));
        answer->deadline.arm(m_worker.timers(), within, answer.get(), NameAnswer::giveUp);
        cancel.setHook(answer.get(), NameAnswer::cancel);
        co_await NameWait{*answer};
        answer->deadline.disarm();
        cancel.clearHook();
    }
    if (cancel.isRequested()) {
        result.failure = ConnectFailure::Cancelled;
        co_return result;
    }
    if (!answer->addresses) {
        result.failure = answer->answered ? ConnectFailure::Name : ConnectFailure::Timeout;
        result.why = answer->addresses.error().what;
        co_return result;
    }

    const bool listed =
        std::find(m_options.localHosts.begin(), m_options.localHosts.end(), origin.host) != m_options.localHosts.end();
    result.failure = ConnectFailure::Address;
    result.why = origin.host + " resolves only to addresses that are not allowed for it";
    const Resolver::Addresses addresses = *answer->addresses;
    for (const HostAddress& address : addresses) {
        if (!mayConnect(origin, listed, address))
            continue;
        auto impl = std::make_unique<TcpStream::Impl>(m_worker, Socket(m_worker.impl().context.get_executor()));
        Deadline deadline;
        deadline.arm(m_worker.timers(), std::max(leftUntil(end), TimerWheel::kTick), &impl->socket, closeSocket);
        cancel.setHook(&impl->socket, closeSocket);
        ConnectWait wait{impl->socket, endpointOf(address, origin.port), {}};
        const boost::system::error_code error = co_await wait;
        cancel.clearHook();
        deadline.disarm();
        if (cancel.isRequested()) {
            result.failure = ConnectFailure::Cancelled;
            co_return result;
        }
        if (error) {
            const bool timedOut = error == asio::error::operation_aborted || error == asio::error::timed_out;
            result.failure = timedOut ? ConnectFailure::Timeout : ConnectFailure::Connect;
            result.why = "no connection to " + toString(address) + ": " +
                         (timedOut ? std::string("timed out") : error.message());
            if (leftUntil(end).count() == 0)
                co_return result;
            continue;
        }
        auto connection = std::make_unique<UpstreamConnection>(m_worker, std::move(impl), origin);
        connection->pool = this;
        if (origin.tls) {
            cancel.setHook(&connection->stream, cancelStream);
            std::string why;
            const IoStatus status = co_await connection->stream.handshake(
                m_tls, origin.host, std::max(leftUntil(end), TimerWheel::kTick), why);
            cancel.clearHook();
            if (status != IoStatus::Ok) {
                result.failure = ConnectFailure::Tls;
                if (cancel.isRequested())
                    result.failure = ConnectFailure::Cancelled;
                else if (status == IoStatus::Expired)
                    result.failure = ConnectFailure::Timeout;
                result.why = why.empty() ? "the TLS handshake did not end in time" : why;
                discard(std::move(connection));
                co_return result;
            }
        }
        result.failure = ConnectFailure::None;
        result.why.clear();
        result.connection = std::move(connection);
        co_return result;
    }
    co_return result;
}

void UpstreamPool::give(std::unique_ptr<UpstreamConnection> connection)
{
    Idle& idle = m_idle[connection->origin];
    if (m_closing || idle.size() >= m_options.idlePerOrigin || connection->stream.isCancelled()) {
        discard(std::move(connection));
        return;
    }
    connection->buffer.release();
    connection->stream.unwatch();
    connection->stream.expectReadable();
    connection->idle.arm(m_worker.timers(), m_options.idleTime, connection.get(), expireIdle);
    idle.push_back(std::move(connection));
}

void UpstreamPool::expireIdle(void* context)
{
    auto* expired = static_cast<UpstreamConnection*>(context);
    UpstreamPool& pool = *expired->pool;
    Idle& idle = pool.m_idle[expired->origin];
    const auto found =
        std::find_if(idle.begin(), idle.end(), [expired](const auto& item) { return item.get() == expired; });
    if (found == idle.end())
        return;
    std::unique_ptr<UpstreamConnection> connection = std::move(*found);
    idle.erase(found);
    pool.discard(std::move(connection));
}

Task<void> UpstreamPool::drain(std::unique_ptr<UpstreamConnection> connection)
{
    co_await connection->stream.drained();
}

void UpstreamPool::discard(std::unique_ptr<UpstreamConnection> connection)
{
    if (!connection)
        return;
    connection->idle.disarm();
    ++m_draining;
    auto finished = [this](const std::exception_ptr&) { countDown(); };
    start(drain(std::move(connection)), finished);
}

void UpstreamPool::countDown()
{
    --m_draining;
    if (m_draining == 0 && m_closing && m_closed)
        std::exchange(m_closed, nullptr)();
}

Task<void> UpstreamPool::readRest(std::unique_ptr<UpstreamConnection> connection, BodyDecoder rest)
{
    constexpr milliseconds kPatience{1000};
    Buffer& buffer = connection->buffer;
    for (;;) {
        const BodyDecoder::Step step = rest.feed(buffer.view());
        buffer.consume(step.consumed);
        if (rest.state() != BodyDecoder::State::NeedMore)
            break;
        if (step.consumed > 0)
            continue;
        char* to = buffer.prepare(1024);
        const IoResult read = co_await connection->stream.readSome(to, buffer.room(), kPatience);
        if (read.status != IoStatus::Ok)
            break;
        buffer.commit(read.bytes);
    }
    if (rest.state() == BodyDecoder::State::Complete && buffer.isEmpty())
        give(std::move(connection));
    else
        discard(std::move(connection));
}

void UpstreamPool::giveAfter(std::unique_ptr<UpstreamConnection> connection, BodyDecoder rest)
{
    if (rest.state() == BodyDecoder::State::Complete && connection->buffer.isEmpty()) {
        give(std::move(connection));
        return;
    }
    ++m_draining;
    auto finished = [this](const std::exception_ptr&) { countDown(); };
    start(readRest(std::move(connection), std::move(rest)), finished);
}

void UpstreamPool::close(std::function<void()> done)
{
    m_closing = true;
    m_closed = std::move(done);
    ++m_draining; // until everything below is on its way
    for (auto& [origin, idle] : m_idle) {
        Idle connections = std::exchange(idle, {});
        for (auto& connection : connections)
            discard(std::move(connection));
    }
    countDown();
}

std::size_t UpstreamPool::idleCount() const
{
    std::size_t count = 0;
    for (const auto& [origin, idle] : m_idle)
        count += idle.size();
    return count;
}

} // namespace sb::http
