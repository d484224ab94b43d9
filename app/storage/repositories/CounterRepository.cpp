// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/CounterRepository.h"

#include "domain/UsageRecord.h"
#include "limits/WindowCounter.h"
#include "storage/LimitSql.h"
#include "storage/SqlValues.h"
#include "storage/repositories/OrganizationRepository.h"
#include "zones/ZoneRules.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace sb::storage {
namespace {

using limits::BookedBucket;
using limits::CounterKey;

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kHourUs = 3600 * kSecondUs;
constexpr std::int64_t kLongestRequestUs = kHourUs; ///< what ends in a window may have begun that long before it

/// Where the windows that contain `now` begin. Rolling windows: the oldest bucket counts in full, so one bucket more
/// than the window is still needed.
struct WindowStarts {
    std::int64_t minute = 0;
    std::int64_t hour = 0;
    std::int64_t day = 0;
    std::int64_t month = 0;

    static Result<WindowStarts> at(DbSession& db, Timestamp now)
    {
        auto organization = OrganizationRepository(db).current();
        if (!organization)
            return std::move(organization).error();
        auto zone = ZoneRules::load(organization->timeZone);
        if (!zone)
            return std::move(zone).error();
        return WindowStarts{toMicros(now - std::chrono::seconds{61}), toMicros(now - std::chrono::minutes{61}),
                            toMicros((*zone)->startOfDay((*zone)->dayOf(now))), toMicros((*zone)->startOfMonth(now))};
    }
    std::int64_t of(LimitWindow per) const
    {
        switch (per) {
        case LimitWindow::Minute:
            return minute;
        case LimitWindow::Hour:
            return hour;
        case LimitWindow::Day:
            return day;
        case LimitWindow::Month:
            break;
        }
        return month;
    }
};

QVariantList identityOf(const CounterKey& counter)
{
    return {limitsql::scopeName(counter.scope), sql::bind(counter.scopeId), static_cast<int>(counter.dimension),
            limitsql::windowName(counter.per)};
}

/// Which rows of `dim` (as d) a scope counts, with the value of its one placeholder.
QString scopeCondition(LimitScope scope)
{
    switch (scope) {
    case LimitScope::Organization:
        return QStringLiteral("d.org_id = ?");
    case LimitScope::Project: // the program's own keys belong to no project, whatever project the service is of
        return QStringLiteral("d.connection_id <> 0 AND d.project_id = ?");
    case LimitScope::ServiceEnvironment:
        return QStringLiteral("EXISTS (SELECT 1 FROM service_env e WHERE e.service_id = d.service_id AND e.env_id = "
                              "d.env_id AND e.id = ?)");
    case LimitScope::ConnectionEnvironment:
        return QStringLiteral("EXISTS (SELECT 1 FROM connection_env e WHERE e.connection_id = d.connection_id AND "
                              "e.env_id = d.env_id AND e.id = ?)");
    case LimitScope::User:
        return QStringLiteral("d.user_id = ?");
    case LimitScope::Model:
        break;
    }
    return QStringLiteral("d.model_id = ?");
}

const QString kRaiseBucket = QStringLiteral(
    "INSERT INTO limit_bucket AS t (limit_id, start_us, booked) SELECT id, CAST(? AS bigint), CAST(? AS bigint) FROM "
    "limit_state WHERE scope_kind = ? AND scope_id = ? AND dimension = ? AND per = ? ON CONFLICT (limit_id, start_us) "
    "DO UPDATE SET booked = CASE WHEN t.booked < excluded.booked THEN excluded.booked ELSE t.booked END");

/// By LimitDimension: what a bucket holds of each.
using Sums = std::array<std::int64_t, kLimitDimensions.size()>;
using Buckets = std::map<std::int64_t, Sums>; ///< by their start

const QString kTokenSums =
    QStringLiteral("CAST(coalesce(sum(r.in_unc + r.in_cr + r.in_cw5 + r.in_cw1 + r.in_img + r.in_aud), 0) AS bigint), "
                   "CAST(coalesce(sum(r.out_txt + r.out_rsn + r.out_img + r.out_aud), 0) AS bigint)");

/// Adds rows of (start, prompt, completion, requests, cost).
Result<void> addRows(DbSession& db, const QString& statement, const QVariantList& values, Buckets& buckets)
{
    auto query = db.exec(statement, values);
    if (!query)
        return std::move(query).error();
    while (query->next()) {
        const auto number = [&query](int column) { return sql::int64Of(query->value(column)); };
        const Sums row{number(1), number(2), number(1) + number(2), number(3), number(4)};
        Sums& sums = buckets[number(0)];
        std::transform(sums.begin(), sums.end(), row.begin(), sums.begin(), std::plus<>());
    }
    return {};
}

/// From the requests that began in [from, to) and ended at `endsFrom` or later. Buckets are `widthUs` wide; 0: one.
Result<void> addFacts(DbSession& db, const CounterKey& counter, std::int64_t from, std::int64_t to,
                      std::int64_t endsFrom, std::int64_t widthUs, Buckets& buckets)
{
    const QString end = QStringLiteral("(r.ts_us + CAST(coalesce(r.latency_ms, 0) AS bigint) * 1000)");
    const QString start =
        widthUs == 0 ? QString::number(endsFrom) : QStringLiteral("%1 - %1 % %2").arg(end, QString::number(widthUs));
    return addRows(
        db,
        QStringLiteral("SELECT CAST(%1 AS bigint), %2, CAST(coalesce(sum(CASE WHEN r.attempts > 0 AND (r.upstream_ms "
                       "IS NOT NULL OR r.tok_state <> 0) THEN 1 ELSE 0 END), 0) AS bigint), "
                       "CAST(coalesce(sum(coalesce(r.cost_nano, 0) + r.attempts_nano), 0) AS bigint) "
                       "FROM req r JOIN dim d ON d.dim_id = r.dim_id "
                       "WHERE r.ts_us >= ? AND r.ts_us < ? AND %3 >= ? AND d.source <> %4 AND %5 GROUP BY 1")
            .arg(start, kTokenSums, end, QString::number(static_cast<int>(TrafficSource::Sample)),
                 scopeCondition(counter.scope)),
        {sql::bind(from), sql::bind(to), sql::bind(endsFrom), sql::bind(counter.scopeId)}, buckets);
}

/// From the rollup by hours, from the hour `from` on, into the bucket `start`.
Result<void> addHours(DbSession& db, const CounterKey& counter, std::int64_t from, std::int64_t start, Buckets& buckets)
{
    const auto number = [](RequestStatus status) { return QString::number(static_cast<int>(status)); };
    return addRows(
        db,
        QStringLiteral("SELECT CAST(%1 AS bigint), %2, CAST(coalesce(sum(CASE WHEN d.status IN (%3, %4) OR (d.status = "
                       "%5 AND r.in_unc + r.out_txt = 0) THEN 0 ELSE r.n END), 0) AS bigint), "
                       "CAST(coalesce(sum(r.cost_nano), 0) AS bigint) "
                       "FROM rh r JOIN dim d ON d.dim_id = r.dim_id WHERE r.bucket_s >= ? AND d.source <> %6 AND %7")
            .arg(QString::number(start), kTokenSums, number(RequestStatus::Refused), number(RequestStatus::Limited),
                 number(RequestStatus::GatewayError), QString::number(static_cast<int>(TrafficSource::Sample)),
                 scopeCondition(counter.scope)),
        {sql::bind(from / kSecondUs), sql::bind(counter.scopeId)}, buckets);
}

/// What the window of a counter (and of all others of its scope) has seen.
Result<Buckets> seen(DbSession& db, const CounterKey& counter, const WindowStarts& starts, Timestamp now)
{
    Buckets buckets;
    const std::int64_t start = starts.of(counter.per);
    Result<void> added;
    if (const auto width = limits::bucketWidth(counter.per)) {
        added = addFacts(db, counter, start - kLongestRequestUs, toMicros(now) + kHourUs, start,
                         width->count() * kSecondUs, buckets);
    } else {
        // Days begin at full hours nearly everywhere; where they do not, the first part of one comes from the facts,
        // as do requests that ended in the window and began before it.
        const std::int64_t firstHour = (start + kHourUs - 1) / kHourUs * kHourUs;
        added = addFacts(db, counter, start - kLongestRequestUs, firstHour, start, 0, buckets);
        if (added)
            added = addHours(db, counter, firstHour, start, buckets);
    }
    if (!added)
        return std::move(added).error();
    return buckets;
}

} // namespace

