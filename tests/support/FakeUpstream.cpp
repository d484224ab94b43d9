// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeUpstream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace sb::test {

namespace {

constexpr std::chrono::seconds kPatience{10};

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

} // namespace

FakeReply FakeReply::json(std::string_view body, int status, std::string_view headers)
{
    std::string text = "HTTP/1.1 " + std::to_string(status) + " X\r\ncontent-type: application/json\r\n";
    text += headers;
    text += "content-length: " + std::to_string(body.size()) + "\r\n\r\n";
    text += body;
    return raw(std::move(text));
}

FakeReply FakeReply::stream(const std::vector<std::string>& events, std::string_view contentType)
{
    FakeReply reply;
    reply.pieces.push_back("HTTP/1.1 200 OK\r\ncontent-type: " + std::string(contentType) +
                           "\r\ntransfer-encoding: chunked\r\n\r\n");
    for (const std::string& event : events) {
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", event.size());
        reply.pieces.push_back(size + event + "\r\n");
    }
    reply.pieces.push_back("0\r\n\r\n");
    return reply;
}

std::string FakeUpstream::Seen::header(std::string_view lowerName) const
{
    const std::string lower = lowered(head);
    const auto at = lower.find("\r\n" + std::string(lowerName) + ": ");
    if (at == std::string::npos)
        return {};
    const auto begin = at + lowerName.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

struct FakeUpstream::TlsContext {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    ~TlsContext() { SSL_CTX_free(context); }
};

struct FakeUpstream::Connection {
    int socket = -1;
    std::size_t index = 0;
    SSL* ssl = nullptr;
    bool closedByPeer = false;
    std::thread thread;

    long receive(char* to, std::size_t room) const
    {
        if (ssl)
            return SSL_read(ssl, to, static_cast<int>(room));
        return ::recv(socket, to, room, 0);
    }
    bool send(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const long sent = ssl ? SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()))
                                  : ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
};

FakeUpstream::FakeUpstream(const Tls* tls) : m_default(FakeReply::json("{}"))
{
    if (tls) {
        m_tls = std::make_unique<TlsContext>();
        SSL_CTX_use_certificate_file(m_tls->context, tls->certificateFile.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(m_tls->context, tls->keyFile.c_str(), SSL_FILETYPE_PEM);
        if (tls->tls11Only) {
            SSL_CTX_set_security_level(m_tls->context, 0);
            SSL_CTX_set_min_proto_version(m_tls->context, TLS1_1_VERSION);
            SSL_CTX_set_max_proto_version(m_tls->context, TLS1_1_VERSION);
        }
    }
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(m_listener, 64);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptAll(); });
}

FakeUpstream::~FakeUpstream()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        ::shutdown(m_listener, SHUT_RDWR);
        for (const auto& connection : m_connections) {
            if (connection->socket >= 0)
                ::shutdown(connection->socket, SHUT_RDWR);
        }
        m_changed.notify_all();
    }
    m_acceptor.join();
    for (const auto& connection : m_connections)
        connection->thread.join();
    ::close(m_listener);
}

void FakeUpstream::acceptAll()
{
    for (;;) {
        const int socket = ::accept(m_listener, nullptr, nullptr);
        const std::lock_guard lock(m_mutex);
        if (socket < 0 || m_stopping) {
            if (socket >= 0)
                ::close(socket);
            return;
        }
        m_connections.push_back(std::make_unique<Connection>());
        Connection& connection = *m_connections.back();
        connection.socket = socket;
        connection.index = m_connections.size() - 1;
        connection.thread = std::thread([this, &connection] { serve(connection); });
        m_changed.notify_all();
    }
}

