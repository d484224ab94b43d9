// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Listener.h"

#include "http/Origin.h"
#include "http/internal/TcpStreamImpl.h"

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

namespace sb::http {

namespace {

constexpr std::chrono::milliseconds kPause{100};
constexpr std::chrono::seconds kLogEvery{10};

/// A descriptor kept for the moment when there is none left.
class SpareDescriptor {
public:
    SpareDescriptor() { take(); }
    ~SpareDescriptor() { give(); }
    SpareDescriptor(const SpareDescriptor&) = delete;
    SpareDescriptor& operator=(const SpareDescriptor&) = delete;

#ifdef _WIN32
    void take() {}
    void give() {}
#else
    void take()
    {
        m_descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    void give()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = -1;
    }

private:
    int m_descriptor = -1;
#endif
};

} // namespace

struct Listener::Impl {
    Impl(std::vector<Worker*> all, Callbacks calls, LogSink& sink)
        : workers(std::move(all)), callbacks(std::move(calls)), log(sink),
          acceptor(workers.front()->impl().context.get_executor())
    {
    }

    void wait();
    void acceptAll();
    void pause();
    void finishIfClosing();

    std::vector<Worker*> workers;
    Callbacks callbacks;
    LogSink& log;
    Acceptor acceptor;
    SpareDescriptor spare;
    Deadline resume;
    std::size_t next = 0;
    bool pending = false;
    bool closing = false;
    std::chrono::steady_clock::time_point lastLog{};
    std::function<void()> closed;
};

Listener::Listener(std::vector<Worker*> workers, Callbacks callbacks, LogSink& log)
    : m_impl(std::make_unique<Impl>(std::move(workers), std::move(callbacks), log))
{
}

Listener::~Listener() = default;

Result<std::uint16_t> Listener::open(const std::string& host, std::uint16_t port)
{
    const auto address = validation::HostAddress::parse(host == "localhost" ? "127.0.0.1" : host);
    if (!address)
        return Error{ErrorCode::InvalidArgument, "the listen address " + host + " is not an IP address", "host"};
    boost::system::error_code error;
    const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(toString(*address), error), port);
    Acceptor& acceptor = m_impl->acceptor;
    if (!error)
        acceptor.open(endpoint.protocol(), error);
#ifndef _WIN32
    // Lets a restart take over a port in TIME_WAIT; a second listener is still refused. (On Windows it would be let
    // in.)
    if (!error)
        acceptor.set_option(Acceptor::reuse_address(true), error);
#endif
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(1024, error);
    if (!error)
        acceptor.non_blocking(true, error);
    if (error) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        if (error == asio::error::address_in_use || error == asio::error::access_denied)
            return Error{ErrorCode::Unavailable,
                         "port " + std::to_string(port) + " cannot be opened: " + error.message(), "port"};
        return Error{ErrorCode::InvalidArgument, "cannot listen on " + host + ": " + error.message(), "host"};
    }
    const std::uint16_t bound = acceptor.local_endpoint(error).port();
    m_impl->wait();
    return bound;
}

void Listener::Impl::wait()
{
    pending = true;
    acceptor.async_wait(Acceptor::wait_read, [this](const boost::system::error_code&) {
        pending = false;
        if (closing)
            finishIfClosing();
        else
            acceptAll();
    });
}

void Listener::Impl::acceptAll()
{
    for (;;) {
        if (!callbacks.hasRoom()) {
            pause();
            return;
        }
        Worker& worker = *workers[next];
        boost::system::error_code error;
        Socket socket(worker.impl().context.get_executor());
        acceptor.accept(socket, error);
        if (!error) {
            next = (next + 1) % workers.size();
            // std::function copies, so the socket travels behind a shared pointer.
            const auto accepted = std::make_shared<Socket>(std::move(socket));
            const auto* deliver = &callbacks.accepted;
            worker.post([&worker, accepted, deliver] {
                auto impl = std::make_unique<TcpStream::Impl>(worker, std::move(*accepted));
                (*deliver)(worker, std::make_unique<TcpStream>(worker, std::move(impl)));
            });
            continue;
        }
        if (error == asio::error::would_block || error == asio::error::try_again) {
            wait();
            return;
        }
        if (error == asio::error::no_descriptors || error == boost::system::errc::too_many_files_open_in_system) {
            // Take the caller off the queue and hang up, or it would wait for an answer that never comes.
            spare.give();
            boost::system::error_code ignored;
            Socket victim(worker.impl().context.get_executor());
            acceptor.accept(victim, ignored);
            victim.close(ignored);
            spare.take();
            const auto now = std::chrono::steady_clock::now();
            if (lastLog.time_since_epoch().count() == 0 || now - lastLog >= kLogEvery) {
                lastLog = now;
                log.write(LogLevel::Error, "http", "no descriptor is left for new connections");
            }
            pause();
            return;
        }
        // The caller gave up before it was accepted; others may be waiting.
    }
}

void Listener::Impl::pause()
{
    resume.arm(workers.front()->timers(), kPause, this, [](void* self) { static_cast<Impl*>(self)->acceptAll(); });
}

void Listener::Impl::finishIfClosing()
{
    if (closing && !pending && closed)
        std::exchange(closed, nullptr)();
}

void Listener::close(std::function<void()> done)
{
    m_impl->closing = true;
    m_impl->closed = std::move(done);
    m_impl->resume.disarm();
    boost::system::error_code ignored; // nobody can use the acceptor any more, whatever it says
    m_impl->acceptor.close(ignored);
    m_impl->finishIfClosing();
}

} // namespace sb::http
