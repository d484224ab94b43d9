// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/stages/Settle.h"

#include "gateway/stages/Decision.h"
#include "pricing/Cost.h"

#include <algorithm>

namespace sb::gateway {

using limits::Amounts;

namespace {

constexpr std::size_t kMaxErrorText = 1024;

/// At most `limit` bytes of valid UTF-8 without control characters: what a database takes. Header values may hold
/// anything.
std::string recordText(std::string_view text, std::size_t limit)
{
    std::string result;
    std::size_t i = 0;
    while (i < text.size()) {
        const auto first = static_cast<unsigned char>(text[i]);
        std::size_t length = first < 0x80                     ? 1
                             : first >= 0xc2 && first <= 0xdf ? 2
                             : first >= 0xe0 && first <= 0xef ? 3
                             : first >= 0xf0 && first <= 0xf4 ? 4
                                                              : 0;
        bool good = length > 0 && i + length <= text.size() && first != 0x7f && (first >= 0x20 || length > 1);
        for (std::size_t k = 1; good && k < length; ++k)
            good = (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
        if (good && length > 2) {
            const auto second = static_cast<unsigned char>(text[i + 1]);
            good = !(first == 0xe0 && second < 0xa0) && !(first == 0xed && second > 0x9f) &&
                   !(first == 0xf0 && second < 0x90) && !(first == 0xf4 && second > 0x8f);
        }
        const std::string_view piece = good ? text.substr(i, length) : std::string_view("?");
        if (result.size() + piece.size() > limit)
            break;
        result += piece;
        i += good ? length : 1;
    }
    return result;
}

std::uint64_t unsignedOf(std::int64_t value)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0));
}

/// Prices `usage` into the record; without a row the cost stays absent.
void price(Exchange& exchange)
{
    UsageRecord& record = exchange.record;
    const Model* model = exchange.held ? exchange.held->spend.model : nullptr;
    if (!model || record.usage.source == UsageSource::None)
        return;
    const PriceRow* row = pricing::rowInForce(exchange.data().pricesOf(model->id), model->id, record.service,
                                              record.usage.promptTokens(), exchange.opened);
    if (!row)
        return;
    const pricing::Cost cost = pricing::costOf(record.usage, *row);
    record.cost = cost.total;
    record.price = row->id;
}

void book(Exchange& exchange)
{
    const UsageRecord& record = exchange.record;
    Amounts actual;
    actual.promptTokens = static_cast<std::int64_t>(record.usage.promptTokens());
    actual.completionTokens = static_cast<std::int64_t>(record.usage.completionTokens());
    actual.requests = 1;
    actual.costNano = record.cost ? record.cost->nano : 0;
    exchange.booked = actual;
    if (exchange.held && exchange.held->reservation.isOpen())
        exchange.held->reservation.settle(actual);
}

void take(UsageRecord& record, const providers::ResponseFacts& facts)
{
    record.usage = facts.usage;
    record.modelReported = facts.modelReported;
    record.rawUsage = facts.rawUsage;
    record.flags.inconsistentUsage = facts.usage.inconsistent;
}

} // namespace

void describeCaller(Exchange& exchange, std::string_view clientIp)
{
    UsageRecord& record = exchange.record;
    const Principal& who = *exchange.principal;
    record.id = exchange.id;
    record.time = exchange.opened;
    record.organization = exchange.data().organization;
    record.project = who.project;
    record.environment = who.environment;
    record.connection = who.connection;
    record.key = who.key;
    record.source = who.source;
    record.clientIp = clientIp;
    const http::FieldTable& fields = exchange.head.fields;
    record.user = recordText(fields.value("x-signalbox-user"), 128);
    record.session = recordText(fields.value("x-signalbox-session"), 128);
    record.task = recordText(fields.value("x-signalbox-task"), 64);
    record.userAgent = recordText(fields.value("user-agent"), 256);
}

void describeTarget(Exchange& exchange)
{
    UsageRecord& record = exchange.record;
    const Target& target = exchange.target();
    record.service = target.service;
    record.provider = target.provider;
    const ProjectId caller = exchange.principal->project;
    record.project = caller.isNone() && target.scope == Scope::Project ? target.project : caller;
}

void describeRequest(Exchange& exchange)
{
    exchange.record.modelRequested = recordText(exchange.clientModel, 256);
}

void describeModel(Exchange& exchange)
{
    UsageRecord& record = exchange.record;
    record.flags.streamed = exchange.streaming;
    record.model = {};
    record.modelSelected = recordText(exchange.providerModel, 256);
    if (const Model* model = exchange.data().findModel(exchange.target().provider, exchange.providerModel))
        record.model = model->id;
}

UsageRecord boundRecord(const Exchange& exchange)
{
    UsageRecord record = exchange.record;
    const Spend& spend = exchange.held->spend;
    record.usage = {};
    record.usage.source = UsageSource::Estimated;
    record.usage.inputUncached = unsignedOf(spend.amounts.promptTokens);
    record.usage.outputText = unsignedOf(spend.amounts.completionTokens);
    if (!spend.prices.empty())
        record.cost = Money{spend.amounts.costNano};
    record.status = RequestStatus::GatewayError;
    return record;
}

