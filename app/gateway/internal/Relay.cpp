// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/Attempt.h"

#include "gateway/internal/Text.h"
#include "gateway/stages/Settle.h"
#include "http/Chars.h"
#include "providers/ErrorShape.h"
#include "providers/ResponseFacts.h"

#include <algorithm>
#include <charconv>

namespace sb::gateway {

using http::BodyDecoder;
using http::IoStatus;
using http::Task;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kErrorBody = 64 * 1024;
constexpr std::size_t kCommentsHeld = 64 * 1024; ///< before the first event; with more the head goes out

/// Events as a chunk, or as they are for a client of HTTP/1.0.
void appendPiece(std::string& out, std::string_view events, bool chunked)
{
    if (events.empty())
        return;
    if (chunked) {
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof digits, events.size(), 16).ptr;
        out.append(digits, static_cast<std::size_t>(end - digits));
        out += "\r\n";
    }
    out += events;
    if (chunked)
        out += "\r\n";
}

} // namespace

void ClientSession::addAnswerHeaders(std::string& out, const Exchange& exchange, const Attempt& attempt) const
{
    const Target& target = exchange.target();
    if (const std::string_view type = attempt.head.fields.value("content-type"); isHeaderText(type) && !type.empty()) {
        out += "content-type: ";
        out += type;
        out += "\r\n";
    }
    addKnownHeaders(out, exchange);
    if (!attempt.request.dropped.empty() && isHeaderText(attempt.request.dropped))
        out += "x-signalbox-dropped: " + attempt.request.dropped + "\r\n";
    if (exchange.held->spend.completionToWrite) {
        out += "x-signalbox-max-completion: ";
        appendNumber(out, *exchange.held->spend.completionToWrite);
        out += "\r\n";
    }
    if (exchange.resolved.match.path->kind == catalog::PathKind::Native) {
        for (const http::Field& field : attempt.head.fields.all()) {
            // Our own rate headers speak of our windows; two of a kind would contradict each other.
            const bool ours = exchange.held->rate && field.name.size() > 12 &&
                              http::chars::equalsIgnoringCase(field.name.substr(0, 12), "x-ratelimit-");
            if (!ours && isHeaderText(field.value) &&
                catalog::isListed(target.descriptor->returnedHeaders, field.name)) {
                out += field.name;
                out += ": ";
                out += field.value;
                out += "\r\n";
            }
        }
    }
}

