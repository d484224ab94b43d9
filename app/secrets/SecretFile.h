// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <string>

namespace sb::secrets {

/// Secrets in files of their own. Blocking; any thread.
///
/// A file is trusted only when the open descriptor (not the path) is a regular file of this user that nobody else can
/// read or write; links are not followed. A final line break does not belong to the secret.
Result<Secret> readSecretFile(const std::string& path);

/// Writes beside and renames, so that readers see the old or the new secret; mode 0600 from the first moment.
Result<void> writeSecretFile(const std::string& path, const Secret& secret);

Result<void> removeSecretFile(const std::string& path);

} // namespace sb::secrets
