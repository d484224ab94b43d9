// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/DomainSnapshot.h"
#include "gateway/RuntimeConfig.h"

#include <QObject>
#include <QTimer>

#include <cstddef>
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

    gateway::ResolvedSecrets secrets() const; ///< deliberate copies, for one configuration
    bool hasFailures() const { return !m_failures.empty(); }
    std::vector<gateway::Finding> failures() const; ///< of the last round: what could not be read, and why

Q_SIGNALS:
    void ended();

private:
    struct Wanted {
        SecretRef ref;
        std::string origin;
        std::string object; ///< "service /openai", for a finding
    };
    static std::vector<Wanted> wantedBy(const DomainSnapshot& snapshot);
    void answered(quint64 round, const Wanted& wanted, Result<Secret> secret);

    secrets::SecretStore& m_store;
    gateway::ResolvedSecrets m_secrets;
    std::vector<gateway::Finding> m_failures;
    std::size_t m_missing = 0;
    bool m_late = false; ///< the round has ended without some
    quint64 m_round = 0;
    QTimer m_limit;
};

} // namespace sb::runtime
