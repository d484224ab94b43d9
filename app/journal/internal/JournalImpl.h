// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/Journal.h"
#include "journal/internal/DeliveryIndex.h"
#include "journal/internal/Directory.h"
#include "journal/internal/Segment.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

namespace sb::journal {

enum class Kind { Open, Close, Ack };

/// A record on its way into the file.
struct Queued {
    Kind kind = Kind::Open;
    std::uint64_t sequence = 0;
    EventId id;
    Timestamp time{};
    std::size_t offset = 0; ///< of the frame in its batch
    std::uint32_t size = 0;
    std::shared_ptr<const std::string> payload = {}; ///< stays in memory: there is no frame
    std::uint64_t before = 0; ///< what was in memory under this number goes to the disk; 0: nothing
};

/// Frames that go out in one write.
struct Batch {
    std::string frames;
    std::vector<Queued> records;
    bool done = false;
    std::optional<Error> error; ///< the frames could not be written ...
    bool kept = false;          ///< ... and the disk is full: their CLOSEs are in memory
};

struct ActiveSegment {
    std::shared_ptr<File> file;
    std::uint64_t number = 0;
    std::uint64_t size = 0;
};

/// The journal as it is written: one mutex, one thread that syncs, and whichever appending thread writes for all.
class Journal::Impl {
public:
    Impl(JournalOptions journalOptions, Directory journalDirectory, LogSink& logSink);
    ~Impl();

    Result<std::uint64_t> append(Kind kind, std::string_view payload, const EventId& id, Timestamp time,
                                 WhenFull whenFull = WhenFull::Refuse);
    bool isFull() const { return lowOnSpace || syncFailed; }
    std::size_t inMemory() const { return m_openInMemory.size() + index.countInMemory(); }
    Result<ActiveSegment> createSegment(std::uint64_t firstSequence);
    void startSync();
    Result<void> syncNow(std::unique_lock<std::mutex>& lock);

    const JournalOptions options;
    const Directory directory;
    LogSink& log;
    const std::uint64_t salt;
    std::function<void()> notify;

    mutable std::mutex mutex;
    std::condition_variable batchDone;
    DeliveryIndex index;
    std::map<std::uint64_t, std::uint64_t> sizes; ///< finished segments: number -> bytes
    ActiveSegment active;                         ///< `file` and `number` change only while `writing` is held
    std::uint64_t nextSequence = 1;
    std::uint64_t nextSegment = 1;
    bool lowOnSpace = false;
    bool syncFailed = false;
    bool acknowledgeLater = false; ///< the ACK did not fit

private:
    // JournalAppend.cpp: records on their way into the active segment
    Result<std::uint64_t> openInMemory(const EventId& id, WhenFull whenFull);
    void lead(std::unique_lock<std::mutex>& lock);
    void writeBatch(std::unique_lock<std::mutex>& lock, Batch& batch);
    void finish(Batch& batch, int failed);
    int writeFrames(std::unique_lock<std::mutex>& lock, Batch& batch);

    // JournalSync.cpp: onto the disk, and what happens while the disk takes nothing
    void flushMemory(std::unique_lock<std::mutex>& lock);
    void enterLowSpace(std::unique_lock<std::mutex>& lock);
    void leaveLowSpace(std::unique_lock<std::mutex>& lock);
    Result<void> rewriteUnsynced(std::unique_lock<std::mutex>& lock);
    void syncLoop();

    std::unordered_set<EventId> m_openInMemory; ///< requests under way whose OPEN the disk did not take
    std::shared_ptr<Batch> m_gathering = std::make_shared<Batch>();
    bool m_writing = false; ///< one thread writes for all; it may drop the mutex meanwhile

    // What the next fdatasync covers.
    std::string m_unsynced; ///< frames since the last good sync, to be written again should it fail
    std::vector<std::shared_ptr<File>> m_unsyncedFiles; ///< finished segments
    bool m_directoryChanged = false;
    std::condition_variable m_syncWanted;
    bool m_stopping = false;
    std::thread syncThread;
};

} // namespace sb::journal
