// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/JournalRecord.h"
#include "storage/DbSession.h"

namespace sb::storage {

/// Keeps a record that the database refused, whole and with the reason, so that nothing is lost and the rest goes on. A
/// transaction of its own; repeating it changes nothing.
Result<void> keepDeadLetter(DbSession& db, const journal::CloseRecord& close, const Error& reason);

} // namespace sb::storage
