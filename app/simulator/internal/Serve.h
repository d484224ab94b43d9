// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "simulator/internal/Ledger.h"
#include "simulator/internal/Router.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace sb::simulator {

/// Typed on the context's own executor: a type-erased one would cost an allocation per operation.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
template <class T = void>
using Awaitable = boost::asio::awaitable<T, Executor>;

/// What all connections share; outlives them.
struct Shared {
    RouterOptions router;
    std::chrono::milliseconds latency{0};
    double tokensPerSecond = 0;
    Ledger ledger;
    SystemClock clock;
    std::uint64_t firstRequestId = 0; ///< differs per start, so request ids never repeat
    std::atomic<std::uint64_t> requests{0};
};

/// One client connection: keep-alive, pipelining in order, until either side closes or a fault says so.
Awaitable<> serve(Socket socket, Shared& shared);

} // namespace sb::simulator
