// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/ProbeExchange.h"

#include "async/OnResult.h"
#include "http/Origin.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QPromise>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QThreadPool>

#include <algorithm>

namespace sb::runtime {

namespace {

constexpr std::size_t kLargestBody = 4 * 1024 * 1024;

http::Method methodOf(const std::string& request)
{
    return request.starts_with("GET ") ? http::Method::Get : http::Method::Post;
}

QString protocolName(QSsl::SslProtocol protocol)
{
    return protocol == QSsl::TlsV1_3   ? QStringLiteral("TLS 1.3")
           : protocol == QSsl::TlsV1_2 ? QStringLiteral("TLS 1.2")
                                       : QStringLiteral("TLS");
}

using Certificates = QList<QSslCertificate>;

/// Not in this thread: a system's hundreds of certificates take longer than a window may stand still.
QFuture<Result<Certificates>> readCertificates(const QString& file)
{
    auto promise = std::make_shared<QPromise<Result<Certificates>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, file] {
        promise->addResult(QSslCertificate::fromPath(file));
        promise->finish();
    });
    return promise->future();
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

/// The names that a certificate was issued for; an old one has only its common name.
QString namesOf(const QSslCertificate& certificate)
{
    const QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
    return names.isEmpty() ? certificate.subjectDisplayName() : names.join(QStringLiteral(", "));
}

} // namespace

ProbeExchange::ProbeExchange(const validation::ServiceUrl& url, std::vector<validation::HostAddress> addresses,
                             std::string request, int connectMs, QObject* parent)
    : QObject(parent), m_url(url), m_addresses(std::move(addresses)), m_request(std::move(request)),
      m_parser(methodOf(m_request))
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_connectLimit.setSingleShot(true);
    m_connectLimit.setInterval(connectMs);
    connect(&m_connectLimit, &QTimer::timeout, this, [this] {
        fail(m_stage,
             m_stage == Stage::Connect
                 ? tr("No answer in time: the host does not accept connections on port %1, or a firewall drops them.")
                       .arg(m_url.port)
                 : tr("The server did not finish the TLS handshake in time. Does it speak https on port %1?")
                       .arg(m_url.port));
    });
    connect(&m_socket, &QSslSocket::connected, this, &ProbeExchange::onConnected);
    connect(&m_socket, &QSslSocket::encrypted, this, &ProbeExchange::onEncrypted);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &ProbeExchange::onError);
    connect(&m_socket, &QSslSocket::readyRead, this, &ProbeExchange::read);
    connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) { m_tlsErrors = errors; });
}

ProbeExchange::~ProbeExchange()
{
    m_socket.disconnect(this);
    m_socket.abort();
    wipe(m_request);
}

void ProbeExchange::start()
{
    m_clock.start();
    m_connectLimit.start();
    // OpenSSL, and so the gateway, reads this variable; Qt does not.
    const QString file = m_url.tls ? qEnvironmentVariable("SSL_CERT_FILE") : QString();
    if (file.isEmpty())
        return tryNext();
    onResult(readCertificates(file), this, [this](const Result<Certificates>& trusted) {
        if (m_done)
            return;
        QSslConfiguration configuration = m_socket.sslConfiguration();
        if (trusted)
            configuration.addCaCertificates(*trusted);
        m_socket.setSslConfiguration(configuration);
        tryNext();
    });
}

void ProbeExchange::tryNext()
{
    const QHostAddress address(QString::fromStdString(http::toString(m_addresses[m_next++])));
    m_socket.connectToHost(address, m_url.port);
}

void ProbeExchange::onConnected()
{
    Q_EMIT connected(m_socket.peerAddress().toString());
    m_clock.restart();
    if (!m_url.tls) {
        m_connectLimit.stop();
        send();
        return;
    }
    m_stage = Stage::Tls;
    m_connectLimit.start();
    m_socket.setPeerVerifyName(QString::fromStdString(m_url.host));
    m_socket.startClientEncryption();
}

void ProbeExchange::onEncrypted()
{
    m_connectLimit.stop();
    const QSslCertificate certificate = m_socket.peerCertificate();
    Q_EMIT encrypted(
        tr("%1, certificate valid until %2")
            .arg(protocolName(m_socket.sessionProtocol()), certificate.expiryDate().date().toString(Qt::ISODate)));
    m_clock.restart();
    send();
}

void ProbeExchange::send()
{
    m_stage = Stage::Http;
    m_socket.write(m_request.data(), static_cast<qint64>(m_request.size()));
    wipe(m_request);
}

void ProbeExchange::onError()
{
    if (m_done)
        return;
    const auto error = m_socket.error();
    switch (m_stage) {
    case Stage::Connect:
        if (m_next < m_addresses.size()) {
            tryNext();
            return;
        }
        fail(Stage::Connect,
             error == QAbstractSocket::ConnectionRefusedError
                 ? tr("Connection refused: nothing listens on port %1. Check host and port.").arg(m_url.port)
                 : tr("%1. Check host, port and network.").arg(m_socket.errorString()));
        return;
    case Stage::Tls:
        fail(Stage::Tls, certificateFault());
        return;
    case Stage::Http:
        read();
        if (m_done)
            return;
        if (error == QAbstractSocket::RemoteHostClosedError && m_haveHead) {
            m_body.finish();
            if (m_body.state() == http::BodyDecoder::State::Complete)
                return finish();
        }
        fail(Stage::Http, error == QAbstractSocket::RemoteHostClosedError
                              ? tr("The server closed the connection before its answer was complete.")
                              : m_socket.errorString());
        return;
    }
}

