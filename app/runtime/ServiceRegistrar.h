// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

namespace sb::runtime {

class AppContext;

/// Registration and connection keys as one operation each: secrets into their store and rows into the database, undone
/// together when either fails. Main thread; every call returns at once.
class ServiceRegistrar : public QObject {
    Q_OBJECT
public:
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
    /// Takes the draft's secrets only on success; a failed draft is handed back unchanged.
    void registerService(std::shared_ptr<ServiceDraft> draft);

    struct IssuedKey {
        ConnectionId connection;
        EnvironmentId environment;
        std::string publicId;
        Secret key; ///< shown once
    };
    /// A connection with a key per environment, in one transaction. `ttlDays` 0: never expires.
    QFuture<Result<std::vector<IssuedKey>>> createConnection(Connection connection, std::vector<EnvironmentId> environments,
                                                             int ttlDays);

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
