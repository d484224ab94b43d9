// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/DimensionMap.h"

#include "base/Sha256.h"
#include "storage/SqlValues.h"
#include "storage/repositories/ModelRepository.h"
#include "storage/usage/Intern.h"
#include "storage/usage/StoredText.h"

#include <algorithm>
#include <limits>

namespace sb::storage {
namespace {

constexpr std::size_t kMostTasks = 500;  ///< x-signalbox-task is the client's word; beyond this it is "other"
constexpr std::size_t kMostUsers = 5000; ///< users with dimensions of their own; the others share 0 there
constexpr std::int64_t kQuarterUs = 900'000'000;
constexpr Timestamp kEarliest = Timestamp{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};
constexpr Timestamp kLatest = Timestamp{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

enum Column {
    kLevel,
    kOrg,
    kProject,
    kEnv,
    kService,
    kProvider,
    kModel,
    kConnection,
    kKey,
    kUser,
    kRoute,
    kTask,
    kTagset,
    kSource,
    kTier,
    kStatus
};

Error refused(const char* what)
{
    return {ErrorCode::InvalidArgument, what};
}

std::int32_t id32(const QVariant& value)
{
    return static_cast<std::int32_t>(value.toLongLong());
}

/// Hashing keeps the client's text out of the session's id: a name-based UUID of organization, key and text.
EventId sessionUuid(const UsageRecord& record)
{
    const Sha256Digest digest = sha256(std::to_string(record.organization.value) + '\x1f' +
                                       std::to_string(record.key.value) + '\x1f' + record.session);
    EventId id;
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x80); // version 8
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
    return id;
}

/// What PostgreSQL's int4 and SQLite's wider columns must agree on.
bool fits(const UsageRecord& record, const UsageFact& fact)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    const auto within = [](std::int64_t value) { return value >= 0 && value <= kMost; };
    return std::all_of(fact.tokens.begin(), fact.tokens.end(), within) && within(fact.webSearches) &&
           within(record.latencyMs) && within(record.overheadUs) && within(record.attempts) &&
           record.attempts <= 32'767 && record.httpStatus >= 0 && record.httpStatus <= 32'767;
}

} // namespace

std::size_t DimensionMap::KeyHash::operator()(const DimKey& key) const noexcept
{
    std::size_t hash = 14695981039346656037ull; // FNV-1a
    for (const std::int32_t part : key)
        hash = (hash ^ static_cast<std::uint32_t>(part)) * 1099511628211ull;
    return hash;
}

DimensionMap::DimensionMap(std::shared_ptr<const ZoneRules> zone) : m_zone(zone), m_bookings(std::move(zone)) {}

void DimensionMap::forget()
{
    *this = DimensionMap(m_zone);
}