/// An answer that is not streamed: read as a whole, since its cost and tokens stand in its head and its record comes
/// first.
Task<ClientSession::Refused> ClientSession::answerWhole(Exchange& exchange, Attempt& attempt)
{
    const bool good = attempt.head.status >= 200 && attempt.head.status < 300;
    const std::size_t most = good ? m_core.options.bounds.answerBody : kErrorBody;
    http::Buffer& buffer = attempt.connection->buffer;
    std::size_t used = attempt.parser.headBytes(); // the head stays in front: its fields are still needed
    std::string_view body; // in the buffer, as long as it is one piece and nothing more has to be read
    std::string collected;
    for (;;) {
        for (;;) {
            const BodyDecoder::Step step = attempt.decoder.feed(buffer.view().substr(used));
            if (step.consumed == 0)
                break;
            used += step.consumed;
            if (step.data.empty())
                continue;
            if (body.empty() && collected.empty()) {
                body = step.data;
            } else {
                if (collected.empty())
                    collected = body;
                collected += step.data;
            }
        }
        if (attempt.decoder.state() != BodyDecoder::State::NeedMore)
            break;
        if (collected.empty())
            collected = body;
        if (collected.size() > most || !exchange.memory->grow(exchange.bodyCopy.size() + collected.size())) {
            if (!good)
                break; // enough to tell what is wrong
            attempt.mayReuse = false;
            co_return brokenOff(exchange, IoStatus::Failed, "the answer is too large to be held");
        }
        attempt.moveHead();
        buffer.consume(used);
        used = 0;
        const IoStatus status = co_await readUpstream(exchange, attempt, leftOf(exchange));
        if (status != IoStatus::Ok && attempt.decoder.state() != BodyDecoder::State::Complete)
            co_return brokenOff(exchange, status, "the connection ended within the answer");
        if (status != IoStatus::Ok)
            break;
    }
    if (attempt.decoder.state() == BodyDecoder::State::Failed)
        co_return brokenOff(exchange, IoStatus::Failed, attempt.decoder.why());
    if (!collected.empty())
        body = collected;
    if (attempt.head.framing == http::Framing::UntilClose && !exchange.target().origin.tls &&
        !providers::scanRequest(catalog::Dialect::Opaque, body))
        co_return brokenOff(exchange, IoStatus::Failed, "the connection ended within the answer");

    if (!good) {
        const providers::HeaderLookup lookup = [&attempt](std::string_view name) -> std::optional<std::string_view> {
            const std::string_view value = attempt.head.fields.value(name);
            return value.data() ? std::optional<std::string_view>(value) : std::nullopt;
        };
        const providers::UpstreamError error =
            providers::classifyError(exchange.target().provider, attempt.head.status, lookup, body, m_core.clock.now());
        buffer.consume(std::min(used, buffer.size()));
        co_return upstreamRefused(exchange, error);
    }

    const catalog::Dialect dialect = exchange.resolved.match.path->dialect;
    providers::ResponseFacts facts;
    if (dialect != catalog::Dialect::Opaque) {
        facts = providers::readAnswer(dialect, body);
        if (dialect == catalog::Dialect::BedrockInvoke)
            providers::applyCountHeaders(facts, attempt.head.fields.value("x-amzn-bedrock-input-token-count"),
                                         attempt.head.fields.value("x-amzn-bedrock-output-token-count"));
    }
    settleAnswered(exchange, facts);
    UsageRecord& record = exchange.record;
    record.status = RequestStatus::Ok;
    if (exchange.clientGone) {
        record.status = RequestStatus::Aborted;
        record.httpStatus = 0;
    } else {
        record.httpStatus = attempt.head.status;
    }
    if (m_core.draining)
        exchange.keepAlive = false;
    close(exchange);

    m_out.clear();
    beginHead(m_out, exchange, attempt.head.status);
    addAnswerHeaders(m_out, exchange, attempt);
    if (record.cost)
        m_out += "x-signalbox-cost-usd: " + toDecimalUsd(*record.cost) + "\r\n";
    if (record.usage.source != UsageSource::None) {
        m_out += "x-signalbox-tokens-prompt: ";
        appendNumber(m_out, record.usage.promptTokens());
        m_out += "\r\nx-signalbox-tokens-completion: ";
        appendNumber(m_out, record.usage.completionTokens());
        m_out += "\r\n";
    }
    if (attempt.head.status != 204) {
        m_out += "content-length: ";
        appendNumber(m_out, body.size());
        m_out += "\r\n";
    }
    m_out += "\r\n";
    if (!exchange.clientGone)
        co_await send(exchange, m_out, body);
    buffer.consume(std::min(used, buffer.size()));
    co_return std::nullopt;
}

/// Events on their way to the client, unchanged. The head goes out with the first of them; the record is closed before
/// the end marker goes out; whatever ends the answer otherwise is a cut and looks like one.
Task<ClientSession::Refused> ClientSession::relayStream(Exchange& exchange, Attempt& attempt)
{
    http::Buffer& buffer = attempt.connection->buffer;
    attempt.moveHead();
    buffer.consume(attempt.parser.headBytes());
    providers::TapOptions options;
    options.dialect = exchange.resolved.match.path->dialect;
    options.framing = attempt.framing();
    options.removeUsageChunk = attempt.request.usageAdded;
    providers::ResponseTap tap(options);
    const bool chunked = !exchange.head.http10;
    const auto streamBegan = exchange.begun;
    UsageRecord& record = exchange.record;

    std::string beforeHead; // comments: they alone commit nothing
    auto commitHead = [&] {
        exchange.measureOverhead();
        if (std::exchange(exchange.headSent, true))
            return;
        if (!chunked || m_core.draining)
            exchange.keepAlive = false;
        beginHead(m_out, exchange, attempt.head.status);
        addAnswerHeaders(m_out, exchange, attempt);
        if (chunked)
            m_out += "transfer-encoding: chunked\r\n";
        m_out += "\r\n";
        appendPiece(m_out, beforeHead, chunked);
    };

    m_out.clear();
    IoStatus status = IoStatus::Ok;
    std::string_view broken;
    for (;;) {
        bool ended = false;
        for (;;) {
            const BodyDecoder::Step step = attempt.decoder.feed(buffer.view());
            std::string_view events = step.data.empty() ? std::string_view{} : tap.feed(step.data);
            if (!events.empty() || tap.endSeen()) {
                if (!exchange.headSent && tap.facts().error && !tap.contentSeen()) {
                    attempt.mayReuse = false;
                    co_return upstreamRefused(
                        exchange, providers::classifyStreamError(exchange.target().provider, *tap.facts().error));
                }
                if (!exchange.headSent && tap.events() == 0 && beforeHead.size() + events.size() <= kCommentsHeld) {
                    beforeHead += events;
                } else {
                    commitHead();
                    appendPiece(m_out, events, chunked);
                }
            }
            if (tap.contentSeen() && !record.ttftMs)
                record.ttftMs = static_cast<std::uint32_t>(
                    std::chrono::duration_cast<milliseconds>(steady_clock::now() - streamBegan).count());
            buffer.consume(step.consumed);
            if (tap.endSeen()) {
                ended = true;
                break;
            }
            if (step.consumed == 0)
                break;
        }
        if (ended)
            break;
        if (tap.corrupt())
            broken = tap.whyCorrupt();
        else if (attempt.decoder.state() == BodyDecoder::State::Failed)
            broken = status == IoStatus::Ok || status == IoStatus::Eof ? attempt.decoder.why()
                                                                       : std::string_view("the connection broke");
        if (!broken.empty() || attempt.decoder.state() == BodyDecoder::State::Complete)
            break;
        if (!m_out.empty()) {
            const bool delivered = co_await send(exchange, m_out);
            m_out.clear();
            if (!delivered) {
                status = IoStatus::Cancelled;
                break;
            }
        }
        const GatewayTimeouts& timeouts = m_core.options.timeouts;
        status = co_await readUpstream(exchange, attempt, exchange.headSent ? timeouts.streamIdle : timeouts.firstByte);
        if (status != IoStatus::Ok && attempt.decoder.state() != BodyDecoder::State::Complete)
            break;
    }

    if (!tap.endSeen() && broken.empty() && attempt.decoder.state() == BodyDecoder::State::Complete) {
        const std::string_view last = tap.finish();
        if (!last.empty()) {
            commitHead();
            appendPiece(m_out, last, chunked);
        }
    }
    if (tap.endSeen() && broken.empty()) {
        settleAnswered(exchange, tap.facts());
        record.status = RequestStatus::Ok;
        record.httpStatus = attempt.head.status;
        if (tap.facts().error)
            setStatus(record,
                      ApiError{codeFromName(
                                   providers::classifyStreamError(exchange.target().provider, *tap.facts().error).code),
                               withoutCredential(tap.facts().error->message, exchange.target().credential)});
        close(exchange);
        commitHead();
        if (chunked)
            m_out += "0\r\n\r\n";
        co_await send(exchange, m_out);
        m_out.clear();
        co_return std::nullopt;
    }

    Refused refused = co_await cutShort(exchange, attempt, tap, status, broken);
    co_return refused;
}

