// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/Lane.h"

#include "promptlab/AnswerReader.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QPointer>
#include <QTimer>

namespace sb::promptlab {

namespace {

constexpr int kRepaintMs = 33;
constexpr qint64 kShortestSpanNs = 50'000'000; ///< of less than 50 ms no speed is derived: it would be noise
constexpr qsizetype kRawMaximum = 1024 * 1024;
constexpr qint64 kReadBuffer = 256 * 1024;

QByteArray header(const QNetworkReply& reply, const char* name)
{
    return reply.rawHeader(name);
}

/// The request as text for reading, the key masked.
QByteArray readable(const WireRequest& wire, const QUrl& url)
{
    QByteArray text = "POST " + wire.path.toUtf8() + " HTTP/1.1\nHost: " + url.authority().toUtf8() +
                      "\nAuthorization: Bearer sbx_****\n";
    for (const auto& [name, value] : wire.headers)
        text += name + ": " + value + '\n';
    return text + '\n' + QJsonDocument::fromJson(wire.body).toJson(QJsonDocument::Indented);
}

} // namespace

struct Lane::Impl {
    explicit Impl(Lane* owner) : q(owner)
    {
        network.setProxy(QNetworkProxy::NoProxy);
        network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        repaint.setInterval(kRepaintMs);
    }

    void onHead();
    void onBytes();
    void onEnd();
    void take(const AnswerReader::Delta& delta);
    void flush();
    void conclude(LaneResult::End end);
    void release();

    Lane* q;
    QNetworkAccessManager network;
    QPointer<QNetworkReply> reply;
    QTimer repaint;
    LabDialect dialect = LabDialect::OpenAiChat;
    std::unique_ptr<AnswerReader> reader;
    LaneResult result;
    QElapsedTimer clock;
    std::optional<qint64> firstNs;
    qint64 lastNs = 0;
    int deltas = 0;
    QString pendingText;
    QString pendingReasoning;
};

Lane::Lane(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(this))
{
    connect(&m_impl->repaint, &QTimer::timeout, this, [this] { m_impl->flush(); });
}

Lane::~Lane()
{
    m_impl->release();
}

bool Lane::isRunning() const
{
    return m_impl->reply;
}

void Lane::send(const LabRequest& request, const QUrl& gateway, const Secret& key)
{
    stop();
    Impl& d = *m_impl;
    const WireRequest wire = wireRequest(request);
    QUrl url = gateway;
    url.setPath(wire.path, QUrl::TolerantMode);

    QNetworkRequest network(url);
    network.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    for (const auto& [name, value] : wire.headers)
        network.setRawHeader(name, value);
    const std::string_view text = key.reveal();
    network.setRawHeader("Authorization", "Bearer " + QByteArray(text.data(), static_cast<qsizetype>(text.size())));

    d.result = {};
    d.result.rawRequest = readable(wire, url);
    d.dialect = dialectOf(request.provider);
    d.reader.reset();
    d.firstNs.reset();
    d.lastNs = 0;
    d.deltas = 0;
    d.pendingText.clear();
    d.pendingReasoning.clear();
    d.clock.start();
    d.reply = d.network.post(network, wire.body);
    d.reply->setReadBufferSize(kReadBuffer);
    connect(d.reply, &QNetworkReply::metaDataChanged, this, [&d] { d.onHead(); });
    connect(d.reply, &QNetworkReply::readyRead, this, [&d] { d.onBytes(); });
    connect(d.reply, &QNetworkReply::finished, this, [&d] { d.onEnd(); });
    d.repaint.start();
}

void Lane::stop()
{
    if (!m_impl->reply)
        return;
    m_impl->onBytes(); // nothing can be read after abort()
    m_impl->conclude(LaneResult::End::Stopped);
}

void Lane::Impl::onHead()
{
    if (reader || !reply)
        return;
    result.httpStatus = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    result.responseHeaders = reply->rawHeaderPairs();
    result.requestId = QString::fromLatin1(header(*reply, "x-signalbox-request-id"));
    if (auto cost = parseUsd(header(*reply, "x-signalbox-cost-usd").toStdString()))
        result.cost = *cost;
    reader = std::make_unique<AnswerReader>(dialect, header(*reply, "Content-Type"));
}

void Lane::Impl::onBytes()
{
    if (!reply)
        return;
    onHead();
    const QByteArray bytes = reply->readAll();
    if (bytes.isEmpty())
        return;
    const qsizetype room = kRawMaximum - result.rawResponse.size();
    result.rawTruncated = result.rawTruncated || bytes.size() > room;
    result.rawResponse += bytes.left(room);
    take(reader->feed(bytes));
}

void Lane::Impl::take(const AnswerReader::Delta& delta)
{
    if (delta.isEmpty())
        return;
    lastNs = clock.nsecsElapsed();
    ++deltas;
    if (!firstNs) {
        firstNs = lastNs;
        result.ttftMs = static_cast<std::uint32_t>(lastNs / 1'000'000);
        Q_EMIT q->firstToken(*result.ttftMs);
    }
    result.text += delta.text;
    result.reasoning += delta.reasoning;
    pendingText += delta.text;
    pendingReasoning += delta.reasoning;
}

void Lane::Impl::flush()
{
    if (!pendingReasoning.isEmpty())
        Q_EMIT q->reasoningArrived(std::exchange(pendingReasoning, {}));
    if (!pendingText.isEmpty())
        Q_EMIT q->textArrived(std::exchange(pendingText, {}));
}

void Lane::Impl::onEnd()
{
    if (!reply)
        return;
    onBytes();
    if (result.httpStatus == 0) {
        result.error = reply->errorString();
        conclude(LaneResult::End::Unreachable);
        return;
    }
    onHead();
    // The whole of an answer that is not streamed arrives at once: it has no time to first token.
    if (const auto rest = reader->finish(); !rest.isEmpty()) {
        result.text += rest.text;
        result.reasoning += rest.reasoning;
        pendingText += rest.text;
        pendingReasoning += rest.reasoning;
    }
    if (result.httpStatus < 200 || result.httpStatus >= 300)
        conclude(LaneResult::End::Refused);
    else if (reader->isComplete() && reader->error().isEmpty())
        conclude(LaneResult::End::Complete);
    else
        conclude(LaneResult::End::Cut);
}

void Lane::Impl::conclude(LaneResult::End end)
{
    result.end = end;
    result.totalMs = static_cast<std::uint32_t>(clock.elapsed());
    if (reader) {
        result.tokensIn = reader->tokensIn();
        result.tokensOut = reader->tokensOut();
        result.finishReason = reader->finishReason();
        if (result.error.isEmpty()) {
            result.error = reader->error();
            result.errorCode = reader->errorCode();
        }
    }
    if (firstNs && deltas > 1 && result.tokensOut && lastNs - *firstNs >= kShortestSpanNs)
        result.tokensPerSecond = static_cast<double>(*result.tokensOut) * 1e9 / static_cast<double>(lastNs - *firstNs);
    release();
    flush();
    Q_EMIT q->finished(std::exchange(result, {}));
}

void Lane::Impl::release()
{
    repaint.stop();
    if (!reply)
        return;
    reply->disconnect(q);
    reply->abort();
    reply->deleteLater();
    reply = nullptr;
}

} // namespace sb::promptlab
