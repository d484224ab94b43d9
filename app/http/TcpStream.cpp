// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/TcpStream.h"

#include "domain/validation/HostAddress.h"
#include "http/internal/TcpStreamImpl.h"
#include "http/internal/Tls.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace sb::http {

// ----------------------------------------------------------------------------------------------------------- readiness

void TcpStream::Impl::finish(Readiness& readiness)
{
    readiness.pending = false;
    readiness.signalled = true;
    if (readiness.waiter) {
        const auto waiter = std::exchange(readiness.waiter, {});
        readiness.signalled = false;
        waiter.resume();
        return;
    }
    if (&readiness == &read && watchNotify && !cancelled) {
        auto* notify = std::exchange(watchNotify, nullptr);
        notify(watchContext);
    }
    if (drainWaiter && !read.pending && !write.pending)
        std::exchange(drainWaiter, {}).resume();
}

void TcpStream::Impl::armRead()
{
    if (read.pending)
        return;
    read.pending = true;
    socket.async_wait(Socket::wait_read, [this](const boost::system::error_code&) { finish(read); });
}

void TcpStream::Impl::armWrite()
{
    if (write.pending)
        return;
    write.pending = true;
    socket.async_wait(Socket::wait_write, [this](const boost::system::error_code&) { finish(write); });
}

/// Awaits one direction. A deadline ends the wait without touching the outstanding operation, which keeps its use for
/// later.
struct TcpStream::Impl::Wait {
    Impl& impl;
    Readiness& readiness;

    bool await_ready() const noexcept
    {
        if (impl.cancelled)
            return true;
        return std::exchange(readiness.signalled, false);
    }
    void await_suspend(std::coroutine_handle<> handle)
    {
        readiness.waiter = handle;
        if (&readiness == &impl.read)
            impl.armRead();
        else
            impl.armWrite();
    }
    void await_resume() const noexcept {}
};

namespace {

void expireRead(void* context)
{
    auto* impl = static_cast<TcpStream::Impl*>(context);
    impl->readExpired = true;
    if (impl->read.waiter)
        std::exchange(impl->read.waiter, {}).resume();
}

void expireWrite(void* context)
{
    auto* impl = static_cast<TcpStream::Impl*>(context);
    impl->writeExpired = true;
    if (impl->write.waiter)
        std::exchange(impl->write.waiter, {}).resume();
}

} // namespace

// -------------------------------------------------------------------------------------------------------------- stream

