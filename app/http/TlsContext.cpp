// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/TlsContext.h"

#include "http/internal/Tls.h"

#include <openssl/err.h>

#include <filesystem>

namespace sb::http {

namespace {

int bioWrite(BIO* bio, const char* data, int size)
{
    BIO_clear_retry_flags(bio);
    auto& socket = *static_cast<Socket*>(BIO_get_data(bio));
    boost::system::error_code error;
    const std::size_t sent = socket.send(asio::buffer(data, static_cast<std::size_t>(size)), 0, error);
    if (!error)
        return static_cast<int>(sent);
    if (error == asio::error::would_block)
        BIO_set_retry_write(bio);
    return -1;
}

int bioRead(BIO* bio, char* to, int room)
{
    BIO_clear_retry_flags(bio);
    auto& socket = *static_cast<Socket*>(BIO_get_data(bio));
    boost::system::error_code error;
    const std::size_t received = socket.receive(asio::buffer(to, static_cast<std::size_t>(room)), 0, error);
    if (!error)
        return static_cast<int>(received);
    if (error == asio::error::eof)
        return 0;
    if (error == asio::error::would_block)
        BIO_set_retry_read(bio);
    return -1;
}

long bioControl(BIO* bio, int command, long, void*)
{
    switch (command) {
    case BIO_CTRL_FLUSH:
    case BIO_CTRL_DUP:
        return 1;
    case BIO_CTRL_EOF:
        return 0;
    case BIO_CTRL_PUSH:
    case BIO_CTRL_POP:
    default:
        (void)bio;
        return 0;
    }
}

int bioCreate(BIO* bio)
{
    BIO_set_init(bio, 1);
    return 1;
}

struct MethodDeleter {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};

std::unique_ptr<BIO_METHOD, MethodDeleter> makeMethod()
{
    std::unique_ptr<BIO_METHOD, MethodDeleter> method(
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "asio socket"));
    BIO_meth_set_write(method.get(), bioWrite);
    BIO_meth_set_read(method.get(), bioRead);
    BIO_meth_set_ctrl(method.get(), bioControl);
    BIO_meth_set_create(method.get(), bioCreate);
    return method;
}

} // namespace

BIO* makeSocketBio(Socket& socket)
{
    static const std::unique_ptr<BIO_METHOD, MethodDeleter> method = makeMethod();
    BIO* bio = BIO_new(method.get());
    if (bio)
        BIO_set_data(bio, &socket);
    return bio;
}

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TlsContext::~TlsContext() = default;

Result<std::shared_ptr<TlsContext>> TlsContext::create(const std::string& caFile)
{
    auto impl = std::make_unique<Impl>();
    impl->context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* context = impl->context.get();
    if (!context)
        return Error{ErrorCode::Internal, "TLS cannot be initialised"};
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_default_verify_paths(context);
    if (!caFile.empty() && SSL_CTX_load_verify_locations(context, caFile.c_str(), nullptr) != 1) {
        ERR_clear_error();
        std::error_code missing;
        const bool isFile = std::filesystem::is_regular_file(caFile, missing);
        return Error{ErrorCode::InvalidArgument,
                     "the file " + caFile +
                         (isFile ? " has no certificate in it that can be read" : " does not exist or is no file"),
                     "caFile"};
    }
    constexpr unsigned char kProtocols[] = "\x08http/1.1";
    SSL_CTX_set_alpn_protos(context, kProtocols, sizeof kProtocols - 1);
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(impl)));
}

} // namespace sb::http
