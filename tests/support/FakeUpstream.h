// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace sb::test {

/// What a fake provider does with one request.
struct FakeReply {
    std::vector<std::string> pieces;       ///< written one after the other, each in a call of its own
    std::size_t cutAt = std::string::npos; ///< bytes after which the connection is closed instead
    bool closeAfter = false;
    bool reset = false;    ///< with cutAt or closeAfter: by RST
    bool holdLast = false; ///< the last piece is written only after release()
    bool neverAnswer = false;

    static FakeReply json(std::string_view body, int status = 200, std::string_view headers = {});
    /// A chunked event stream; every event is a chunk and a piece of its own.
    static FakeReply stream(const std::vector<std::string>& events, std::string_view contentType = "text/event-stream");
    static FakeReply raw(std::string bytes) { return FakeReply{{std::move(bytes)}}; }
};

/// A provider on plain sockets, or on TLS with a certificate of its own: it shares no code with the gateway. Replies
/// are taken from the queue in the order of the requests; when it is empty, the default reply is given.
class FakeUpstream {
public:
    struct Seen {
        std::size_t connection = 0; ///< 0, 1, ...
        std::string head;           ///< with its empty line
        std::string body;

        std::string line() const { return head.substr(0, head.find("\r\n")); }
        std::string header(std::string_view lowerName) const; ///< empty: absent
    };
    struct Tls {
        std::string certificateFile;
        std::string keyFile;
        bool tls11Only = false;
    };

    explicit FakeUpstream(const Tls* tls = nullptr);
    ~FakeUpstream();
    FakeUpstream(const FakeUpstream&) = delete;
    FakeUpstream& operator=(const FakeUpstream&) = delete;

    std::uint16_t port() const { return m_port; }
    void setDefault(FakeReply reply);
    void enqueue(FakeReply reply);
    void release(); ///< of a reply that holds its last piece

    std::vector<Seen> seen() const;
    std::size_t connections() const;
    /// Bytes of any kind that arrived beyond TLS; what a refused handshake must keep at 0.
    std::size_t plainBytes() const;
    bool waitForRequests(std::size_t count) const;    ///< false after ten seconds
    bool waitForClosed(std::size_t connection) const; ///< the gateway closed that connection
    void closeIdle(); ///< closes every connection from this side, as a provider does after a while

private:
    struct Connection;
    void acceptAll();
    void serve(Connection& connection);
    bool reply(Connection& connection, const FakeReply& reply);

    int m_listener = -1;
    std::uint16_t m_port = 0;
    struct TlsContext;
    std::unique_ptr<TlsContext> m_tls;
    std::thread m_acceptor;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::deque<FakeReply> m_queue;
    FakeReply m_default;
    std::vector<Seen> m_seen;
    std::size_t m_plainBytes = 0;
    std::size_t m_released = 0;
    bool m_stopping = false;
};

/// A self-signed certificate for a host name or 127.0.0.1, made on the spot.
struct ThrowAwayCertificate {
    explicit ThrowAwayCertificate(const std::string& directory, const std::string& name, bool expired = false);
    std::string certificateFile;
    std::string keyFile;
};

} // namespace sb::test
