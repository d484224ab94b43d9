// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/LogSink.h"
#include "base/Result.h"
#include "journal/JournalRecord.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sb::journal {

struct JournalOptions {
    std::filesystem::path directory; ///< created 0700; segments are 0600
    std::uint64_t segmentBytes = 16ull << 20;
    std::chrono::milliseconds syncInterval{50};    ///< group commit of fdatasync, in its own thread
    std::chrono::milliseconds retryInterval{1000}; ///< of a full disk, of a failed sync, of records in memory
    std::uint64_t reserveBytes = 64ull << 20;      ///< preallocated, given back when the disk fills; 0: none
    std::size_t memoryEvents = 65'536;             ///< requests kept in memory while the disk is full
};

/// What becomes of a new request while the disk is full. Only one that no limit counts may be kept in memory: a crash
/// would forget it.
enum class WhenFull { Refuse, KeepInMemory };

/// What a previous run left behind.
struct Recovery {
    std::size_t undelivered = 0; ///< CLOSE records not acknowledged, orphans included: `pending` yields them
    std::size_t orphans = 0;     ///< OPENs without CLOSE, closed at their bound now
    std::uint64_t highestClose = 0;
    std::string damage; ///< empty, or what was found damaged and set aside
};

/// The append-only journal of one profile: the durable path of every usage record (design: limits and ledger, section
/// 5). Segments of framed records (length, CRC-32C, type, sequence, payload). `append` reaches the kernel before it
/// returns, so kill -9 loses nothing; fdatasync follows within `syncInterval`. Appends of several threads share one
/// write. Thread-safe. One process per directory (file lock).
///
/// Disk full: the reserve is given back and the CLOSEs of requests under way still fit. New requests are refused or, as
/// `WhenFull` says, kept in memory up to `memoryEvents`; what has ended is delivered from there, too, and goes to the
/// disk as soon as there is space: it works again by itself. A failed fdatasync is never taken for a success later: the
/// records since the last good one are written again to a new segment, and until that has worked all is as if the disk
/// were full.
class Journal {
public:
    /// Locks the directory, reads what is there, cuts a torn tail, closes orphaned OPENs at their bound (and writes
    /// those CLOSEs). Conflict: another process has it. `clock` and `log` outlive the journal.
    static Result<std::unique_ptr<Journal>> open(JournalOptions options, const Clock& clock, LogSink& log,
                                                 Recovery& recovery);
    ~Journal();

    /// Returns the record's sequence number. Unavailable: disk full (field "disk", logged once for as long as it lasts)
    /// or write failed; nothing was written.
    /// InvalidArgument: the record is larger than a frame may be (1 MiB).
    Result<std::uint64_t> append(const OpenRecord& record, WhenFull whenFull = WhenFull::Refuse);
    /// The end of a request whose OPEN was accepted is kept in any case while the disk is full; of one that never had
    /// an OPEN if there is room in memory.
    Result<std::uint64_t> append(const CloseRecord& record);

    /// CLOSE records that are not yet acknowledged, oldest first, at most `limit`, starting after `after`.
    struct Pending {
        std::uint64_t sequence = 0;
        CloseRecord close;
    };
    Result<std::vector<Pending>> pending(std::uint64_t after, std::size_t limit) const;

    /// After the database committed. The oldest segments are deleted as far as they hold nothing undelivered or open.
    /// Good also on a full disk: the ACK follows when there is space, and a crash before it only repeats a delivery.
    Result<void> acknowledge(std::uint64_t sequence);

    /// Called (from the appending thread, must not block) whenever a CLOSE was appended. Set it before the first
    /// append.
    void onClose(std::function<void()> notify);

    struct Depth {
        std::uint64_t undelivered = 0;
        std::optional<Timestamp> oldest;
        std::uint64_t bytes = 0;
        bool isFull = false;        ///< the disk takes nothing new
        std::uint64_t inMemory = 0; ///< requests that are not on the disk, running ones included
    };
    Depth depth() const;

private:
    class Impl;
    explicit Journal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::journal
