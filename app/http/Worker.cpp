// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/Worker.h"

#include "base/ThreadName.h"
#include "http/internal/WorkerImpl.h"

#include <boost/asio/post.hpp>

namespace sb::http {

Worker::Worker(unsigned index) : m_impl(std::make_unique<Impl>(index)) {}

Worker::~Worker()
{
    stop();
}

void Worker::start()
{
    m_impl->guard.emplace(m_impl->context.get_executor());
    m_impl->scheduleTick();
    m_impl->thread = std::thread([impl = m_impl.get()] {
        nameThisThread("gateway-" + std::to_string(impl->index));
        impl->context.run();
    });
}

void Worker::stop()
{
    if (!m_impl->thread.joinable())
        return;
    post([impl = m_impl.get()] {
        impl->tick.cancel();
        impl->guard.reset();
        impl->context.stop();
    });
    m_impl->thread.join();
}

void Worker::post(std::function<void()> work)
{
    asio::post(m_impl->context, std::move(work));
}

unsigned Worker::index() const
{
    return m_impl->index;
}

TimerWheel& Worker::timers()
{
    return m_impl->timers;
}

void Worker::Impl::scheduleTick()
{
    tick.expires_after(TimerWheel::kTick);
    tick.async_wait([this](const boost::system::error_code& error) {
        if (error)
            return;
        timers.advance(std::chrono::steady_clock::now());
        scheduleTick();
    });
}

} // namespace sb::http
