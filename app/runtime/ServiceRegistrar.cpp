// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ServiceRegistrar.h"

#include "async/OnResult.h"
#include "domain/validation/ServiceValidation.h"
#include "runtime/SecretTransaction.h"
#include "runtime/internal/ServiceEdits.h"
#include "storage/StorageService.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <QPromise>

#include <algorithm>

namespace sb::runtime {

namespace {

using storage::DbSession;

/// 43 characters of base 62 are 256 bits; the public part only has to be unique.
constexpr std::size_t kSecretCharacters = 43;
constexpr std::size_t kPublicCharacters = 10;
constexpr int kLongestTtlDays = 3650;

/// What registration must know of the database before anything is written.
struct Ground {
    Organization organization;
    std::vector<Environment> environments;
    bool nameIsFree = true;
    bool pathIsFree = true;
};

Result<Ground> readGround(DbSession& db, const std::string& name, ProjectId project, const std::string& contextPath)
{
    storage::OrganizationRepository organizations(db);
    storage::ServiceRepository services(db);
    auto organization = organizations.current();
    auto environments = organizations.environments();
    auto nameIsFree = services.isNameFree(name, project);
    auto pathIsFree = services.isContextPathFree(contextPath);
    if (!organization)
        return std::move(organization).error();
    if (!environments)
        return std::move(environments).error();
    if (!nameIsFree)
        return std::move(nameIsFree).error();
    if (!pathIsFree)
        return std::move(pathIsFree).error();
    return Ground{std::move(*organization), std::move(*environments), *nameIsFree, *pathIsFree};
}

/// The failure as an issue at its field, if it has one.
FieldIssues issuesOf(const Error& error)
{
    if (error.code == ErrorCode::Conflict && (error.field == "name" || error.field == "context_path"))
        return {{error.field, "taken"}};
    if (error.field.starts_with("environments/")) // a SecretTransaction's
        return {{error.field, "secret_not_kept", error.what}};
    return {};
}

Timestamp inDays(Timestamp now, int days)
{
    return now + std::chrono::hours(24) * days;
}

struct PendingKey {
    EnvironmentId environment;
    ServiceRegistrar::NewKey key;
};

} // namespace

struct ServiceRegistrar::Impl {
    Impl(ServiceRegistrar* owner, Parts given) : q(owner), parts(std::move(given)), edits(parts) {}

    std::string secretFolder() const { return secretFolderOf(parts.profileDirectory); }
    std::string actor() const { return parts.actor.toStdString(); }

    void fail(Error error, FieldIssues issues)
    {
        busy = false;
        Q_EMIT q->registrationFailed({std::move(error), std::move(issues)});
    }
    void failed(Error error)
    {
        FieldIssues issues = issuesOf(error);
        fail(std::move(error), std::move(issues));
    }

    void proceed(const std::shared_ptr<ServiceDraft>& draft, const Ground& ground);
    void writeRows(const std::shared_ptr<ServiceDraft>& draft, SecretTransaction* secrets,
                   ServiceRegistration registration);
    QFuture<Result<std::vector<IssuedKey>>> issue(std::function<Result<ConnectionId>(DbSession&)> connection,
                                                  std::vector<EnvironmentId> environments, int ttlDays);

    ServiceRegistrar* q;
    Parts parts;
    ServiceEdits edits;
    bool busy = false;
};

ServiceRegistrar::ServiceRegistrar(Parts parts, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, std::move(parts)))
{
}

ServiceRegistrar::~ServiceRegistrar() = default;

bool ServiceRegistrar::isRegistering() const
{
    return m_impl->busy;
}

void ServiceRegistrar::registerService(std::shared_ptr<ServiceDraft> draft)
{
    if (std::exchange(m_impl->busy, true))
        return;
    const std::string name = validation::normalisedName(draft->service.name);
    const std::string path = validation::normalisedContextPath(draft->service.contextPath);
    const ProjectId project = draft->service.scope == Scope::Project ? draft->service.project : ProjectId{};
    auto ground = m_impl->parts.storage.read(
        [name, path, project](DbSession& db) { return readGround(db, name, project, path); });
    onResult(ground, this, [this, draft](Result<Ground> found) {
        if (found)
            m_impl->proceed(draft, *found);
        else
            m_impl->failed(std::move(found).error());
    });
}

void ServiceRegistrar::Impl::proceed(const std::shared_ptr<ServiceDraft>& draft, const Ground& ground)
{
    FieldIssues issues = validation::check(*draft, ground.environments);
    if (!ground.nameIsFree)
        issues.push_back({"name", "taken"});
    if (!ground.pathIsFree)
        issues.push_back({"context_path", "taken"});
    if (hasErrors(issues)) {
        fail({ErrorCode::InvalidArgument, "the registration has errors"}, std::move(issues));
        return;
    }
    auto plan =
        RegistrationPlan::make(*draft, ground.organization.id, ground.environments, secretFolder(), *parts.random);
    if (!plan) {
        failed(std::move(plan).error());
        return;
    }
    auto* secrets = new SecretTransaction(parts.secrets, std::move(plan->entries), std::move(plan->origin), q);
    secrets->commit([this, draft, secrets, registration = std::move(plan->registration)](Result<void> kept) mutable {
        if (kept) {
            writeRows(draft, secrets, std::move(registration));
            return;
        }
        secrets->deleteLater();
        failed(std::move(kept).error());
    });
}

