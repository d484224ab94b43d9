// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/DbSession.h"

#include <QVariantList>

#include <cstdint>

namespace sb::storage {

/// Inserts a row unless it is there, and returns its id. `insert` ends with ON CONFLICT … DO NOTHING, `select` finds
/// the id by `key`.
Result<std::int32_t> intern(DbSession& db, const QString& insert, const QVariantList& insertValues,
                            const QString& select, const QVariantList& key);

} // namespace sb::storage