void FakeUpstream::serve(Connection& connection)
{
    // OpenSSL's own socket calls raise it; only here, so that the gateway is still seen to do without.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    bool open = true;
    if (m_tls) {
        connection.ssl = SSL_new(m_tls->context);
        SSL_set_fd(connection.ssl, connection.socket);
        open = SSL_accept(connection.ssl) == 1;
    }
    std::string pending;
    char bytes[16'384];
    while (open) {
        std::size_t head = std::string::npos;
        std::size_t length = 0;
        for (;;) {
            head = pending.find("\r\n\r\n");
            if (head != std::string::npos) {
                const std::string lower = lowered(pending.substr(0, head + 2));
                const auto at = lower.find("\r\ncontent-length: ");
                length = at == std::string::npos ? 0 : std::stoul(lower.substr(at + 18));
                if (pending.size() >= head + 4 + length)
                    break;
            }
            const long count = connection.receive(bytes, sizeof bytes);
            if (count <= 0) {
                open = false;
                break;
            }
            pending.append(bytes, static_cast<std::size_t>(count));
            const std::lock_guard lock(m_mutex);
            m_plainBytes += static_cast<std::size_t>(count);
        }
        if (!open)
            break;
        FakeReply next;
        {
            const std::lock_guard lock(m_mutex);
            m_seen.push_back({connection.index, pending.substr(0, head + 4), pending.substr(head + 4, length)});
            next = m_default;
            if (!m_queue.empty()) {
                next = std::move(m_queue.front());
                m_queue.pop_front();
            }
            m_changed.notify_all();
        }
        pending.erase(0, head + 4 + length);
        open = reply(connection, next);
    }
    if (connection.ssl) {
        SSL_shutdown(connection.ssl);
        SSL_free(connection.ssl);
    }
    const std::lock_guard lock(m_mutex);
    ::close(std::exchange(connection.socket, -1));
    connection.closedByPeer = true;
    m_changed.notify_all();
}

bool FakeUpstream::reply(Connection& connection, const FakeReply& reply)
{
    std::size_t left = reply.cutAt;
    for (std::size_t i = 0; i < reply.pieces.size(); ++i) {
        if (reply.holdLast && i + 1 == reply.pieces.size()) {
            std::unique_lock lock(m_mutex);
            m_changed.wait_for(lock, kPatience, [&] { return m_stopping || m_released > 0; });
            m_released -= std::min<std::size_t>(m_released, 1);
        }
        const std::string_view piece = std::string_view(reply.pieces[i]).substr(0, left);
        if (!connection.send(piece))
            return false;
        if (left != std::string::npos)
            left -= piece.size();
        if (left == 0)
            break;
    }
    if (reply.neverAnswer) {
        char byte = 0;
        connection.receive(&byte, 1); // until the gateway gives up
        return false;
    }
    if (reply.cutAt == std::string::npos && !reply.closeAfter)
        return true;
    if (reply.reset) {
        const linger hard{1, 0};
        ::setsockopt(connection.socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
    return false;
}

void FakeUpstream::setDefault(FakeReply reply)
{
    const std::lock_guard lock(m_mutex);
    m_default = std::move(reply);
}

void FakeUpstream::enqueue(FakeReply reply)
{
    const std::lock_guard lock(m_mutex);
    m_queue.push_back(std::move(reply));
}

void FakeUpstream::release()
{
    const std::lock_guard lock(m_mutex);
    ++m_released;
    m_changed.notify_all();
}

std::vector<FakeUpstream::Seen> FakeUpstream::seen() const
{
    const std::lock_guard lock(m_mutex);
    return m_seen;
}

std::size_t FakeUpstream::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections.size();
}

std::size_t FakeUpstream::plainBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_plainBytes;
}

bool FakeUpstream::waitForRequests(std::size_t count) const
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kPatience, [&] { return m_seen.size() >= count; });
}

bool FakeUpstream::waitForClosed(std::size_t index) const
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kPatience,
                              [&] { return index < m_connections.size() && m_connections[index]->closedByPeer; });
}

void FakeUpstream::closeIdle()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& connection : m_connections) {
        if (connection->socket >= 0)
            ::shutdown(connection->socket, SHUT_RDWR);
    }
}

ThrowAwayCertificate::ThrowAwayCertificate(const std::string& directory, const std::string& name, bool expired)
    : certificateFile(directory + "/certificate.pem"), keyFile(directory + "/key.pem")
{
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate), expired ? -3600 : 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate, subject);
    const std::string names = (name == "127.0.0.1" ? "IP:" : "DNS:") + name;
    X509_EXTENSION* alternatives = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(certificate, alternatives, -1);
    X509_EXTENSION_free(alternatives);
    X509_sign(certificate, key, EVP_sha256());
    if (FILE* file = std::fopen(certificateFile.c_str(), "w")) {
        PEM_write_X509(file, certificate);
        std::fclose(file);
    }
    if (FILE* file = std::fopen(keyFile.c_str(), "w")) {
        PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
    }
    X509_free(certificate);
    EVP_PKEY_free(key);
}

} // namespace sb::test