void settleAnswered(Exchange& exchange, const providers::ResponseFacts& facts)
{
    take(exchange.record, facts);
    const bool counts = exchange.resolved.match.path->dialect != catalog::Dialect::Opaque;
    if (counts && (facts.usage.source == UsageSource::None || facts.usage.source == UsageSource::Partial))
        exchange.record.usage = providers::estimatedUsage(facts, exchange.held->spend.promptEstimate,
                                                          exchange.target().provider, exchange.providerModel);
    price(exchange);
    book(exchange);
}

void settleBroken(Exchange& exchange, const providers::ResponseFacts& facts)
{
    take(exchange.record, facts);
    const Spend& spend = exchange.held->spend;
    if (facts.usage.source != UsageSource::Reported) {
        TokenUsage usage =
            providers::estimatedUsage(facts, spend.promptEstimate, exchange.target().provider, exchange.providerModel);
        const bool hiddenReasoning = spend.model &&
                                     spend.model->capabilities.find("\"reasoning\"") != std::string::npos &&
                                     facts.reasoningBytes == 0;
        if (hiddenReasoning && usage.completionTokens() < unsignedOf(spend.amounts.completionTokens))
            usage.outputText =
                usage.outputText.value_or(0) + unsignedOf(spend.amounts.completionTokens) - usage.completionTokens();
        exchange.record.usage = usage;
    }
    price(exchange);
    book(exchange);
}

void settleFailed(Exchange& exchange, Billing billing)
{
    UsageRecord& record = exchange.record;
    if (billing == Billing::Nothing) {
        record.cost = Money{0}; // known, whatever the price
        if (exchange.held && exchange.held->reservation.isOpen()) {
            if (exchange.sent) {
                // The provider was asked: that counts against a limit of requests, though it took no token.
                exchange.booked = Amounts{0, 0, 1, 0};
                exchange.held->reservation.settle(exchange.booked);
            } else {
                exchange.booked = Amounts{0, 0, 0, 0};
                exchange.held->reservation.release();
            }
        }
        return;
    }
    record.usage = {};
    record.usage.source = UsageSource::Estimated;
    record.usage.inputUncached = unsignedOf(exchange.held->spend.amounts.promptTokens);
    record.usage.outputText = 0;
    price(exchange);
    book(exchange);
}

void supersede(Exchange& exchange)
{
    UsageRecord& record = exchange.record;
    if (exchange.held)
        journal::addHolds(exchange.bookedBefore, holdsOf(exchange.held->spend.counters, exchange.booked));
    if (record.cost)
        record.attemptsCost.nano += record.cost->nano;
    record.cost.reset();
    record.price = {};
    record.usage = {};
    record.modelReported.clear();
    record.rawUsage.clear();
    record.ttftMs.reset();
    record.upstreamMs.reset();
    record.flags.inconsistentUsage = false;
    record.flags.completionClamped = false;
    record.flags.fallbackTaken = record.flags.fallbackTaken || !exchange.again;
    exchange.held.reset();
    exchange.booked = {0, 0, 0, 0};
    if (exchange.waitingSince) // the failed provider's time is not ours
        exchange.elsewhere += std::chrono::steady_clock::now() - *exchange.waitingSince;
    exchange.waitingSince.reset();
    exchange.sent = false;
    exchange.failed = false;
    exchange.again = false;
}

journal::CloseRecord closeRecord(Exchange& exchange)
{
    UsageRecord& record = exchange.record;
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - exchange.begun);
    record.latencyMs = static_cast<std::uint32_t>(elapsed.count());
    record.decision = decisionOf(exchange);
    journal::CloseRecord close;
    close.record = record;
    close.booked = exchange.bookedBefore;
    if (exchange.held)
        journal::addHolds(close.booked, holdsOf(exchange.held->spend.counters, exchange.booked));
    return close;
}

void setStatus(UsageRecord& record, const ApiError& error)
{
    record.errorCode = codeName(error.code);
    record.errorText = recordText(error.message, kMaxErrorText);
    switch (error.code) {
    case ApiCode::TokenLimitExceeded:
    case ApiCode::RequestLimitExceeded:
    case ApiCode::BudgetExceeded:
        record.status = RequestStatus::Limited;
        break;
    case ApiCode::UpstreamTimeout:
        record.status = RequestStatus::Timeout;
        break;
    case ApiCode::UpstreamError:
    case ApiCode::UpstreamUnavailable:
    case ApiCode::UpstreamRateLimited:
    case ApiCode::ContextLengthExceeded:
    case ApiCode::ContentFilter:
        record.status = RequestStatus::UpstreamError;
        break;
    case ApiCode::SecretUnavailable:
    case ApiCode::GatewayOverloaded:
    case ApiCode::LedgerUnavailable:
        record.status = RequestStatus::GatewayError;
        break;
    default:
        record.status = RequestStatus::Refused;
        break;
    }
}

} // namespace sb::gateway
