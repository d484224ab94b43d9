// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/ClientSession.h"

#include "gateway/internal/Text.h"
#include "gateway/stages/Settle.h"
#include "providers/ErrorShape.h"

#include <algorithm>

namespace sb::gateway {

using http::BodyDecoder;
using http::IoStatus;
using http::Task;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kReadRoom = 4096;
constexpr std::size_t kDrainBytes = 64 * 1024; ///< of a body that nobody wants, before the connection is closed instead
constexpr std::size_t kAheadBytes = 64 * 1024; ///< pipelined
constexpr milliseconds kLinger{1000};
constexpr milliseconds kDrainTime{60'000};

milliseconds leftUntil(steady_clock::time_point end)
{
    return std::max(std::chrono::duration_cast<milliseconds>(end - steady_clock::now()), milliseconds{1});
}

ApiError httpError(int status, std::string message)
{
    ApiError error{ApiCode::InvalidRequest, std::move(message), status};
    error.closeConnection = true;
    return error;
}

} // namespace

ClientSession::ClientSession(WorkerSlot& slot, std::unique_ptr<http::TcpStream> stream)
    : m_slot(slot), m_core(slot.core), m_stream(std::move(stream)), m_clientIp(m_stream->peerAddress())
{
}

ClientSession::~ClientSession() = default;

Task<void> ClientSession::run()
{
    bool goOn = true;
    while (goOn) {
        if (!m_ahead.empty()) {
            m_in.append(m_ahead);
            m_ahead.clear();
        }
        if (m_in.isEmpty()) {
            // Nothing is held for a connection that waits but the connection itself.
            m_in.release();
            if (m_out.capacity() > kReadRoom)
                std::string().swap(m_out);
            if (m_peerClosed || m_core.draining)
                break;
            m_idle = true;
            const IoStatus status = co_await m_stream->readable(m_core.options.timeouts.keepAlive);
            m_idle = false;
            if (status != IoStatus::Ok)
                break;
        }
        m_exchange = std::make_unique<Exchange>();
        goOn = co_await serve(*m_exchange);
        m_stream->unwatch();
        m_drainLimit.disarm();
        if (std::exchange(m_drainCounted, false))
            --m_core.drains;
        if (goOn)
            m_in.consume((m_exchange->headConsumed ? 0 : m_exchange->parser.headBytes()) + m_exchange->bodyInBuffer);
        m_exchange.reset();
    }
    if (!m_peerClosed)
        co_await discardRest();
    co_await m_stream->drained();
}

/// One request. false: the connection ends.
Task<bool> ClientSession::serve(Exchange& exchange)
{
    Refused refused;
    const bool haveHead = co_await readHead(exchange, refused);
    if (!haveHead && !refused)
        co_return false;
    ++m_core.requests;
    const Counted active(m_core.activeRequests);
    exchange.opened = m_core.clock.now();
    exchange.id = EventId::generate(exchange.opened, m_slot.random);
    exchange.idText = exchange.id.toString();
    exchange.begun = exchange.bodyRead = steady_clock::now();
    exchange.config = m_slot.config;
    exchange.keepAlive = haveHead && exchange.head.keepAlive;
    if (haveHead) {
        exchange.dialect = dialectByPath(exchange.head.target.substr(0, exchange.head.target.find('?')));
        Refused outcome = co_await pipeline(exchange);
        refused = std::move(outcome);
    }
    if (refused)
        co_await answerError(exchange, std::move(*refused));
    co_return exchange.keepAlive && !m_peerClosed && !m_stream->isCancelled();
}

Task<bool> ClientSession::readHead(Exchange& exchange, Refused& refused)
{
    const auto end = steady_clock::now() + m_core.options.timeouts.head;
    for (;;) {
        if (!m_in.isEmpty()) {
            const auto state = exchange.parser.feed(m_in.view(), exchange.head);
            if (state == http::HeadReader::State::Complete)
                co_return true;
            if (state == http::HeadReader::State::Failed) {
                refused = httpError(exchange.parser.fault().status, std::string(exchange.parser.fault().why));
                co_return false;
            }
        }
        char* to = m_in.prepare(kReadRoom);
        const http::IoResult read = co_await m_stream->readSome(to, m_in.room(), leftUntil(end));
        if (read.status == IoStatus::Expired) {
            if (!m_in.isEmpty())
                refused = httpError(408, "the request did not arrive in time");
            co_return false;
        }
        if (read.status != IoStatus::Ok) {
            m_peerClosed = true;
            co_return false;
        }
        m_in.commit(read.bytes);
    }
}

Task<ClientSession::Refused> ClientSession::readBody(Exchange& exchange)
{
    const std::size_t headBytes = exchange.parser.headBytes();
    const std::size_t most = m_core.options.bounds.requestBody;
    const ApiError tooLarge{ApiCode::RequestTooLarge, "the body is larger than " + std::to_string(most) + " bytes"};
    const http::Framing framing = exchange.head.framing;
    exchange.bodyConsumed = true;
    if (framing == http::Framing::None)
        co_return std::nullopt;
    if (framing == http::Framing::Length) {
        if (exchange.head.contentLength > most) {
            exchange.bodyConsumed = false;
            co_return tooLarge;
        }
        const std::size_t length = static_cast<std::size_t>(exchange.head.contentLength);
        if (m_in.size() >= headBytes + length) {
            // The usual case: it came with the head, and is used where it lies.
            exchange.body = m_in.view().substr(headBytes, length);
            exchange.bodyInBuffer = length;
            co_return std::nullopt;
        }
    }
    // The buffer will move: the head gets a copy of its own, and the body one behind it.
    exchange.headCopy = m_in.view().substr(0, headBytes);
    exchange.parser.rebase(exchange.headCopy, exchange.head);
    exchange.resolved.address = {};
    exchange.headMoved = true;
    BodyDecoder decoder(framing, exchange.head.contentLength);
    std::string_view rest = m_in.view().substr(headBytes);
    std::size_t used = 0;
    const auto end = steady_clock::now() + m_core.options.timeouts.bodyTotal;
    for (;;) {
        for (;;) {
            const BodyDecoder::Step step = decoder.feed(rest.substr(used));
            used += step.consumed;
            exchange.bodyCopy += step.data;
            if (step.consumed == 0)
                break;
        }
        if (decoder.state() == BodyDecoder::State::Failed) {
            exchange.bodyConsumed = false;
            co_return httpError(400, std::string(decoder.why()));
        }
        if (exchange.bodyCopy.size() > most) {
            exchange.bodyConsumed = false;
            co_return tooLarge;
        }
        if (!exchange.memory->grow(exchange.bodyCopy.size())) {
            exchange.bodyConsumed = false;
            co_return ApiError{ApiCode::GatewayOverloaded, "too many bytes are being held for other requests"};
        }
        if (decoder.state() == BodyDecoder::State::Complete)
            break;
        m_in.consume(headBytes * (exchange.headConsumed ? 0u : 1u) + used);
        exchange.headConsumed = true;
        used = 0;
        char* to = m_in.prepare(kReadRoom);
        const http::IoResult read =
            co_await m_stream->readSome(to, m_in.room(), std::min(m_core.options.timeouts.bodyIdle, leftUntil(end)));
        if (read.status == IoStatus::Expired) {
            exchange.bodyConsumed = false;
            co_return httpError(408, "the body did not arrive in time");
        }
        if (read.status != IoStatus::Ok) {
            m_peerClosed = read.status != IoStatus::Eof; // who only ends his side still reads
            exchange.bodyConsumed = false;
            co_return httpError(400, "the body ends early");
        }
        m_in.commit(read.bytes);
        rest = m_in.view();
    }
    m_in.consume(headBytes * (exchange.headConsumed ? 0u : 1u) + used);
    exchange.headConsumed = true;
    exchange.body = exchange.bodyCopy;
    co_return std::nullopt;
}

void ClientSession::beginHead(std::string& out, const Exchange& exchange, int status) const
{
    out += "HTTP/1.1 ";
    appendNumber(out, status);
    out += ' ';
    out += reasonPhrase(status);
    out += "\r\nx-signalbox-request-id: ";
    out += exchange.idText;
    out += "\r\n";
    if (!exchange.keepAlive)
        out += "connection: close\r\n";
}

/// What is known of the request by now: an answer says it whether it is good or not.
void ClientSession::addKnownHeaders(std::string& out, const Exchange& exchange)
{
    if (!exchange.resolved.target)
        return;
    out += "x-signalbox-service: ";
    out += exchange.target().context;
    if (!exchange.clientModel.empty() && isHeaderText(exchange.providerModel)) {
        out += "\r\nx-signalbox-model: ";
        out += exchange.providerModel;
    }
    if (exchange.plan.route && isHeaderText(exchange.plan.route->name)) {
        out += "\r\nx-signalbox-route: ";
        out += exchange.plan.route->name;
    }
    out += "\r\nx-signalbox-attempts: ";
    appendNumber(out, exchange.attempts);
    out += "\r\nx-signalbox-overhead-us: ";
    appendNumber(out, exchange.record.overheadUs);
    out += "\r\n";
    if (exchange.held && exchange.held->rate)
        appendRateHeaders(out, *exchange.held->rate);
}

Task<bool> ClientSession::send(Exchange& exchange, std::string_view first, std::string_view second)
{
    if (m_peerClosed)
        co_return false;
    const IoStatus status = co_await m_stream->write(first, second, m_core.options.timeouts.clientStall);
    if (status == IoStatus::Ok)
        co_return true;
    m_peerClosed = true;
    exchange.keepAlive = false;
    exchange.clientGone = true;
    co_return false;
}

Task<void> ClientSession::answerPlain(Exchange& exchange, int status, std::string_view contentType,
                                      std::string_view body)
{
    std::string head;
    beginHead(head, exchange, status);
    head += "content-type: ";
    head += contentType;
    head += "\r\ncontent-length: ";
    appendNumber(head, body.size());
    head += "\r\n\r\n";
    const bool sendsBody = exchange.head.method != http::Method::Head;
    co_await send(exchange, head, sendsBody ? body : std::string_view{});
}

Task<void> ClientSession::answerError(Exchange& exchange, ApiError error)
{
    const int status = error.httpStatus();
    if (exchange.principal && !exchange.closed) {
        settleFailed(exchange, Billing::Nothing);
        setStatus(exchange.record, error);
        exchange.record.httpStatus = exchange.clientGone ? 0 : status;
        if (exchange.clientGone)
            exchange.record.status = RequestStatus::Aborted;
        close(exchange);
    }
    // A body that was not read stands between this answer and the next request.
    if (!exchange.bodyConsumed && exchange.head.framing != http::Framing::None && !exchange.keepsFraming(m_in.size()))
        exchange.keepAlive = false;
    else if (!exchange.bodyConsumed)
        exchange.bodyInBuffer = static_cast<std::size_t>(exchange.head.contentLength);
    if (error.closeConnection || m_core.draining)
        exchange.keepAlive = false;

    const ProviderKind provider = exchange.resolved.target ? exchange.target().provider : ProviderKind::OpenAi;
    const providers::ErrorBody body = providers::errorBody(providers::errorShapeOf(exchange.dialect, provider), status,
                                                           codeName(error.code), error.message, error.param);
    std::string head;
    beginHead(head, exchange, status);
    head += "content-type: ";
    head += body.contentType;
    head += "\r\n";
    if (!body.amznErrorType.empty()) {
        head += "x-amzn-errortype: ";
        head += body.amznErrorType;
        head += "\r\n";
    }
    if (!error.allow.empty())
        head += "allow: " + error.allow + "\r\n";
    addKnownHeaders(head, exchange);
    if (error.retryAfter) {
        const auto ms = std::max<std::int64_t>(error.retryAfter->count(), 1);
        head +=
            "retry-after: " + std::to_string((ms + 999) / 1000) + "\r\nretry-after-ms: " + std::to_string(ms) + "\r\n";
    }
    if (error.neverRetry)
        head += "x-should-retry: false\r\n";
    if (error.rate)
        appendRateHeaders(head, *error.rate);
    head += "content-length: ";
    appendNumber(head, body.body.size());
    head += "\r\n\r\n";
    const bool sendsBody = exchange.head.method != http::Method::Head;
    co_await send(exchange, head, sendsBody ? std::string_view(body.body) : std::string_view{});
}

/// Before closing: a little of what the peer still sends is read, or the kernel would answer it with a reset that can
/// destroy our last answer on its way.
Task<void> ClientSession::discardRest()
{
    if (m_stream->isCancelled())
        co_return;
    m_stream->shutdownSend();
    const auto end = steady_clock::now() + kLinger;
    std::size_t discarded = 0;
    while (discarded < kDrainBytes && steady_clock::now() < end) {
        m_in.clear();
        char* to = m_in.prepare(kReadRoom);
        const http::IoResult read = co_await m_stream->readSome(to, m_in.room(), leftUntil(end));
        if (read.status != IoStatus::Ok)
            break;
        discarded += read.bytes;
    }
    m_in.clear();
}

// ------------------------------------------------------------------------------------------------ while a request runs

void ClientSession::watchClient()
{
    m_stream->watch(this, clientReadable);
}

void ClientSession::clientReadable(void* context)
{
    auto* self = static_cast<ClientSession*>(context);
    char bytes[kReadRoom];
    const http::IoResult read = self->m_stream->tryRead(bytes, sizeof bytes);
    if (read.status == IoStatus::Ok)
        self->m_ahead.append(bytes, read.bytes);
    if (read.status == IoStatus::Ok || read.status == IoStatus::WouldBlock) {
        if (self->m_ahead.size() < kAheadBytes)
            self->watchClient();
        return;
    }
    self->clientGone();
}

void ClientSession::clientGone()
{
    Exchange* exchange = m_exchange.get();
    if (!exchange || exchange->clientGone)
        return;
    m_peerClosed = true;
    exchange->clientGone = true;
    exchange->keepAlive = false;
    // A cancelled answer that is not streamed gives no usage: it is awaited, within bounds.
    if (exchange->sent && !exchange->streaming && m_core.drains.fetch_add(1) < m_core.options.bounds.drains) {
        m_drainCounted = true;
        m_drainLimit.arm(m_slot.worker.timers(), kDrainTime, &exchange->cancel,
                         [](void* token) { static_cast<http::CancelToken*>(token)->request(); });
        return;
    }
    if (exchange->sent && !exchange->streaming)
        --m_core.drains;
    exchange->cancel.request();
}

void ClientSession::closeIfIdle()
{
    if (m_idle)
        m_stream->cancel();
}

void ClientSession::breakOffRequest()
{
    if (m_exchange) {
        m_exchange->keepAlive = false;
        m_exchange->cancel.request();
    }
    closeIfIdle();
}

void ClientSession::cancel()
{
    if (m_exchange)
        m_exchange->cancel.request();
    m_stream->cancel();
}

} // namespace sb::gateway
