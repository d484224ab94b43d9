// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ServiceRepository.h"

#include "EngineTest.h"
#include "storage/AuditLog.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "support/FakeClock.h"

using namespace sb;
using namespace sb::test;
using storage::ServiceRepository;

namespace {

const Timestamp kNow = FakeClock().now();

class ServiceRepositoryTest : public EngineTest {
protected:
    void SetUp() override
    {
        EngineTest::SetUp();
        if (!db)
            return;
        storage::OrganizationRepository organizations(*db);
        organization = valueOf(organizations.current());
        environments = valueOf(organizations.environments());
        project = valueOf(organizations.projects()).at(0);
    }

    ServiceRegistration registration(const std::string& name, const std::string& path) const
    {
        ServiceRegistration wanted;
        wanted.service.organization = organization.id;
        wanted.service.provider = ProviderKind::Anthropic;
        wanted.service.name = name;
        wanted.service.contextPath = path;
        wanted.service.url = "https://api.anthropic.com";
        wanted.service.summary = "Für alle";
        wanted.service.labels = {"chat", "vision"};
        ServiceRegistration::PerEnvironment development;
        development.configuration.environment = environments.at(0).id;
        development.configuration.security = {.kind = AuthKind::Header,
                                              .header = "x-api-key",
                                              .prefix = "",
                                              .secret =
                                                  SecretRef{SecretRef::Kind::Keychain, "signalbox/claude/development"},
                                              .region = {},
                                              .accessKey = {},
                                              .secretKey = {},
                                              .sessionToken = {}};
        development.configuration.apiVersion = "2023-06-01";
        LimitRule perMinute;
        perMinute.per = LimitWindow::Minute;
        perMinute.maxPromptTokens = 100'000;
        perMinute.maxTotalTokens = 5'000'000'000;
        development.limits = {perMinute};
        development.caps.maxCompletionTokens = 1000;
        wanted.environments = {development};
        return wanted;
    }

    ServiceId insert(const ServiceRegistration& wanted) { return valueOf(repository().insert(wanted, "me", kNow)); }
    ServiceRepository repository() { return ServiceRepository(*db); }

    Organization organization;
    std::vector<Environment> environments;
    Project project;
};
SB_ON_BOTH_ENGINES(ServiceRepositoryTest);

TEST_P(ServiceRepositoryTest, readsBackWhatWasRegistered)
{
    const ServiceRegistration wanted = registration("Claude", "/claude");
    const storage::ServiceDetails details = valueOf(repository().get(insert(wanted)));

    EXPECT_EQ(details.service.name, "Claude");
    EXPECT_EQ(details.service.summary, "Für alle");
    EXPECT_EQ(details.service.labels, (std::vector<std::string>{"chat", "vision"}));
    EXPECT_EQ(details.service.provider, ProviderKind::Anthropic);
    EXPECT_EQ(details.service.created, kNow);
    ASSERT_EQ(details.environments.size(), 1u);
    EXPECT_EQ(details.environments[0].security, wanted.environments[0].configuration.security);
    EXPECT_EQ(details.environments[0].apiVersion, "2023-06-01");
    EXPECT_EQ(details.environments[0].state, DeploymentState::Active);
    EXPECT_EQ(details.environments[0].desiredRevision, details.environments[0].deployedRevision);
    ASSERT_EQ(details.limits.size(), 1u);
    EXPECT_EQ(details.limits[0].scopeId, details.environments[0].id.value);
    EXPECT_EQ(details.limits[0].maxTotalTokens, 5'000'000'000);
    EXPECT_EQ(details.limits[0].maxCompletionTokens, std::nullopt);
    ASSERT_EQ(details.caps.size(), 1u);
    EXPECT_EQ(details.caps[0].maxCompletionTokens, 1000);
}

TEST_P(ServiceRepositoryTest, aTakenContextPathIsAConflictOfThatField)
{
    insert(registration("Claude", "/claude"));
    const auto again =
        storage::inTransaction(*db, [&] { return repository().insert(registration("Other", "/claude"), "me", kNow); });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::Conflict);
    EXPECT_EQ(again.error().field, "context_path");
}

TEST_P(ServiceRepositoryTest, namesAreUniqueInTheirScopeWhateverTheirCase)
{
    insert(registration("Über", "/a"));
    EXPECT_FALSE(valueOf(repository().isNameFree("ÜBER", {})));
    const auto again =
        storage::inTransaction(*db, [&] { return repository().insert(registration("üBer", "/b"), "me", kNow); });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().field, "name");

    ServiceRegistration scoped = registration("über", "/c");
    scoped.service.scope = Scope::Project;
    scoped.service.project = project.id;
    EXPECT_TRUE(storage::inTransaction(*db, [&] { return repository().insert(scoped, "me", kNow); }));
}

TEST_P(ServiceRepositoryTest, aFailedRegistrationLeavesNothingBehind)
{
    ServiceRegistration wanted = registration("Claude", "/claude");
    wanted.environments[0].configuration.environment = EnvironmentId(4711);
    EXPECT_FALSE(storage::inTransaction(*db, [&] { return repository().insert(wanted, "me", kNow); }));
    EXPECT_TRUE(valueOf(repository().list(kNow)).empty());
}

