// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Simulator.h"

#include "base/ThreadName.h"
#include "simulator/internal/Serve.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdio>
#include <exception>
#include <optional>
#include <thread>
#include <vector>

namespace sb::simulator {
namespace asio = boost::asio;

namespace {

/// Nothing throws here but for want of memory; then the connection is gone and the operator is told.
void reportFailure(std::exception_ptr failure)
{
    if (!failure)
        return;
    try {
        std::rethrow_exception(std::move(failure));
    } catch (const std::exception& what) {
        std::fprintf(stderr, "simulator: a connection was dropped: %s\n", what.what());
    }
}

} // namespace

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

class Simulator::Impl {
public:
    explicit Impl(SimulatorOptions options) : m_options(std::move(options)) {}
    ~Impl() { stop(); }

    Result<std::uint16_t> start();
    void stop();

    SimulatorOptions m_options;
    Shared m_shared;

private:
    struct Worker {
        asio::io_context context{1};
        asio::executor_work_guard<Executor> work{context.get_executor()};
        std::thread thread;
    };

    Awaitable<> accept();

    std::vector<std::unique_ptr<Worker>> m_workers;
    std::optional<Acceptor> m_acceptor;
};

Result<std::uint16_t> Simulator::Impl::start()
{
    boost::system::error_code fault;
    const auto address =
        asio::ip::make_address(m_options.listenHost == "localhost" ? "127.0.0.1" : m_options.listenHost, fault);
    if (fault || !address.is_loopback())
        return Error{ErrorCode::InvalidArgument,
                     "the simulator listens on a loopback address only, not " + m_options.listenHost, "listen"};
    if (auto opened = m_shared.ledger.open(m_options.ledger); !opened)
        return std::move(opened).error();
    m_shared.router = {m_options.apiKey, m_options.failRate, m_options.failStatus};
    m_shared.latency = m_options.latency;
    m_shared.tokensPerSecond = m_options.tokensPerSecond;
    m_shared.firstRequestId = static_cast<std::uint64_t>(toMicros(m_shared.clock.now())) << 20U;

    for (unsigned i = 0; i < std::max(1U, m_options.workers); ++i)
        m_workers.push_back(std::make_unique<Worker>());
    const asio::ip::tcp::endpoint endpoint(address, m_options.port);
    m_acceptor.emplace(m_workers.front()->context);
    m_acceptor->open(endpoint.protocol(), fault);
    if (!fault)
        m_acceptor->set_option(asio::socket_base::reuse_address(true), fault);
    if (!fault)
        m_acceptor->bind(endpoint, fault);
    if (!fault)
        m_acceptor->listen(asio::socket_base::max_listen_connections, fault);
    if (fault) {
        stop();
        return Error{ErrorCode::Unavailable,
                     "cannot listen on " + m_options.listenHost + ":" + std::to_string(m_options.port) + ": " +
                         fault.message(),
                     "port"};
    }
    const std::uint16_t port = m_acceptor->local_endpoint(fault).port();
    asio::co_spawn(m_workers.front()->context.get_executor(), accept(), reportFailure);
    for (auto& worker : m_workers)
        worker->thread = std::thread([context = &worker->context] {
            nameThisThread("simulator");
            context->run();
        });
    return port;
}

Awaitable<> Simulator::Impl::accept()
{
    constexpr auto kToken = asio::as_tuple(asio::use_awaitable_t<Executor>{});
    std::size_t next = 0;
    while (true) {
        asio::io_context& context = m_workers[next++ % m_workers.size()]->context;
        Socket socket(context);
        const auto [fault] = co_await m_acceptor->async_accept(socket, kToken);
        if (fault == asio::error::operation_aborted)
            co_return;
        if (!fault)
            asio::co_spawn(context.get_executor(), serve(std::move(socket), m_shared), reportFailure);
    }
}

void Simulator::Impl::stop()
{
    for (auto& worker : m_workers)
        worker->context.stop();
    for (auto& worker : m_workers) {
        if (worker->thread.joinable())
            worker->thread.join();
    }
    m_acceptor.reset();
    m_workers.clear();
}

Simulator::Simulator(SimulatorOptions options) : m_impl(std::make_unique<Impl>(std::move(options))) {}
Simulator::~Simulator() = default;
Result<std::uint16_t> Simulator::start()
{
    return m_impl->start();
}
void Simulator::stop()
{
    m_impl->stop();
}
std::uint64_t Simulator::requestsServed() const
{
    return m_impl->m_shared.requests.load(std::memory_order_relaxed);
}

} // namespace sb::simulator
