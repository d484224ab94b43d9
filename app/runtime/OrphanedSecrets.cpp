// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/OrphanedSecrets.h"

#include "async/OnResult.h"
#include "runtime/RegistrationPlan.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"
#include "storage/repositories/ServiceRepository.h"

#include <QDir>
#include <QPromise>

#include <algorithm>
#include <memory>

namespace sb::runtime {

QFuture<Result<std::vector<SecretRef>>> orphanedSecrets(storage::StorageService& storage, secrets::SecretStore& secrets,
                                                        const QString& profileDirectory)
{
    using Refs = std::vector<SecretRef>;
    auto promise = std::make_shared<QPromise<Result<Refs>>>();
    promise->start();
    const std::string folder = secretFolderOf(profileDirectory);
    auto known = secrets.known();
    onResult(known, &secrets, [promise, folder, &storage, &secrets](Result<Refs> kept) {
        // Without its list of entries the keychain cannot be asked: it does not tell what is in it.
        Refs made = kept ? *std::move(kept) : Refs();
        for (const QString& name : QDir(QString::fromStdString(folder)).entryList(QDir::Files | QDir::Hidden)) {
            const SecretRef file{SecretRef::Kind::File, folder + '/' + name.toStdString()};
            if (std::ranges::find(made, file) == made.end())
                made.push_back(file);
        }
        std::erase_if(made, [&folder](const SecretRef& ref) { return !isMadeByRegistration(ref, folder); });
        auto referred =
            storage.read([](storage::DbSession& db) { return storage::ServiceRepository(db).secretReferences(); });
        onResult(referred, &secrets, [promise, made = std::move(made)](Result<Refs> used) mutable {
            if (used)
                std::erase_if(made,
                              [&used](const SecretRef& ref) { return std::ranges::find(*used, ref) != used->end(); });
            promise->addResult(used ? Result<Refs>(std::move(made)) : Result<Refs>(std::move(used).error()));
            promise->finish();
        });
    });
    return promise->future();
}

} // namespace sb::runtime
