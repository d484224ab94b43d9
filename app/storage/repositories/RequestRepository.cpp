// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/RequestRepository.h"

#include "storage/SqlValues.h"
#include "storage/repositories/ModelRepository.h"
#include "storage/usage/UsageFact.h"

#include <QStringList>

#include <array>

namespace sb::storage {
namespace {

const QString kRowColumns =
    QStringLiteral("r.id, r.ts_us, e.name, p.name, s.name, c.name, m.code, wq.text, d.status, r.http_status, we.text, "
                   "r.in_unc + r.in_cr + r.in_cw5 + r.in_cw1 + r.in_img + r.in_aud, r.out_txt + r.out_rsn + r.out_img "
                   "+ r.out_aud, r.tok_state, "
                   "r.cost_nano + r.attempts_nano, r.latency_ms, r.ttft_ms, r.attempts, r.flags");
constexpr int kRowWidth = 19;

const QString kRowJoins =
    QStringLiteral("FROM req r JOIN dim d ON d.dim_id = r.dim_id LEFT JOIN environment e ON e.id = d.env_id LEFT JOIN "
                   "project p ON p.id = d.project_id "
                   "LEFT JOIN service s ON s.id = d.service_id LEFT JOIN connection c ON c.id = d.connection_id LEFT "
                   "JOIN model m ON m.id = d.model_id "
                   "LEFT JOIN word wq ON wq.id = r.model_req LEFT JOIN word we ON we.id = r.err ");

struct Where {
    QStringList conditions;
    QVariantList values;