TEST_P(ServiceRepositoryTest, anUpdateOverAnotherPersonsChangeIsAConflict)
{
    const ServiceId id = insert(registration("Claude", "/claude"));
    Service mine = valueOf(repository().get(id)).service;
    Service theirs = mine;
    theirs.summary = "theirs";
    EXPECT_TRUE(succeeded(repository().update(theirs, "they", kNow)));
    mine.summary = "mine";
    const auto late = repository().update(mine, "me", kNow);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().field, "row_version");
    EXPECT_EQ(valueOf(repository().get(id)).service.summary, "theirs");
}

TEST_P(ServiceRepositoryTest, editingALimitKeepsItsIdentityAndRemovesTheDropped)
{
    const ServiceId id = insert(registration("Claude", "/claude"));
    const LimitRule before = valueOf(repository().get(id)).limits.at(0);
    ServiceRegistration::PerEnvironment changed = registration("Claude", "/claude").environments[0];
    changed.limits[0].maxPromptTokens = 7;
    LimitRule daily;
    daily.per = LimitWindow::Day;
    daily.maxCost = Money{25'000'000'000};
    changed.limits.push_back(daily);
    changed.caps = {};
    EXPECT_TRUE(succeeded(repository().putEnvironment(id, changed, "me", kNow)));

    storage::ServiceDetails details = valueOf(repository().get(id));
    ASSERT_EQ(details.limits.size(), 2u);
    EXPECT_EQ(details.limits[0].id, before.id);
    EXPECT_EQ(details.limits[0].maxPromptTokens, 7);
    EXPECT_EQ(details.limits[1].maxCost, Money{25'000'000'000});
    EXPECT_TRUE(details.caps.empty());
    EXPECT_EQ(details.environments[0].desiredRevision, 2);

    changed.limits.erase(changed.limits.begin());
    EXPECT_TRUE(succeeded(repository().putEnvironment(id, changed, "me", kNow)));
    details = valueOf(repository().get(id));
    ASSERT_EQ(details.limits.size(), 1u);
    EXPECT_EQ(details.limits[0].per, LimitWindow::Day);
}

TEST_P(ServiceRepositoryTest, aDeletedServiceFreesItsPathAndCanComeBackWhileItIsFree)
{
    const ServiceId id = insert(registration("Claude", "/claude"));
    EXPECT_TRUE(succeeded(repository().softDelete(id, "me", kNow)));
    EXPECT_TRUE(valueOf(repository().list(kNow)).empty());
    EXPECT_TRUE(valueOf(repository().isContextPathFree("/claude")));
    EXPECT_EQ(valueOf(repository().recentlyDeleted()).size(), 1u);

    EXPECT_TRUE(succeeded(repository().restore(id, "me", kNow)));
    EXPECT_EQ(valueOf(repository().list(kNow)).size(), 1u);

    EXPECT_TRUE(succeeded(repository().softDelete(id, "me", kNow)));
    insert(registration("New", "/claude"));
    const auto late = storage::inTransaction(*db, [&] { return repository().restore(id, "me", kNow); });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().field, "context_path");
}

TEST_P(ServiceRepositoryTest, aServiceInUseIsNotDeleted)
{
    const ServiceId id = insert(registration("Claude", "/claude"));
    Connection connection;
    connection.project = project.id;
    connection.name = "web-frontend";
    connection.service = id;
    valueOf(storage::ConnectionRepository(*db).insert(connection, {environments[0].id}, "me", kNow));
    const auto refused = repository().softDelete(id, "me", kNow);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(refused.error().what, "web-frontend");
}

TEST_P(ServiceRepositoryTest, everyChangeIsAuditedInAnUnbrokenChainWithoutSecrets)
{
    const ServiceId id = insert(registration("Claude", "/claude"));
    EXPECT_TRUE(succeeded(repository().softDelete(id, "me", kNow)));
    EXPECT_TRUE(succeeded(repository().restore(id, "you", kNow)));
    const auto actions = valueOf(
        storage::selectAll(*db, QStringLiteral("SELECT actor || ' ' || action FROM compliance_logs ORDER BY seq"), {},
                           [](const QSqlQuery& q) { return q.value(0).toString().toStdString(); }));
    EXPECT_EQ(actions, (std::vector<std::string>{"me service.create", "me service.delete", "you service.restore"}));
    EXPECT_TRUE(succeeded(storage::verifyAudit(*db)));
    EXPECT_FALSE(db->exec(QStringLiteral("UPDATE audit SET actor = 'nobody' WHERE seq = 2")));
    EXPECT_FALSE(db->exec(QStringLiteral("DELETE FROM audit")));
}

TEST_P(ServiceRepositoryTest, findsByContextPath)
{
    const ServiceId id = insert(registration("Claude", "/claude"));
    EXPECT_EQ(valueOf(repository().findByContextPath("/claude")), id);
    const auto missing = repository().findByContextPath("/nothing");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

TEST_P(ServiceRepositoryTest, sqlInATextStaysText)
{
    ServiceRegistration wanted = registration("x'); DROP TABLE service; --", "/claude");
    wanted.service.summary = "\\' \" ? $1 :name {a,b} \u2028";
    const ServiceId id = insert(wanted);
    const Service stored = valueOf(repository().get(id)).service;
    EXPECT_EQ(stored.name, wanted.service.name);
    EXPECT_EQ(stored.summary, wanted.service.summary);
}

} // namespace
