// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/Attempt.h"

#include "gateway/stages/Settle.h"
#include "http/Chars.h"

#include <algorithm>

namespace sb::gateway {

using http::BodyDecoder;
using http::ConnectFailure;
using http::IoStatus;
using http::Task;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kReadRoom = 16 * 1024;
constexpr int kInterimResponses = 8;
constexpr milliseconds kUpstreamStall{60'000}; ///< a provider that takes nothing of the request

/// Whether another target may do better (design: gateway, section 7.1): what is wrong with the request itself is wrong
/// everywhere.
bool letsOthersTry(providers::UpstreamClass kind)
{
    using providers::UpstreamClass;
    return kind != UpstreamClass::Invalid && kind != UpstreamClass::Context && kind != UpstreamClass::Policy;
}

} // namespace

std::string withoutCredential(std::string message, const Credential& credential)
{
    if (credential.kind != AuthKind::Header)
        return message;
    const std::string_view secret = credential.value.reveal().substr(credential.prefixSize);
    if (secret.empty() || message.find(secret) == std::string::npos)
        return message;
    return "the provider refused the request";
}

milliseconds ClientSession::leftOf(const Exchange& exchange) const
{
    const auto end = exchange.bodyRead + m_core.options.timeouts.request;
    return std::max(std::chrono::duration_cast<milliseconds>(end - steady_clock::now()), milliseconds{1});
}

Task<ClientSession::Refused> ClientSession::forward(Exchange& exchange)
{
    const auto& offset = exchange.target().credential.clockOffset;
    auto built =
        buildUpstreamRequest(exchange, m_core.clock.now() + std::chrono::microseconds(offset ? offset->load() : 0));
    if (auto* refused = std::get_if<ApiError>(&built))
        co_return std::move(*refused);
    if (Refused refused = openJournal(exchange))
        co_return refused;

    Attempt attempt;
    attempt.request = std::move(std::get<UpstreamRequest>(built));
    if (exchange.attempts == 1)
        watchClient();
    Refused refused = co_await exchangeHeads(exchange, attempt);
    if (!refused) {
        const bool streamed =
            attempt.head.status >= 200 && attempt.head.status < 300 && attempt.framing() != providers::Framing::None;
        exchange.streaming = streamed;
        exchange.record.flags.streamed = streamed;
        if (streamed) {
            const Counted active(m_core.activeStreams);
            Refused outcome = co_await relayStream(exchange, attempt);
            refused = std::move(outcome);
        } else {
            Refused outcome = co_await answerWhole(exchange, attempt);
            refused = std::move(outcome);
        }
    }
    exchange.cancel.clearHook();
    release(attempt);
    co_return refused;
}

void ClientSession::release(Attempt& attempt)
{
    if (!attempt.connection)
        return;
    if (attempt.mayReuse && attempt.decoder.state() != BodyDecoder::State::Failed)
        m_slot.pool.giveAfter(std::move(attempt.connection), std::move(attempt.decoder));
    else
        m_slot.pool.discard(std::move(attempt.connection));
}

/// Sends the request and reads the response head. A kept connection that turns out to be dead while the request is
/// written is replaced by a fresh one. When it dies behind the whole request, the provider may have begun to work: that
/// was an attempt, and the next one has a hold and a record of its own.
Task<ClientSession::Refused> ClientSession::exchangeHeads(Exchange& exchange, Attempt& attempt)
{
    const Target& target = exchange.target();
    const GatewayTimeouts& timeouts = m_core.options.timeouts;
    const auto waitBegan = steady_clock::now();
    exchange.waitingSince = waitBegan;
    for (bool mayBeStale = !exchange.freshConnection;; mayBeStale = false) {
        const bool reused = mayBeStale && (attempt.connection = m_slot.pool.takeIdle(target.origin)) != nullptr;
        if (!reused) {
            http::UpstreamPool::Connected connected = co_await m_slot.pool.connect(
                target.origin, std::min(timeouts.connect, leftOf(exchange)), exchange.cancel);
            if (connected.failure != ConnectFailure::None) {
                if (connected.failure == ConnectFailure::Cancelled)
                    co_return brokenOff(exchange, IoStatus::Cancelled, "while connecting");
                const bool timeout = connected.failure == ConnectFailure::Timeout;
                co_return upstreamRefused(exchange,
                                          providers::transportError(timeout ? providers::UpstreamClass::Timeout
                                                                            : providers::UpstreamClass::Transport,
                                                                    connected.why));
            }
            attempt.connection = std::move(connected.connection);
        }
        http::TcpStream& stream = attempt.connection->stream;
        exchange.cancel.setHook(&stream, [](void* context) { static_cast<http::TcpStream*>(context)->cancel(); });
        if (exchange.cancel.isRequested())
            co_return brokenOff(exchange, IoStatus::Cancelled, "before sending");
        exchange.sent = true;
        const auto sendBegan = steady_clock::now();
        const IoStatus written = co_await stream.write(attempt.request.head, attempt.request.body(exchange.body),
                                                       std::min(kUpstreamStall, leftOf(exchange)));
        if (written != IoStatus::Ok) {
            if (reused && written == IoStatus::Failed) {
                m_slot.pool.discard(std::move(attempt.connection));
                continue;
            }
            co_return brokenOff(exchange, written, "the connection broke while the request was sent");
        }

        http::ResponseParser& parser = attempt.parser;
        parser = http::ResponseParser(exchange.head.method);
        http::Buffer& buffer = attempt.connection->buffer;
        int interim = 0;
        for (;;) {
            if (!buffer.isEmpty()) {
                const auto state = parser.feed(buffer.view(), attempt.head);
                if (state == http::HeadReader::State::Failed)
                    co_return brokenOff(exchange, IoStatus::Failed, parser.fault().why);
                if (state == http::HeadReader::State::Complete) {
                    if (attempt.head.status >= 200)
                        break;
                    if (++interim > kInterimResponses)
                        co_return brokenOff(exchange, IoStatus::Failed,
                                            "the provider sends interim answers without end");
                    buffer.consume(parser.headBytes());
                    parser = http::ResponseParser(exchange.head.method);
                    continue;
                }
            }
            const milliseconds limit =
                exchange.streaming ? std::min(timeouts.firstByte, leftOf(exchange)) : leftOf(exchange);
            char* to = buffer.prepare(kReadRoom);
            const http::IoResult read = co_await stream.readSome(to, buffer.room(), limit);
            if (read.status != IoStatus::Ok) {
                const bool wasStale = reused && buffer.isEmpty() && interim == 0 && read.status != IoStatus::Expired &&
                                      read.status != IoStatus::Cancelled;
                if (wasStale)
                    co_return askAgain(exchange);
                co_return brokenOff(exchange, read.status, "the connection ended before the answer");
            }
            buffer.commit(read.bytes);
        }
        if (const std::string_view coding = attempt.head.fields.value("content-encoding");
            !coding.empty() && !http::chars::equalsIgnoringCase(coding, "identity"))
            co_return brokenOff(exchange, IoStatus::Failed,
                                "the provider compressed its answer, which it was asked not to");
        if (const auto& offset = target.credential.clockOffset; offset && attempt.head.status == 403) {
            // A signature is good for five minutes around the provider's own time: sign by that from now on.
            if (const auto theirs = providers::parseHttpDate(attempt.head.fields.value("date")))
                offset->store((*theirs - m_core.clock.now()).count());
        }
        attempt.decoder = BodyDecoder(attempt.head.framing, attempt.head.contentLength);
        attempt.mayReuse = attempt.head.keepAlive;
        exchange.waitingSince.reset();
        exchange.elsewhere += steady_clock::now() - waitBegan;
        exchange.record.upstreamMs = static_cast<std::uint32_t>(
            std::chrono::duration_cast<milliseconds>(steady_clock::now() - sendBegan).count());
        co_return std::nullopt;
    }
}

/// More bytes of the answer into the connection's buffer. Eof completes a body that ends by closing.
Task<IoStatus> ClientSession::readUpstream(Exchange& exchange, Attempt& attempt, milliseconds within)
{
    http::Buffer& buffer = attempt.connection->buffer;
    const auto began = steady_clock::now();
    char* to = buffer.prepare(kReadRoom);
    const http::IoResult read =
        co_await attempt.connection->stream.readSome(to, buffer.room(), std::min(within, leftOf(exchange)));
    exchange.elsewhere += steady_clock::now() - began;
    if (read.status == IoStatus::Ok)
        buffer.commit(read.bytes);
    else if (read.status == IoStatus::Eof)
        attempt.decoder.finish();
    co_return read.status;
}

/// The provider said no.
ClientSession::Refused ClientSession::upstreamRefused(Exchange& exchange, const providers::UpstreamError& upstream)
{
    ApiError error{codeFromName(upstream.code), withoutCredential(upstream.message, exchange.target().credential),
                   upstream.status, upstream.param};
    error.retryAfter = upstream.retryAfter;
    error.neverRetry = upstream.shouldRetry == false;
    const bool unbilled =
        upstream.kind != providers::UpstreamClass::Timeout && upstream.kind != providers::UpstreamClass::Transport;
    settleFailed(exchange, unbilled || !exchange.sent ? Billing::Nothing : Billing::Prompt);
    m_core.log.write(
        LogLevel::Warning, "gateway",
        "request " + exchange.idText + ": " +
            (upstream.providerCode.empty() ? std::string() : "provider answered " + upstream.providerCode + " -> ") +
            std::string(codeName(error.code)) + ": " + error.message);
    if (exchange.mayFallBack() && letsOthersTry(upstream.kind)) {
        failedOver(exchange, error);
        return error;
    }
    if (exchange.firstError)
        error = *exchange.firstError;
    setStatus(exchange.record, error);
    if (error.code == ApiCode::InvalidRequest || error.code == ApiCode::ModelNotFound)
        exchange.record.status = RequestStatus::UpstreamError;
    exchange.record.httpStatus = exchange.clientGone ? 0 : error.httpStatus();
    close(exchange);
    return error;
}

/// The kept connection was dead. Another try at the same target, which says nothing about the target's health.
ClientSession::Refused ClientSession::askAgain(Exchange& exchange)
{
    settleFailed(exchange, Billing::Prompt);
    exchange.failed = true;
    exchange.again = true;
    exchange.freshConnection = true;
    return ApiError{ApiCode::UpstreamError, "the kept connection to the provider had ended"};
}

/// The connection to the provider ended before an answer did.
ClientSession::Refused ClientSession::brokenOff(Exchange& exchange, IoStatus status, std::string_view what)
{
    if (status == IoStatus::Cancelled) {
        settleFailed(exchange, exchange.sent ? Billing::Prompt : Billing::Nothing);
        exchange.record.status = exchange.clientGone ? RequestStatus::Aborted : RequestStatus::GatewayError;
        exchange.record.errorText = exchange.clientGone ? "the client left" : "the gateway was stopped";
        exchange.record.httpStatus = exchange.clientGone ? 0 : 503;
        close(exchange);
        ApiError error{ApiCode::GatewayOverloaded, "the request was broken off"};
        error.closeConnection = true;
        return error;
    }
    const bool timeout = status == IoStatus::Expired;
    providers::UpstreamError error = providers::transportError(
        timeout ? providers::UpstreamClass::Timeout : providers::UpstreamClass::Transport, what);
    if (!timeout)
        error.message = "the exchange with the provider failed: " + std::string(what);
    return upstreamRefused(exchange, error);
}

} // namespace sb::gateway
