// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LogSink.h"
#include "base/Result.h"
#include "journal/JournalRecord.h"
#include "journal/internal/DeliveryIndex.h"
#include "journal/internal/Directory.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sb::journal {

/// What the segments of earlier runs say.
struct Replay {
    DeliveryIndex index;
    std::map<std::uint64_t, std::uint64_t> segmentSizes; ///< number -> bytes
    std::vector<std::vector<OpenRecord>> orphans;        ///< per request without CLOSE, its OPENs in order
    std::uint64_t nextSequence = 1;
    std::uint64_t nextSegment = 1;
    std::uint64_t highestClose = 0;
    std::string damage; ///< empty, or one sentence per damaged segment
};

/// Reads all segments. Cuts the torn tail of the newest one; a segment damaged elsewhere is kept aside as `damaged-...`
/// and replaced by its good records, so that the next start finds it whole.
Result<Replay> replay(const Directory& directory, LogSink& log);

/// The CLOSE that books an orphan at its bound, flagged `recovered` and `estimated`: nobody knows how far it came.
CloseRecord closeAtBound(const std::vector<OpenRecord>& attempts, Timestamp now);

} // namespace sb::journal
