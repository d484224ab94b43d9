// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/OverviewRepository.h"

#include "domain/UsageRecord.h"
#include "storage/SqlValues.h"
#include "storage/usage/OverviewSlices.h"

#include <QStringList>

#include <algorithm>
#include <map>

namespace sb::storage {
namespace {

using namespace sb::analytics;

constexpr std::size_t kTopGroups = 7;
constexpr int kLatency = 1; ///< kinds of histogram
constexpr int kTtft = 2;

using Bins = std::map<std::int32_t, std::int64_t>;

struct Filter {
    QString sql; ///< " AND …" on d.*
    QVariantList values;
};

QString groupColumn(GroupBy group)
{
    switch (group) {
    case GroupBy::Model:
        return QStringLiteral("model_id");
    case GroupBy::Provider:
        return QStringLiteral("provider_id");
    case GroupBy::Project:
        return QStringLiteral("project_id");
    case GroupBy::Environment:
        return QStringLiteral("env_id");
    case GroupBy::Service:
        return QStringLiteral("service_id");
    }
    return {};
}

QString namesQuery(GroupBy group)
{
    switch (group) {
    case GroupBy::Model:
        return QStringLiteral("SELECT id, code FROM model");
    case GroupBy::Provider:
        return QStringLiteral("SELECT id, name FROM provider");
    case GroupBy::Project:
        return QStringLiteral("SELECT id, name FROM project");
    case GroupBy::Environment:
        return QStringLiteral("SELECT id, name FROM environment");
    case GroupBy::Service:
        return QStringLiteral("SELECT id, name FROM service");
    }
    return {};
}

/// int8 sums come back as double from PostgreSQL unless they are cast.
QString sumOf(const char* expression)
{
    return QStringLiteral("CAST(sum(%1) AS bigint)").arg(QLatin1String(expression));
}

const QString& sums()
{
    static const QString text = QStringList{sumOf("r.n"),
                                            sumOf("r.n_unpriced"),
                                            sumOf("r.n_est"),
                                            sumOf("r.cost_nano"),
                                            sumOf("r.in_unc + r.in_img + r.in_aud"),
                                            sumOf("r.in_cr"),
                                            sumOf("r.in_cw5 + r.in_cw1"),
                                            sumOf("r.out_txt + r.out_img + r.out_aud"),
                                            sumOf("r.out_rsn")}
                                    .join(QStringLiteral(", "));
    return text;
}

/// One row of `sums()`, starting at a column.
struct Sums {
    std::int64_t n, unpriced, estimated, cost, input, cacheRead, cacheWrite, output, reasoning;

    static Sums read(const QSqlQuery& q, int column)
    {
        const auto at = [&](int i) { return sql::int64Of(q.value(column + i)); };
        return {at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)};
    }
};

void addTo(Figures& figures, RequestStatus status, const Sums& s)
{
    figures.requests += s.n;
    figures.unpriced += s.unpriced;
    figures.estimated += s.estimated;
    figures.cost += Money{s.cost};
    figures.tokensIn += s.input + s.cacheRead + s.cacheWrite;
    figures.tokensOut += s.output + s.reasoning;
    figures.cacheRead += s.cacheRead;
    switch (status) {
    case RequestStatus::Ok:
        figures.succeeded += s.n;
        break;
    case RequestStatus::Refused:
        figures.refused += s.n;
        break;
    case RequestStatus::Limited:
        figures.limited += s.n;
        break;
    case RequestStatus::Aborted:
        figures.aborted += s.n;
        break;
    case RequestStatus::UpstreamError:
    case RequestStatus::Timeout:
    case RequestStatus::GatewayError:
        figures.errors += s.n;
        break;
    case RequestStatus::SupersededAttempt: // cost only
        break;
    }
}

/// All of one load: what the queries share.
class Loader {
public:
    Loader(DbSession& db, const ViewState& view, ResolvedPeriod period, Timestamp now)
        : m_db(db), m_view(view), m_now(now)
    {
        m_data.period = std::move(period);
        m_data.buckets = bucketsOf(m_data.period, now);
    }

