// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/ServiceEdits.h"

#include "async/OnResult.h"
#include "domain/validation/ServiceValidation.h"
#include "storage/StorageService.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <QPromise>

#include <algorithm>
#include <array>
#include <iterator>

namespace sb::runtime {

namespace {

using storage::DbSession;

std::array<SecretRef, 4> referencesOf(const BackendSecurity& security)
{
    return {security.secret, security.accessKey, security.secretKey, security.sessionToken};
}

/// A future and what ends it.
template <class T = void>
std::pair<QFuture<Result<T>>, std::function<void(Result<T>)>> operation()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return {promise->future(), [promise](Result<T> result) {
                promise->addResult(std::move(result));
                promise->finish();
            }};
}

/// Whatever the row's version; labels have no order.
bool hasContentOf(Service service, Service expected)
{
    service.rowVersion = expected.rowVersion;
    service.updated = expected.updated;
    std::ranges::sort(service.labels);
    std::ranges::sort(expected.labels);
    return service == expected;
}

/// `former` as far as its secrets are still kept, and whether one of them is not.
std::pair<BackendSecurity, bool> withKeptSecrets(const BackendSecurity& former, const BackendSecurity& present,
                                                 const std::string& secretFolder)
{
    const auto inUse = referencesOf(present);
    const auto isKept = [&](const SecretRef& ref) {
        return ref.isNone() || !isMadeByRegistration(ref, secretFolder) || std::ranges::find(inUse, ref) != inUse.end();
    };
    if (std::ranges::all_of(referencesOf(former), isKept))
        return {former, false};
    if (former.kind != present.kind)
        return {present, true};
    BackendSecurity mixed = former;
    for (SecretRef BackendSecurity::*ref : {&BackendSecurity::secret, &BackendSecurity::accessKey,
                                            &BackendSecurity::secretKey, &BackendSecurity::sessionToken}) {
        if (!isKept(former.*ref))
            mixed.*ref = present.*ref;
    }
    return {mixed, true};
}

/// The references that nothing in the database uses any more.
Result<std::vector<SecretRef>> replaceEnvironment(DbSession& db, ServiceId service,
                                                  const ServiceRegistration::PerEnvironment& row,
                                                  const BackendSecurity& before, const std::string& actor,
                                                  Timestamp now)
{
    storage::ServiceRepository services(db);
    if (auto put = services.putEnvironment(service, row, actor, now); !put)
        return std::move(put).error();
    const auto used = services.secretReferences();
    if (!used)
        return used.error();
    std::vector<SecretRef> replaced;
    for (const SecretRef& ref : referencesOf(before)) {
        if (!ref.isNone() && std::ranges::find(*used, ref) == used->end())
            replaced.push_back(ref);
    }
    return replaced;
}

/// A stored secret that is wanted in another place, and where the draft takes it as if it had been typed.
struct Move {
    SecretRef from;
    Secret EnvironmentDraft::*to;
};

std::vector<Move> movesOf(const EnvironmentDraft& draft, const BackendSecurity& stored)
{
    // A variable cannot be written, only named.
    if (draft.place == placeOf(stored) || draft.place == SecretPlace::Environment || draft.authKind != stored.kind)
        return {};
    const auto wanted = draft.place == SecretPlace::File ? SecretRef::Kind::File : SecretRef::Kind::Keychain;
    std::vector<Move> moves{{stored.secret, &EnvironmentDraft::apiKey},
                            {stored.accessKey, &EnvironmentDraft::accessKeyId},
                            {stored.secretKey, &EnvironmentDraft::secretAccessKey},
                            {stored.sessionToken, &EnvironmentDraft::sessionToken}};
    std::erase_if(moves, [&](const Move& move) {
        return move.from.isNone() || move.from.kind == wanted || !(draft.*move.to).isEmpty();
    });
    return moves;
}

/// Every stored secret of the service that goes to its own address.
std::vector<RegistrationPlan::Entry> secretsToMove(const std::vector<ServiceEnvironment>& environments,
                                                   const std::string& boundBefore)
{
    std::vector<RegistrationPlan::Entry> entries;
    for (const ServiceEnvironment& environment : environments) {
        if (!environment.urlOverride.empty())
            continue;
        for (const SecretRef& ref : referencesOf(environment.security)) {
            if (!ref.isNone())
                entries.push_back({ref, Secret(), "url", boundBefore});
        }
    }
    return entries;
}

} // namespace

