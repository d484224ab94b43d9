// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/SnapshotRepository.h"

#include "EngineTest.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"
#include "support/FakeClock.h"

#include <algorithm>

using namespace sb;
using namespace sb::test;
using storage::SnapshotRepository;

namespace {

const Timestamp kNow = FakeClock().now();

class SnapshotRepositoryTest : public EngineTest {
protected:
    DomainSnapshot load() { return valueOf(SnapshotRepository(*db).load(kNow)); }

    ServiceId registerService(const std::string& path)
    {
        storage::OrganizationRepository organizations(*db);
        ServiceRegistration wanted;
        wanted.service.organization = valueOf(organizations.current()).id;
        wanted.service.name = path;
        wanted.service.contextPath = path;
        wanted.service.url = "https://example.com";
        ServiceRegistration::PerEnvironment one;
        one.configuration.environment = valueOf(organizations.environments()).at(0).id;
        one.limits.emplace_back().maxRequests = 5;
        one.caps.maxPromptTokens = 9;
        wanted.environments = {one};
        return valueOf(storage::ServiceRepository(*db).insert(wanted, "me", kNow));
    }
};
SB_ON_BOTH_ENGINES(SnapshotRepositoryTest);

TEST_P(SnapshotRepositoryTest, holdsTheCatalogueOfANewDatabase)
{
    const DomainSnapshot snapshot = load();
    EXPECT_EQ(snapshot.organization.handle, "default");
    EXPECT_EQ(snapshot.projects.size(), 1u);
    ASSERT_EQ(snapshot.environments.size(), 3u);
    EXPECT_TRUE(
        std::is_sorted(snapshot.environments.begin(), snapshot.environments.end(),
                       [](const Environment& a, const Environment& b) { return a.promotionOrder < b.promotionOrder; }));
    EXPECT_GT(snapshot.models.size(), 50u);
    EXPECT_GT(snapshot.prices.size(), 50u);
    for (const PriceRow& price : snapshot.prices)
        EXPECT_TRUE(!price.to || *price.to > kNow);
}

TEST_P(SnapshotRepositoryTest, leavesOutWhatIsDeletedOrRevoked)
{
    const ServiceId kept = registerService("/kept");
    const ServiceId gone = registerService("/gone");
    storage::ConnectionRepository connections(*db);
    Connection connection;
    connection.project = load().projects.at(0).id;
    connection.service = kept;
    connection.name = "kept";
    const EnvironmentId environment = load().environments.at(0).id;
    const ConnectionId id = valueOf(connections.insert(connection, {environment}, "me", kNow));
    for (const char* name : {"live", "revoked"}) {
        GatewayKey key;
        key.connection = id;
        key.environment = environment;
        key.publicId = name;
        valueOf(connections.insertKey(key, "me"));
    }
    EXPECT_TRUE(succeeded(connections.revokeKey("revoked", "me", kNow)));
    EXPECT_TRUE(succeeded(storage::ServiceRepository(*db).softDelete(gone, "me", kNow)));

    const DomainSnapshot snapshot = load();
    ASSERT_EQ(snapshot.services.size(), 1u);
    EXPECT_EQ(snapshot.services[0].id, kept);
    ASSERT_EQ(snapshot.serviceEnvironments.size(), 1u);
    EXPECT_EQ(snapshot.serviceEnvironments[0].service, kept);
    EXPECT_EQ(snapshot.connections.size(), 1u);
    EXPECT_EQ(snapshot.connectionEnvironments.size(), 1u);
    ASSERT_EQ(snapshot.keys.size(), 1u);
    EXPECT_EQ(snapshot.keys[0].publicId, "live");
}

} // namespace