TcpStream::TcpStream(Worker&, std::unique_ptr<Impl> impl) : m_impl(std::move(impl))
{
    boost::system::error_code ignored; // a socket that is dead already shows it at the first read
    m_impl->socket.non_blocking(true, ignored);
    m_impl->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

TcpStream::~TcpStream() = default;

Worker& TcpStream::worker() const
{
    return m_impl->worker;
}

IoResult TcpStream::tryRead(char* to, std::size_t room)
{
    Impl& impl = *m_impl;
    if (impl.cancelled)
        return {IoStatus::Cancelled, 0};
    if (impl.ssl) {
        ERR_clear_error();
        std::size_t received = 0;
        if (SSL_read_ex(impl.ssl.get(), to, room, &received) == 1)
            return {IoStatus::Ok, received};
        switch (SSL_get_error(impl.ssl.get(), 0)) {
        case SSL_ERROR_WANT_READ:
            impl.sslWantsWrite = false;
            return {IoStatus::WouldBlock, 0};
        case SSL_ERROR_WANT_WRITE:
            impl.sslWantsWrite = true;
            return {IoStatus::WouldBlock, 0};
        case SSL_ERROR_ZERO_RETURN:
            return {IoStatus::Eof, 0};
        default:
            return {IoStatus::Truncated, 0};
        }
    }
    boost::system::error_code error;
    const std::size_t received = impl.socket.receive(asio::buffer(to, room), 0, error);
    if (!error)
        return {IoStatus::Ok, received};
    if (error == asio::error::would_block)
        return {IoStatus::WouldBlock, 0};
    return {error == asio::error::eof ? IoStatus::Eof : IoStatus::Failed, 0};
}

IoResult TcpStream::tryWrite(std::string_view first, std::string_view second)
{
    Impl& impl = *m_impl;
    if (impl.cancelled)
        return {IoStatus::Cancelled, 0};
    if (impl.ssl) {
        const std::string_view part = first.empty() ? second : first;
        ERR_clear_error();
        std::size_t sent = 0;
        if (part.empty() || SSL_write_ex(impl.ssl.get(), part.data(), part.size(), &sent) == 1)
            return {IoStatus::Ok, sent};
        switch (SSL_get_error(impl.ssl.get(), 0)) {
        case SSL_ERROR_WANT_READ:
            impl.sslWantsWrite = false;
            return {IoStatus::WouldBlock, 0};
        case SSL_ERROR_WANT_WRITE:
            impl.sslWantsWrite = true;
            return {IoStatus::WouldBlock, 0};
        default:
            return {IoStatus::Failed, 0};
        }
    }
    boost::system::error_code error;
    std::size_t sent = 0;
    if (second.empty()) {
        sent = impl.socket.send(asio::buffer(first.data(), first.size()), 0, error);
    } else {
        const std::array<asio::const_buffer, 2> both{asio::buffer(first.data(), first.size()),
                                                     asio::buffer(second.data(), second.size())};
        sent = impl.socket.send(both, 0, error);
    }
    if (!error)
        return {IoStatus::Ok, sent};
    return {error == asio::error::would_block ? IoStatus::WouldBlock : IoStatus::Failed, 0};
}

Task<IoResult> TcpStream::readSome(char* to, std::size_t room, std::chrono::milliseconds within)
{
    Impl& impl = *m_impl;
    impl.readExpired = false;
    if (within.count() > 0)
        impl.readDeadline.arm(impl.worker.timers(), within, &impl, expireRead);
    IoResult result;
    // While a wait is outstanding there is nothing to be read, unless TLS holds it already.
    for (bool worthTrying = impl.ssl || !impl.read.pending || impl.cancelled;; worthTrying = true) {
        if (worthTrying) {
            result = tryRead(to, room);
            if (result.status != IoStatus::WouldBlock)
                break;
        }
        co_await Impl::Wait{impl, impl.ssl && impl.sslWantsWrite ? impl.write : impl.read};
        if (impl.readExpired) {
            result.status = IoStatus::Expired;
            break;
        }
    }
    impl.readDeadline.disarm();
    co_return result;
}

Task<IoStatus> TcpStream::readable(std::chrono::milliseconds within)
{
    Impl& impl = *m_impl;
    impl.readExpired = false;
    if (within.count() > 0)
        impl.readDeadline.arm(impl.worker.timers(), within, &impl, expireRead);
    co_await Impl::Wait{impl, impl.read};
    impl.readDeadline.disarm();
    if (impl.cancelled)
        co_return IoStatus::Cancelled;
    co_return impl.readExpired ? IoStatus::Expired : IoStatus::Ok;
}

Task<IoStatus> TcpStream::write(std::string_view first, std::string_view second, std::chrono::milliseconds within)
{
    Impl& impl = *m_impl;
    while (!first.empty() || !second.empty()) {
        const IoResult result = tryWrite(first, second);
        if (result.status == IoStatus::Ok) {
            const std::size_t ofFirst = std::min(result.bytes, first.size());
            first.remove_prefix(ofFirst);
            second.remove_prefix(result.bytes - ofFirst);
            continue;
        }
        if (result.status != IoStatus::WouldBlock)
            co_return result.status;
        impl.writeExpired = false;
        if (within.count() > 0)
            impl.writeDeadline.arm(impl.worker.timers(), within, &impl, expireWrite);
        co_await Impl::Wait{impl, impl.ssl && !impl.sslWantsWrite ? impl.read : impl.write};
        impl.writeDeadline.disarm();
        if (impl.cancelled)
            co_return IoStatus::Cancelled;
        if (impl.writeExpired)
            co_return IoStatus::Expired;
    }
    co_return IoStatus::Ok;
}

void TcpStream::watch(void* context, void (*notify)(void*))
{
    if (m_impl->cancelled)
        return;
    m_impl->watchContext = context;
    m_impl->watchNotify = notify;
    m_impl->armRead();
}

void TcpStream::unwatch()
{
    m_impl->watchNotify = nullptr;
}

void TcpStream::expectReadable()
{
    if (!m_impl->cancelled)
        m_impl->armRead();
}

bool TcpStream::isStale()
{
    if (m_impl->cancelled)
        return true;
    if (!m_impl->ssl && m_impl->read.pending)
        return false;
    char byte = 0;
    boost::system::error_code error;
    m_impl->socket.receive(asio::buffer(&byte, 1), Socket::message_peek, error);
    if (error == asio::error::would_block)
        return false;
    if (error || !m_impl->ssl)
        return true;
    // Under TLS a server may send session tickets at any time: let the library take them and see whether data follows.
    return tryRead(&byte, 1).status != IoStatus::WouldBlock;
}

Task<IoStatus> TcpStream::handshake(TlsContext& context, const std::string& host, std::chrono::milliseconds within,
                                    std::string& why)
{
    Impl& impl = *m_impl;
    impl.ssl.reset(SSL_new(context.impl().context.get()));
    SSL* ssl = impl.ssl.get();
    BIO* bio = ssl ? makeSocketBio(impl.socket) : nullptr;
    if (!bio) {
        why = "TLS cannot be initialised";
        co_return IoStatus::Failed;
    }
    SSL_set_bio(ssl, bio, bio);
    X509_VERIFY_PARAM* parameters = SSL_get0_param(ssl);
    std::string sni = host; // the call behind SSL_set_tlsext_host_name takes a pointer to non-const, and copies
    bool named = false;
    if (validation::HostAddress::parse(host)) {
        named = X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1;
    } else {
        X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        named = X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), host.size()) == 1 &&
                SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, sni.data()) == 1;
    }
    if (!named) {
        why = "the host name cannot be checked against a certificate";
        co_return IoStatus::Failed;
    }
    impl.readExpired = false;
    impl.writeExpired = false;
    impl.readDeadline.arm(impl.worker.timers(), within, &impl, expireRead);
    impl.writeDeadline.arm(impl.worker.timers(), within, &impl, expireWrite);
    IoStatus status = IoStatus::WouldBlock;
    while (status == IoStatus::WouldBlock) {
        ERR_clear_error();
        const int outcome = SSL_connect(ssl);
        if (outcome == 1) {
            status = IoStatus::Ok;
            break;
        }
        const int error = SSL_get_error(ssl, outcome);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
            const long verify = SSL_get_verify_result(ssl);
            if (verify != X509_V_OK) {
                why = std::string("the certificate is not accepted: ") + X509_verify_cert_error_string(verify);
            } else {
                const char* reason = ERR_reason_error_string(ERR_peek_error());
                why = std::string("the TLS handshake failed") + (reason ? std::string(": ") + reason : std::string());
            }
            ERR_clear_error();
            status = IoStatus::Failed;
            break;
        }
        co_await Impl::Wait{impl, error == SSL_ERROR_WANT_WRITE ? impl.write : impl.read};
        if (impl.cancelled)
            status = IoStatus::Cancelled;
        else if (impl.readExpired || impl.writeExpired)
            status = IoStatus::Expired;
    }
    impl.readDeadline.disarm();
    impl.writeDeadline.disarm();
    co_return status;
}