Result<std::vector<BookedBucket>> CounterRepository::booked(Timestamp now)
{
    const auto starts = WindowStarts::at(m_db, now);
    if (!starts)
        return starts.error();
    const auto [minute, hour, day, month] = *starts;
    return selectAll(
        m_db,
        QStringLiteral(
            "SELECT s.scope_kind, s.scope_id, s.dimension, s.per, b.start_us, b.booked FROM limit_bucket b "
            "JOIN limit_state s ON s.id = b.limit_id "
            "WHERE b.start_us >= ? AND b.start_us >= CASE s.per WHEN 'minute' THEN CAST(? AS bigint) "
            "WHEN 'hour' THEN CAST(? AS bigint) WHEN 'day' THEN CAST(? AS bigint) ELSE CAST(? AS bigint) END "
            "ORDER BY b.start_us, b.limit_id"),
        {sql::bind(std::min({minute, hour, day, month})), sql::bind(minute), sql::bind(hour), sql::bind(day),
         sql::bind(month)},
        [](const QSqlQuery& q) {
            return BookedBucket{.scope = limitsql::scopeFrom(q.value(0).toString()),
                                .scopeId = static_cast<std::int32_t>(q.value(1).toInt()),
                                .dimension = static_cast<LimitDimension>(q.value(2).toInt()),
                                .per = limitsql::windowFrom(q.value(3).toString()),
                                .start = sql::timeOf(q.value(4)),
                                .amount = sql::int64Of(q.value(5))};
        });
}

