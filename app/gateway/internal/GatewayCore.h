// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "gateway/Gateway.h"
#include "gateway/internal/Metrics.h"
#include "gateway/stages/FrontDoor.h"
#include "http/Resolver.h"
#include "http/TlsContext.h"

#include <atomic>
#include <memory>

namespace sb::gateway {

/// What all workers share: references that outlive them, and atomics.
struct GatewayCore {
    GatewayCore(GatewayOptions options_, GatewaySinks sinks_, journal::Journal& journal_, limits::LimitTable& limits_,
                const Clock& clock_, Random& random_, LogSink& log_)
        : options(std::move(options_)), sinks(std::move(sinks_)), journal(journal_), limits(limits_), clock(clock_),
          random(random_), log(log_)
    {
    }

    const GatewayOptions options;
    const GatewaySinks sinks;
    journal::Journal& journal;
    limits::LimitTable& limits;
    const Clock& clock;
    Random& random;
    LogSink& log;
    FrontDoorRules frontDoor; ///< set before the workers run
    Metrics metrics;
    http::Resolver resolver;
    std::shared_ptr<http::TlsContext> tls;

    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> activeRequests{0};
    std::atomic<std::uint64_t> activeStreams{0};
    std::atomic<std::uint64_t> openConnections{0};
    std::atomic<std::size_t> bufferedBytes{0};
    std::atomic<std::size_t> drains{0};
    std::atomic<bool> draining{false};
};

/// Counts itself as long as it lives.
class Counted {
public:
    explicit Counted(std::atomic<std::uint64_t>& counter) : m_counter(counter) { ++m_counter; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --m_counter; }

private:
    std::atomic<std::uint64_t>& m_counter;
};

/// Counts bytes against the bound of all buffered bodies as long as it lives.
class MemoryCharge {
public:
    explicit MemoryCharge(GatewayCore& core) : m_core(core) {}
    MemoryCharge(const MemoryCharge&) = delete;
    MemoryCharge& operator=(const MemoryCharge&) = delete;
    ~MemoryCharge() { m_core.bufferedBytes -= m_bytes; }

    /// Counts up to `bytes` in total; false: the bound would be exceeded, nothing more is counted.
    bool grow(std::size_t bytes)
    {
        if (bytes <= m_bytes)
            return true;
        const std::size_t more = bytes - m_bytes;
        if (m_core.bufferedBytes.fetch_add(more) + more > m_core.options.bounds.buffered) {
            m_core.bufferedBytes -= more;
            return false;
        }
        m_bytes = bytes;
        return true;
    }

private:
    GatewayCore& m_core;
    std::size_t m_bytes = 0;
};

} // namespace sb::gateway