void TcpStream::shutdownSend()
{
    boost::system::error_code ignored; // the peer may be gone already, which is what follows anyway
    m_impl->socket.shutdown(Socket::shutdown_send, ignored);
}

void TcpStream::cancel()
{
    if (m_impl->cancelled)
        return;
    m_impl->cancelled = true;
    boost::system::error_code ignored; // the socket is closed next; nothing can be done about a failure
    m_impl->socket.cancel(ignored);
}

void TcpStream::close()
{
    cancel();
    boost::system::error_code ignored;
    m_impl->socket.close(ignored);
}

bool TcpStream::isCancelled() const
{
    return m_impl->cancelled;
}

namespace {

struct DrainWait {
    TcpStream::Impl& impl;
    bool await_ready() const noexcept { return !impl.read.pending && !impl.write.pending; }
    void await_suspend(std::coroutine_handle<> handle) noexcept { impl.drainWaiter = handle; }
    void await_resume() const noexcept {}
};

} // namespace

Task<void> TcpStream::drained()
{
    close();
    co_await DrainWait{*m_impl};
}

std::string TcpStream::peerAddress() const
{
    boost::system::error_code error;
    const auto endpoint = m_impl->socket.remote_endpoint(error);
    return error ? std::string() : endpoint.address().to_string();
}

} // namespace sb::http