void ServiceRegistrar::Impl::writeRows(const std::shared_ptr<ServiceDraft>& draft, SecretTransaction* secrets,
                                       ServiceRegistration registration)
{
    Registered result;
    for (const auto& environment : registration.environments)
        result.environments.push_back(environment.configuration.environment);
    auto written = parts.storage.write(
        [registration = std::move(registration), actor = actor(), now = parts.clock.now()](DbSession& db) {
            return storage::ServiceRepository(db).insert(registration, actor, now);
        });
    onResult(written, q, [this, draft, secrets, result = std::move(result)](Result<ServiceId> id) mutable {
        if (!id) {
            secrets->undo([this, secrets, error = std::move(id).error()](const std::string& leftBehind) mutable {
                secrets->deleteLater();
                error.what += leftBehind;
                failed(std::move(error));
            });
            return;
        }
        secrets->deleteLater();
        for (EnvironmentDraft& tab : draft->environments) {
            for (Secret* secret : {&tab.apiKey, &tab.accessKeyId, &tab.secretAccessKey, &tab.sessionToken})
                *secret = Secret();
        }
        busy = false;
        parts.storage.notifyCatalogueChanged();
        result.id = *id;
        Q_EMIT q->registered(result);
    });
}

QFuture<Result<void>> ServiceRegistrar::updateService(const Service& service)
{
    return m_impl->edits.updateService(service);
}

QFuture<Result<void>> ServiceRegistrar::takeBackService(const Service& edited, const Service& former)
{
    return m_impl->edits.updateService(former, edited);
}

QFuture<Result<bool>> ServiceRegistrar::restoreEnvironment(ServiceId service,
                                                           const ServiceRegistration::PerEnvironment& former)
{
    return m_impl->edits.restoreEnvironment(service, former);
}

QFuture<Result<void>> ServiceRegistrar::updateEnvironment(ServiceId service, std::shared_ptr<EnvironmentDraft> draft)
{
    return m_impl->edits.updateEnvironment(service, std::move(draft));
}

QFuture<Result<std::vector<ServiceRegistrar::IssuedKey>>>
ServiceRegistrar::Impl::issue(std::function<Result<ConnectionId>(DbSession&)> connection,
                              std::vector<EnvironmentId> environments, int ttlDays)
{
    using Issued = Result<std::vector<IssuedKey>>;
    // Held apart from the closure, which must be copyable; the storage thread takes them out exactly once.
    const auto pending = std::make_shared<std::vector<PendingKey>>();
    for (const EnvironmentId environment : environments)
        pending->push_back({environment, generateKey(*parts.random)});

    auto written = parts.storage.write([connection = std::move(connection), pending, ttlDays, actor = actor(),
                                        now = parts.clock.now()](DbSession& db) -> Issued {
        auto id = connection(db);
        if (!id)
            return std::move(id).error();
        storage::ConnectionRepository repository(db);
        std::vector<IssuedKey> issued;
        for (PendingKey& key : *pending) {
            GatewayKey row;
            row.connection = *id;
            row.environment = key.environment;
            row.publicId = key.key.publicId;
            row.hash = key.key.hash;
            row.created = now;
            if (ttlDays > 0)
                row.expires = inDays(now, ttlDays);
            if (auto inserted = repository.insertKey(row, actor); !inserted)
                return std::move(inserted).error();
            issued.push_back({*id, key.environment, key.key.publicId, std::move(key.key.text)});
        }
        return issued;
    });

    auto promise = std::make_shared<QPromise<Issued>>();
    promise->start();
    onResult(written, q, [this, promise](Issued issued) {
        if (issued)
            parts.storage.notifyCatalogueChanged();
        promise->addResult(std::move(issued));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<std::vector<ServiceRegistrar::IssuedKey>>>
ServiceRegistrar::createConnection(Connection connection, std::vector<EnvironmentId> environments, int ttlDays)
{
    Error refusal{ErrorCode::InvalidArgument, {}};
    connection.name = validation::normalisedName(connection.name);
    if (const FieldIssues issues = validation::checkName(connection.name); !issues.empty())
        refusal = {ErrorCode::InvalidArgument, "the name is refused: " + issues.front().code, "name"};
    else if (connection.service.isNone() == connection.route.isNone())
        refusal = {ErrorCode::InvalidArgument, "a connection needs one service or one route", "service"};
    else if (environments.empty())
        refusal = {ErrorCode::InvalidArgument, "a connection needs an environment", "environments"};
    else if (ttlDays < 0 || ttlDays > kLongestTtlDays)
        refusal = {ErrorCode::InvalidArgument, "the lifetime must be between 0 and 3650 days", "ttl"};
    if (!refusal.what.empty()) {
        QPromise<Result<std::vector<IssuedKey>>> promise;
        promise.start();
        promise.addResult(Result<std::vector<IssuedKey>>(std::move(refusal)));
        promise.finish();
        return promise.future();
    }
    connection.created = m_impl->parts.clock.now();
    auto insert = [connection, environments, actor = m_impl->actor()](DbSession& db) {
        return storage::ConnectionRepository(db).insert(connection, environments, actor, connection.created);
    };
    return m_impl->issue(std::move(insert), std::move(environments), ttlDays);
}

QFuture<Result<std::vector<ServiceRegistrar::IssuedKey>>>
ServiceRegistrar::issueKey(ConnectionId connection, EnvironmentId environment, int ttlDays)
{
    return m_impl->issue([connection](DbSession&) { return Result<ConnectionId>(connection); }, {environment}, ttlDays);
}

ServiceRegistrar::NewKey ServiceRegistrar::generateKey(Random& random)
{
    NewKey key;
    key.publicId = randomBase62(random, kPublicCharacters);
    std::string text = "sbx_" + key.publicId + '_' + randomBase62(random, kSecretCharacters);
    key.hash = sha256(text);
    key.text = Secret(std::move(text));
    return key;
}

} // namespace sb::runtime
