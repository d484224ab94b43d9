// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/RequestText.h"

#include "kit/CurlCommand.h"
#include "kit/UiText.h"
#include "pricing/Cost.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>

namespace sb::ui::RequestText {

namespace {

using storage::RequestDetail;

struct Context {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Requests)
};

QString orNone(const std::string& text)
{
    return text.empty() ? Context::tr("none") : UiText::qs(text);
}

QString usageSourceName(UsageSource source)
{
    switch (source) {
    case UsageSource::None:
        return Context::tr("no usage known");
    case UsageSource::Reported:
        return Context::tr("reported by the provider");
    case UsageSource::Partial:
        return Context::tr("partly reported, rest estimated");
    case UsageSource::Estimated:
        return Context::tr("estimated");
    case UsageSource::GatewayCache:
        return Context::tr("answered from the gateway's cache");
    }
    return {};
}

QString trafficSourceName(TrafficSource source)
{
    switch (source) {
    case TrafficSource::Gateway:
        return Context::tr("gateway");
    case TrafficSource::PromptLab:
        return Context::tr("Prompt Lab");
    case TrafficSource::Test:
        return Context::tr("test");
    case TrafficSource::Sample:
        return Context::tr("sample data");
    }
    return {};
}

QString tokenClassName(std::string_view tokenClass)
{
    static constexpr std::array kNames{
        std::pair{"input_uncached", QT_TRANSLATE_NOOP("sb::ui::Requests", "Input")},
        std::pair{"cache_read", QT_TRANSLATE_NOOP("sb::ui::Requests", "Cache read")},
        std::pair{"cache_write_5m", QT_TRANSLATE_NOOP("sb::ui::Requests", "Cache write, 5 minutes")},
        std::pair{"cache_write_1h", QT_TRANSLATE_NOOP("sb::ui::Requests", "Cache write, 1 hour")},
        std::pair{"image_in", QT_TRANSLATE_NOOP("sb::ui::Requests", "Image input")},
        std::pair{"audio_in", QT_TRANSLATE_NOOP("sb::ui::Requests", "Audio input")},
        std::pair{"output_text", QT_TRANSLATE_NOOP("sb::ui::Requests", "Output")},
        std::pair{"reasoning", QT_TRANSLATE_NOOP("sb::ui::Requests", "Reasoning")},
        std::pair{"image_out", QT_TRANSLATE_NOOP("sb::ui::Requests", "Image output")},
        std::pair{"audio_out", QT_TRANSLATE_NOOP("sb::ui::Requests", "Audio output")},
        std::pair{"web_searches", QT_TRANSLATE_NOOP("sb::ui::Requests", "Web searches")},
    };
    for (const auto& [key, name] : kNames) {
        if (tokenClass == key)
            return Context::tr(name);
    }
    return UiText::qs(tokenClass);
}

QString tokens(std::uint64_t count)
{
    return UiText::count(static_cast<std::int64_t>(count));
}

QString priceRowSentence(const PriceRow& price, const QString& zone)
{
    const QString from = UiText::dateTime(price.from, zone);
    const QString source = price.source.empty() ? Context::tr("no source noted") : UiText::qs(price.source);
    const QString kind =
        price.service.isNone() ? Context::tr("list price") : Context::tr("negotiated price of this service");
    if (price.to) {
        return Context::tr("Price row %1 (%2, source: %3), valid from %4 to %5.")
            .arg(price.id.value)
            .arg(kind, source, from, UiText::dateTime(*price.to, zone));
    }
    return Context::tr("Price row %1 (%2, source: %3), valid since %4.").arg(price.id.value).arg(kind, source, from);
}

std::string decimal(NanoPerMillion price)
{
    return toDecimalUsd(Money{price});
}

} // namespace

