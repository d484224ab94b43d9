// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "domain/SecretRef.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sb::secrets {

/// Whether the system keychain can be used. QtKeychain reports a locked collection as "entry not found", so the two are
/// told apart by a probe entry of our own.
enum class KeychainState { Unknown, Available, LockedOrAbsent, NoService };

/// Reads and writes secrets by reference: `keychain:` through QtKeychain (never its plain-text fallback), `env:` from
/// the environment (read only), `file:` regular files owned by this user with mode 0600, opened without following
/// links. Lives in the thread of the Qt main loop; every call returns at once. Keychain jobs run one after another, 5 s
/// limit each.
///
/// A secret belongs to an origin ("https://api.openai.com:443"), remembered on this machine only: inside the keychain
/// entry, or in the profile's `bindings.json` for variables and files (which also lists the keychain's entries). Who
/// edits a shared database can thus not make this machine send its keys elsewhere.
///
/// A locked keychain asks the person for its password once. Refused that, readFor() leaves them alone and fails at once
/// until the keychain was opened; what the person does themselves (probe, write, read, bind) asks again.
///
/// Error codes: NotFound (no such entry), PermissionDenied (mode, owner; a locked keychain: `field` is "keychain";
/// bound to another origin: `field` is "origin" and `what` names both), Unavailable (no service), Timeout.
class SecretStore : public QObject {
    Q_OBJECT
public:
    /// `application` separates our keychain entries from others': "io.signalbox.Signalbox".
    SecretStore(QString application, QString profileDirectory, QObject* parent = nullptr);
    ~SecretStore() override;

    QFuture<Result<Secret>> read(const SecretRef& ref); ///< whatever its origin; take with takeResult()
    /// What becomes of an entry that is bound to no origin yet: bound to the one it is read for, or not, as for a test
    /// of an address that may be mistyped.
    enum class FirstUse { Binds, LeavesUnbound };
    /// For sending to `origin` (ServiceUrl::origin()); PermissionDenied with field "origin" when bound to another.
    QFuture<Result<Secret>> readFor(const SecretRef& ref, const std::string& origin,
                                    FirstUse firstUse = FirstUse::Binds);

    /// Keychain and file only; replaces. A file is created 0600 atomically, its directory 0700 if missing. With an
    /// empty origin the entry is bound at its first readFor.
    QFuture<Result<void>> write(const SecretRef& ref, Secret secret, const std::string& origin = {});
    /// Which origin it may be sent to, absent: not bound yet. Binds nothing. Only a keychain entry has to exist for it.
    QFuture<Result<std::optional<std::string>>> originOf(const SecretRef& ref);
    /// Binds to another origin: for a change of address that the person at this machine has confirmed.
    QFuture<Result<void>> bind(const SecretRef& ref, const std::string& origin);
    QFuture<Result<void>> remove(const SecretRef& ref); ///< keychain and file only; an absent one is NotFound

    /// Every reference that was bound or written here: keychains and environments cannot be searched for them.
    QFuture<Result<std::vector<SecretRef>>> known();

    QFuture<Result<KeychainState>> probe(); ///< writes, reads and removes a sentinel
    KeychainState keychainState() const;

Q_SIGNALS:
    void keychainStateChanged(sb::secrets::KeychainState state);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::secrets
