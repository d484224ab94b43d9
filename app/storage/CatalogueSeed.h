// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "storage/DbSession.h"

namespace sb::storage {

/// Fills tables model and price of a new database from resources/prices/{models,prices}.csv. Corrupt: a row of those
/// files cannot be read (the message names it).
Result<void> seedCatalogue(DbSession& db, Timestamp now);

} // namespace sb::storage
