// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/CounterRepository.h"

#include "EngineTest.h"
#include "UsageRecords.h"
#include "storage/SqlValues.h"
#include "storage/UsageWriter.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/ServiceRepository.h"
#include "support/FakeClock.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

using namespace sb;
using namespace sb::test;
using journal::CloseRecord;
using limits::CounterKey;
using storage::CounterRepository;
using namespace std::chrono_literals;

namespace {

const Timestamp kNow = FakeClock().now();

class CounterRepositoryTest : public EngineTest {
protected:
    void book(std::int32_t limit, Timestamp start, std::int64_t amount)
    {
        ASSERT_TRUE(db->exec(
            QStringLiteral("INSERT INTO limit_bucket(limit_id, start_us, booked) VALUES (?, ?, ?)"),
            {limit, QVariant(static_cast<qlonglong>(toMicros(start))), QVariant(static_cast<qlonglong>(amount))}));
    }

    void inZone(const std::string& name)
    {
        ASSERT_TRUE(db->exec(QStringLiteral("UPDATE organization SET time_zone = ?"), {storage::sql::bind(name)}));
        zone = valueOf(ZoneRules::load(name));
    }
    void write(const std::vector<CloseRecord>& batch)
    {
        storage::UsageWriter writer(zone);
        EXPECT_EQ(valueOf(writer.write(*db, batch)).deadLettered, 0u);
    }

    /// Services 1 and 2 in every environment, connection 1 in the first: what random records name.
    void registerWhatRecordsName()
    {
        for (const char* path : {"/one", "/two"}) {
            ServiceRegistration wanted;
            wanted.service.organization = OrganizationId(1);
            wanted.service.name = path;
            wanted.service.contextPath = path;
            wanted.service.url = "https://example.com";
            for (int environment = 1; environment <= 3; ++environment) {
                ServiceRegistration::PerEnvironment one;
                one.configuration.environment = EnvironmentId(environment);
                wanted.environments.push_back(one);
            }
            valueOf(storage::ServiceRepository(*db).insert(wanted, "me", kNow));
        }
        Connection connection;
        connection.project = ProjectId(1);
        connection.service = ServiceId(1);
        connection.name = "web";
        valueOf(storage::ConnectionRepository(*db).insert(connection, {EnvironmentId(1)}, "me", kNow));
    }

    /// The row that makes a record count for a scope.
    std::int32_t idOf(const char* table, const char* column, std::int32_t owner, std::int32_t environment)
    {
        return static_cast<std::int32_t>(
            valueOf(storage::selectOne(*db,
                                       QStringLiteral("SELECT id FROM %1 WHERE %2 = ? AND env_id = ?")
                                           .arg(QLatin1String(table), QLatin1String(column)),
                                       {owner, environment}, [](const QSqlQuery& q) { return q.value(0).toInt(); }))
                .value_or(0));
    }

    using Buckets = std::map<std::pair<CounterKey, std::int64_t>, std::int64_t>; ///< without empty ones
    Buckets stored()
    {
        Buckets result;
        const auto rows = valueOf(storage::selectAll(
            *db,
            QStringLiteral(
                "SELECT s.scope_kind, s.scope_id, s.dimension, s.per, b.start_us, b.booked FROM limit_bucket "
                "b JOIN limit_state s ON s.id = b.limit_id"),
            {}, [](const QSqlQuery& q) {
                const auto scopes =
                    std::map<QString, LimitScope>{{QStringLiteral("organization"), LimitScope::Organization},
                                                  {QStringLiteral("project"), LimitScope::Project},
                                                  {QStringLiteral("service_env"), LimitScope::ServiceEnvironment},
                                                  {QStringLiteral("connection_env"), LimitScope::ConnectionEnvironment},
                                                  {QStringLiteral("model"), LimitScope::Model}};
                const auto windows = std::map<QString, LimitWindow>{{QStringLiteral("minute"), LimitWindow::Minute},
                                                                    {QStringLiteral("hour"), LimitWindow::Hour},
                                                                    {QStringLiteral("day"), LimitWindow::Day},
                                                                    {QStringLiteral("month"), LimitWindow::Month}};
                return std::tuple(
                    CounterKey{scopes.at(q.value(0).toString()), static_cast<std::int32_t>(q.value(1).toInt()),
                               static_cast<LimitDimension>(q.value(2).toInt()), windows.at(q.value(3).toString())},
                    storage::sql::int64Of(q.value(4)), storage::sql::int64Of(q.value(5)));
            }));
        for (const auto& [key, start, amount] : rows)
            result[{key, start}] = amount;
        return result;
    }

