// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/Gateway.h"

#include "gateway/internal/ClientSession.h"
#include "gateway/internal/WorkerSlot.h"
#include "http/Listener.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

namespace sb::gateway {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kBreakOffTime{2'000}; ///< for error events and settlements after the grace period
constexpr milliseconds kCancelTime{10'000};

/// Counts down to zero from several threads.
class Countdown {
public:
    explicit Countdown(std::size_t count) : m_count(count) {}

    void done()
    {
        const std::lock_guard lock(m_mutex);
        if (--m_count == 0)
            m_zero.notify_all();
    }
    bool waitFor(milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        return m_zero.wait_for(lock, time, [this] { return m_count == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_zero;
    std::size_t m_count;
};

} // namespace

void RandomBlock::fill(std::span<std::uint8_t> bytes)
{
    if (bytes.size() > m_block.size()) {
        m_source.fill(bytes);
        return;
    }
    if (m_used + bytes.size() > m_block.size()) {
        m_source.fill(m_block);
        m_used = 0;
    }
    std::memcpy(bytes.data(), m_block.data() + m_used, bytes.size());
    m_used += bytes.size();
}

WorkerSlot::WorkerSlot(GatewayCore& core_, unsigned index)
    : core(core_), worker(index), pool(worker, core_.resolver, *core_.tls, {.localHosts = core_.options.localHosts}),
      random(core_.random)
{
}

WorkerSlot::~WorkerSlot() = default;

std::string Endpoint::url() const
{
    const bool ipv6 = host.find(':') != std::string::npos;
    return "http://" + (ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

class Gateway::Impl {
public:
    Impl(GatewayOptions options, GatewaySinks sinks, journal::Journal& journal, limits::LimitTable& limits,
         const Clock& clock, Random& random, LogSink& log)
        : core(std::move(options), std::move(sinks), journal, limits, clock, random, log)
    {
    }

    void accept(WorkerSlot& slot, std::unique_ptr<http::TcpStream> stream);
    void forAll(void (ClientSession::*action)());

    GatewayCore core;
    std::mutex mutex; ///< guards starting and stopping against each other
    std::vector<std::unique_ptr<WorkerSlot>> slots;
    std::unique_ptr<http::Listener> listener;
    std::shared_ptr<const RuntimeConfig> config;
};

void Gateway::Impl::accept(WorkerSlot& slot, std::unique_ptr<http::TcpStream> stream)
{
    ++core.openConnections;
    slot.sessions.push_back(std::make_unique<ClientSession>(slot, std::move(stream)));
    const auto position = std::prev(slot.sessions.end());
    auto finished = [this, &slot, position](const std::exception_ptr& error) {
        if (error) {
            try {
                std::rethrow_exception(error);
            } catch (const std::exception& exception) {
                core.log.write(LogLevel::Error, "gateway",
                               std::string("a connection ended by an exception: ") + exception.what());
            }
        }
        slot.sessions.erase(position);
        --core.openConnections;
        if (slot.sessions.empty() && slot.sessionsGone)
            std::exchange(slot.sessionsGone, nullptr)();
    };
    http::start((*position)->run(), finished);
}

void Gateway::Impl::forAll(void (ClientSession::*action)())
{
    for (const auto& slot : slots) {
        slot->worker.post([&slot = *slot, action] {
            for (const auto& session : slot.sessions)
                ((*session).*action)();
        });
    }
}

Gateway::Gateway(GatewayOptions options, GatewaySinks sinks, journal::Journal& journal, limits::LimitTable& limits,
                 const Clock& clock, Random& random, LogSink& log)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(sinks), journal, limits, clock, random, log))
{
}

Gateway::~Gateway()
{
    stop(milliseconds{0});
}

Result<Endpoint> Gateway::start()
{
    Impl& impl = *m_impl;
    const std::lock_guard lock(impl.mutex);
    if (impl.listener)
        return Error{ErrorCode::Conflict, "the gateway is running"};
    GatewayCore& core = impl.core;
    if (auto usable = core.options.check(); !usable)
        return std::move(usable).error();
    auto tls = http::TlsContext::create(core.options.caFile);
    if (!tls)
        return tls.error();
    core.tls = *tls;
    core.draining = false;

    const unsigned wanted =
        core.options.workers > 0 ? core.options.workers : std::clamp(std::thread::hardware_concurrency(), 1u, 4u);
    std::vector<http::Worker*> workers;
    for (unsigned i = 0; i < wanted; ++i) {
        impl.slots.push_back(std::make_unique<WorkerSlot>(core, i));
        impl.slots.back()->config = impl.config;
        workers.push_back(&impl.slots.back()->worker);
    }
    http::Listener::Callbacks callbacks;
    callbacks.hasRoom = [&core] { return core.openConnections < core.options.bounds.connections; };
    callbacks.accepted = [&impl](http::Worker& worker, std::unique_ptr<http::TcpStream> stream) {
        impl.accept(*impl.slots[worker.index()], std::move(stream));
    };
    auto listener = std::make_unique<http::Listener>(workers, std::move(callbacks), core.log);
    const auto port = listener->open(core.options.listenHost, core.options.port);
    if (!port) {
        impl.slots.clear();
        return port.error();
    }
    impl.listener = std::move(listener);
    core.frontDoor = FrontDoorRules::make(*port, core.options.allowedHosts, core.options.allowedOrigins,
                                          core.options.behindTlsProxy);
    for (const auto& slot : impl.slots)
        slot->worker.start();
    const std::string host = core.options.listenHost == "localhost" ? "127.0.0.1" : core.options.listenHost;
    return Endpoint{host, *port};
}

void Gateway::publish(std::shared_ptr<const RuntimeConfig> config, std::span<const limits::BookedBucket> booked)
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->core.limits.configure(config->data().counters, booked);
    m_impl->config = std::move(config);
    for (const auto& slot : m_impl->slots) {
        slot->worker.post([&slot = *slot, published = m_impl->config] { slot.config = published; });
    }
}

void Gateway::stop(milliseconds grace)
{
    Impl& impl = *m_impl;
    const std::lock_guard lock(impl.mutex);
    if (!impl.listener)
        return;
    impl.core.draining = true;
    Countdown listening(1);
    impl.slots.front()->worker.post([&impl, &listening] { impl.listener->close([&listening] { listening.done(); }); });
    listening.waitFor(kCancelTime);

    Countdown sessions(impl.slots.size());
    for (const auto& slot : impl.slots) {
        slot->worker.post([&slot = *slot, &sessions] {
            if (slot.sessions.empty())
                sessions.done();
            else
                slot.sessionsGone = [&sessions] { sessions.done(); };
        });
    }
    impl.forAll(&ClientSession::closeIfIdle);
    if (!sessions.waitFor(grace)) {
        impl.forAll(&ClientSession::breakOffRequest);
        if (!sessions.waitFor(kBreakOffTime)) {
            impl.forAll(&ClientSession::cancel);
            if (!sessions.waitFor(kCancelTime))
                impl.core.log.write(LogLevel::Error, "gateway", "connections were still busy at the end of shutdown");
        }
    }
    Countdown pools(impl.slots.size());
    for (const auto& slot : impl.slots)
        slot->worker.post([&slot = *slot, &pools] { slot.pool.close([&pools] { pools.done(); }); });
    pools.waitFor(kCancelTime);
    for (const auto& slot : impl.slots)
        slot->worker.stop();
    impl.listener.reset();
    impl.slots.clear();
}

GatewayCounters Gateway::counters() const
{
    const GatewayCore& core = m_impl->core;
    return {core.requests, core.activeRequests, core.activeStreams, core.openConnections};
}

} // namespace sb::gateway
