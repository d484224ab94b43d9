// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/LogSink.h"
#include "base/Result.h"
#include "journal/JournalRecord.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace sb::journal {

struct JournalOptions {
    std::filesystem::path directory; ///< created 0700; segments are 0600
    std::uint64_t segmentBytes = 16ull << 20;
    std::chrono::milliseconds syncInterval{50}; ///< group commit of fdatasync, in its own thread
};

/// What a previous run left behind.
struct Recovery {
    std::vector<CloseRecord> undelivered; ///< closed, not acknowledged; orphaned OPENs are closed at their bound and included
    std::size_t orphans = 0;              ///< how many of them were orphans
    std::uint64_t highestClose = 0;
    std::string damage; ///< empty, or what was found damaged and set aside
};

/// The append-only journal of one profile: the durable path of every usage record (design: limits and ledger, section 5).
/// Segments of framed records (length, CRC-32C, type, sequence, payload). `append` reaches the kernel before it returns, so
/// kill -9 loses nothing; fdatasync follows within `syncInterval`. Thread-safe. One process per directory (file lock).
class Journal {
public:
    /// Locks the directory, reads what is there, cuts a torn tail, closes orphaned OPENs at their bound (and writes those CLOSEs).
    static Result<std::unique_ptr<Journal>> open(JournalOptions options, const Clock& clock, LogSink& log, Recovery& recovery);
    ~Journal();

    /// Returns the record's sequence number. Unavailable: disk full or write failed; nothing was written.
    Result<std::uint64_t> append(const OpenRecord& record);
    Result<std::uint64_t> append(const CloseRecord& record);

    /// CLOSE records that are not yet acknowledged, oldest first, at most `limit`, starting after `after`.
    struct Pending {
        std::uint64_t sequence = 0;
        CloseRecord close;
    };
    Result<std::vector<Pending>> pending(std::uint64_t after, std::size_t limit) const;

    /// After the database committed. Fully delivered segments without open requests are deleted.
    Result<void> acknowledge(std::uint64_t sequence);

    /// Called (from the appending thread, must not block) whenever a CLOSE was appended.
    void onClose(std::function<void()> notify);

    struct Depth {
        std::uint64_t undelivered = 0;
        std::optional<Timestamp> oldest;
        std::uint64_t bytes = 0;
    };
    Depth depth() const;

private:
    class Impl;
    explicit Journal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::journal
