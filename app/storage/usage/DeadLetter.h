// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "journal/JournalRecord.h"
#include "storage/DbSession.h"

#include <optional>
#include <vector>

namespace sb::storage {

/// Keeps a record that the database refused, whole and with the reason, so that nothing is lost and the rest goes on.
/// Keeping it again notes the newer reason.
Result<void> keepDeadLetter(DbSession& db, const journal::CloseRecord& close, const Error& reason);

struct DeadLetter {
    EventId id;
    std::optional<journal::CloseRecord> close; ///< absent: written in a form that is not understood any more
};

/// In the order of their ids, from the one after `after`.
Result<std::vector<DeadLetter>> deadLettersAfter(DbSession& db, const EventId& after, int count);
Result<void> removeDeadLetter(DbSession& db, const EventId& id);

} // namespace sb::storage
