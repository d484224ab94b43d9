// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/SecretRef.h"

#include <QFuture>
#include <QString>

#include <vector>

namespace sb::secrets {
class SecretStore;
}
namespace sb::storage {
class StorageService;
}

namespace sb::runtime {

/// Secrets that this program made on this machine and that no service of the database refers to, deleted ones included:
/// left by a crash between keeping a secret and writing its row, or before the one that was replaced was removed. One
/// that belongs to another database looks the same, so nothing is removed here. Main thread.
QFuture<Result<std::vector<SecretRef>>> orphanedSecrets(storage::StorageService& storage, secrets::SecretStore& secrets,
                                                        const QString& profileDirectory);

} // namespace sb::runtime
