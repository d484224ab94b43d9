// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/UsageTables.h"

#include "storage/SqlValues.h"
#include "storage/usage/PgArray.h"

#include <QDate>
#include <QStringList>

#include <array>
#include <unordered_map>

namespace sb::storage::usagetables {
namespace {

const QString kReqColumns = QStringLiteral("ts_us, id, dim_id, project_id, key_id, user_ref, session_ref, client_ref, "
                                           "price_id, model_req, model_rep, err, in_unc, in_cr, in_cw5, "
                                           "in_cw1, in_img, in_aud, out_txt, out_rsn, out_img, out_aud, n_web, "
                                           "tok_seen, cost_nano, attempts_nano, latency_ms, ttft_ms, upstream_ms, "
                                           "overhead_us, flags, http_status, tok_state, attempts");
constexpr std::size_t kReqIntegers = 33; ///< all but id

/// The integer columns of a fact in the order of kReqColumns without id.
std::array<std::optional<std::int64_t>, kReqIntegers> integersOf(const UsageFact& f)
{
    return {f.timeUs,      f.dim.full,       f.project,       f.key,          f.user,      f.session,   f.client,
            f.price,       f.modelRequested, f.modelReported, f.error,        f.tokens[0], f.tokens[1], f.tokens[2],
            f.tokens[3],   f.tokens[4],      f.tokens[5],     f.tokens[6],    f.tokens[7], f.tokens[8], f.tokens[9],
            f.webSearches, f.seen,           f.costNano,      f.attemptsNano, f.latencyMs, f.ttftMs,    f.upstreamMs,
            f.overheadUs,  f.flags,          f.httpStatus,    f.tokenState,   f.attempts};
}

QString unnest(const QStringList& types)
{
    QStringList parts;
    for (const QString& type : types)
        parts << QStringLiteral("?::") + type + QStringLiteral("[]");
    return QStringLiteral("SELECT * FROM unnest(%1)").arg(parts.join(QStringLiteral(", ")));
}

QString placeholders(qsizetype count)
{
    return QStringLiteral("VALUES (%1)").arg(QStringList(count, QStringLiteral("?")).join(QStringLiteral(", ")));
}

Result<std::vector<bool>> insertFactsPostgres(DbSession& db, std::span<const UsageFact> facts)
{
    static const QString statement = [] {
        QStringList types;
        const QStringList names = kReqColumns.split(QStringLiteral(", "));
        for (const QString& name : names)
            types << (name == u"id"                                                           ? QStringLiteral("uuid")
                      : name == u"ts_us" || name.endsWith(u"_nano")                           ? QStringLiteral("int8")
                      : name == u"http_status" || name == u"tok_state" || name == u"attempts" ? QStringLiteral("int2")
                                                                                              : QStringLiteral("int4"));
        return QStringLiteral("INSERT INTO req(%1) %2 ON CONFLICT (ts_us, id) DO NOTHING RETURNING id")
            .arg(kReqColumns, unnest(types));
    }();
    std::array<PgArray, kReqIntegers> integers;
    PgArray ids;
    std::unordered_map<EventId, std::size_t> position;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const auto row = integersOf(facts[i]);
        for (std::size_t c = 0; c < kReqIntegers; ++c)
            integers[c].add(row[c]);
        ids.add(sql::text(facts[i].id.toString()));
        position.emplace(facts[i].id, i);
    }
    QVariantList values{integers[0].text(), ids.text()};
    for (std::size_t c = 1; c < kReqIntegers; ++c)
        values << integers[c].text();
    auto query = db.execPrepared(statement, values);
    if (!query)
        return std::move(query).error();
    std::vector<bool> inserted(facts.size(), false);
    while ((*query)->next()) {
        if (const auto found = position.find(sql::eventIdOf((*query)->value(0))); found != position.end())
            inserted[found->second] = true;
    }
    (*query)->finish();
    return inserted;
}

Result<std::vector<bool>> insertFactsSqlite(DbSession& db, std::span<const UsageFact> facts)
{
    static const QString statement = QStringLiteral("INSERT INTO req(%1) %2 ON CONFLICT (ts_us, id) DO NOTHING")
                                         .arg(kReqColumns, placeholders(kReqIntegers + 1));
    std::vector<bool> inserted;
    inserted.reserve(facts.size());
    for (const UsageFact& fact : facts) {
        const auto row = integersOf(fact);
        QVariantList values{sql::bind(row[0]), sql::bind(fact.id, db.engine())};
        for (std::size_t c = 1; c < kReqIntegers; ++c)
            values << sql::bind(row[c]);
        auto query = db.execPrepared(statement, values);
        if (!query)
            return std::move(query).error();
        inserted.push_back((*query)->numRowsAffected() == 1);
    }
    return inserted;
}

/// Adds rows of integers to a table: one statement on PostgreSQL, one per row on SQLite. `conflict` follows the values.
template <class Rows, class Values>
Result<void> addRows(DbSession& db, const QString& table, const QStringList& names, const QStringList& types,
                     const QString& conflict, const Rows& rows, Values valuesOf)
{
    if (rows.empty())
        return {};
    const bool postgres = db.engine() == DbSession::Engine::PostgreSql;
    const QString statement = QStringLiteral("INSERT INTO %1 AS t (%2) %3 %4")
                                  .arg(table, names.join(QStringLiteral(", ")),
                                       postgres ? unnest(types) : placeholders(names.size()), conflict);
    if (!postgres) {
        for (const auto& row : rows) {
            QVariantList values;
            for (const std::int64_t value : valuesOf(row))
                values << sql::bind(value);
            if (auto done = db.execPrepared(statement, values); !done)
                return std::move(done).error();
        }
        return {};
    }
    std::vector<PgArray> columns(static_cast<std::size_t>(names.size()));
    for (const auto& row : rows) {
        std::size_t column = 0;
        for (const std::int64_t value : valuesOf(row))
            columns[column++].add(value);
    }
    QVariantList values;
    for (const PgArray& column : columns)
        values << column.text();
    auto done = db.execPrepared(statement, values);
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

const QStringList kSums{QStringLiteral("n"),
                        QStringLiteral("n_retry"),
                        QStringLiteral("n_fallback"),
                        QStringLiteral("n_cache"),
                        QStringLiteral("n_stream"),
                        QStringLiteral("n_unpriced"),
                        QStringLiteral("n_est"),
                        QStringLiteral("lat_n"),
                        QStringLiteral("ttft_n"),
                        QStringLiteral("n_web"),
                        QStringLiteral("in_unc"),
                        QStringLiteral("in_cr"),
                        QStringLiteral("in_cw5"),
                        QStringLiteral("in_cw1"),
                        QStringLiteral("in_img"),
                        QStringLiteral("in_aud"),
                        QStringLiteral("out_txt"),
                        QStringLiteral("out_rsn"),
                        QStringLiteral("out_img"),
                        QStringLiteral("out_aud"),
                        QStringLiteral("cost_nano"),
                        QStringLiteral("saved_cache_nano"),
                        QStringLiteral("saved_route_nano"),
                        QStringLiteral("lat_ms"),
                        QStringLiteral("ttft_ms")};

Result<void> addRollup(DbSession& db, const QString& table, const QString& bucket,
                       const std::map<UsageDelta::RollupKey, UsageDelta::Rollup>& rows)
{
    const QStringList names = QStringList{bucket, QStringLiteral("dim_id"), QStringLiteral("project_id")} + kSums;
    QStringList types{bucket == u"rday" ? QStringLiteral("int4") : QStringLiteral("int8"), QStringLiteral("int4"),
                      QStringLiteral("int4")};
    QStringList additions;
    for (qsizetype i = 0; i < kSums.size(); ++i) {
        types << (i < 10 ? QStringLiteral("int4") : QStringLiteral("int8"));
        additions << QStringLiteral("%1 = t.%1 + excluded.%1").arg(kSums[i]);
    }
    const QString conflict =
        QStringLiteral("ON CONFLICT (%1, dim_id) DO UPDATE SET %2").arg(bucket, additions.join(QStringLiteral(", ")));
    return addRows(db, table, names, types, conflict, rows, [](const auto& row) {
        std::array<std::int64_t, UsageDelta::kSums + 3> values{row.first.bucket, row.first.dim, row.second.project};
        std::copy(row.second.sums.begin(), row.second.sums.end(), values.begin() + 3);
        return values;
    });
}

Result<void> addBins(DbSession& db, const QString& table, const QString& bucket,
                     const std::map<UsageDelta::BinKey, UsageDelta::Bin>& rows)
{
    const QStringList names{bucket,
                            QStringLiteral("dim_id"),
                            QStringLiteral("project_id"),
                            QStringLiteral("kind"),
                            QStringLiteral("bin"),
                            QStringLiteral("n")};
    const QStringList types{bucket == u"rday" ? QStringLiteral("int4") : QStringLiteral("int8"),
                            QStringLiteral("int4"),
                            QStringLiteral("int4"),
                            QStringLiteral("int2"),
                            QStringLiteral("int2"),
                            QStringLiteral("int4")};
    const QString conflict =
        QStringLiteral("ON CONFLICT (%1, dim_id, kind, bin) DO UPDATE SET n = t.n + excluded.n").arg(bucket);
    return addRows(db, table, names, types, conflict, rows, [](const auto& row) {
        return std::array<std::int64_t, 6>{row.first.bucket, row.first.dim, row.second.project,
                                           row.first.kind,   row.first.bin, row.second.count};
    });
}

} // namespace

Result<std::vector<bool>> insertFacts(DbSession& db, std::span<const UsageFact> facts)
{
    return db.engine() == DbSession::Engine::PostgreSql ? insertFactsPostgres(db, facts) : insertFactsSqlite(db, facts);
}

Result<void> insertAttempt(DbSession& db, const UsageFact& fact)
{
    // One row for all billed attempts that another one replaced: the record carries their sum.
    auto done = db.execPrepared(
        QStringLiteral("INSERT INTO attempt(ts_us, req_id, n, dim_id, project_id, started_us, cost_nano) "
                       "VALUES (?, ?, 1, ?, ?, ?, ?)"),
        {sql::bind(fact.timeUs), sql::bind(fact.id, db.engine()), sql::bind(fact.attemptDim.value_or(DimIds{}).full),
         sql::bind(fact.project), sql::bind(fact.timeUs), sql::bind(fact.attemptsNano)});
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<void> insertLog(DbSession& db, const UsageFact& fact)
{
    auto done = db.execPrepared(
        QStringLiteral("INSERT INTO req_log(ts_us, id, project_id, capture, error_text, decision, raw_usage, tags) "
                       "VALUES (?, ?, ?, 1, ?, ?, ?, ?)"),
        {sql::bind(fact.timeUs), sql::bind(fact.id, db.engine()), sql::bind(fact.project),
         sql::bindOrNull(fact.errorText), sql::bindOrNull(fact.decision), sql::bindOrNull(fact.rawUsage),
         sql::bindOrNull(fact.tags)});
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<void> addDelta(DbSession& db, const UsageDelta& delta)
{
    const QString seconds = QStringLiteral("bucket_s");
    const QString day = QStringLiteral("rday");
    if (auto done = addRollup(db, QStringLiteral("r15"), seconds, delta.quarters); !done)
        return done;
    if (auto done = addRollup(db, QStringLiteral("rh"), seconds, delta.hours); !done)
        return done;
    if (auto done = addRollup(db, QStringLiteral("rd"), day, delta.days); !done)
        return done;
    if (auto done = addRollup(db, QStringLiteral("rdc"), day, delta.coarseDays); !done)
        return done;
    if (auto done = addBins(db, QStringLiteral("hh"), seconds, delta.hourBins); !done)
        return done;
    if (auto done = addBins(db, QStringLiteral("hd"), day, delta.dayBins); !done)
        return done;
    auto limits =
        addRows(db, QStringLiteral("limit_bucket"),
                {QStringLiteral("limit_id"), QStringLiteral("start_us"), QStringLiteral("booked")},
                {QStringLiteral("int4"), QStringLiteral("int8"), QStringLiteral("int8")},
                QStringLiteral("ON CONFLICT (limit_id, start_us) DO UPDATE SET booked = t.booked + excluded.booked"),
                delta.limits, [](const auto& row) {
                    return std::array<std::int64_t, 3>{row.first.state, row.first.startUs, row.second};
                });
    if (!limits)
        return limits;
    for (const auto& [session, use] : delta.sessions) {
        auto done = db.execPrepared(
            QStringLiteral(
                "UPDATE session SET turns = turns + ?, last_us = CASE WHEN last_us < ? THEN ? ELSE last_us END "
                "WHERE id = ?"),
            {sql::bind(use.turns), sql::bind(use.lastUs), sql::bind(use.lastUs), sql::bind(session)});
        if (!done)
            return std::move(done).error();
    }
    return {};
}

std::int64_t weekOf(std::int64_t timeUs)
{
    constexpr std::int64_t kDayUs = 86'400'000'000;
    return (timeUs / kDayUs + 3) / 7; // weeks start on Monday; 1970 began on a Thursday
}

Result<void> ensurePartitions(DbSession& db, std::span<const std::int64_t> weeks)
{
    constexpr std::int64_t kDayUs = 86'400'000'000;
    // Two programs that make the same partition at once: the second one waits and finds it.
    if (auto locked =
            db.exec(QStringLiteral("SELECT pg_advisory_xact_lock(?)"), {sql::bind(std::int64_t{0x5349474e424f5850})});
        !locked)
        return std::move(locked).error();
    for (const std::int64_t week : weeks) {
        const std::int64_t firstDay = week * 7 - 3;
        const QString suffix = QDate(1970, 1, 1).addDays(firstDay).toString(QStringLiteral("yyyyMMdd"));
        for (const auto* table : {"req", "attempt", "req_log", "req_body"}) {
            auto made =
                db.exec(QStringLiteral("CREATE TABLE IF NOT EXISTS %1_p%2 PARTITION OF %1 FOR VALUES FROM (%3) TO (%4)")
                            .arg(QLatin1String(table), suffix)
                            .arg(firstDay * kDayUs)
                            .arg((firstDay + 7) * kDayUs));
            if (!made)
                return std::move(made).error();
        }
    }
    return {};
}

} // namespace sb::storage::usagetables