Facts summary(const RequestDetail& detail, const QString& zone)
{
    const UsageRecord& record = detail.record;
    const storage::RequestRow& row = detail.row;
    Facts facts{
        {Context::tr("Time"), UiText::dateTime(record.time, zone)},
        {Context::tr("Result"),
         record.httpStatus > 0 ? Context::tr("%1, HTTP %2").arg(UiText::status(record.status)).arg(record.httpStatus)
                               : Context::tr("%1, the client was gone").arg(UiText::status(record.status))},
        {Context::tr("Service"), orNone(row.service)},
        {Context::tr("Environment"), orNone(row.environment)},
        {Context::tr("Project"), orNone(row.project)},
        {Context::tr("Connection"), orNone(row.connection)},
        {Context::tr("Key"), detail.keyPublicId.empty()
                                 ? Context::tr("none")
                                 : QStringLiteral("sbx_%1_...").arg(UiText::qs(detail.keyPublicId))},
        {Context::tr("Route"), orNone(detail.route)},
        {Context::tr("Model requested"), orNone(record.modelRequested)},
        {Context::tr("Model sent"), orNone(record.modelSelected)},
        {Context::tr("Model reported"), orNone(record.modelReported)},
        {Context::tr("Tokens"), Context::tr("%1 in, %2 out, %3")
                                    .arg(tokens(record.usage.promptTokens()), tokens(record.usage.completionTokens()),
                                         usageSourceName(record.usage.source))},
        {Context::tr("Cost"), record.cost ? UiText::usdExact(*record.cost) : Context::tr("unpriced")},
        {Context::tr("Answer"), record.flags.streamed ? Context::tr("streamed") : Context::tr("in one piece")},
        {Context::tr("Attempts"), UiText::count(record.attempts)},
        {Context::tr("Source"), trafficSourceName(record.source)},
    };
    const auto addIfPresent = [&facts](const QString& name, const std::string& value) {
        if (!value.empty())
            facts.emplace_back(name, UiText::qs(value));
    };
    addIfPresent(Context::tr("User"), record.user);
    addIfPresent(Context::tr("Session"), record.session);
    addIfPresent(Context::tr("Task"), record.task);
    addIfPresent(Context::tr("Tags"), record.tags);
    addIfPresent(Context::tr("Client address"), record.clientIp);
    addIfPresent(Context::tr("Client program"), record.userAgent);
    QStringList notes;
    if (record.flags.completionClamped)
        notes << Context::tr("the completion maximum was lowered to what the limits left");
    if (record.flags.fallbackTaken)
        notes << Context::tr("a fallback answered");
    if (record.flags.cacheHit)
        notes << Context::tr("answered from the cache");
    if (record.flags.inconsistentUsage || record.usage.inconsistent)
        notes << Context::tr("the provider's total differs from the sum of its parts");
    if (record.flags.recovered)
        notes << Context::tr("closed after a crash at its upper bound");
    if (!notes.isEmpty())
        facts.emplace_back(Context::tr("Notes"), notes.join(QStringLiteral("; ")));
    return facts;
}

std::vector<Phase> timeline(const UsageRecord& record)
{
    std::vector<Phase> phases;
    const double total = record.latencyMs;
    const double overhead = std::min(record.overheadUs / 1000.0, total);
    if (overhead > 0)
        phases.push_back({Context::tr("Gateway before the provider's head"), 0, overhead});
    double at = overhead;
    if (record.ttftMs) {
        const double first = std::clamp<double>(*record.ttftMs, at, total);
        phases.push_back({Context::tr("Provider until the first token"), at, first - at});
        phases.push_back({Context::tr("Stream"), first, total - first});
    } else if (record.attempts > 0) {
        const double provider = record.upstreamMs ? std::min<double>(*record.upstreamMs, total - at) : total - at;
        phases.push_back({Context::tr("Provider"), at, provider});
        at += provider;
        if (total > at)
            phases.push_back({Context::tr("Gateway after the answer"), at, total - at});
    }
    return phases;
}

CostExplanation cost(const RequestDetail& detail, const QString& zone)
{
    const UsageRecord& record = detail.record;
    CostExplanation explanation;
    if (!record.cost) {
        explanation.sentence =
            record.usage.totalTokens() == 0 && !record.usage.webSearches
                ? Context::tr("No amount: no usage is known for this request.")
                : Context::tr("Unpriced: no price was in force for %1 at that time. The request is counted "
                              "but not part of any spend.")
                      .arg(orNone(record.modelSelected));
        return explanation;
    }
    if (!detail.price) {
        explanation.sentence = record.cost->nano == 0
                                   ? Context::tr("Free: nothing was charged for this request.")
                                   : Context::tr("Charged %1; the price row it was charged by is not known.")
                                         .arg(UiText::usdExact(*record.cost));
        return explanation;
    }
    const pricing::Cost priced = pricing::costOf(record.usage, *detail.price);
    for (const pricing::CostLine& line : priced.lines) {
        const bool search = line.tokenClass == "web_searches";
        explanation.lines.push_back({tokenClassName(line.tokenClass), tokens(line.count),
                                     search ? Context::tr("$%1 each").arg(UiText::qs(decimal(line.price)))
                                            : Context::tr("$%1 per 1 M").arg(UiText::qs(decimal(line.price))),
                                     UiText::usdExact(line.amount)});
    }
    explanation.lines.push_back({Context::tr("Total"), QString(), QString(), UiText::usdExact(priced.total)});
    explanation.sentence = priceRowSentence(*detail.price, zone);
    if (priced.total != *record.cost) {
        explanation.sentence +=
            QLatin1Char(' ') + Context::tr("The recorded amount is %1; it was charged on other counts than these.")
                                   .arg(UiText::usdExact(*record.cost));
    }
    if (record.attemptsCost.nano > 0) {
        explanation.sentence +=
            QLatin1Char(' ') + Context::tr("Failed attempts that were billed: %1, not part of the total above.")
                                   .arg(UiText::usdExact(record.attemptsCost));
    }
    return explanation;
}

