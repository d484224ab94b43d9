// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/SecretRef.h"
#include "settings/AppSettings.h"
#include "storage/DatabaseUrl.h"
#include "storage/StorageService.h"

#include <QString>

namespace sb::runtime {

/// Which database a program works on: command line > environment > stored setting > SQLite in the profile.
struct DatabaseAddress {
    storage::DatabaseUrl url;
    SecretRef password; ///< a stored address has none in it: where to fetch it; none: nothing to fetch

    /// InvalidArgument: what was given is no address.
    static Result<DatabaseAddress> read(const settings::AppSettings& settings, const QString& profileDirectory);
};

/// How many connections read `url` at once, and whether statements are logged: DB_POOL_SIZE and DB_ECHO.
storage::StorageOptions storageOptions(const settings::AppSettings& settings, storage::DatabaseUrl url);

} // namespace sb::runtime