    std::shared_ptr<const ZoneRules> zone = valueOf(ZoneRules::load("UTC"));
    SeededRandom ids;
};
SB_ON_BOTH_ENGINES(CounterRepositoryTest);

TEST_P(CounterRepositoryTest, givesTheBucketsOfWindowsThatAreNotOver)
{
    ASSERT_TRUE(db->exec(QStringLiteral("INSERT INTO limit_state(id, scope_kind, scope_id, dimension, per) VALUES "
                                        "(1, 'service_env', 7, 2, 'minute'), (2, 'organization', 1, 4, 'day')")));
    book(1, kNow - std::chrono::seconds{59}, 10);
    book(1, kNow - std::chrono::minutes{2}, 99);
    book(2, kNow, 40); // kNow is midnight UTC, the organization's zone
    book(2, kNow - std::chrono::hours{24}, 99);

    auto buckets = valueOf(CounterRepository(*db).booked(kNow));
    ASSERT_EQ(buckets.size(), 2u);
    EXPECT_EQ(buckets[0].amount, 10);
    EXPECT_EQ(buckets[0].scope, LimitScope::ServiceEnvironment);
    EXPECT_EQ(buckets[0].scopeId, 7);
    EXPECT_EQ(buckets[0].dimension, LimitDimension::TotalTokens);
    EXPECT_EQ(buckets[0].per, LimitWindow::Minute);
    EXPECT_EQ(buckets[0].start, kNow - std::chrono::seconds{59});
    EXPECT_EQ(buckets[1].amount, 40);
    EXPECT_EQ(buckets[1].dimension, LimitDimension::CostNano);
}

TEST_P(CounterRepositoryTest, knowsWhichCountersNeverCounted)
{
    ASSERT_TRUE(db->exec(QStringLiteral("INSERT INTO limit_state(scope_kind, scope_id, dimension, per) VALUES "
                                        "('service_env', 7, 2, 'minute')")));
    const CounterKey old{LimitScope::ServiceEnvironment, 7, LimitDimension::TotalTokens, LimitWindow::Minute};
    CounterKey other = old;
    other.per = LimitWindow::Hour;
    CounterRepository counters(*db);
    EXPECT_EQ(valueOf(counters.unknown({old, other})), std::vector<CounterKey>{other});
    EXPECT_TRUE(succeeded(counters.begin({other}, kNow)));
    EXPECT_TRUE(valueOf(counters.unknown({old, other})).empty()) << "also without traffic";
}

/// What each window has seen, by counting record by record.
struct Naive {
    const ZoneRules& zone;
    Timestamp now;