/// The stream ended before its end marker, whatever the reason: nothing that looks like an end may follow.
Task<ClientSession::Refused> ClientSession::cutShort(Exchange& exchange, Attempt& attempt,
                                                     const providers::ResponseTap& tap, IoStatus status,
                                                     std::string_view broken)
{
    UsageRecord& record = exchange.record;
    const bool chunked = !exchange.head.http10;
    const catalog::Dialect dialect = exchange.resolved.match.path->dialect;
    attempt.mayReuse = false;
    if (exchange.clientGone) {
        settleBroken(exchange, tap.facts());
        record.status = RequestStatus::Aborted;
        record.httpStatus = exchange.headSent ? attempt.head.status : 0;
        record.errorText = "the client left";
        close(exchange);
        exchange.keepAlive = false;
        co_return std::nullopt;
    }
    const bool timeout = status == IoStatus::Expired;
    ApiError error{timeout ? ApiCode::UpstreamTimeout : ApiCode::UpstreamError,
                   timeout ? "the provider's stream fell silent" : "the provider's stream ended before its end marker"};
    if (tap.facts().error)
        error.message = withoutCredential(tap.facts().error->message, exchange.target().credential);
    else if (!broken.empty())
        error.message += ": " + std::string(broken);
    else if (status == IoStatus::Cancelled)
        error = {ApiCode::GatewayOverloaded, "the gateway is shutting down"};
    if (!exchange.headSent) {
        settleBroken(exchange, tap.facts());
        if (status != IoStatus::Cancelled && exchange.mayFallBack()) {
            failedOver(exchange, error);
            co_return error;
        }
        if (exchange.firstError)
            error = *exchange.firstError;
        setStatus(record, error);
        record.httpStatus = error.httpStatus();
        close(exchange);
        co_return error;
    }
    settleBroken(exchange, tap.facts());
    setStatus(record, error);
    record.httpStatus = attempt.head.status;
    close(exchange);
    m_core.log.write(LogLevel::Warning, "gateway", "request " + exchange.idText + ": " + error.message);
    exchange.keepAlive = false;
    if (!tap.facts().error) // the provider's own error event has been relayed
        appendPiece(m_out, providers::inBandError(dialect, attempt.framing(), codeName(error.code), error.message),
                    chunked);
    // The chunked body ends in good order only where an error event has said that the answer is not whole.
    if (chunked && !m_out.empty())
        m_out += "0\r\n\r\n";
    co_await send(exchange, m_out);
    m_out.clear();
    co_return std::nullopt;
}

} // namespace sb::gateway