/// All of them, the plainest first: OpenSSL names a missing authority before an expiry, and who mends one fault should
/// not find the next only then.
QString ProbeExchange::certificateFault() const
{
    using Kind = QSslError::SslError;
    const auto find = [this](std::initializer_list<Kind> kinds) {
        return std::find_if(m_tlsErrors.begin(), m_tlsErrors.end(), [kinds](const QSslError& error) {
            return std::find(kinds.begin(), kinds.end(), error.error()) != kinds.end();
        });
    };
    const auto none = m_tlsErrors.end();
    QStringList faults;
    if (find({QSslError::CertificateRevoked}) != none)
        faults << tr("The certificate was revoked. Its owner must get a new one.");
    if (const auto error = find({QSslError::CertificateExpired}); error != none)
        faults << tr("The certificate expired on %1. Its owner must renew it; check also this computer's clock.")
                      .arg(error->certificate().expiryDate().date().toString(Qt::ISODate));
    if (const auto error = find({QSslError::CertificateNotYetValid}); error != none)
        faults << tr("The certificate is valid only from %1 on. Check this computer's clock.")
                      .arg(error->certificate().effectiveDate().date().toString(Qt::ISODate));
    if (const auto error = find({QSslError::HostNameMismatch}); error != none)
        faults
            << tr("The certificate belongs to another name (%1), not to %2. Check the host in the address, or have a "
                  "certificate issued for it.")
                   .arg(namesOf(error->certificate()), QString::fromStdString(m_url.host));
    if (find({QSslError::SelfSignedCertificate}) != none) {
        faults << tr(
            "The certificate is self-signed: no authority vouches for it. If it is yours, add it to the system's "
            "trusted certificates.");
    } else if (const auto error =
                   find({QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetLocalIssuerCertificate,
                         QSslError::UnableToGetIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
                         QSslError::CertificateUntrusted});
               error != none) {
        faults << tr("The certificate was issued by an authority that this system does not trust (%1). If it is yours, "
                     "add "
                     "it to the system's trusted certificates.")
                      .arg(error->certificate().issuerDisplayName());
    }
    if (!faults.isEmpty())
        return faults.join(QLatin1Char(' '));
    if (!m_tlsErrors.isEmpty())
        return m_tlsErrors.first().errorString();
    return tr("No encrypted connection came about. Does the server speak https on port %1, with TLS 1.2 or newer? (%2)")
        .arg(m_url.port)
        .arg(m_socket.errorString());
}

void ProbeExchange::read()
{
    if (m_done || m_stage != Stage::Http)
        return;
    const QByteArray bytes = m_socket.readAll();
    if (m_haveHead) {
        takeBody({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        return;
    }
    m_received.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    for (;;) {
        http::ResponseHead head;
        const auto state = m_parser.feed(m_received, head);
        if (state == http::HeadReader::State::Failed) {
            const std::string_view why = m_parser.fault().why;
            fail(Stage::Http, tr("The answer is not HTTP: %1. Is this the right port?")
                                  .arg(QString::fromUtf8(why.data(), static_cast<qsizetype>(why.size()))));
            return;
        }
        if (state == http::HeadReader::State::NeedMore)
            return;
        if (head.status >= 100 && head.status < 200) {
            m_received.erase(0, m_parser.headBytes());
            m_parser = http::ResponseParser(http::Method::Get);
            continue;
        }
        m_haveHead = true;
        m_answer.status = head.status;
        for (const http::Field& field : head.fields.all())
            m_answer.headers.emplace(lowerCase(field.name), field.value);
        m_body = http::BodyDecoder(head.framing, head.contentLength);
        const std::string rest = m_received.substr(m_parser.headBytes());
        m_received.clear();
        takeBody(rest);
        return;
    }
}

void ProbeExchange::takeBody(std::string_view bytes)
{
    for (;;) {
        const auto step = m_body.feed(bytes);
        m_answer.body += step.data;
        bytes.remove_prefix(step.consumed);
        if (m_answer.body.size() > kLargestBody) {
            m_answer.truncated = true;
            return finish();
        }
        if (m_body.state() == http::BodyDecoder::State::Complete)
            return finish();
        if (m_body.state() == http::BodyDecoder::State::Failed)
            return fail(Stage::Http, tr("The server's answer is malformed."));
        if (step.consumed == 0)
            return;
    }
}

void ProbeExchange::finish()
{
    if (std::exchange(m_done, true))
        return;
    m_socket.abort();
    Q_EMIT answered(m_answer);
}

void ProbeExchange::fail(Stage stage, const QString& reason)
{
    if (std::exchange(m_done, true))
        return;
    m_connectLimit.stop();
    m_socket.abort();
    Q_EMIT failed(stage, reason);
}

} // namespace sb::runtime