QFuture<Result<void>> ServiceEdits::updateService(Service service, const std::optional<Service>& expected)
{
    auto [future, finish] = operation();
    const auto url = validation::parseServiceUrl(service.url);
    if (!url) {
        finish(url.error());
        return future;
    }
    // The row first: a refused name must not leave the keys bound to an address that nobody uses.
    auto written = m_parts.storage.write([service, expected, actor = actor(), now = m_parts.clock.now()](
                                             DbSession& db) mutable -> Result<storage::ServiceDetails> {
        storage::ServiceRepository services(db);
        auto before = services.get(service.id);
        if (!before)
            return before;
        if (expected) {
            if (!hasContentOf(before->service, *expected))
                return Error{ErrorCode::Conflict, "somebody else changed this service meanwhile", "row_version"};
            service.rowVersion = before->service.rowVersion;
        }
        if (auto updated = services.update(service, actor, now); !updated)
            return std::move(updated).error();
        return before;
    });
    onResult(written, this, [this, finish = finish, origin = url->origin()](Result<storage::ServiceDetails> before) {
        if (!before)
            return finish(std::move(before).error());
        const auto urlBefore = validation::parseServiceUrl(before->service.url);
        std::vector<RegistrationPlan::Entry> entries;
        if (urlBefore && urlBefore->origin() != origin)
            entries = secretsToMove(before->environments, urlBefore->origin());
        bindElsewhere(std::move(entries), origin, before->service, finish);
    });
    return future;
}

void ServiceEdits::bindElsewhere(std::vector<RegistrationPlan::Entry> entries, std::string origin,
                                 const Service& before, Finish finish)
{
    auto* secrets = new SecretTransaction(m_parts.secrets, std::move(entries), std::move(origin), this);
    secrets->commit([this, secrets, before, finish = std::move(finish)](Result<void> bound) {
        secrets->deleteLater();
        if (bound) {
            m_parts.storage.notifyCatalogueChanged();
            return finish({});
        }
        Service back = before;
        ++back.rowVersion; // as the update that is taken back did
        auto undone = m_parts.storage.write([back, actor = actor(), now = m_parts.clock.now()](DbSession& db) {
            return storage::ServiceRepository(db).update(back, actor, now);
        });
        onResult(undone, this, [this, finish, error = std::move(bound).error()](Result<void> done) mutable {
            if (!done)
                error.what += "; the new address stays: " + done.error().what;
            m_parts.storage.notifyCatalogueChanged();
            finish(std::move(error));
        });
    });
}

struct ServiceEdits::Present {
    Service service;
    Environment environment;
    ServiceEnvironment row;
    std::vector<LimitRule> limits;
};

QFuture<Result<void>> ServiceEdits::updateEnvironment(ServiceId service, std::shared_ptr<EnvironmentDraft> draft)
{
    auto [future, finish] = operation();
    auto found = m_parts.storage.read([service, wanted = draft->environment](DbSession& db) -> Result<Present> {
        auto details = storage::ServiceRepository(db).get(service);
        auto environments = storage::OrganizationRepository(db).environments();
        if (!details)
            return std::move(details).error();
        if (!environments)
            return std::move(environments).error();
        const auto environment = std::find_if(environments->begin(), environments->end(),
                                              [wanted](const Environment& e) { return e.id == wanted; });
        if (environment == environments->end())
            return Error{ErrorCode::NotFound, "the environment is gone"};
        const auto row = std::find_if(details->environments.begin(), details->environments.end(),
                                      [wanted](const ServiceEnvironment& e) { return e.environment == wanted; });
        Present present{std::move(details->service), *environment, {}, {}};
        if (row != details->environments.end()) {
            present.row = *row;
            std::ranges::copy_if(details->limits, std::back_inserter(present.limits),
                                 [id = row->id.value](const LimitRule& rule) { return rule.scopeId == id; });
        }
        return present;
    });
    onResult(found, this, [this, draft, finish = finish](Result<Present> present) {
        if (present)
            readMoved(*present, draft, finish);
        else
            finish(std::move(present).error());
    });
    return future;
}

