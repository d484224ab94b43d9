// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/SecretResolver.h"

#include "async/OnResult.h"
#include "secrets/SecretStore.h"

#include <set>

namespace sb::runtime {

namespace {

constexpr int kLimitMs = 5000;

} // namespace

SecretResolver::SecretResolver(secrets::SecretStore& store, QObject* parent) : QObject(parent), m_store(store)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(kLimitMs);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        m_late = true;
        Q_EMIT ended();
    });
}

void SecretResolver::resolve(const DomainSnapshot& snapshot)
{
    const quint64 round = ++m_round;
    const std::vector<SecretUse> wanted = secretUses(snapshot);
    std::set<std::string> keys;
    for (const SecretUse& one : wanted)
        keys.insert(gateway::secretKey(one.ref, one.origin));
    std::erase_if(m_secrets, [&keys](const auto& entry) { return !keys.contains(entry.first); });
    m_failures.clear();
    m_missing = wanted.size();
    m_late = false;
    m_limit.start();
    if (wanted.empty()) {
        m_limit.stop();
        QMetaObject::invokeMethod(
            this,
            [this, round] {
                if (round == m_round)
                    Q_EMIT ended();
            },
            Qt::QueuedConnection);
        return;
    }
    for (const SecretUse& one : wanted) {
        onResult(m_store.readFor(one.ref, one.origin), this,
                 [this, round, one](Result<Secret> secret) { answered(round, one, std::move(secret)); });
    }
}

void SecretResolver::answered(quint64 round, const SecretUse& use, Result<Secret> secret)
{
    if (round != m_round)
        return;
    const std::string key = gateway::secretKey(use.ref, use.origin);
    const bool isRead = secret.has_value();
    if (isRead) {
        m_secrets[key] = *std::move(secret);
    } else {
        m_secrets.erase(key);
        m_failures.insert_or_assign(key, std::move(secret).error());
    }
    if (--m_missing == 0) {
        m_limit.stop();
        Q_EMIT ended();
    } else if (m_late && isRead) {
        Q_EMIT ended();
    }
}

gateway::ResolvedSecrets SecretResolver::secrets() const
{
    gateway::ResolvedSecrets copies;
    for (const auto& [key, secret] : m_secrets)
        copies.emplace(key, secret.clone());
    for (const auto& [key, error] : m_failures)
        copies.insert_or_assign(key, error);
    return copies;
}

} // namespace sb::runtime
