// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "storage/DbSession.h"
#include "storage/usage/UsageDelta.h"

#include <span>
#include <vector>

/// The writer's statements: column arrays through UNNEST on PostgreSQL, prepared rows on SQLite. All inside the
/// caller's transaction.
namespace sb::storage::usagetables {

/// Inserts into req; returns for every fact whether it was new.
Result<std::vector<bool>> insertFacts(DbSession& db, std::span<const UsageFact> facts);
/// Rows of attempt and req_log, of facts that were new.
Result<void> insertAttempt(DbSession& db, const UsageFact& fact);
Result<void> insertLog(DbSession& db, const UsageFact& fact);
Result<void> addDelta(DbSession& db, const UsageDelta& delta);

/// PostgreSQL: the weekly partitions that `times` and the week after them need. In a transaction of its own.
Result<void> ensurePartitions(DbSession& db, std::span<const std::int64_t> weeks);
std::int64_t weekOf(std::int64_t timeUs);

} // namespace sb::storage::usagetables
