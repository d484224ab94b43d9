// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Result.h"
#include "domain/Connection.h"
#include "domain/Organization.h"
#include "domain/ServiceDraft.h"
#include "domain/validation/FieldIssue.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace sb::secrets {
class SecretStore;
}
namespace sb::storage {
class StorageService;
}

namespace sb::runtime {

class AppContext;

/// Registration and connection keys as one operation each: secrets into their store and rows into the database, undone
/// together when either fails. Main thread; every call returns at once.
class ServiceRegistrar : public QObject {
    Q_OBJECT
public:
    /// What it works with; what is referred to outlives it.
    struct Parts {
        storage::StorageService& storage;
        secrets::SecretStore& secrets;
        const Clock& clock;
        std::shared_ptr<Random> random;
        QString profileDirectory; ///< secrets kept in files go to its folder `secrets`
        QString actor;            ///< for the audit trail
    };
    explicit ServiceRegistrar(Parts parts, QObject* parent = nullptr);
    explicit ServiceRegistrar(AppContext& context, QObject* parent = nullptr);
    ~ServiceRegistrar() override;

    struct Failure {
        Error error;
        FieldIssues issues; ///< what to show at the fields
    };
    struct Registered {
        ServiceId id;
        std::vector<EnvironmentId> environments; ///< configured ones
    };
    /// Takes the draft's secrets only on success; a failed draft is handed back unchanged. Answers by one of the two
    /// signals; while it works, further calls do nothing.
    void registerService(std::shared_ptr<ServiceDraft> draft);
    bool isRegistering() const;

    /// General details, with stored secrets bound to the new address if that changed: sending them there is confirmed
    /// by the caller. Conflict as ServiceRepository::update; nothing is changed then.
    QFuture<Result<void>> updateService(const Service& service);
    /// The same backwards: makes `edited` what it was, `former`. Conflict (field "row_version") when somebody else
    /// changed it since.
    QFuture<Result<void>> takeBackService(const Service& edited, const Service& former);
    /// Replaces backend security, limits and caps of one environment of a registered service and deploys it. Secrets
    /// left empty stay as they are, or move to the draft's place if that is another than theirs. Error::field names the
    /// column at fault; "place" when a stored secret could not be read to be moved.
    QFuture<Result<void>> updateEnvironment(ServiceId service, std::shared_ptr<EnvironmentDraft> draft);

    /// Gives an environment its former values and deploys them. A secret that was replaced is kept nowhere, so the
    /// present one stays: true then.
    QFuture<Result<bool>> restoreEnvironment(ServiceId service, const ServiceRegistration::PerEnvironment& former);

    struct IssuedKey {
        ConnectionId connection;
        EnvironmentId environment;
        std::string publicId;
        Secret key; ///< shown once
    };
    /// A connection with a key per environment, in one transaction. `ttlDays` 0: never expires. InvalidArgument and
    /// Conflict name the field: "name", "service", "environments".
    QFuture<Result<std::vector<IssuedKey>>> createConnection(Connection connection,
                                                             std::vector<EnvironmentId> environments, int ttlDays);
    /// One more key for an existing connection; older ones stay valid until they are revoked.
    QFuture<Result<std::vector<IssuedKey>>> issueKey(ConnectionId connection, EnvironmentId environment, int ttlDays);

    /// "sbx_<public id>_<secret>": 256 random bits in base 62.
    struct NewKey {
        Secret text;
        std::string publicId;
        Sha256Digest hash{};
    };
    static NewKey generateKey(Random& random);

Q_SIGNALS:
    void registered(const sb::runtime::ServiceRegistrar::Registered& result);
    void registrationFailed(const sb::runtime::ServiceRegistrar::Failure& failure);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::runtime
