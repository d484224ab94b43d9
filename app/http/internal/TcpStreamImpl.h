// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/TcpStream.h"
#include "http/internal/WorkerImpl.h"

#include <openssl/ssl.h>

namespace sb::http {

/// Readiness of one direction of a socket: at most one asynchronous wait is outstanding, and it stays outstanding until
/// the socket says something or is cancelled, also when nobody awaits it any more.
struct Readiness {
    bool pending = false;
    bool signalled = false; ///< became ready while nobody waited
    std::coroutine_handle<> waiter;
};

struct SslDeleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

struct TcpStream::Impl {
    Impl(Worker& owner, Socket&& accepted) : worker(owner), socket(std::move(accepted)) {}

    void armRead();
    void armWrite();
    void finish(Readiness& readiness);

    Worker& worker;
    Socket socket;
    Readiness read;
    Readiness write;
    Deadline readDeadline;
    Deadline writeDeadline;
    bool readExpired = false;
    bool writeExpired = false;
    bool cancelled = false;
    std::coroutine_handle<> drainWaiter;
    void* watchContext = nullptr;
    void (*watchNotify)(void*) = nullptr;
    std::unique_ptr<SSL, SslDeleter> ssl;
    bool sslWantsWrite = false; ///< the last TLS operation needs writability, not readability

    struct Wait;
};

} // namespace sb::http
