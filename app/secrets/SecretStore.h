// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "domain/SecretRef.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace sb::secrets {

/// Whether the system keychain can be used. QtKeychain reports a locked collection as "entry not found", so the two are told
/// apart by a probe entry of our own.
enum class KeychainState { Unknown, Available, LockedOrAbsent, NoService };

/// Reads and writes secrets by reference: `keychain:` through QtKeychain (never its plain-text fallback), `env:` from the
/// environment (read only), `file:` regular files owned by this user with mode 0600, opened without following links.
/// Lives in the thread of the Qt main loop; every call returns at once. Jobs run one after another, 5 s limit each.
/// Error codes: NotFound (no such entry, or the keychain is locked: the text says so), PermissionDenied (mode or owner),
/// Unavailable (no service), Timeout.
class SecretStore : public QObject {
    Q_OBJECT
public:
    /// `application` separates our keychain entries from others': "io.signalbox.Signalbox".
    explicit SecretStore(QString application, QObject* parent = nullptr);
    ~SecretStore() override;

    QFuture<Result<Secret>> read(const SecretRef& ref); ///< take with takeResult()
    QFuture<Result<void>> write(const SecretRef& ref, Secret secret); ///< keychain and file only; file is created 0600 atomically
    QFuture<Result<void>> remove(const SecretRef& ref);

    QFuture<KeychainState> probe(); ///< writes, reads and removes a sentinel
    KeychainState keychainState() const;

Q_SIGNALS:
    void keychainStateChanged(sb::secrets::KeychainState state);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::secrets