    void add(const QString& condition, const QVariant& value)
    {
        conditions << condition;
        values << value;
    }
    QString text() const
    {
        return conditions.isEmpty() ? QString() : QStringLiteral("WHERE ") + conditions.join(QStringLiteral(" AND "));
    }
};

/// Conditions on dimensions select combinations first: a request is then judged by one number.
QString dimensionCondition(const RequestFilter& filter, QVariantList& values)
{
    Where where;
    if (!filter.environments.empty()) {
        QStringList marks;
        for (const EnvironmentId id : filter.environments) {
            marks << QStringLiteral("?");
            where.values << sql::bind(id);
        }
        where.conditions << QStringLiteral("env_id IN (%1)").arg(marks.join(u','));
    }
    if (filter.service)
        where.add(QStringLiteral("service_id = ?"), sql::bind(*filter.service));
    if (filter.connection)
        where.add(QStringLiteral("connection_id = ?"), sql::bind(*filter.connection));
    if (!filter.model.empty()) {
        QString pattern = sql::text(filter.model).toLower();
        pattern.replace(u'\\', QStringLiteral("\\\\"))
            .replace(u'%', QStringLiteral("\\%"))
            .replace(u'_', QStringLiteral("\\_"));
        where.add(QStringLiteral("model_id IN (SELECT id FROM model WHERE lower(code) LIKE ? ESCAPE '\\')"),
                  u'%' + pattern + u'%');
    }
    if (filter.status)
        where.add(QStringLiteral("status = ?"), static_cast<int>(*filter.status));
    if (filter.errorsOnly)
        where.conditions << QStringLiteral("status <> 0");
    if (!filter.includeSample)
        where.conditions << QStringLiteral("source <> 3");
    if (where.conditions.isEmpty())
        return {};
    values << where.values;
    return QStringLiteral("r.dim_id IN (SELECT dim_id FROM dim WHERE level = 0 AND %1)")
        .arg(where.conditions.join(QStringLiteral(" AND ")));
}

Where whereOf(const RequestFilter& filter)
{
    Where where;
    if (filter.from != Timestamp{})
        where.add(QStringLiteral("r.ts_us >= ?"), sql::bind(filter.from));
    if (filter.to != Timestamp{})
        where.add(QStringLiteral("r.ts_us < ?"), sql::bind(filter.to));
    if (const QString dimensions = dimensionCondition(filter, where.values); !dimensions.isEmpty())
        where.conditions << dimensions;
    return where;
}

RequestRow rowOf(const QSqlQuery& q)
{
    const std::string model = sql::textOf(q.value(6));
    const UsageFlags flags = UsageFlags::fromBits(q.value(18).toUInt());
    return {.id = sql::eventIdOf(q.value(0)),
            .time = sql::timeOf(q.value(1)),
            .environment = sql::textOf(q.value(2)),
            .project = sql::textOf(q.value(3)),
            .service = sql::textOf(q.value(4)),
            .connection = sql::textOf(q.value(5)),
            .model = model.empty() ? sql::textOf(q.value(7)) : model,
            .status = static_cast<RequestStatus>(q.value(8).toInt()),
            .httpStatus = sql::intOf(q.value(9)),
            .errorCode = sql::textOf(q.value(10)),
            .tokensIn = q.value(11).toULongLong(),
            .tokensOut = q.value(12).toULongLong(),
            .usageSource = static_cast<UsageSource>(q.value(13).toInt()),
            .cost = sql::optionalMoneyOf(q.value(14)),
            .latencyMs = q.value(15).toUInt(),
            .ttftMs = sql::optionalOf<std::uint32_t>(q.value(16)),
            .attempts = q.value(17).toUInt(),
            .streamed = flags.streamed};
}

const QString kDetailColumns =
    QStringLiteral("d.org_id, d.project_id, d.env_id, d.service_id, d.provider_id, d.model_id, d.connection_id, "
                   "d.key_id, d.route_id, d.source, "
                   "eu.external_id, t.name, cl.ip, cl.user_agent, wp.text, r.cost_nano, r.attempts_nano, r.price_id, "
                   "r.upstream_ms, r.overhead_us, r.flags, "
                   "r.in_unc, r.in_cr, r.in_cw5, r.in_cw1, r.in_img, r.in_aud, r.out_txt, r.out_rsn, r.out_img, "
                   "r.out_aud, r.n_web, r.tok_seen, "
                   "l.error_text, l.decision, l.raw_usage, l.tags, k.public_id, ro.name, se.session_id");

const QString kDetailJoins =
    QStringLiteral("LEFT JOIN end_user eu ON eu.id = r.user_ref LEFT JOIN task t ON t.id = d.task_id LEFT JOIN client "
                   "cl ON cl.id = r.client_ref "
                   "LEFT JOIN word wp ON wp.id = r.model_rep LEFT JOIN req_log l ON l.ts_us = r.ts_us AND l.id = r.id "
                   "LEFT JOIN access_key k ON k.id = d.key_id LEFT JOIN route ro ON ro.id = d.route_id LEFT JOIN "
                   "session se ON se.id = r.session_ref ");

RequestDetail detailOf(const QSqlQuery& q)
{
    RequestDetail detail;
    detail.row = rowOf(q);
    const auto at = [&](int column) { return q.value(kRowWidth + column); };
    UsageRecord& r = detail.record;
    r.id = detail.row.id;
    r.time = detail.row.time;
    r.organization = sql::idOf<OrganizationId>(at(0));
    r.project = sql::idOf<ProjectId>(at(1));
    r.environment = sql::idOf<EnvironmentId>(at(2));
    r.service = sql::idOf<ServiceId>(at(3));
    r.provider = static_cast<ProviderKind>(at(4).toInt());
    r.model = sql::idOf<ModelId>(at(5));
    r.connection = sql::idOf<ConnectionId>(at(6));
    r.key = sql::idOf<GatewayKeyId>(at(7));
    r.route = sql::idOf<RouteId>(at(8));
    r.source = static_cast<TrafficSource>(at(9).toInt());
    r.modelRequested = sql::textOf(q.value(7));
    r.modelSelected = sql::textOf(q.value(6));
    r.modelReported = sql::textOf(at(14));
    r.user = sql::textOf(at(10));
    r.task = sql::textOf(at(11));
    r.clientIp = sql::textOf(at(12));
    r.userAgent = sql::textOf(at(13));
    r.status = detail.row.status;
    r.errorCode = detail.row.errorCode;
    r.httpStatus = detail.row.httpStatus;
    r.cost = sql::optionalMoneyOf(at(15));
    r.attemptsCost = Money{sql::int64Of(at(16))};
    r.price = sql::idOf<PriceId>(at(17));
    r.latencyMs = detail.row.latencyMs;
    r.ttftMs = detail.row.ttftMs;
    r.upstreamMs = sql::optionalOf<std::uint32_t>(at(18));
    r.overheadUs = at(19).toUInt();
    r.attempts = detail.row.attempts;
    r.flags = UsageFlags::fromBits(at(20).toUInt());
    std::array<std::int64_t, kTokenClasses> tokens{};
    for (std::size_t i = 0; i < kTokenClasses; ++i)
        tokens[i] = sql::int64Of(at(21 + static_cast<int>(i)));
    r.usage = tokensFrom(tokens, sql::int64Of(at(31)), sql::int64Of(at(32)), detail.row.usageSource);
    r.usage.inconsistent = r.flags.inconsistentUsage;
    r.errorText = sql::textOf(at(33));
    r.decision = sql::textOf(at(34));
    r.rawUsage = sql::textOf(at(35));
    r.tags = sql::textOf(at(36));
    detail.keyPublicId = sql::textOf(at(37));
    detail.route = sql::textOf(at(38));
    if (!at(39).isNull())
        r.session = sql::eventIdOf(at(39)).toString();
    return detail;
}

} // namespace

Result<std::vector<RequestRow>> RequestRepository::page(const RequestFilter& filter, std::optional<RequestCursor> after,
                                                        int limit)
{
    Where where = whereOf(filter);
    if (after) {
        where.conditions << QStringLiteral("(r.ts_us, r.id) < (?, ?)");
        where.values << sql::bind(after->time) << sql::bind(after->id, m_db.engine());
    }
    where.values << sql::bind(limit);
    return selectAll(m_db,
                     QStringLiteral("SELECT %1 %2 %3 ORDER BY r.ts_us DESC, r.id DESC LIMIT ?")
                         .arg(kRowColumns, kRowJoins, where.text()),
                     where.values, rowOf);
}

Result<RequestDetail> RequestRepository::detail(const EventId& id)
{
    const Timestamp from = id.millisecond(); // the id and the time come from one clock reading
    auto found = selectOne(
        m_db,
        QStringLiteral("SELECT %1, %2 %3 %4 WHERE r.ts_us >= ? AND r.ts_us < ? AND r.id = ?")
            .arg(kRowColumns, kDetailColumns, kRowJoins, kDetailJoins),
        {sql::bind(from), sql::bind(from + std::chrono::milliseconds{1}), sql::bind(id, m_db.engine())}, detailOf);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return Error{ErrorCode::NotFound, "no such request"};
    RequestDetail detail = std::move(**found);
    if (!detail.record.price.isNone()) {
        auto price = ModelRepository(m_db).price(detail.record.price);
        if (!price)
            return std::move(price).error();
        detail.price = std::move(*price);
    }
    return detail;
}

Result<std::int64_t> RequestRepository::count(const RequestFilter& filter, std::int64_t cap)
{
    Where where = whereOf(filter);
    where.values << sql::bind(cap);
    auto count =
        selectOne(m_db, QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM req r %1 LIMIT ?) x").arg(where.text()),
                  where.values, [](const QSqlQuery& q) { return sql::int64Of(q.value(0)); });
    if (!count)
        return std::move(count).error();
    return count->value_or(0);
}

} // namespace sb::storage
