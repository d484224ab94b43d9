// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/BodyDecoder.h"
#include "http/Buffer.h"
#include "http/CancelToken.h"
#include "http/Deadline.h"
#include "http/Origin.h"
#include "http/Resolver.h"
#include "http/Task.h"
#include "http/TcpStream.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace sb::http {

class TlsContext;
class Worker;

/// A connection to an origin. Its buffer holds memory only while it is in use.
struct UpstreamConnection {
    UpstreamConnection(Worker& worker, std::unique_ptr<TcpStream::Impl> impl, Origin origin_);

    TcpStream stream;
    Buffer buffer;
    Origin origin;
    Deadline idle;
    class UpstreamPool* pool = nullptr;
};

enum class ConnectFailure {
    None,
    Name,    ///< cannot be resolved
    Address, ///< resolves only to addresses that this host may not have
    Connect,
    Tls,
    Timeout,
    Cancelled,
};

struct PoolOptions {
    std::size_t idlePerOrigin = 64;
    std::chrono::milliseconds idleTime = std::chrono::seconds{60};
    std::vector<std::string> localHosts; ///< hosts that may be in private ranges (model servers, private links)
};

/// The kept-alive connections of one worker, by origin. A connection is checked for having been
/// closed before it is used again.
class UpstreamPool {
public:
    UpstreamPool(Worker& worker, Resolver& resolver, TlsContext& tls, PoolOptions options = {});
    ~UpstreamPool(); ///< after close() has called back

    /// An idle connection that is still open, or nullptr.
    std::unique_ptr<UpstreamConnection> takeIdle(const Origin& origin);

    struct Connected {
        std::unique_ptr<UpstreamConnection> connection;
        ConnectFailure failure = ConnectFailure::None;
        std::string why;
    };
    /// Resolves, judges every address, connects to the first that answers and verifies TLS. `cancel` is heeded
    /// throughout.
    Task<Connected> connect(const Origin& origin, std::chrono::milliseconds within, CancelToken& cancel);

    void give(std::unique_ptr<UpstreamConnection> connection); ///< back, with nothing unread and keep-alive agreed
    /// The same for an answer whose last bytes do not matter any more: reads them first, for at most a second.
    void giveAfter(std::unique_ptr<UpstreamConnection> connection, BodyDecoder rest);
    void discard(std::unique_ptr<UpstreamConnection> connection); ///< closes it

    /// Closes what is idle; from then on `give` closes too. `done` is called once nothing is pending any more.
    void close(std::function<void()> done);

    std::size_t idleCount() const;

private:
    struct OriginHash {
        std::size_t operator()(const Origin& origin) const noexcept
        {
            return std::hash<std::string>{}(origin.host) ^ (std::size_t{origin.port} << 1) ^ std::size_t{origin.tls};
        }
    };
    using Idle = std::vector<std::unique_ptr<UpstreamConnection>>;

    static void expireIdle(void* connection);
    Task<void> drain(std::unique_ptr<UpstreamConnection> connection);
    Task<void> readRest(std::unique_ptr<UpstreamConnection> connection, BodyDecoder rest);
    void countDown();

    Worker& m_worker;
    Resolver& m_resolver;
    TlsContext& m_tls;
    PoolOptions m_options;
    std::unordered_map<Origin, Idle, OriginHash> m_idle;
    std::size_t m_draining = 0;
    bool m_closing = false;
    std::function<void()> m_closed;
};

} // namespace sb::http
