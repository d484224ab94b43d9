// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/Worker.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <optional>
#include <thread>

namespace sb::http {

namespace asio = boost::asio;

// Typed executors: with any_io_executor every completion would pay for a type-erased executor.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using TickTimer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

struct Worker::Impl {
    explicit Impl(unsigned number) : index(number), context(1), tick(context.get_executor()) {}

    void scheduleTick();

    unsigned index;
    asio::io_context context;
    std::optional<asio::executor_work_guard<Executor>> guard;
    TimerWheel timers;
    TickTimer tick;
    std::thread thread;
};

} // namespace sb::http