QString prettyJson(const std::string& text)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(text));
    return document.isNull() ? UiText::qs(text) : QString::fromUtf8(document.toJson(QJsonDocument::Indented)).trimmed();
}

QString errorSentence(const UsageRecord& record)
{
    if (record.status == RequestStatus::Ok)
        return {};
    static constexpr std::array kSentences{
        std::pair{"invalid_request",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "The request could not be understood and was not forwarded.")},
        std::pair{
            "context_length_exceeded",
            QT_TRANSLATE_NOOP(
                "sb::ui::Requests",
                "The prompt is longer than the model accepts. Shorten it or choose a model with a larger context.")},
        std::pair{"content_filter", QT_TRANSLATE_NOOP("sb::ui::Requests", "The provider's content filter refused it.")},
        std::pair{"invalid_api_key",
                  QT_TRANSLATE_NOOP(
                      "sb::ui::Requests",
                      "The key was missing, unknown, revoked or expired. Make a new one on the Connections page.")},
        std::pair{"forbidden",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "The key may not use this service, model or environment.")},
        std::pair{
            "origin_not_allowed",
            QT_TRANSLATE_NOOP("sb::ui::Requests", "A browser page of an origin that is not allowed made the call.")},
        std::pair{"budget_exceeded",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "The budget is spent. Raise it or wait for its next period.")},
        std::pair{"not_found",
                  QT_TRANSLATE_NOOP("sb::ui::Requests",
                                    "No service is registered under that context path in this environment.")},
        std::pair{"model_not_found",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "No route or model of that name may be used with the key.")},
        std::pair{"request_too_large",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "The request body is larger than the gateway accepts.")},
        std::pair{"prompt_tokens_exceeded",
                  QT_TRANSLATE_NOOP("sb::ui::Requests",
                                    "The prompt exceeds the per-request maximum. Shorten it or raise the maximum.")},
        std::pair{"token_limit_exceeded",
                  QT_TRANSLATE_NOOP("sb::ui::Requests",
                                    "A token window was full. The answer told the client when to try again.")},
        std::pair{"request_limit_exceeded",
                  QT_TRANSLATE_NOOP("sb::ui::Requests",
                                    "A request window was full. The answer told the client when to try again.")},
        std::pair{"upstream_rate_limited",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "The provider's own rate limit was reached.")},
        std::pair{"upstream_error", QT_TRANSLATE_NOOP("sb::ui::Requests", "The provider answered with an error.")},
        std::pair{"upstream_unavailable",
                  QT_TRANSLATE_NOOP("sb::ui::Requests",
                                    "The provider could not be reached. Check the service URL and the network.")},
        std::pair{
            "secret_unavailable",
            QT_TRANSLATE_NOOP("sb::ui::Requests",
                              "The provider's key could not be read. Unlock the keychain or correct the reference.")},
        std::pair{"upstream_timeout", QT_TRANSLATE_NOOP("sb::ui::Requests", "The provider took too long.")},
        std::pair{"gateway_overloaded",
                  QT_TRANSLATE_NOOP("sb::ui::Requests", "The gateway was at its bounds; nothing was sent.")},
        std::pair{"ledger_unavailable",
                  QT_TRANSLATE_NOOP("sb::ui::Requests",
                                    "The journal could not be written, so nothing was sent. Check the disk.")},
    };
    for (const auto& [code, sentence] : kSentences) {
        if (record.errorCode == code)
            return Context::tr(sentence);
    }
    return record.errorCode.empty()
               ? Context::tr("Ended as: %1.").arg(UiText::status(record.status))
               : Context::tr("Ended as: %1 (%2).").arg(UiText::status(record.status), UiText::qs(record.errorCode));
}

QString curl(const UsageRecord& record, const Service& service, const QString& gatewayUrl)
{
    return curlCommand(
        {.provider = service.provider,
         .address = ShellText::literal(gatewayUrl + UiText::qs(service.contextPath)),
         .key = ShellText::variable(QStringLiteral("SIGNALBOX_API_KEY")),
         .model = UiText::qs(record.modelRequested.empty() ? record.modelSelected : record.modelRequested),
         .streamed = record.flags.streamed},
        CurlLayout::Wrapped);
}

} // namespace sb::ui::RequestText
