// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ConfigurationRepository.h"

#include "EngineTest.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"
#include "storage/repositories/SnapshotRepository.h"
#include "support/FakeClock.h"

using namespace sb;
using namespace sb::test;

namespace {

const Timestamp kNow = FakeClock().now();

class ConfigurationRepositoryTest : public EngineTest {
protected:
    void SetUp() override
    {
        EngineTest::SetUp();
        if (!db)
            return;
        organization = valueOf(storage::OrganizationRepository(*db).current());
        environments = valueOf(storage::OrganizationRepository(*db).environments());
    }

    storage::ConfigurationRepository repository() { return {*db, "me", kNow}; }
    DomainSnapshot snapshot() { return valueOf(storage::SnapshotRepository(*db).load(kNow)); }

    ServiceId makeService(const std::string& context)
    {
        ServiceRegistration registration;
        registration.service.organization = organization.id;
        registration.service.name = context;
        registration.service.contextPath = context;
        registration.service.url = "https://api.openai.com/v1";
        ServiceRegistration::PerEnvironment configured;
        configured.configuration.environment = environments[0].id;
        configured.configuration.security.header = "Authorization";
        configured.configuration.security.secret = {SecretRef::Kind::Environment, "K"};
        configured.limits.emplace_back();
        configured.limits.back().maxTotalTokens = 10;
        configured.caps.maxTotalTokens = 5;
        registration.environments.push_back(configured);
        return valueOf(storage::ServiceRepository(*db).insert(registration, "me", kNow));
    }
    ConnectionId makeConnection(ServiceId service)
    {
        Connection connection;
        connection.project = snapshot().projects.at(0).id;
        connection.name = "web";
        connection.service = service;
        return valueOf(storage::ConnectionRepository(*db).insert(connection, {environments[0].id}, "me", kNow));
    }

    Organization organization;
    std::vector<Environment> environments;
};
SB_ON_BOTH_ENGINES(ConfigurationRepositoryTest);

TEST_P(ConfigurationRepositoryTest, putsRenamesRemovesAndBringsBackAProject)
{
    Project shop;
    shop.organization = organization.id;
    shop.handle = "shop";
    shop.name = "Shop";
    const ProjectId id = valueOf(repository().putProject(shop));
    shop.name = "Web shop";
    EXPECT_EQ(valueOf(repository().putProject(shop)), id);
    EXPECT_EQ(snapshot().projects.back().name, "Web shop");
    EXPECT_TRUE(succeeded(repository().removeProject(id)));
    EXPECT_EQ(snapshot().projects.size(), 1U);
    EXPECT_EQ(valueOf(repository().putProject(shop)), id);
    EXPECT_EQ(snapshot().projects.size(), 2U);
}

TEST_P(ConfigurationRepositoryTest, keepsAProjectThatIsInUse)
{
    makeConnection(makeService("/a"));
    const auto removed = repository().removeProject(snapshot().projects.at(0).id);
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().code, ErrorCode::Conflict);
}

TEST_P(ConfigurationRepositoryTest, arrangesEnvironmentsInAnyOrderWithNewOnesBetween)
{
    std::vector<Environment> wanted{environments[2], {}, environments[0], environments[1]};
    wanted[1].organization = organization.id;
    wanted[1].name = "qa";
    for (std::size_t i = 0; i < wanted.size(); ++i)
        wanted[i].promotionOrder = static_cast<int>(i) + 1;
    const auto ids = valueOf(repository().arrangeEnvironments(wanted));
    const auto now = snapshot().environments;
    ASSERT_EQ(now.size(), 4U);
    EXPECT_EQ(now[0].name, "production");
    EXPECT_EQ(now[1].name, "qa");
    EXPECT_EQ(now[1].id, ids[1]);
    EXPECT_EQ(now[3].name, "staging");
}

TEST_P(ConfigurationRepositoryTest, removesOnlyAnUnusedEnvironment)
{
    makeService("/a");
    EXPECT_FALSE(repository().removeEnvironment(environments[0].id));
    EXPECT_TRUE(succeeded(repository().removeEnvironment(environments[1].id)));
    EXPECT_EQ(snapshot().environments.size(), 2U);
}

TEST_P(ConfigurationRepositoryTest, takesAServiceOutOfAnEnvironmentAndPutsItBack)
{
    const ServiceId service = makeService("/a");
    EXPECT_TRUE(succeeded(repository().unconfigureService(service, environments[0].id)));
    EXPECT_TRUE(snapshot().serviceEnvironments.empty());
    EXPECT_TRUE(snapshot().limits.empty());
    EXPECT_TRUE(snapshot().caps.empty());

    ServiceRegistration::PerEnvironment again;
    again.configuration.environment = environments[0].id;
    again.configuration.security.header = "api-key";
    EXPECT_TRUE(succeeded(storage::ServiceRepository(*db).putEnvironment(service, again, "me", kNow)));
    ASSERT_EQ(snapshot().serviceEnvironments.size(), 1U);
    EXPECT_EQ(snapshot().serviceEnvironments[0].security.header, "api-key");
}

TEST_P(ConfigurationRepositoryTest, changesTargetLimitsAndEnvironmentsOfAConnection)
{
    const ConnectionId connection = makeConnection(makeService("/a"));
    const ServiceId other = makeService("/b");
    EXPECT_TRUE(succeeded(repository().retargetConnection(connection, other, RouteId{})));
    EXPECT_EQ(snapshot().connections.at(0).service, other);

    std::vector<LimitRule> limits(1);
    limits[0].per = LimitWindow::Hour;
    limits[0].maxRequests = 7;
    EXPECT_TRUE(succeeded(repository().putConnectionEnvironment(connection, environments[1].id, limits)));
    ASSERT_EQ(snapshot().connectionEnvironments.size(), 2U);
    int connectionLimits = 0;
    for (const LimitRule& rule : snapshot().limits)
        connectionLimits += rule.scope == LimitScope::ConnectionEnvironment && rule.maxRequests == 7 ? 1 : 0;
    EXPECT_EQ(connectionLimits, 1);

    GatewayKey key;
    key.connection = connection;
    key.environment = environments[1].id;
    key.publicId = "abc";
    key.created = kNow;
    valueOf(storage::ConnectionRepository(*db).insertKey(key, "me"));
    EXPECT_TRUE(succeeded(repository().removeConnectionEnvironment(connection, environments[1].id)));
    EXPECT_EQ(snapshot().connectionEnvironments.size(), 1U);
    EXPECT_TRUE(snapshot().keys.empty());
}

} // namespace