    Result<OverviewData> run();

private:
    const ZoneRules& zone() const { return *m_data.period.zone; }
    /// Histograms are long and need their dimensions only when something is filtered.
    QString histogramJoin() const
    {
        return m_filter.sql.isEmpty() ? QString() : QStringLiteral("JOIN dim d ON d.dim_id = h.dim_id");
    }
    bool daysAreStored() const { return zone().name() == m_storedZone; }

    Result<void> readSettings();
    Result<void> checkZone();
    OverviewSlices slices() const { return {m_data.period, m_now, daysAreStored(), m_quartersOnly}; }
    std::optional<std::size_t> bucketOf(const RollupSlice& slice, std::int64_t key) const;

    Result<void> readSeries();
    Result<void> readNames();
    Result<void> readLatency();
    Result<void> readPrevious();
    Result<void> readNewest();

    DbSession& m_db;
    const ViewState& m_view;
    Timestamp m_now;
    std::string m_storedZone;    ///< the zone of the day rollups
    bool m_quartersOnly = false; ///< a zone whose days start within an hour
    Filter m_filter;
    OverviewData m_data;
};

Result<OverviewData> Loader::run()
{
    for (const auto step : {&Loader::readSettings, &Loader::checkZone, &Loader::readSeries, &Loader::readNames,
                            &Loader::readLatency, &Loader::readPrevious, &Loader::readNewest}) {
        if (auto done = (this->*step)(); !done)
            return std::move(done).error();
    }
    return std::move(m_data);
}

Result<void> Loader::readSettings()
{
    auto stored = selectOne(m_db, QStringLiteral("SELECT time_zone FROM organization ORDER BY id LIMIT 1"), {},
                            [](const QSqlQuery& q) { return sql::textOf(q.value(0)); });
    if (!stored)
        return std::move(stored).error();
    m_storedZone = stored->value_or("UTC");

    // A combination exists because it occurred: no rollup needs to be read for this.
    auto kinds = selectAll(
        m_db, QStringLiteral("SELECT DISTINCT CASE WHEN source = 3 THEN 1 ELSE 0 END FROM dim WHERE level = 1"), {},
        [](const QSqlQuery& q) { return q.value(0).toInt() == 1; });
    if (!kinds)
        return std::move(kinds).error();
    const bool mixed = kinds->size() == 2;
    if (mixed && !m_view.includeSample)
        m_filter.sql += QStringLiteral(" AND d.source <> 3");
    else if (mixed)
        m_data.sample = SampleShare::Mixed;
    else if (kinds->size() == 1 && kinds->front())
        m_data.sample = SampleShare::Only;
    if (!m_view.environments.empty()) {
        QStringList marks;
        for (const EnvironmentId id : m_view.environments) {
            marks << QStringLiteral("?");
            m_filter.values << sql::bind(id);
        }
        m_filter.sql += QStringLiteral(" AND d.env_id IN (%1)").arg(marks.join(u','));
    }
    return {};
}

/// Days of another zone than the stored one are added up from hours; where its days start within an hour, from
/// quarters.
Result<void> Loader::checkZone()
{
    if (daysAreStored())
        return {};
    const auto wholeHours = [&](Timestamp t) { return zone().offsetAt(t).count() % 60 == 0; };
    const Period& current = m_data.period.current;
    const Period& previous = m_data.period.previous;
    m_quartersOnly = !wholeHours(current.from) || !wholeHours(current.to) || !wholeHours(previous.from);
    if (!m_quartersOnly)
        return {};
    const Timestamp oldest = m_now - kQuarterRetention;
    if (m_data.period.bucket == BucketSize::Day && current.from < oldest)
        return Error{ErrorCode::InvalidArgument,
                     "days of this zone cannot be told exactly so far back: use UTC or the organization's zone",
                     "zone"};
    m_data.previousKnown = previous.from >= oldest;
    return {};
}

std::optional<std::size_t> Loader::bucketOf(const RollupSlice& slice, std::int64_t key) const
{
    const Timestamp at =
        slice.key == u"rday" ? zone().startOfDay(static_cast<std::int32_t>(key)) : fromMicros(key * 1'000'000);
    const auto next = std::upper_bound(m_data.buckets.begin(), m_data.buckets.end(), at,
                                       [](Timestamp t, const Bucket& bucket) { return t < bucket.start; });
    if (next == m_data.buckets.begin())
        return std::nullopt;
    return static_cast<std::size_t>(next - m_data.buckets.begin()) - 1;
}

/// Figures, cost by group and token classes come from one pass over the rollup.
Result<void> Loader::readSeries()
{
    const std::size_t count = m_data.buckets.size();
    for (auto* series : {&m_data.tokens.inputUncached, &m_data.tokens.cacheRead, &m_data.tokens.cacheWrite,
                         &m_data.tokens.output, &m_data.tokens.reasoning})
        series->assign(count, 0);

    const RollupSlice slice = slices().series();
    auto rows = m_db.exec(QStringLiteral("SELECT r.%1, d.%2, d.status, %3 FROM %4 r JOIN dim d ON d.dim_id = r.dim_id "
                                         "WHERE r.%1 >= ? AND r.%1 < ?%5 GROUP BY 1, 2, 3")
                              .arg(slice.key, groupColumn(m_view.group), sums(), slice.table, m_filter.sql),
                          QVariantList{sql::bind(slice.from), sql::bind(slice.to)} + m_filter.values);
    if (!rows)
        return std::move(rows).error();
    std::map<std::int32_t, CostSeries> groups;
    std::map<std::int64_t, std::optional<std::size_t>> positions;
    while (rows->next()) {
        const std::int64_t key = sql::int64Of(rows->value(0));
        const auto known = positions.find(key);
        const auto position =
            known != positions.end() ? known->second : positions.emplace(key, bucketOf(slice, key)).first->second;
        if (!position)
            continue;
        const Sums s = Sums::read(*rows, 3);
        addTo(m_data.current, static_cast<RequestStatus>(rows->value(2).toInt()), s);
        CostSeries& group = groups[static_cast<std::int32_t>(rows->value(1).toInt())];
        if (group.cost.empty()) {
            group.cost.assign(count, Money{});
            group.requests.assign(count, 0);
        }
        group.cost[*position] += Money{s.cost};
        group.requests[*position] += s.n;
        group.total += Money{s.cost};
        m_data.tokens.inputUncached[*position] += s.input;
        m_data.tokens.cacheRead[*position] += s.cacheRead;
        m_data.tokens.cacheWrite[*position] += s.cacheWrite;
        m_data.tokens.output[*position] += s.output;
        m_data.tokens.reasoning[*position] += s.reasoning;
    }
    for (auto& [key, group] : groups) {
        group.key = key;
        m_data.cost.push_back(std::move(group));
    }
    m_data.cost = foldToTop(std::move(m_data.cost), kTopGroups);
    return {};
}

Result<void> Loader::readNames()
{
    if (m_data.cost.empty())
        return {};
    auto names = selectAll(m_db, namesQuery(m_view.group), {}, [](const QSqlQuery& q) {
        return std::pair{static_cast<std::int32_t>(q.value(0).toInt()), sql::textOf(q.value(1))};
    });
    if (!names)
        return std::move(names).error();
    const std::map<std::int32_t, std::string> byId(names->begin(), names->end());
    for (CostSeries& series : m_data.cost) {
        if (const auto found = byId.find(series.key); found != byId.end() && !series.isOther)
            series.name = found->second;
    }
    return {};
}

Result<void> Loader::readLatency()
{
    const RollupSlice slice = slices().histogram();
    auto rows = m_db.exec(QStringLiteral("SELECT h.%1, h.kind, h.bin, CAST(sum(h.n) AS bigint) FROM %2 h %4 "
                                         "WHERE h.%1 >= ? AND h.%1 < ? AND h.kind IN (1, 2)%3 GROUP BY 1, 2, 3")
                              .arg(slice.key, slice.table, m_filter.sql, histogramJoin()),
                          QVariantList{sql::bind(slice.from), sql::bind(slice.to)} + m_filter.values);
    if (!rows)
        return std::move(rows).error();
    const std::size_t count = m_data.buckets.size();
    std::vector<Bins> latency(count);
    std::vector<Bins> ttft(count);
    Bins allLatency;
    Bins allTtft;
    while (rows->next()) {
        const std::int64_t key = sql::int64Of(rows->value(0));
        const int kind = rows->value(1).toInt();
        const auto bin = static_cast<std::int32_t>(rows->value(2).toInt());
        const std::int64_t n = sql::int64Of(rows->value(3));
        (kind == kLatency ? allLatency : allTtft)[bin] += n;
        const auto first = bucketOf(slice, key);
        if (m_data.period.bucket != BucketSize::QuarterHour) {
            if (first)
                (kind == kLatency ? latency : ttft)[*first][bin] += n;
            continue;
        }
        for (std::int64_t quarter = 0; quarter < 4; ++quarter) { // an hour's histogram stands for its quarters
            const auto at = bucketOf(slice, key + quarter * kQuarterSeconds);
            if (at && secondsOf(m_data.buckets[*at].start) == key + quarter * kQuarterSeconds)
                (kind == kLatency ? latency : ttft)[*at][bin] += n;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        m_data.latency.p50.push_back(percentile(latency[i], 0.50));
        m_data.latency.p95.push_back(percentile(latency[i], 0.95));
        m_data.latency.p99.push_back(percentile(latency[i], 0.99));
        m_data.latency.ttftP95.push_back(percentile(ttft[i], 0.95));
    }
    m_data.current.p50LatencyMs = percentile(allLatency, 0.50);
    m_data.current.p95LatencyMs = percentile(allLatency, 0.95);
    m_data.current.p95TtftMs = percentile(allTtft, 0.95);
    return {};
}

Result<void> Loader::readPrevious()
{
    if (!m_data.previousKnown)
        return {};
    for (const RollupSlice& slice : slices().previous()) {
        auto rows = m_db.exec(QStringLiteral("SELECT d.status, %1 FROM %2 r JOIN dim d ON d.dim_id = r.dim_id "
                                             "WHERE r.%3 >= ? AND r.%3 < ?%4 GROUP BY 1")
                                  .arg(sums(), slice.table, slice.key, m_filter.sql),
                              QVariantList{sql::bind(slice.from), sql::bind(slice.to)} + m_filter.values);
        if (!rows)
            return std::move(rows).error();
        while (rows->next())
            addTo(m_data.previous, static_cast<RequestStatus>(rows->value(0).toInt()), Sums::read(*rows, 1));
    }
    std::map<int, Bins> bins;
    for (const RollupSlice& slice : slices().previousHistogram()) {
        auto rows = m_db.exec(QStringLiteral("SELECT h.kind, h.bin, CAST(sum(h.n) AS bigint) FROM %1 h %4 "
                                             "WHERE h.%2 >= ? AND h.%2 < ? AND h.kind IN (1, 2)%3 GROUP BY 1, 2")
                                  .arg(slice.table, slice.key, m_filter.sql, histogramJoin()),
                              QVariantList{sql::bind(slice.from), sql::bind(slice.to)} + m_filter.values);
        if (!rows)
            return std::move(rows).error();
        while (rows->next())
            bins[rows->value(0).toInt()][static_cast<std::int32_t>(rows->value(1).toInt())] +=
                sql::int64Of(rows->value(2));
    }
    m_data.previous.p50LatencyMs = percentile(bins[kLatency], 0.50);
    m_data.previous.p95LatencyMs = percentile(bins[kLatency], 0.95);
    m_data.previous.p95TtftMs = percentile(bins[kTtft], 0.95);
    return {};
}

/// The newest quarter names the one place to look in: two index look-ups, no scan of requests.
Result<void> Loader::readNewest()
{
    auto quarter = selectOne(m_db, QStringLiteral("SELECT max(bucket_s) FROM r15"), {},
                             [](const QSqlQuery& q) { return sql::optionalOf<std::int64_t>(q.value(0)); });
    if (!quarter)
        return std::move(quarter).error();
    if (!*quarter || !**quarter)
        return {};
    auto newest = selectOne(m_db, QStringLiteral("SELECT max(ts_us) FROM req WHERE ts_us >= ?"),
                            {sql::bind(***quarter * 1'000'000)},
                            [](const QSqlQuery& q) { return sql::optionalTimeOf(q.value(0)); });
    if (!newest)
        return std::move(newest).error();
    m_data.newestRecord = newest->value_or(std::nullopt);
    return {};
}

} // namespace

Result<OverviewData> OverviewRepository::load(const ViewState& view, std::shared_ptr<const ZoneRules> zone,
                                              Timestamp now)
{
    return inSameTransaction(m_db, [&] { return Loader(m_db, view, resolve(view, std::move(zone), now), now).run(); });
}

} // namespace sb::storage
