// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Money.h"
#include "base/Secret.h"
#include "promptlab/LabRequest.h"

#include <QNetworkReply>
#include <QObject>
#include <QString>
#include <QUrl>

#include <cstdint>
#include <memory>
#include <optional>

namespace sb::promptlab {

/// How a lane's answer ended, with everything a run remembers of it.
struct LaneResult {
    enum class End { Complete, Stopped, Cut, Refused, Unreachable };

    End end = End::Complete;
    int httpStatus = 0;
    QString errorCode; ///< a code of the contract, or the provider's
    QString error;     ///< the sentence that came with it
    QString text;
    QString reasoning;
    QString finishReason;
    std::optional<std::uint32_t> ttftMs; ///< to the first real text or reasoning; absent: none came
    std::uint32_t totalMs = 0;
    std::optional<std::uint64_t> tokensIn;
    std::optional<std::uint64_t> tokensOut;
    std::optional<double>
        tokensPerSecond;       ///< output / (last delta - first delta); absent when they are less than 50 ms apart
    std::optional<Money> cost; ///< from the header; of a streamed answer it is known only in the database, by requestId
    QString requestId;
    QByteArray rawRequest;  ///< head and body, the key masked
    QByteArray rawResponse; ///< body as received, at most 1 MiB
    QList<std::pair<QByteArray, QByteArray>> responseHeaders;
    bool rawTruncated = false;
};

/// One conversation with the gateway: sends a question, watches the answer stream, can be stopped. Has its own network
/// manager, as six requests to one host share one manager's connections and a seventh would wait, spoiling its times.
/// Main thread.
class Lane : public QObject {
    Q_OBJECT
public:
    explicit Lane(QObject* parent = nullptr);
    ~Lane() override;

    /// Sends; what still runs is stopped first. `gateway`: "http://127.0.0.1:8484".
    void send(const LabRequest& request, const QUrl& gateway, const Secret& key);
    /// Closes the connection at once and keeps what has arrived.
    void stop();
    bool isRunning() const;

Q_SIGNALS:
    /// New text, gathered to at most 30 signals a second.
    void textArrived(const QString& text);
    void reasoningArrived(const QString& text);
    /// The first real token is there.
    void firstToken(quint32 ttftMs);
    void finished(const sb::promptlab::LaneResult& result);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::promptlab