    std::int64_t startOf(LimitWindow per) const
    {
        switch (per) {
        case LimitWindow::Minute:
            return toMicros(now - 61s);
        case LimitWindow::Hour:
            return toMicros(now - 61min);
        case LimitWindow::Day:
            return toMicros(zone.startOfDay(zone.dayOf(now)));
        case LimitWindow::Month:
            break;
        }
        return toMicros(zone.startOfMonth(now));
    }
    /// Where a record counts; nullopt: not in the window.
    std::optional<std::int64_t> bucketOf(const UsageRecord& record, LimitWindow per) const
    {
        const std::int64_t end = toMicros(record.time + std::chrono::milliseconds{record.latencyMs});
        if (end < startOf(per))
            return std::nullopt;
        if (per == LimitWindow::Minute)
            return end - end % 1'000'000;
        if (per == LimitWindow::Hour)
            return end - end % 60'000'000;
        return startOf(per);
    }
    std::int64_t amountOf(const UsageRecord& record, const CounterKey& counter) const
    {
        const auto prompt = static_cast<std::int64_t>(record.usage.promptTokens());
        const auto completion = static_cast<std::int64_t>(record.usage.completionTokens());
        switch (counter.dimension) {
        case LimitDimension::PromptTokens:
            return prompt;
        case LimitDimension::CompletionTokens:
            return completion;
        case LimitDimension::TotalTokens:
            return prompt + completion;
        case LimitDimension::Requests:
            return 1;
        case LimitDimension::CostNano:
            break;
        }
        return record.cost.value_or(Money{}).nano + record.attemptsCost.nano;
    }
};

TEST_P(CounterRepositoryTest, beginsWithWhatTheFactsSay)
{
    registerWhatRecordsName();
    const auto serviceEnvironment = idOf("service_env", "service_id", 1, 1);
    const auto connectionEnvironment = idOf("connection_env", "connection_id", 1, 1);
    ASSERT_GT(serviceEnvironment, 0);
    ASSERT_GT(connectionEnvironment, 0);
    struct Scope {
        LimitScope scope;
        std::int32_t id;
        std::function<bool(const UsageRecord&)> counts;
    };
    const std::vector<Scope> scopes{
        {LimitScope::Organization, 1, [](const UsageRecord&) { return true; }},
        {LimitScope::Project, 2,
         [](const UsageRecord& r) { return r.project == ProjectId(2) && !r.connection.isNone(); }},
        {LimitScope::ServiceEnvironment, serviceEnvironment,
         [](const UsageRecord& r) { return r.service == ServiceId(1) && r.environment == EnvironmentId(1); }},
        {LimitScope::ConnectionEnvironment, connectionEnvironment,
         [](const UsageRecord& r) { return r.connection == ConnectionId(1) && r.environment == EnvironmentId(1); }},
        {LimitScope::Model, 3, [](const UsageRecord& r) { return r.model == ModelId(3); }}};
    std::vector<CounterKey> counters;
    for (const Scope& scope : scopes) {
        for (const LimitWindow per : {LimitWindow::Minute, LimitWindow::Hour, LimitWindow::Day, LimitWindow::Month}) {
            for (const LimitDimension dimension : kLimitDimensions)
                counters.push_back({scope.scope, scope.id, dimension, per});
        }
    }

    // A zone whose days begin at full hours, and one whose do not; both months have just begun for some records.
    for (const char* name : {"Europe/Berlin", "Asia/Kolkata"}) {
        inZone(name);
        for (const char* table : {"limit_bucket", "limit_state", "req", "rh", "rd", "rdc", "r15"})
            ASSERT_TRUE(db->exec(QStringLiteral("DELETE FROM ") + QLatin1String(table)));
        const Timestamp now = kNow + 14h + 35min + 7s;
        std::mt19937 dice(7);
        const auto below = [&dice](std::int64_t n) {
            return static_cast<std::int64_t>(dice() % static_cast<unsigned>(n));
        };
        std::vector<CloseRecord> batch;
        for (int i = 0; i < 400; ++i) {
            const std::int64_t range = i % 3 == 0 ? 90 : i % 3 == 1 ? 70 * 60 : i % 2 == 0 ? 30 * 3600 : 20 * 86'400;
            CloseRecord close = randomRecord(now - std::chrono::milliseconds{below(range * 1000)} - 61s, ids, dice);
            // A refusal asked nobody and used nothing.
            if (close.record.status == RequestStatus::Refused || close.record.status == RequestStatus::Limited) {
                close.record.usage = {};
                close.record.cost.reset();
                close.record.attemptsCost = {};
                close.record.attempts = 0;
            }
            if (below(7) == 0)
                close.record.connection = {};
            batch.push_back(close);
        }
        write(batch);
        EXPECT_TRUE(succeeded(CounterRepository(*db).begin(counters, now)));

        const Naive naive{*zone, now};
        Buckets expected;
        for (const CounterKey& counter : counters) {
            const auto& scope =
                *std::find_if(scopes.begin(), scopes.end(), [&](const Scope& s) { return s.scope == counter.scope; });
            for (const CloseRecord& close : batch) {
                const UsageRecord& record = close.record;
                if (record.source == TrafficSource::Sample || record.attempts == 0 || !scope.counts(record))
                    continue;
                const auto start = naive.bucketOf(record, counter.per);
                if (const auto amount = naive.amountOf(record, counter); start && amount > 0)
                    expected[{counter, *start}] += amount;
            }
        }
        EXPECT_EQ(stored(), expected) << name;
        EXPECT_GT(expected.size(), 100u);
        EXPECT_TRUE(succeeded(CounterRepository(*db).begin(counters, now))) << "again";
        EXPECT_EQ(stored(), expected) << name;
    }
}

TEST_P(CounterRepositoryTest, anAttemptThatNeverReachedItsProviderIsNoRequest)
{
    CloseRecord unsent = closeRecord(kNow + 30s, ids);
    unsent.record.status = RequestStatus::GatewayError;
    unsent.record.usage = {};
    unsent.record.cost.reset();
    CloseRecord refusedByProvider = unsent;
    refusedByProvider.record.id = EventId::generate(unsent.record.time, ids);
    refusedByProvider.record.status = RequestStatus::UpstreamError;
    refusedByProvider.record.upstreamMs = 20;
    write({unsent, refusedByProvider});
    const CounterKey minute{LimitScope::Organization, 1, LimitDimension::Requests, LimitWindow::Minute};
    CounterKey day = minute;
    day.per = LimitWindow::Day;
    EXPECT_TRUE(succeeded(CounterRepository(*db).begin({minute, day}, kNow + 40s)));
    std::map<CounterKey, std::int64_t> sums;
    for (const auto& [key, amount] : stored())
        sums[key.first] += amount;
    EXPECT_EQ(sums[minute], 1);
    EXPECT_EQ(sums[day], 1);
}

TEST_P(CounterRepositoryTest, neverTakesBackWhatIsBooked)
{
    const CounterKey day{LimitScope::Organization, 1, LimitDimension::TotalTokens, LimitWindow::Day};
    ASSERT_TRUE(db->exec(QStringLiteral("INSERT INTO limit_state(id, scope_kind, scope_id, dimension, per) VALUES "
                                        "(1, 'organization', 1, 2, 'day')")));
    book(1, kNow, 9'000);
    write({closeRecord(kNow + 30s, ids)}); // 1500 tokens
    EXPECT_TRUE(succeeded(CounterRepository(*db).begin({day}, kNow + 1min)));
    EXPECT_EQ(stored(), (Buckets{{{day, toMicros(kNow)}, 9'000}}));
}

} // namespace
