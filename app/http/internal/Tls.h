// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/TlsContext.h"
#include "http/internal/WorkerImpl.h"

#include <openssl/ssl.h>

namespace sb::http {

struct SslContextDeleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

struct TlsContext::Impl {
    std::unique_ptr<SSL_CTX, SslContextDeleter> context;
};

/// A BIO over a non-blocking Asio socket: sends without SIGPIPE, and works where a socket is no file descriptor.
BIO* makeSocketBio(Socket& socket);

} // namespace sb::http
