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
#include <span>
#include <string>
#include <vector>

namespace sb::gateway {

/// How long things may take; 0 is not "forever". Defaults from the design (gateway, sections 3.1 and 6).
struct GatewayTimeouts {
    std::chrono::milliseconds head{10'000};     ///< from a request's first byte to the end of its head
    std::chrono::milliseconds bodyIdle{30'000}; ///< between two pieces of a request body
    std::chrono::milliseconds bodyTotal{300'000};
    std::chrono::milliseconds keepAlive{75'000};   ///< of an idle client connection
    std::chrono::milliseconds clientStall{60'000}; ///< a client that takes nothing of its answer
    std::chrono::milliseconds connect{5'000};      ///< name, TCP and TLS together
    std::chrono::milliseconds firstByte{60'000};   ///< of a streamed answer
    std::chrono::milliseconds streamIdle{120'000}; ///< between two pieces of a streamed answer
    std::chrono::milliseconds request{600'000};    ///< the whole
};

/// How much there may be.
struct GatewayBounds {
    std::size_t requestBody = 20u << 20; ///< beyond: 413
    std::size_t answerBody = 64u << 20;  ///< of an answer that is not streamed; beyond: 502
    std::size_t buffered = 256u << 20;   ///< bodies of all requests together; beyond: 503
    std::size_t connections = 20'000;
    std::size_t drains = 64; ///< answers awaited for the sake of their usage, though the client is gone
};

struct GatewayOptions {
    std::string listenHost = "127.0.0.1"; ///< loopback address, or another with `behindTlsProxy`
    std::uint16_t port = 8484;            ///< 0 picks a free one
    unsigned workers = 0;                 ///< 0: min(4, cores)
    bool behindTlsProxy = false;
    std::vector<std::string> allowedHosts;   ///< besides 127.0.0.1, localhost and [::1]
    std::vector<std::string> allowedOrigins; ///< browser origins that may call
    std::string caFile;                      ///< extra trusted certificates (PEM), for private model servers
    std::vector<std::string> localHosts;     ///< upstream hosts that may be in private address ranges
    bool metricsOnLoopback = false;          ///< /metrics without a key, for callers on this machine
    GatewayTimeouts timeouts;
    GatewayBounds bounds;

    /// InvalidArgument with the field that can never work, whatever the machine: "host", "beyond_loopback",
    /// "allowedHosts", "allowedOrigins".
    Result<void> check() const;
};

/// Called on worker threads; must not block.
struct GatewaySinks {
    std::function<void(const UsageRecord&)>
        finished; ///< after the record is in the journal: for live counters and tail
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
    /// Serves from `config` from now on (running requests keep theirs) and makes the limit table's counters match it:
    /// new ones begin with what `booked` says.
    void publish(std::shared_ptr<const RuntimeConfig> config, std::span<const limits::BookedBucket> booked = {});
    void stop(std::chrono::milliseconds grace); ///< idempotent: stops accepting, drains, joins
    GatewayCounters counters() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::gateway
