// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/DomainSnapshot.h"
#include "gateway/RuntimeConfig.h"
#include "runtime/SecretUses.h"

#include <QObject>
#include <QTimer>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace sb::secrets {
class SecretStore;
}

namespace sb::runtime {

/// Reads every provider secret of a configuration, each for the origin it is sent to. A round ends when all have
/// answered, or after 5 s with those that have: a locked keychain must not keep the gateway from starting. What answers
/// later ends the round once more. Main thread.
class SecretResolver : public QObject {
    Q_OBJECT
public:
    explicit SecretResolver(secrets::SecretStore& store, QObject* parent = nullptr);

    /// Begins a round; one that is under way is superseded. `ended` follows, never from within this call.
    void resolve(const DomainSnapshot& snapshot);

    /// Deliberate copies, for one configuration, and of the last round why one could not be read.
    gateway::ResolvedSecrets secrets() const;
    bool hasFailures() const { return !m_failures.empty(); }

Q_SIGNALS:
    void ended();

private:
    void answered(quint64 round, const SecretUse& use, Result<Secret> secret);

    secrets::SecretStore& m_store;
    std::map<std::string, Secret> m_secrets; ///< by gateway::secretKey()
    std::map<std::string, Error> m_failures;
    std::size_t m_missing = 0;
    bool m_late = false; ///< the round has ended without some
    quint64 m_round = 0;
    QTimer m_limit;
};

} // namespace sb::runtime
