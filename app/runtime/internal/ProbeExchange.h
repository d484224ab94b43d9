// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/validation/HostAddress.h"
#include "domain/validation/ServiceValidation.h"
#include "http/BodyDecoder.h"
#include "http/MessageHead.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSslError>
#include <QSslSocket>
#include <QString>
#include <QTimer>

#include <map>
#include <string>
#include <vector>

namespace sb::runtime {

/// One request on one connection: TCP to addresses that were judged, TLS to the name, strict HTTP. Reads at most 4 MiB.
class ProbeExchange : public QObject {
    Q_OBJECT
public:
    struct Answer {
        int status = 0;
        std::map<std::string, std::string> headers; ///< names in lower case; the first of each
        std::string body;
        bool truncated = false;
    };
    enum class Stage { Connect, Tls, Http };

    ProbeExchange(const validation::ServiceUrl& url, std::vector<validation::HostAddress> addresses,
                  std::string request, int connectMs, QObject* parent);
    ~ProbeExchange() override;

    void start();
    int elapsedMs() const { return static_cast<int>(m_clock.elapsed()); } ///< since the present stage began

Q_SIGNALS:
    void connected(const QString& address);
    void encrypted(const QString& description); ///< not emitted for http
    void answered(const sb::runtime::ProbeExchange::Answer& answer);
    void failed(sb::runtime::ProbeExchange::Stage stage, const QString& reason);

private:
    void tryNext();
    void onConnected();
    void onEncrypted();
    void onError();
    void send();
    void read();
    void takeBody(std::string_view bytes);
    void finish();
    void fail(Stage stage, const QString& reason);
    QString certificateFault() const;

    validation::ServiceUrl m_url;
    std::vector<validation::HostAddress> m_addresses;
    std::size_t m_next = 0;
    std::string m_request;
    QSslSocket m_socket;
    QList<QSslError> m_tlsErrors;
    QTimer m_connectLimit;
    QElapsedTimer m_clock;
    Stage m_stage = Stage::Connect;
    bool m_done = false;
    bool m_haveHead = false;
    std::string m_received;
    http::ResponseParser m_parser;
    http::BodyDecoder m_body;
    Answer m_answer;
};

} // namespace sb::runtime