Result<std::vector<CounterKey>> CounterRepository::unknown(const std::vector<CounterKey>& counters)
{
    const auto rows = selectAll(m_db, QStringLiteral("SELECT scope_kind, scope_id, dimension, per FROM limit_state"),
                                {}, [](const QSqlQuery& q) {
                                    return CounterKey{limitsql::scopeFrom(q.value(0).toString()),
                                                      static_cast<std::int32_t>(q.value(1).toInt()),
                                                      static_cast<LimitDimension>(q.value(2).toInt()),
                                                      limitsql::windowFrom(q.value(3).toString())};
                                });
    if (!rows)
        return rows.error();
    const std::set<CounterKey> known(rows->begin(), rows->end());
    std::vector<CounterKey> missing;
    std::copy_if(counters.begin(), counters.end(), std::back_inserter(missing),
                 [&known](const CounterKey& counter) { return !known.contains(counter); });
    return missing;
}

Result<void> CounterRepository::begin(const std::vector<CounterKey>& counters, Timestamp now)
{
    return inSameTransaction(m_db, [&]() -> Result<void> {
        const auto starts = WindowStarts::at(m_db, now);
        if (!starts)
            return starts.error();
        std::map<std::tuple<LimitScope, std::int32_t, LimitWindow>, Buckets> known; // one reading for all dimensions
        for (const CounterKey& counter : counters) {
            const auto key = std::tuple(counter.scope, counter.scopeId, counter.per);
            if (!known.contains(key)) {
                auto buckets = seen(m_db, counter, *starts, now);
                if (!buckets)
                    return std::move(buckets).error();
                known.emplace(key, *std::move(buckets));
            }
            auto made = execute(m_db,
                                QStringLiteral("INSERT INTO limit_state(scope_kind, scope_id, dimension, per) VALUES "
                                               "(?, ?, ?, ?) ON CONFLICT DO NOTHING"),
                                identityOf(counter));
            if (!made)
                return std::move(made).error();
            for (const auto& [start, sums] : known.at(key)) {
                const std::int64_t amount = sums[static_cast<std::size_t>(counter.dimension)];
                if (amount == 0)
                    continue;
                auto booked = m_db.execPrepared(kRaiseBucket, QVariantList{sql::bind(start), sql::bind(amount)} +
                                                                  identityOf(counter));
                if (!booked)
                    return std::move(booked).error();
            }
        }
        return {};
    });
}

} // namespace sb::storage
