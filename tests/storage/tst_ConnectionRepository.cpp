// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ConnectionRepository.h"

#include "StoredService.h"
#include "support/FakeClock.h"

using namespace sb;
using namespace sb::test;
using storage::ConnectionRepository;

namespace {

const Timestamp kNow = FakeClock().now();

class ConnectionRepositoryTest : public EngineTest {
protected:
    void SetUp() override
    {
        EngineTest::SetUp();
        if (!db)
            return;
        storage::OrganizationRepository organizations(*db);
        environments = valueOf(organizations.environments());
        wanted.project = valueOf(organizations.projects()).at(0).id;
        wanted.service = storeService(*db, kNow);
        wanted.name = "web-frontend";
    }

    ConnectionId insert()
    {
        return valueOf(repository().insert(wanted, {environments[0].id, environments[2].id}, "me", kNow));
    }
    GatewayKey key(ConnectionId connection, const std::string& publicId) const
    {
        GatewayKey made;
        made.connection = connection;
        made.environment = environments[0].id;
        made.publicId = publicId;
        made.hash.fill(0xA5);
        made.created = kNow;
        made.expires = kNow + std::chrono::hours{24};
        return made;
    }
    ConnectionRepository repository() { return ConnectionRepository(*db); }

    std::vector<Environment> environments;
    Connection wanted;
};
SB_ON_BOTH_ENGINES(ConnectionRepositoryTest);

TEST_P(ConnectionRepositoryTest, listsAConnectionWithItsServiceAndKeys)
{
    const ConnectionId id = insert();
    GatewayKey stored = key(id, "abc");
    stored.id = valueOf(repository().insertKey(stored, "me"));

    const auto rows = valueOf(repository().list());
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].connection.id, id);
    EXPECT_EQ(rows[0].contextPath, "/openai");
    EXPECT_EQ(rows[0].projectName, "Default project");
    EXPECT_EQ(rows[0].keys, std::vector<GatewayKey>{stored});
    EXPECT_EQ(rows[0].lastUsed, std::nullopt);
    EXPECT_EQ(valueOf(repository().findByName("web-frontend")), id);
}

TEST_P(ConnectionRepositoryTest, aNameIsUniqueAmongLiveConnectionsOfAProject)
{
    const ConnectionId first = insert();
    const auto again = storage::inTransaction(*db, [&] { return repository().insert(wanted, {}, "me", kNow); });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().field, "name");
    EXPECT_TRUE(succeeded(repository().softDelete(first, "me", kNow)));
    EXPECT_TRUE(repository().insert(wanted, {}, "me", kNow));
    const auto back = storage::inTransaction(*db, [&] { return repository().restore(first, "me", kNow); });
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().field, "name");
}

TEST_P(ConnectionRepositoryTest, revokesAKeyOnce)
{
    const ConnectionId id = insert();
    valueOf(repository().insertKey(key(id, "abc"), "me"));
    EXPECT_TRUE(succeeded(repository().revokeKey("abc", "me", kNow)));
    EXPECT_EQ(valueOf(repository().get(id)).keys.at(0).revoked, kNow);
    const auto again = repository().revokeKey("abc", "me", kNow);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::NotFound);
}

TEST_P(ConnectionRepositoryTest, deletionRevokesTheKeysAndUndoBringsBackJustThose)
{
    const ConnectionId id = insert();
    valueOf(repository().insertKey(key(id, "revoked-before"), "me"));
    valueOf(repository().insertKey(key(id, "live"), "me"));
    EXPECT_TRUE(succeeded(repository().revokeKey("revoked-before", "me", kNow)));

    const Timestamp later = kNow + std::chrono::seconds{1};
    EXPECT_TRUE(succeeded(repository().softDelete(id, "me", later)));
    for (const GatewayKey& revoked : valueOf(repository().get(id)).keys)
        EXPECT_FALSE(revoked.isUsableAt(later)) << revoked.publicId;

    EXPECT_TRUE(succeeded(repository().restore(id, "me", later)));
    const auto keys = valueOf(repository().get(id)).keys;
    ASSERT_EQ(keys.size(), 2u);
    EXPECT_TRUE(keys[0].revoked.has_value());
    EXPECT_FALSE(keys[1].revoked.has_value());
}

} // namespace
