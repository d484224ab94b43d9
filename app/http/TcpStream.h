// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/Deadline.h"
#include "http/Task.h"

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sb::http {

class TlsContext;
class Worker;

enum class IoStatus {
    Ok,
    WouldBlock, ///< only from the try... functions
    Eof,        ///< closed in an orderly way; under TLS only after close_notify
    Truncated,  ///< TLS: the connection ended without close_notify
    Expired,    ///< the time limit of the call passed
    Cancelled,  ///< cancel() or close()
    Failed,
};

struct IoResult {
    IoStatus status = IoStatus::Ok;
    std::size_t bytes = 0;
};

/// A TCP connection, plain or TLS, of one worker. Data moves by direct non-blocking calls and the event loop only tells
/// readiness: a read or write that can be done at once costs one system call and nothing else.
///
/// At most one coroutine reads and one writes at a time. After cancel() every pending and later call returns Cancelled.
/// It may be destroyed only when nothing is pending: `co_await drained()`.
class TcpStream {
public:
    struct Impl;
    TcpStream(Worker& worker, std::unique_ptr<Impl> impl);
    ~TcpStream();
    TcpStream(const TcpStream&) = delete;
    TcpStream& operator=(const TcpStream&) = delete;

    Worker& worker() const;

    IoResult tryRead(char* to, std::size_t room);
    /// Waits for at least one byte. No time limit if `within` is zero.
    Task<IoResult> readSome(char* to, std::size_t room, std::chrono::milliseconds within);
    /// Waits until something can be read (or the peer is gone) without needing a buffer. Plain connections only.
    Task<IoStatus> readable(std::chrono::milliseconds within);

    /// Writes everything; `within` limits the time without any progress.
    Task<IoStatus> write(std::string_view first, std::string_view second, std::chrono::milliseconds within);
    IoResult tryWrite(std::string_view first, std::string_view second = {});

    /// Calls `notify(context)` on the next readability, unless a read is waiting then. Used to notice that a peer
    /// leaves while nothing is read from it.
    void watch(void* context, void (*notify)(void*));
    void unwatch();

    /// Whether the peer has closed or sent something unasked: such a connection is not used again. After
    /// expectReadable() and without news since, that needs no system call on a plain connection.
    bool isStale();
    /// Starts waiting for the next bytes (or the end) before anybody asks for them.
    void expectReadable();

    /// Wraps the connection; checks name and chain of the certificate. `why` tells what was wrong.
    Task<IoStatus> handshake(TlsContext& context, const std::string& host, std::chrono::milliseconds within,
                             std::string& why);

    void shutdownSend(); ///< tells the peer that nothing more comes; reading goes on
    void cancel();
    void close();
    bool isCancelled() const;
    Task<void> drained();

    std::string peerAddress() const;

private:
    friend class UpstreamPool;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::http
