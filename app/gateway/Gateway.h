// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/LogSink.h"
#include "base/Random.h"
#include "base/Result.h"
#include "domain/UsageRecord.h"
#include "gateway/RuntimeConfig.h"
#include "journal/Journal.h"
#include "limits/LimitTable.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sb::gateway {

struct GatewayOptions {
    std::string listenHost = "127.0.0.1"; ///< loopback address, or another with `behindTlsProxy`
    std::uint16_t port = 8484;            ///< 0 picks a free one
    unsigned workers = 0;                 ///< 0: min(4, cores)
    bool behindTlsProxy = false;
    std::vector<std::string> allowedHosts;   ///< besides 127.0.0.1, localhost and [::1]
    std::vector<std::string> allowedOrigins; ///< browser origins that may call
    std::string caFile;                      ///< extra trusted certificates (PEM), for private model servers
    bool metricsOnLoopback = false;
};

/// Called on worker threads; must not block.
struct GatewaySinks {
    std::function<void(const UsageRecord&)> finished; ///< after the record is in the journal: for live counters and tail
};

struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
    std::string url() const; ///< "http://127.0.0.1:8484"
};

struct GatewayCounters {
    std::uint64_t requests = 0;
    std::uint64_t activeRequests = 0;
    std::uint64_t activeStreams = 0;
    std::uint64_t openConnections = 0;
};

/// The data plane: listener, workers, pipeline. Callable from any thread. Everything passed by reference outlives it.
class Gateway {
public:
    Gateway(GatewayOptions options, GatewaySinks sinks, journal::Journal& journal, limits::LimitTable& limits,
            const Clock& clock, Random& random, LogSink& log);
    ~Gateway();

    Result<Endpoint> start(); ///< Unavailable with field "port": already taken
    void publish(std::shared_ptr<const RuntimeConfig> config);
    void stop(std::chrono::milliseconds grace); ///< idempotent: stops accepting, drains, joins
    GatewayCounters counters() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::gateway