std::int32_t DimensionMap::dayOf(std::int64_t timeUs)
{
    const std::int64_t quarter = timeUs / kQuarterUs; // no zone changes its day within one
    const auto found = m_days.find(quarter);
    if (found != m_days.end())
        return found->second;
    if (m_days.size() > 20'000)
        m_days.clear();
    return m_days.emplace(quarter, m_zone->dayOf(fromMicros(timeUs))).first->second;
}

Result<UsageFact> DimensionMap::resolve(DbSession& db, const journal::CloseRecord& close)
{
    const UsageRecord& record = close.record;
    if (record.time < kEarliest || record.time >= kLatest)
        return refused("the record's time is out of range");

    UsageFact fact;
    fact.timeUs = toMicros(record.time);
    fact.id = record.id;
    fact.day = dayOf(fact.timeUs);
    fact.project = record.project.value;
    fact.key = record.key.value;
    fact.price = record.price.value;
    putTokens(record.usage, fact);
    if (!fits(record, fact))
        return refused("a count of the record is out of range");
    if (record.usage.source == UsageSource::None && fact.seen != 0)
        return refused("tokens without a source");
    fact.costNano = record.cost ? std::optional(record.cost->nano) : std::nullopt;
    if (!fact.costNano && record.attempts == 0)
        fact.costNano = 0; // nothing was sent, so nothing is owed: known, not unpriced
    fact.attemptsNano = record.attemptsCost.nano;
    fact.latencyMs = record.latencyMs;
    fact.ttftMs = record.ttftMs;
    fact.upstreamMs = record.upstreamMs;
    fact.overheadUs = record.overheadUs;
    UsageFlags flags = record.flags;
    flags.inconsistentUsage = flags.inconsistentUsage || record.usage.inconsistent;
    fact.flags = flags.toBits();
    fact.httpStatus = record.httpStatus;
    fact.attempts = record.attempts;
    fact.ok = record.status == RequestStatus::Ok;
    fact.errorText = clean(record.errorText, 1024);
    fact.decision = cleanJson(record.decision);
    fact.rawUsage = cleanJson(record.rawUsage);
    fact.tags = cleanJson(record.tags);

    Error failure;
    const auto take = [&failure](Result<std::int32_t> id, std::int32_t& target) {
        if (!id) {
            failure = std::move(id).error();
            return false;
        }
        target = *id;
        return true;
    };
    DimKey key{};
    key[kOrg] = record.organization.value;
    key[kProject] = record.project.value;
    key[kEnv] = record.environment.value;
    key[kService] = record.service.value;
    key[kProvider] = record.service.isNone() ? 0 : static_cast<std::int32_t>(record.provider);
    key[kConnection] = record.connection.value;
    key[kKey] = record.key.value;
    key[kRoute] = record.route.value;
    key[kSource] = static_cast<std::int32_t>(record.source);
    key[kStatus] = static_cast<std::int32_t>(record.status);
    const bool known =
        take(word(db, record.modelRequested), fact.modelRequested) &&
        take(word(db, record.modelReported), fact.modelReported) && take(word(db, record.errorCode), fact.error) &&
        take(endUser(db, record.organization, record.user), fact.user) && take(cappedUser(db, fact.user), key[kUser]) &&
        take(client(db, record.clientIp, record.userAgent), fact.client) &&
        take(session(db, record, fact.user), fact.session) && take(task(db, record.task), key[kTask]) &&
        take(model(db, record), key[kModel]) && take(tier(db, record.price), key[kTier]);
    if (!known)
        return failure;

    auto ids = dimension(db, key);
    if (!ids)
        return std::move(ids).error();
    fact.dim = *ids;
    if (fact.attemptsNano != 0) {
        key[kStatus] = static_cast<std::int32_t>(RequestStatus::SupersededAttempt);
        auto attempt = dimension(db, key);
        if (!attempt)
            return std::move(attempt).error();
        fact.attemptDim = *attempt;
    }
    auto booked = m_bookings.of(db, close);
    if (!booked)
        return std::move(booked).error();
    fact.bookings = std::move(*booked);
    return fact;
}

Result<DimIds> DimensionMap::dimension(DbSession& db, const DimKey& full)
{
    if (const auto found = m_dimensions.find(full); found != m_dimensions.end())
        return found->second;

    DimKey coarse = full;
    coarse[kLevel] = 1;
    coarse[kConnection] = coarse[kKey] = coarse[kUser] = coarse[kRoute] = coarse[kTagset] = 0;
    DimKey histogram = coarse;
    histogram[kLevel] = 2;
    histogram[kTask] = histogram[kTier] = histogram[kStatus] = 0; // the source stays: sample data must be separable

    DimIds ids;
    auto histogramId = dimensionRow(db, histogram, 0, 0);
    if (!histogramId)
        return std::move(histogramId).error();
    ids.histogram = *histogramId;
    auto coarseId = dimensionRow(db, coarse, 0, ids.histogram);
    if (!coarseId)
        return std::move(coarseId).error();
    ids.coarse = *coarseId;
    auto fullId = dimensionRow(db, full, ids.coarse, ids.histogram);
    if (!fullId)
        return std::move(fullId).error();
    ids.full = *fullId;
    m_dimensions.emplace(full, ids);
    return ids;
}

/// 0 for `coarse` or `histogram` means the row itself.
Result<std::int32_t> DimensionMap::dimensionRow(DbSession& db, const DimKey& key, std::int32_t coarse,
                                                std::int32_t histogram)
{
    static const QString columns =
        QStringLiteral("level, org_id, project_id, env_id, service_id, provider_id, model_id, connection_id, key_id, "
                       "user_id, route_id, task_id, tagset_id, source, tier, status");
    static const QString select =
        QStringLiteral("SELECT dim_id FROM dim WHERE level = ? AND org_id = ? AND project_id = ? AND env_id = ? AND "
                       "service_id = ? AND provider_id = ? AND model_id = ? AND connection_id = ? AND key_id = ? AND "
                       "user_id = ? AND route_id = ? AND task_id = ? AND tagset_id = ? AND source = ? AND tier = ? AND "
                       "status = ?");
    static const QString insert =
        QStringLiteral(
            "INSERT INTO dim(%1, coarse_id, hist_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "?, ?) ON CONFLICT DO NOTHING")
            .arg(columns);
    QVariantList values;
    for (const std::int32_t part : key)
        values << sql::bind(part);
    auto id = intern(db, insert, values + QVariantList{sql::bind(coarse), sql::bind(histogram)}, select, values);
    if (id && (coarse == 0 || histogram == 0)) {
        auto closed = db.execPrepared(
            QStringLiteral("UPDATE dim SET coarse_id = CASE WHEN coarse_id = 0 THEN dim_id ELSE coarse_id END, "
                           "hist_id = CASE WHEN hist_id = 0 THEN dim_id ELSE hist_id END WHERE dim_id = ? AND "
                           "(coarse_id = 0 OR hist_id = 0)"),
            {sql::bind(*id)});
        if (!closed)
            return std::move(closed).error();
    }
    return id;
}

Result<std::int32_t> DimensionMap::word(DbSession& db, std::string_view text)
{
    if (text.empty())
        return 0;
    const std::string key = clean(text);
    if (const auto found = m_words.find(key); found != m_words.end())
        return found->second;
    const QVariantList value{sql::bind(key)};
    auto id = intern(db, QStringLiteral("INSERT INTO word(text) VALUES (?) ON CONFLICT DO NOTHING"), value,
                     QStringLiteral("SELECT id FROM word WHERE text = ?"), value);
    if (id)
        m_words.emplace(key, *id);
    return id;
}

Result<std::int32_t> DimensionMap::task(DbSession& db, std::string_view name)
{
    if (m_tasks.empty()) {
        auto known = selectAll(db, QStringLiteral("SELECT name, id FROM task"), {}, [](const QSqlQuery& q) {
            return std::pair{sql::textOf(q.value(0)), id32(q.value(1))};
        });
        if (!known)
            return std::move(known).error();
        m_tasks.insert(known->begin(), known->end());
    }
    const std::string key = name.empty() ? "other" : clean(name, 64);
    if (const auto found = m_tasks.find(key); found != m_tasks.end())
        return found->second;
    if (m_tasks.size() >= kMostTasks)
        return m_tasks["other"];
    const QVariantList value{sql::bind(key)};
    auto id = intern(db, QStringLiteral("INSERT INTO task(name) VALUES (?) ON CONFLICT DO NOTHING"), value,
                     QStringLiteral("SELECT id FROM task WHERE name = ?"), value);
    if (id)
        m_tasks.emplace(key, *id);
    return id;
}

Result<std::int32_t> DimensionMap::endUser(DbSession& db, OrganizationId organization, std::string_view externalId)
{
    if (externalId.empty())
        return 0;
    const std::string text = clean(externalId);
    const std::string key = std::to_string(organization.value) + '\x1f' + text;
    if (const auto found = m_users.find(key); found != m_users.end())
        return found->second;
    const QVariantList values{sql::bind(organization), sql::bind(text)};
    auto id =
        intern(db, QStringLiteral("INSERT INTO end_user(org_id, external_id) VALUES (?, ?) ON CONFLICT DO NOTHING"),
               values, QStringLiteral("SELECT id FROM end_user WHERE org_id = ? AND external_id = ?"), values);
    if (id)
        m_users.emplace(key, *id);
    return id;
}

Result<std::int32_t> DimensionMap::cappedUser(DbSession& db, std::int32_t user)
{
    if (user == 0)
        return 0;
    if (!m_usersLoaded) {
        auto known = selectAll(db, QStringLiteral("SELECT DISTINCT user_id FROM dim WHERE user_id > 0"), {},
                               [](const QSqlQuery& q) { return id32(q.value(0)); });
        if (!known)
            return std::move(known).error();
        m_dimensionUsers.insert(known->begin(), known->end());
        m_usersLoaded = true;
    }
    if (m_dimensionUsers.contains(user))
        return user;
    if (m_dimensionUsers.size() >= kMostUsers)
        return 0;
    m_dimensionUsers.insert(user);
    return user;
}

Result<std::int32_t> DimensionMap::client(DbSession& db, std::string_view ip, std::string_view agent)
{
    if (ip.empty() && agent.empty())
        return 0;
    const std::string address = clean(ip, 64);
    const std::string name = clean(agent);
    const std::string key = address + '\x1f' + name;
    if (const auto found = m_clients.find(key); found != m_clients.end())
        return found->second;
    const QVariantList values{sql::bind(address), sql::bind(name)};
    auto id = intern(db, QStringLiteral("INSERT INTO client(ip, user_agent) VALUES (?, ?) ON CONFLICT DO NOTHING"),
                     values, QStringLiteral("SELECT id FROM client WHERE ip = ? AND user_agent = ?"), values);
    if (id)
        m_clients.emplace(key, *id);
    return id;
}

Result<std::int32_t> DimensionMap::session(DbSession& db, const UsageRecord& record, std::int32_t user)
{
    if (record.session.empty())
        return 0;
    const EventId uuid = sessionUuid(record);
    const std::string key(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size());
    if (const auto found = m_sessions.find(key); found != m_sessions.end())
        return found->second;
    if (m_sessions.size() > 100'000) // sessions come and go; their rows stay
        m_sessions.clear();
    const QVariant value = sql::bind(uuid, db.engine());
    auto id = intern(db,
                     QStringLiteral("INSERT INTO session(session_id, org_id, project_id, user_ref, created_us, "
                                    "last_us) VALUES (?, ?, ?, ?, ?, ?) "
                                    "ON CONFLICT DO NOTHING"),
                     {value, sql::bind(record.organization), sql::bind(record.project), sql::bind(user),
                      sql::bind(record.time), sql::bind(record.time)},
                     QStringLiteral("SELECT id FROM session WHERE session_id = ?"), {value});
    if (id)
        m_sessions.emplace(key, *id);
    return id;
}

Result<std::int32_t> DimensionMap::model(DbSession& db, const UsageRecord& record)
{
    if (!record.model.isNone())
        return record.model.value;
    if (record.modelSelected.empty())
        return 0;
    const std::string code = ModelRepository::codeOf(record.provider, clean(record.modelSelected));
    if (const auto found = m_models.find(code); found != m_models.end())
        return found->second;
    auto known = selectOne(db, QStringLiteral("SELECT id FROM model WHERE code = ?"), {sql::bind(code)},
                           [](const QSqlQuery& q) { return id32(q.value(0)); });
    if (!known)
        return std::move(known).error();
    std::int32_t id = known->value_or(0);
    // Only a model that answered gets a row: names that a client made up must not fill the catalogue.
    if (id == 0 && record.status == RequestStatus::Ok) {
        auto made = ModelRepository(db).ensure(code, record.provider, record.time);
        if (!made)
            return std::move(made).error();
        id = made->value;
    }
    if (id != 0)
        m_models.emplace(code, id);
    return id;
}

Result<std::int32_t> DimensionMap::tier(DbSession& db, PriceId price)
{
    if (price.isNone())
        return 0;
    if (const auto found = m_tiers.find(price.value); found != m_tiers.end())
        return found->second;
    auto row = selectOne(db, QStringLiteral("SELECT tier FROM price WHERE id = ?"), {sql::bind(price)},
                         [](const QSqlQuery& q) { return id32(q.value(0)); });
    if (!row)
        return std::move(row).error();
    return m_tiers.emplace(price.value, row->value_or(0)).first->second;
}

} // namespace sb::storage
