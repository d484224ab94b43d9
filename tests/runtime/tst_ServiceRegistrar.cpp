// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ServiceRegistrar.h"

#include "domain/validation/ServiceValidation.h"
#include "runtime/OrphanedSecrets.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/ServiceRepository.h"
#include "support/FakeClock.h"
#include "support/SeededRandom.h"
#include "support/TempDatabase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace sb;
using runtime::ServiceRegistrar;
using storage::DbSession;

namespace {

const std::string kCanary = "sk-canary-0123456789";

template <class T>
T taken(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
        qFatal("no answer");
    return future.takeResult();
}

} // namespace

/// Registration against a real database and real secret files; there is no keychain here (see tst_Keychain).
class tst_ServiceRegistrar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); }

    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<test::TempDatabase>(test::TempDatabase::Engine::Sqlite);
        m_storage = std::make_unique<storage::StorageService>(storageOptions());
        QVERIFY(taken(m_storage->open()).has_value());
        m_secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.Test"), m_profile->path());
        m_registrar = registrar();
        m_registered.clear();
        m_failures.clear();
        m_catalogueChanges = 0;
        connect(m_storage.get(), &storage::StorageService::catalogueChanged, this, [this] { ++m_catalogueChanges; });
    }
    void cleanup()
    {
        m_registrar.reset();
        m_secrets.reset();
        m_storage.reset();
        m_database.reset();
    }

    void writesServiceEnvironmentsAndLimitsAndKeepsTheSecretInItsPlace()
    {
        auto draft = newDraft();
        draft->environments[0].maxPromptTokens = "100 000";
        draft->environments[0].requestMaxTotalTokens = "9k";
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));

        const auto details = taken(m_storage->read(
            [id = m_registered[0].id](DbSession& db) { return storage::ServiceRepository(db).get(id); }));
        QVERIFY(details.has_value());
        QCOMPARE(details->service.name, std::string("OpenAI"));
        QCOMPARE(details->service.contextPath, std::string("/openai"));
        QCOMPARE(details->environments.size(), std::size_t(1));
        const BackendSecurity& security = details->environments[0].security;
        QCOMPARE(security.header, std::string("Authorization"));
        QCOMPARE(security.prefix, std::string("Bearer "));
        QCOMPARE(security.secret.kind, SecretRef::Kind::File);
        QCOMPARE(details->environments[0].state, DeploymentState::Active);
        QCOMPARE(details->limits.size(), std::size_t(1));
        QCOMPARE(details->limits[0].maxPromptTokens, std::optional<std::int64_t>(100'000));
        QCOMPARE(details->caps.at(0).maxTotalTokens, std::optional<std::int64_t>(9'000));
        QCOMPARE(taken(m_secrets->readFor(security.secret, "https://api.openai.com:443"))->reveal(),
                 std::string_view(kCanary));
        QCOMPARE(taken(m_secrets->readFor(security.secret, "https://evil.example:443")).error().field,
                 std::string("origin"));
        QTRY_COMPARE(m_catalogueChanges, 1);
        QVERIFY(draft->environments[0].apiKey.isEmpty()); // taken only on success
    }

    void theDatabaseHoldsNoSecret()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        m_registrar.reset();
        m_storage.reset(); // flushes
        QDirIterator files(QFileInfo(m_database->url().path).absolutePath(), QDir::Files);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(QByteArray::fromStdString(kCanary)), qPrintable(file.fileName()));
            ++seen;
        }
        QVERIFY(seen > 0);
    }

    void saysEveryFieldAndKeepsTheDraft()
    {
        auto draft = newDraft();
        draft->service.name = "";
        draft->environments[0].maxPromptTokens = "many";
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_failures.size(), std::size_t(1));
        QCOMPARE(fields(), (QStringList{QStringLiteral("name required"),
                                        QStringLiteral("environments/development/max_prompt_tokens bad_number")}));
        QCOMPARE(draft->environments[0].apiKey.reveal(), std::string_view(kCanary));
        QCOMPARE(secretFiles(), 0);
    }

    void namesWhatIsTaken()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_failures.size(), std::size_t(1));
        QCOMPARE(fields(), (QStringList{QStringLiteral("name taken"), QStringLiteral("context_path taken")}));
        QCOMPARE(secretFiles(), 1);
    }

    void takesTheNewSecretsBackWhenTheDatabaseRefuses()
    {
        // Both find the name free; the database lets only one of them in.
        auto other = registrar();
        m_registrar->registerService(newDraft());
        other->registerService(newDraft());
        QTRY_COMPARE(m_registered.size() + m_failures.size(), std::size_t(2));
        QCOMPARE(m_registered.size(), std::size_t(1));
        QCOMPARE(secretFiles(), 1);
        QCOMPARE(m_failures[0].error.code, ErrorCode::Conflict);
        QCOMPARE(m_failures[0].issues.at(0).code, std::string("taken"));
    }

    void pressingTwiceRegistersOnce()
    {
        auto draft = newDraft();
        m_registrar->registerService(draft);
        QVERIFY(m_registrar->isRegistering());
        m_registrar->registerService(draft);
        QTRY_VERIFY(!m_registrar->isRegistering());
        QTest::qWait(0);
        QCOMPARE(m_registered.size(), std::size_t(1));
        QVERIFY(m_failures.empty());
        QCOMPARE(secretFiles(), 1);
    }

    void withoutAKeychainNothingIsWrittenAndTheFieldSaysSo()
    {
        auto draft = newDraft();
        draft->environments[0].place = SecretPlace::Keychain;
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_failures.size(), std::size_t(1));
        QCOMPARE(fields(), QStringList{QStringLiteral("environments/development/api_key secret_not_kept")});
        QCOMPARE(m_failures[0].error.code, ErrorCode::Unavailable);
        QVERIFY(taken(m_storage->read([](DbSession& db) {
                    return storage::ServiceRepository(db).isContextPathFree("/openai");
                })).value());
        QCOMPARE(draft->environments[0].apiKey.reveal(), std::string_view(kCanary));
    }

    void aVariableIsReferredToAndBoundToTheOrigin()
    {
        auto draft = newDraft();
        draft->environments[0].apiKey = Secret(std::string_view("env:SB_TEST_REGISTRAR_KEY"));
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        QCOMPARE(secretFiles(), 0);
        qputenv("SB_TEST_REGISTRAR_KEY", "sk-variable");
        const SecretRef reference{SecretRef::Kind::Environment, "SB_TEST_REGISTRAR_KEY"};
        QCOMPARE(taken(m_secrets->readFor(reference, "https://evil.example:443")).error().field, std::string("origin"));
        QVERIFY(taken(m_secrets->readFor(reference, "https://api.openai.com:443")).has_value());
    }

    void aPastedHeaderYieldsItsToken()
    {
        auto draft = newDraft();
        draft->environments[0].apiKey = Secret();
        draft->environments[0].authorizationHeader = "Authorization: Bearer " + kCanary;
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const auto security = environment(m_registered[0].id).security;
        QCOMPARE(security.prefix, std::string("Bearer "));
        QCOMPARE(taken(m_secrets->read(security.secret))->reveal(), std::string_view(kCanary));
    }

    void awsKeysAreThreeSecrets()
    {
        auto draft = newDraft();
        draft->service.provider = ProviderKind::AwsBedrock;
        draft->service.url = "https://bedrock-runtime.us-east-1.amazonaws.com";
        EnvironmentDraft& tab = draft->environments[0];
        tab.authKind = AuthKind::SigV4;
        tab.region = " us-east-1 ";
        tab.accessKeyId = Secret(std::string_view("AKIA1"));
        tab.secretAccessKey = Secret(std::string_view("abc/def"));
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const auto security = environment(m_registered[0].id).security;
        QCOMPARE(security.region, std::string("us-east-1"));
        QCOMPARE(taken(m_secrets->read(security.accessKey))->reveal(), std::string_view("AKIA1"));
        QCOMPARE(taken(m_secrets->read(security.secretKey))->reveal(), std::string_view("abc/def"));
        QVERIFY(security.sessionToken.isNone());
        QVERIFY(security.secret.isNone());
    }

    void anEnvironmentIsEditedWithoutLosingItsKey()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const ServiceEnvironment before = environment(m_registered[0].id);

        auto edit = std::make_shared<EnvironmentDraft>();
        edit->environment = EnvironmentId(before.environment);
        edit->configured = true;
        edit->authorizationHeader = "Authorization: Bearer";
        edit->place = SecretPlace::File;
        edit->maxTotalTokens = "5k";
        QVERIFY(taken(m_registrar->updateEnvironment(m_registered[0].id, edit)).has_value());
        const ServiceEnvironment after = environment(m_registered[0].id);
        QCOMPARE(after.security.secret, before.security.secret);
        QVERIFY(after.deployedRevision > before.deployedRevision);
        QCOMPARE(after.state, DeploymentState::Active);
        QCOMPARE(taken(m_secrets->read(after.security.secret))->reveal(), std::string_view(kCanary));
    }

    void aStoredSecretMovesToAnotherPlace()
    {
        qputenv("SB_TEST_KEY", "sk-variable");
        auto draft = newDraft();
        draft->environments[0].apiKey = Secret(std::string_view("env:SB_TEST_KEY"));
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        QVERIFY(taken(m_registrar->updateEnvironment(m_registered[0].id, newKey({}))).has_value());
        const SecretRef moved = environment(m_registered[0].id).security.secret;
        QCOMPARE(moved.kind, SecretRef::Kind::File);
        QCOMPARE(taken(m_secrets->readFor(moved, "https://api.openai.com:443"))->reveal(),
                 std::string_view("sk-variable"));
    }

    void whatCannotBeReadIsNotMoved()
    {
        qunsetenv("SB_TEST_KEY");
        auto draft = newDraft();
        draft->environments[0].apiKey = Secret(std::string_view("env:SB_TEST_KEY"));
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const ServiceEnvironment before = environment(m_registered[0].id);
        const auto refused = taken(m_registrar->updateEnvironment(m_registered[0].id, newKey({})));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().field, std::string("place"));
        QVERIFY(environment(m_registered[0].id) == before);
        QCOMPARE(secretFiles(), 0);
    }

    void aRefusedChangeOfAddressLeavesTheKeyWhereItIsSent()
    {
        auto other = newDraft();
        other->service.name = "Taken";
        other->service.contextPath = "/taken";
        m_registrar->registerService(other);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(2));
        Service edit = details(m_registered[1].id).service;
        edit.name = "Taken";
        edit.url = "https://elsewhere.example/v1";
        const auto refused = taken(m_registrar->updateService(edit));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().field, std::string("name"));
        const SecretRef key = environment(m_registered[1].id).security.secret;
        QVERIFY(taken(m_secrets->readFor(key, "https://api.openai.com:443")).has_value());

        edit.name = "OpenAI";
        QVERIFY(taken(m_registrar->updateService(edit)).has_value());
        QVERIFY(taken(m_secrets->readFor(key, "https://elsewhere.example:443")).has_value());
    }

    void anAddressToWhichAKeyCannotBeBoundIsTakenBack()
    {
        auto draft = newDraft();
        draft->environments[0].apiKey = Secret(std::string_view("env:SB_TEST_KEY"));
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const ServiceId id = m_registered[0].id;
        const SecretRef second{SecretRef::Kind::Keychain, "unreachable"}; // there is no keychain here
        QVERIFY(taken(m_storage->write([id, second, row = environment(id), now = m_clock.now()](DbSession& db) {
                    ServiceRegistration::PerEnvironment staging{row, {}, {}};
                    staging.configuration.environment = EnvironmentId(2);
                    staging.configuration.security.secret = second;
                    return storage::ServiceRepository(db).putEnvironment(id, staging, "me", now);
                })).has_value());
        Service edit = details(id).service;
        edit.url = "https://elsewhere.example/v1";
        QVERIFY(!taken(m_registrar->updateService(edit)).has_value());
        QCOMPARE(details(id).service.url, std::string("https://api.openai.com/v1"));
        qputenv("SB_TEST_KEY", "sk-variable");
        QVERIFY(taken(m_secrets->readFor(environment(id).security.secret, "https://api.openai.com:443")).has_value());
    }

    void aReplacedSecretIsRemoved()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const SecretRef before = environment(m_registered[0].id).security.secret;
        QVERIFY(taken(m_registrar->updateEnvironment(m_registered[0].id, newKey("sk-new"))).has_value());
        const SecretRef after = environment(m_registered[0].id).security.secret;
        QVERIFY(!(before == after));
        QTRY_COMPARE(secretFiles(), 1);
        QCOMPARE(taken(m_secrets->read(before)).error().code, ErrorCode::NotFound);
        QCOMPARE(taken(m_secrets->read(after))->reveal(), std::string_view("sk-new"));
    }

    void aReplacementThatTheDatabaseRefusesChangesNothing()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const SecretRef before = environment(m_registered[0].id).security.secret;
        QVERIFY(taken(m_storage->write([](DbSession& db) {
                    return storage::execute(db, QStringLiteral("CREATE TRIGGER refuse BEFORE UPDATE ON service_env "
                                                               "BEGIN SELECT RAISE(ABORT, 'no'); END"));
                })).has_value());
        QVERIFY(!taken(m_registrar->updateEnvironment(m_registered[0].id, newKey("sk-new"))).has_value());
        QCOMPARE(environment(m_registered[0].id).security.secret, before);
        QCOMPARE(taken(m_secrets->read(before))->reveal(), std::string_view(kCanary));
        QCOMPARE(secretFiles(), 1);
    }

    void aReplacedSecretThatAnotherServiceUsesStays()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const SecretRef shared = environment(m_registered[0].id).security.secret;
        auto other = newDraft();
        other->service.name = "Other";
        other->service.contextPath = "/other";
        other->environments[0].apiKey = Secret(shared.toString());
        m_registrar->registerService(other);
        QTRY_COMPARE(m_registered.size(), std::size_t(2));
        // Also when that one was deleted: it may come back.
        QVERIFY(taken(m_storage->write([id = m_registered[1].id, now = m_clock.now()](DbSession& db) {
                    return storage::ServiceRepository(db).softDelete(id, "me", now);
                })).has_value());
        QVERIFY(taken(m_registrar->updateEnvironment(m_registered[0].id, newKey("sk-new"))).has_value());
        QVERIFY(
            taken(m_secrets->read(environment(m_registered[0].id).security.secret)).has_value()); // after any removal
        QCOMPARE(taken(m_secrets->read(shared))->reveal(), std::string_view(kCanary));
    }

    void aFileOfThePersonsOwnIsNeverRemoved()
    {
        const QString file = m_profile->filePath(QStringLiteral("mine"));
        const SecretRef own{SecretRef::Kind::File, file.toStdString()};
        QVERIFY(taken(m_secrets->write(own, Secret(std::string_view(kCanary)))).has_value());
        auto draft = newDraft();
        draft->environments[0].apiKey = Secret(own.toString());
        m_registrar->registerService(draft);
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        QVERIFY(taken(m_registrar->updateEnvironment(m_registered[0].id, newKey("sk-new"))).has_value());
        QVERIFY(taken(m_secrets->read(environment(m_registered[0].id).security.secret)).has_value());
        QCOMPARE(taken(m_secrets->read(own))->reveal(), std::string_view(kCanary));
    }

    void aDeletedServiceKeepsItsSecretForItsReturn()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const SecretRef secret = environment(m_registered[0].id).security.secret;
        const auto repository = [this](auto change) {
            return taken(m_storage->write([change, id = m_registered[0].id, now = m_clock.now()](DbSession& db) {
                       storage::ServiceRepository services(db);
                       return change(services, id, now);
                   }))
                .has_value();
        };
        QVERIFY(repository([](storage::ServiceRepository& services, ServiceId id, Timestamp now) {
            return services.softDelete(id, "me", now);
        }));
        QCOMPARE(taken(m_secrets->read(secret))->reveal(), std::string_view(kCanary));
        QVERIFY(repository([](storage::ServiceRepository& services, ServiceId id, Timestamp now) {
            return services.restore(id, "me", now);
        }));
        QCOMPARE(environment(m_registered[0].id).security.secret, secret);
    }

    void whatNothingRefersToIsFound()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const auto orphans = [this] {
            auto found = taken(runtime::orphanedSecrets(*m_storage, *m_secrets, m_profile->path()));
            std::set<std::string> names;
            for (const SecretRef& ref : found.value())
                names.insert(ref.toString());
            return names;
        };
        QVERIFY(orphans().empty());
        // What a crash leaves: a secret whose row was never written, in a file or in the keychain.
        const SecretRef file{SecretRef::Kind::File,
                             m_profile->filePath(QStringLiteral("secrets/a.b.api-key.12345678")).toStdString()};
        const SecretRef entry{SecretRef::Kind::Keychain, "a/b/api-key/12345678"};
        QVERIFY(taken(m_secrets->write(file, Secret(std::string_view(kCanary)))).has_value());
        QVERIFY(!taken(m_secrets->write(entry, Secret(std::string_view(kCanary)))).has_value()); // no keychain here
        QCOMPARE(orphans(), (std::set<std::string>{file.toString()}));
        QFile list(m_profile->filePath(QStringLiteral("bindings.json")));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write(R"({"version":1,"bindings":{"keychain:a/b/api-key/12345678":"","keychain:my-own-entry":""}})");
        list.close();
        m_secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.Test"), m_profile->path());
        QCOMPARE(orphans(), (std::set<std::string>{file.toString(), entry.toString()}));
        QVERIFY(taken(m_secrets->remove(file)).has_value());
        QCOMPARE(orphans(), (std::set<std::string>{entry.toString()}));
    }

    void aConnectionGetsAKeyPerEnvironmentOfWhichOnlyTheHashIsStored()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        auto keys = taken(m_registrar->createConnection(connection("web"), {EnvironmentId(1), EnvironmentId(2)}, 90));
        QVERIFY(keys.has_value());
        QCOMPARE(keys->size(), std::size_t(2));
        const auto row = taken(m_storage->read(
            [id = keys->at(0).connection](DbSession& db) { return storage::ConnectionRepository(db).get(id); }));
        QVERIFY(row.has_value());
        QCOMPARE(row->keys.size(), std::size_t(2));
        for (const auto& issued : *keys) {
            const std::string_view text = issued.key.reveal();
            const auto stored = std::find_if(row->keys.begin(), row->keys.end(),
                                             [&](const GatewayKey& k) { return k.publicId == issued.publicId; });
            QVERIFY(stored != row->keys.end());
            QCOMPARE(stored->environment, issued.environment);
            QCOMPARE(stored->hash, sha256(text));
            QVERIFY(text.starts_with("sbx_" + issued.publicId + "_"));
            QCOMPARE(*stored->expires - stored->created, std::chrono::microseconds(std::chrono::hours(24 * 90)));
        }
        QVERIFY(keys->at(0).key.reveal() != keys->at(1).key.reveal());
        QTRY_COMPARE(m_catalogueChanges, 2);
    }

    void aConnectionIsRefusedWithTheFieldAtFault()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const auto refusal = [this](Connection c, std::vector<EnvironmentId> environments, int days) {
            return QString::fromStdString(
                taken(m_registrar->createConnection(std::move(c), std::move(environments), days)).error().field);
        };
        QCOMPARE(refusal(connection(""), {EnvironmentId(1)}, 90), QStringLiteral("name"));
        QCOMPARE(refusal(connection("web"), {}, 90), QStringLiteral("environments"));
        QCOMPARE(refusal(connection("web"), {EnvironmentId(1)}, -1), QStringLiteral("ttl"));
        Connection aimless = connection("web");
        aimless.service = {};
        QCOMPARE(refusal(aimless, {EnvironmentId(1)}, 90), QStringLiteral("service"));
        QVERIFY(taken(m_registrar->createConnection(connection("web"), {EnvironmentId(1)}, 0)).has_value());
        QCOMPARE(refusal(connection("web"), {EnvironmentId(1)}, 0), QStringLiteral("name"));
    }

    void aFurtherKeyLeavesTheOlderOneValid()
    {
        m_registrar->registerService(newDraft());
        QTRY_COMPARE(m_registered.size(), std::size_t(1));
        const auto first = taken(m_registrar->createConnection(connection("web"), {EnvironmentId(1)}, 0));
        const auto second = taken(m_registrar->issueKey(first->at(0).connection, EnvironmentId(1), 30));
        QVERIFY(second.has_value());
        const auto keys =
            taken(m_storage->read([](DbSession& db) { return storage::ConnectionRepository(db).keys(); }));
        QCOMPARE(keys->size(), std::size_t(2));
        QVERIFY(std::all_of(keys->begin(), keys->end(),
                            [this](const GatewayKey& k) { return k.isUsableAt(m_clock.now()); }));
    }

    void keysHave256RandomBitsAndNoBias()
    {
        SystemRandom random;
        std::set<std::string> seen;
        std::array<int, 128> counts{};
        for (int i = 0; i < 2'000; ++i) {
            const auto key = ServiceRegistrar::generateKey(random);
            const std::string text(key.text.reveal());
            QCOMPARE(text.size(), 4 + 10 + 1 + 43u);
            QVERIFY(seen.insert(text).second);
            for (const char c : text.substr(15))
                ++counts[static_cast<std::size_t>(c)];
        }
        // 86 000 draws over 62 characters: 1 387 each, standard deviation 37.
        for (const char c : std::string_view("09AZaz"))
            QVERIFY2(std::abs(counts[static_cast<std::size_t>(c)] - 1'387) < 260, &c);
    }

private:
    storage::StorageOptions storageOptions() const
    {
        storage::StorageOptions options;
        options.url = m_database->url();
        return options;
    }

    std::unique_ptr<ServiceRegistrar> registrar()
    {
        auto made = std::make_unique<ServiceRegistrar>(
            ServiceRegistrar::Parts{*m_storage, *m_secrets, m_clock, std::make_shared<SystemRandom>(),
                                    m_profile->path(), QStringLiteral("tester")});
        connect(made.get(), &ServiceRegistrar::registered, this,
                [this](const ServiceRegistrar::Registered& r) { m_registered.push_back(r); });
        connect(made.get(), &ServiceRegistrar::registrationFailed, this,
                [this](const ServiceRegistrar::Failure& f) { m_failures.push_back(f); });
        return made;
    }

    static std::shared_ptr<ServiceDraft> newDraft()
    {
        auto draft = std::make_shared<ServiceDraft>();
        draft->service.name = " OpenAI ";
        draft->service.contextPath = "OpenAI";
        draft->service.url = "https://api.openai.com/v1";
        draft->environments.resize(1);
        draft->environments[0].environment = EnvironmentId(1);
        draft->environments[0].configured = true;
        draft->environments[0].authorizationHeader = "Authorization: Bearer";
        draft->environments[0].apiKey = Secret(std::string_view(kCanary));
        draft->environments[0].place = SecretPlace::File;
        return draft;
    }

    static std::shared_ptr<EnvironmentDraft> newKey(std::string_view key)
    {
        auto edit = std::make_shared<EnvironmentDraft>();
        edit->environment = EnvironmentId(1);
        edit->configured = true;
        edit->authorizationHeader = "Authorization: Bearer";
        edit->apiKey = Secret(key);
        edit->place = SecretPlace::File;
        return edit;
    }

    Connection connection(const std::string& name) const
    {
        Connection c;
        c.project = ProjectId(1);
        c.name = name;
        c.service = m_registered.at(0).id;
        return c;
    }

    storage::ServiceDetails details(ServiceId id)
    {
        return *taken(m_storage->read([id](DbSession& db) { return storage::ServiceRepository(db).get(id); }));
    }
    ServiceEnvironment environment(ServiceId id) { return details(id).environments.at(0); }

    QStringList fields() const
    {
        QStringList list;
        for (const FieldIssue& issue : m_failures.back().issues) {
            if (issue.severity == FieldIssue::Severity::Error)
                list.append(QString::fromStdString(issue.field + ' ' + issue.code));
        }
        return list;
    }

    int secretFiles() const
    {
        return static_cast<int>(
            QDir(m_profile->filePath(QStringLiteral("secrets"))).entryList(QDir::Files | QDir::Hidden).size());
    }

    test::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<test::TempDatabase> m_database;
    std::unique_ptr<storage::StorageService> m_storage;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<ServiceRegistrar> m_registrar;
    std::vector<ServiceRegistrar::Registered> m_registered;
    std::vector<ServiceRegistrar::Failure> m_failures;
    int m_catalogueChanges = 0;
};

QTEST_GUILESS_MAIN(tst_ServiceRegistrar)
#include "tst_ServiceRegistrar.moc"
