// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/DeadLetter.h"

#include "storage/SqlValues.h"
#include "storage/usage/UsageFact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sb::storage {
namespace {

/// NUL is the one character that PostgreSQL's JSON cannot hold.
QString textOf(const std::string& value)
{
    QString text = sql::text(value);
    text.replace(QChar(u'\0'), QChar(0xFFFD));
    return text;
}

/// As text: a JSON number is a double, and amounts need 64 bits.
QString number(std::int64_t value)
{
    return QString::number(value);
}

/// The record as the journal had it: the other members are for people, this one is what is tried again.
constexpr QLatin1String kRecord("record");

QByteArray toBytes(const std::string& text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonObject toJson(const journal::CloseRecord& close)
{
    const UsageRecord& r = close.record;
    UsageFact tokens;
    putTokens(r.usage, tokens);
    QJsonArray classes;
    for (const std::int64_t count : tokens.tokens)
        classes.append(number(count));
    QJsonArray booked;
    for (const journal::Hold& hold : close.booked)
        booked.append(QJsonObject{{QStringLiteral("limit"), hold.limit},
                                  {QStringLiteral("dimension"), hold.dimension},
                                  {QStringLiteral("amount"), number(hold.amount)}});
    QJsonObject object{{QStringLiteral("id"), textOf(r.id.toString())},
                       {QStringLiteral("ts_us"), number(toMicros(r.time))},
                       {QStringLiteral("organization"), r.organization.value},
                       {QStringLiteral("project"), r.project.value},
                       {QStringLiteral("environment"), r.environment.value},
                       {QStringLiteral("service"), r.service.value},
                       {QStringLiteral("provider"), static_cast<int>(r.provider)},
                       {QStringLiteral("model"), r.model.value},
                       {QStringLiteral("connection"), r.connection.value},
                       {QStringLiteral("key"), r.key.value},
                       {QStringLiteral("route"), r.route.value},
                       {QStringLiteral("source"), static_cast<int>(r.source)},
                       {QStringLiteral("model_requested"), textOf(r.modelRequested)},
                       {QStringLiteral("model_selected"), textOf(r.modelSelected)},
                       {QStringLiteral("model_reported"), textOf(r.modelReported)},
                       {QStringLiteral("user"), textOf(r.user)},
                       {QStringLiteral("session"), textOf(r.session)},
                       {QStringLiteral("task"), textOf(r.task)},
                       {QStringLiteral("tags"), textOf(r.tags)},
                       {QStringLiteral("client_ip"), textOf(r.clientIp)},
                       {QStringLiteral("user_agent"), textOf(r.userAgent)},
                       {QStringLiteral("status"), static_cast<int>(r.status)},
                       {QStringLiteral("error_code"), textOf(r.errorCode)},
                       {QStringLiteral("error_text"), textOf(r.errorText)},
                       {QStringLiteral("http_status"), r.httpStatus},
                       {QStringLiteral("tokens"), classes},
                       {QStringLiteral("web_searches"), number(tokens.webSearches)},
                       {QStringLiteral("tokens_seen"), number(tokens.seen)},
                       {QStringLiteral("token_state"), number(tokens.tokenState)},
                       {QStringLiteral("attempts_nano"), number(r.attemptsCost.nano)},
                       {QStringLiteral("price"), r.price.value},
                       {QStringLiteral("latency_ms"), number(r.latencyMs)},
                       {QStringLiteral("overhead_us"), number(r.overheadUs)},
                       {QStringLiteral("attempts"), number(r.attempts)},
                       {QStringLiteral("flags"), number(r.flags.toBits())},
                       {QStringLiteral("decision"), textOf(r.decision)},
                       {QStringLiteral("raw_usage"), textOf(r.rawUsage)},
                       {QStringLiteral("booked"), booked},
                       {kRecord, QString::fromLatin1(toBytes(journal::encode(close)).toBase64())}};
    if (r.cost)
        object.insert(QStringLiteral("cost_nano"), number(r.cost->nano));
    if (r.ttftMs)
        object.insert(QStringLiteral("ttft_ms"), number(*r.ttftMs));
    if (r.upstreamMs)
        object.insert(QStringLiteral("upstream_ms"), number(*r.upstreamMs));
    return object;
}

} // namespace

Result<void> keepDeadLetter(DbSession& db, const journal::CloseRecord& close, const Error& reason)
{
    const QString event = QString::fromUtf8(QJsonDocument(toJson(close)).toJson(QJsonDocument::Compact))
                              .replace(QStringLiteral("\\u0000"), QStringLiteral("\uFFFD"));
    auto done =
        execute(db,
                QStringLiteral("INSERT INTO dead_letter(event_id, at_us, error, event) VALUES (?, ?, ?, ?) "
                               "ON CONFLICT (event_id) DO UPDATE SET error = excluded.error"),
                {sql::bind(close.record.id, db.engine()), sql::bind(close.record.time), sql::bind(reason.what), event});
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<std::vector<DeadLetter>> deadLettersAfter(DbSession& db, const EventId& after, int count)
{
    return selectAll(
        db, QStringLiteral("SELECT event_id, event FROM dead_letter WHERE event_id > ? ORDER BY event_id LIMIT ?"),
        {sql::bind(after, db.engine()), count}, [](const QSqlQuery& q) {
            DeadLetter letter;
            letter.id = sql::eventIdOf(q.value(0));
            const QByteArray bytes = QByteArray::fromBase64(
                QJsonDocument::fromJson(q.value(1).toString().toUtf8()).object().value(kRecord).toString().toLatin1());
            if (auto record = journal::decode({bytes.constData(), static_cast<std::size_t>(bytes.size())})) {
                if (auto* close = std::get_if<journal::CloseRecord>(&*record))
                    letter.close = std::move(*close);
            }
            return letter;
        });
}

Result<void> removeDeadLetter(DbSession& db, const EventId& id)
{
    auto done = execute(db, QStringLiteral("DELETE FROM dead_letter WHERE event_id = ?"), {sql::bind(id, db.engine())});
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

} // namespace sb::storage