/// What is stored elsewhere than wanted is read first and then written and replaced like a newly typed secret. Only for
/// the service's own address: a reference that somebody put into the database reveals nothing bound to another one.
void ServiceEdits::readMoved(const Present& present, const std::shared_ptr<EnvironmentDraft>& draft, Finish finish)
{
    const std::vector<Move> moves = movesOf(*draft, present.row.security);
    const auto url =
        validation::parseServiceUrl(present.row.urlOverride.empty() ? present.service.url : present.row.urlOverride);
    if (moves.empty() || !url) {
        putEnvironment(present, *draft, std::move(finish));
        return;
    }
    onResult(m_parts.secrets.readFor(moves.front().from, url->origin()), this,
             [this, present, draft, finish = std::move(finish), to = moves.front().to](Result<Secret> secret) {
                 if (!secret || secret->isEmpty()) {
                     Error error = secret ? Error{ErrorCode::NotFound, "it is empty"} : std::move(secret).error();
                     error.field = "place";
                     return finish(std::move(error));
                 }
                 (*draft).*to = *std::move(secret);
                 readMoved(present, draft, finish);
             });
}

void ServiceEdits::putEnvironment(const Present& present, const EnvironmentDraft& draft, Finish finish)
{
    auto plan = RegistrationPlan::makeEnvironment(present.service, draft, present.environment, present.row,
                                                  secretFolder(), *m_parts.random);
    if (!plan)
        return finish(std::move(plan).error());
    if (draft.keepsLimits)
        plan->registration.environments.front().limits = present.limits;
    auto* secrets = new SecretTransaction(m_parts.secrets, std::move(plan->entries), std::move(plan->origin), this);
    secrets->commit([this, secrets, finish = std::move(finish), service = present.service.id,
                     before = present.row.security,
                     row = std::move(plan->registration.environments.front())](Result<void> kept) {
        if (!kept) {
            secrets->deleteLater();
            return finish(std::move(kept));
        }
        auto written =
            m_parts.storage.write([service, row, before, actor = actor(), now = m_parts.clock.now()](DbSession& db) {
                return replaceEnvironment(db, service, row, before, actor, now);
            });
        onResult(written, this, [this, secrets, finish](Result<std::vector<SecretRef>> done) {
            if (done) {
                secrets->deleteLater();
                m_parts.storage.notifyCatalogueChanged();
                removeReplaced(*done);
                return finish({});
            }
            secrets->undo([secrets, finish, error = std::move(done).error()](const std::string& leftBehind) mutable {
                secrets->deleteLater();
                error.what += leftBehind;
                finish(std::move(error));
            });
        });
    });
}

QFuture<Result<bool>> ServiceEdits::restoreEnvironment(ServiceId service,
                                                       const ServiceRegistration::PerEnvironment& former)
{
    using Done = std::pair<std::vector<SecretRef>, bool>;
    auto [future, finish] = operation<bool>();
    auto written = m_parts.storage.write([service, row = former, folder = secretFolder(), actor = actor(),
                                          now = m_parts.clock.now()](DbSession& db) mutable -> Result<Done> {
        auto details = storage::ServiceRepository(db).get(service);
        if (!details)
            return std::move(details).error();
        const auto present =
            std::ranges::find(details->environments, row.configuration.environment, &ServiceEnvironment::environment);
        if (present == details->environments.end())
            return Error{ErrorCode::NotFound, "the environment is not configured any more"};
        const auto [security, keyStays] = withKeptSecrets(row.configuration.security, present->security, folder);
        row.configuration.security = security;
        auto replaced = replaceEnvironment(db, service, row, present->security, actor, now);
        if (!replaced)
            return std::move(replaced).error();
        return Done{*std::move(replaced), keyStays};
    });
    onResult(written, this, [this, finish = finish](Result<Done> done) {
        if (!done)
            return finish(std::move(done).error());
        m_parts.storage.notifyCatalogueChanged();
        removeReplaced(done->first);
        finish(done->second);
    });
    return future;
}

/// Nobody waits for it: what cannot be removed is left, and `signalboxctl doctor` lists it.
void ServiceEdits::removeReplaced(const std::vector<SecretRef>& references)
{
    for (const SecretRef& reference : references) {
        if (isMadeByRegistration(reference, secretFolder()))
            m_parts.secrets.remove(reference);
    }
}

} // namespace sb::runtime
