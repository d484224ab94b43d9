// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/internal/ClientSession.h"
#include "gateway/internal/Text.h"
#include "gateway/stages/Authenticate.h"
#include "gateway/stages/Settle.h"
#include "protocol/JsonReader.h"

#include <algorithm>

namespace sb::gateway {

using http::Task;
using std::chrono::steady_clock;

namespace {

std::string_view pathOf(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

/// The lot of a request is drawn from its own id, so that a decision can be run again.
std::uint64_t seedOf(const EventId& id)
{
    std::uint64_t seed = 0;
    for (std::size_t i = 8; i < id.bytes.size(); ++i)
        seed = seed << 8 | id.bytes[i];
    return seed;
}

} // namespace

/// The only place that knows the order of the stages. Returns the error to answer with; nothing when the answer was
/// written.
Task<ClientSession::Refused> ClientSession::pipeline(Exchange& exchange)
{
    if (auto refused = checkFrontDoor(exchange.head, m_core.frontDoor))
        co_return refused;
    auto split = splitTarget(exchange.head.target);
    if (auto* malformed = std::get_if<ApiError>(&split))
        co_return std::move(*malformed);
    const Address address = std::get<Address>(split);
    if (address.path.empty() &&
        (address.context == "healthz" || address.context == "readyz" || address.context == "metrics")) {
        Refused refused = co_await ownEndpoint(exchange, address.context);
        co_return refused;
    }
    if (!exchange.config)
        co_return ApiError{ApiCode::GatewayOverloaded, "the gateway has no configuration yet"};
    const RuntimeConfig::Data& config = exchange.data();

    const Authentication who = authenticate(exchange.head.fields, config, exchange.opened);
    if (const auto* refused = std::get_if<ApiError>(&who)) {
        m_core.metrics.authenticationFailed();
        co_return *refused;
    }
    exchange.principal = std::get<const Principal*>(who);
    describeCaller(exchange, m_clientIp);
    auto tags = canonicalTags(exchange.head.fields.value("x-signalbox-tags"));
    if (!tags)
        co_return ApiError{ApiCode::InvalidRequest, "x-signalbox-tags must be a JSON object of at most 16 strings", 0,
                           "x-signalbox-tags"};
    exchange.record.tags = std::move(*tags);

    const bool routed = address.context == "v1";
    if (routed) {
        if (address.path == "/models" && exchange.head.method == http::Method::Get) {
            co_await answerModels(exchange);
            co_return std::nullopt;
        }
        auto dialect = routingDialect(exchange.head.method, pathOf(exchange.head.target));
        if (auto* refused = std::get_if<ApiError>(&dialect))
            co_return std::move(*refused);
        exchange.dialect = std::get<catalog::Dialect>(dialect);
    } else {
        Refused unresolved = resolve(address, exchange.head.method, *exchange.principal, config, exchange.resolved);
        if (exchange.resolved.target)
            describeTarget(exchange);
        if (exchange.resolved.match.path)
            exchange.dialect = exchange.resolved.match.path->dialect;
        if (unresolved)
            co_return unresolved;
    }

    if (exchange.head.expectContinue && exchange.head.framing != http::Framing::None) {
        if (!co_await send(exchange, "HTTP/1.1 100 Continue\r\n\r\n"))
            co_return ApiError{ApiCode::InvalidRequest, "the client left before its body"};
    }
    exchange.memory = std::make_unique<MemoryCharge>(m_core);
    Refused unread = co_await readBody(exchange);
    exchange.bodyRead = steady_clock::now();
    if (unread)
        co_return unread;
    if (exchange.headMoved || routed)
        exchange.resolved.address = std::get<Address>(splitTarget(exchange.head.target));

    if (exchange.head.method == http::Method::Post) {
        auto facts = providers::scanRequest(exchange.dialect, exchange.body);
        if (!facts)
            co_return ApiError{ApiCode::InvalidRequest, facts.error().what, 0, facts.error().field};
        exchange.facts = std::move(*facts);
    } else {
        exchange.facts.dialect = catalog::Dialect::Opaque;
    }
    exchange.clientModel = exchange.resolved.match.model.empty() ? exchange.facts.model : exchange.resolved.match.model;
    describeRequest(exchange);
    if (exchange.clientModel.empty() && exchange.facts.dialect != catalog::Dialect::Opaque)
        co_return ApiError{ApiCode::InvalidRequest, "the member model is missing", 0, "model"};
    if (routed) {
        auto plan = planRoute({config, *exchange.principal, exchange.head.method, pathOf(exchange.head.target),
                               exchange.dialect, exchange.clientModel, seedOf(exchange.id)});
        if (auto* refused = std::get_if<ApiError>(&plan))
            co_return std::move(*refused);
        exchange.plan = std::move(std::get<RoutePlan>(plan));
        if (exchange.plan.route)
            exchange.record.route = exchange.plan.route->id;
        exchange.resolved.address.path = pathOf(exchange.head.target);
    } else {
        exchange.targetModel = exchange.clientModel;
    }
    Refused refused = co_await attempts(exchange);
    co_return refused;
}

/// One target after the other, until one answers, the client has seen something, or the plan is at its end.
Task<ClientSession::Refused> ClientSession::attempts(Exchange& exchange)
{
    for (;;) {
        if (exchange.isRouted())
            aim(exchange);
        Refused refused = co_await attempt(exchange);
        if (!refused || !exchange.failed)
            co_return refused;
        exchange.attempt += exchange.again ? 0 : 1;
        supersede(exchange);
    }
}

/// Points the exchange at the target of the plan whose turn it is.
void ClientSession::aim(Exchange& exchange)
{
    const Candidate& candidate = exchange.plan.candidates[exchange.attempt];
    exchange.resolved.target = candidate.target;
    exchange.resolved.match = candidate.match;
    exchange.targetModel = candidate.model;
    describeTarget(exchange);
}

Task<ClientSession::Refused> ClientSession::attempt(Exchange& exchange)
{
    exchange.providerModel = providerModelOf(exchange.target(), exchange.targetModel);
    exchange.streaming = exchange.facts.stream || exchange.resolved.match.path->streams;
    describeModel(exchange);
    auto reservation = reserve({exchange.data(), *exchange.principal, exchange.target(), exchange.facts,
                                exchange.providerModel, exchange.opened},
                               m_core.limits);
    if (auto* refused = std::get_if<ApiError>(&reservation)) {
        if (exchange.mayFallBack())
            failedOver(exchange, *refused);
        co_return exchange.firstError ? *exchange.firstError : std::move(*refused);
    }
    exchange.held = std::move(std::get<Held>(reservation));
    exchange.record.flags.completionClamped = exchange.held->spend.clamped;
    Refused refused = co_await forward(exchange);
    co_return refused;
}

/// Another target is tried. The first error is kept: it is the answer when all of them fail.
void ClientSession::failedOver(Exchange& exchange, const ApiError& error)
{
    exchange.failed = true;
    exchange.plan.candidates[exchange.attempt].outcome = codeName(error.code);
    if (!exchange.firstError)
        exchange.firstError = error;
}

/// What the key may name as a model, as OpenAI's clients read it, or Anthropic's, which say so by their version header.
Task<void> ClientSession::answerModels(Exchange& exchange)
{
    const bool anthropic = exchange.head.fields.contains("anthropic-version");
    std::string body = anthropic ? R"({"data":[)" : R"({"object":"list","data":[)";
    bool first = true;
    for (const std::string& model : callableModels(exchange.data(), *exchange.principal)) {
        const std::string name = protocol::toJsonString(model);
        body += std::exchange(first, false) ? "" : ",";
        body += anthropic ? R"({"type":"model","id":)" + name + R"(,"display_name":)" + name + "}"
                          : R"({"id":)" + name + R"(,"object":"model","owned_by":"signalbox"})";
    }
    body += anthropic ? R"(],"has_more":false})" : "]}";
    co_await answerPlain(exchange, 200, "application/json", body);
}

Task<ClientSession::Refused> ClientSession::ownEndpoint(Exchange& exchange, std::string_view context)
{
    if (exchange.head.method != http::Method::Get && exchange.head.method != http::Method::Head) {
        ApiError error{ApiCode::InvalidRequest, "the path takes another method: GET, HEAD", 405};
        error.allow = "GET, HEAD";
        co_return error;
    }
    if (context == "healthz") {
        co_await answerPlain(exchange, 200, "text/plain", "up\n");
        co_return std::nullopt;
    }
    if (context == "readyz") {
        const bool ready = exchange.config && !m_core.draining && !m_core.journal.depth().isFull;
        co_await answerPlain(exchange, ready ? 200 : 503, "text/plain", ready ? "ready\n" : "not ready\n");
        co_return std::nullopt;
    }
    const bool fromHere = m_clientIp == "127.0.0.1" || m_clientIp == "::1";
    if (!(m_core.options.metricsOnLoopback && fromHere)) {
        if (!exchange.config)
            co_return ApiError{ApiCode::GatewayOverloaded, "the gateway has no configuration yet"};
        const Authentication who = authenticate(exchange.head.fields, exchange.data(), exchange.opened);
        if (const auto* refused = std::get_if<ApiError>(&who))
            co_return *refused;
        if (!std::get<const Principal*>(who)->connection.isNone())
            co_return ApiError{ApiCode::Forbidden, "this key may not read the metrics"};
    }
    Metrics::Gauges gauges;
    gauges.activeRequests = m_core.activeRequests - 1; // but for this one
    gauges.activeStreams = m_core.activeStreams;
    gauges.openConnections = m_core.openConnections;
    gauges.drains = m_core.drains;
    gauges.undelivered = m_core.journal.depth().undelivered;
    const std::string text = m_core.metrics.text(gauges);
    co_await answerPlain(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", text);
    co_return std::nullopt;
}

/// Before the first upstream byte: what recovery books if we die from here on.
ClientSession::Refused ClientSession::openJournal(Exchange& exchange)
{
    const Spend& spend = exchange.held->spend;
    journal::OpenRecord open;
    open.id = exchange.id;
    open.attempt = ++exchange.attempts;
    open.time = exchange.opened;
    open.bootNanos = m_core.clock.bootTime().count();
    open.timeoutMicros = std::chrono::microseconds(m_core.options.timeouts.request).count();
    open.holds = holdsOf(spend.counters, spend.amounts);
    open.bound = boundRecord(exchange);
    // A crash would forget what is in memory only: never what a limit counts.
    const auto whenFull = open.holds.empty() ? journal::WhenFull::KeepInMemory : journal::WhenFull::Refuse;
    if (const auto appended = m_core.journal.append(open, whenFull); !appended) {
        if (appended.error().field != "disk")
            m_core.log.write(LogLevel::Error, "gateway",
                             "request " + exchange.idText +
                                 " refused: the journal cannot be written: " + appended.error().what);
        --exchange.attempts;
        return ApiError{ApiCode::LedgerUnavailable, "the request could not be recorded, so it was not sent"};
    }
    if (exchange.held->reservation.isOpen())
        exchange.held->reservation.markSent();
    return std::nullopt;
}

/// Ends the record of a request whose usage is settled. Before the last bytes of its answer, so that what was answered
/// is recorded whatever happens next.
void ClientSession::close(Exchange& exchange)
{
    if (exchange.closed)
        return;
    exchange.measureOverhead();
    exchange.closed = true;
    exchange.record.attempts = exchange.attempts;
    const journal::CloseRecord record = closeRecord(exchange);
    if (const auto appended = m_core.journal.append(record); !appended) {
        // An OPEN, if there was one, still books the bound at the next start: nothing is forgotten.
        if (appended.error().field != "disk")
            m_core.log.write(LogLevel::Error, "gateway",
                             "request " + exchange.idText +
                                 " could not be closed in the journal: " + appended.error().what);
    }
    m_core.metrics.finished(exchange.record, exchange.data().environmentName(exchange.record.environment));
    if (m_core.sinks.finished)
        m_core.sinks.finished(exchange.record);
}

} // namespace sb::gateway
