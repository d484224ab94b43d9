// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/RouteRepository.h"

#include "StoredService.h"
#include "storage/repositories/ConfigurationRepository.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/SnapshotRepository.h"
#include "support/FakeClock.h"
#include "support/SeededRandom.h"

using namespace sb;
using namespace sb::test;
using storage::RouteRepository;

namespace {

const Timestamp kNow = FakeClock().now();

class RouteRepositoryTest : public EngineTest {
protected:
    void SetUp() override
    {
        EngineTest::SetUp();
        if (!db)
            return;
        service = storeService(*db, kNow);
        wanted.organization = valueOf(storage::OrganizationRepository(*db).current()).id;
        wanted.name = "smart";
        wanted.policy = RoutingPolicy::Weighted;
        wanted.targets = {{"/openai", "gpt-4o-mini", 3, 1}, {"/openai", "gpt-4o", 1, {}}};
        wanted.maxAttempts = 2;
    }

    RouteId put(const Route& route) { return valueOf(repository().put(route, "me", kNow, random)); }
    RouteRepository repository() { return RouteRepository(*db); }
    QString policyOf(const QString& where)
    {
        auto found =
            valueOf(storage::selectOne(*db, QStringLiteral("SELECT policy_json FROM routing_configs WHERE ") + where,
                                       {}, [](const QSqlQuery& q) { return q.value(0).toString(); }));
        return found.value_or(QString());
    }

    SeededRandom random;
    ServiceId service;
    Route wanted;
};
SB_ON_BOTH_ENGINES(RouteRepositoryTest);

TEST_P(RouteRepositoryTest, givesBackWhatWasPut)
{
    Route expected = wanted;
    expected.id = put(wanted);
    expected.version = 1;
    EXPECT_EQ(valueOf(repository().list()), std::vector<Route>{expected});
    EXPECT_EQ(valueOf(storage::SnapshotRepository(*db).load(kNow)).routes, std::vector<Route>{expected});
}

TEST_P(RouteRepositoryTest, aChangeIsANewVersionAndTheOldOneStays)
{
    Route route = wanted;
    route.id = put(wanted);
    route.policy = RoutingPolicy::Priority;
    EXPECT_EQ(put(route), route.id);
    EXPECT_EQ(valueOf(repository().list()).at(0).version, 2);
    EXPECT_TRUE(policyOf(QStringLiteral("version = 1 AND NOT is_active")).contains(QStringLiteral("weighted")));
    EXPECT_TRUE(policyOf(QStringLiteral("version = 2 AND parent_id IS NOT NULL")).contains(QStringLiteral("priority")));
}

TEST_P(RouteRepositoryTest, nothingChangedIsNoVersion)
{
    Route route = wanted;
    route.id = put(wanted);
    put(route);
    EXPECT_EQ(valueOf(repository().list()).at(0).version, 1);
}

TEST_P(RouteRepositoryTest, aNameIsTakenOncePerEnvironment)
{
    put(wanted);
    const auto again = repository().put(wanted, "me", kNow, random);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::Conflict);
    EXPECT_EQ(again.error().field, "name");
    Route elsewhere = wanted;
    elsewhere.environment = EnvironmentId(1);
    put(elsewhere);
    EXPECT_EQ(valueOf(repository().list()).size(), 2u);
}

TEST_P(RouteRepositoryTest, isNotDeletedWhileAConnectionCallsIt)
{
    const RouteId id = put(wanted);
    Connection connection;
    connection.project = valueOf(storage::OrganizationRepository(*db).projects()).at(0).id;
    connection.route = id;
    connection.name = "assistant";
    const ConnectionId caller = valueOf(storage::ConnectionRepository(*db).insert(connection, {}, "me", kNow));
    const auto refused = repository().softDelete(id, "me", kNow);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, "assistant");
    ASSERT_TRUE(storage::ConnectionRepository(*db).softDelete(caller, "me", kNow));
    EXPECT_TRUE(repository().softDelete(id, "me", kNow));
    EXPECT_TRUE(valueOf(repository().list()).empty());
    EXPECT_FALSE(repository().softDelete(id, "me", kNow)) << "it is gone";
}

TEST_P(RouteRepositoryTest, keepsItsOwnEnvironmentFromBeingRemoved)
{
    wanted.environment = valueOf(storage::OrganizationRepository(*db).environments()).at(1).id;
    const RouteId id = put(wanted);
    storage::ConfigurationRepository configuration(*db, "me", kNow);
    EXPECT_FALSE(configuration.removeEnvironment(wanted.environment));
    ASSERT_TRUE(repository().softDelete(id, "me", kNow));
    EXPECT_TRUE(succeeded(configuration.removeEnvironment(wanted.environment)));
}

TEST_P(RouteRepositoryTest, keepsItsServicesFromBeingDeleted)
{
    const RouteId id = put(wanted);
    const auto refused = storage::ServiceRepository(*db).softDelete(service, "me", kNow);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "routes");
    EXPECT_EQ(refused.error().what, "smart");
    ASSERT_TRUE(repository().softDelete(id, "me", kNow));
    EXPECT_TRUE(storage::ServiceRepository(*db).softDelete(service, "me", kNow));
}

} // namespace
