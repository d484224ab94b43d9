// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/internal/JournalImpl.h"

#include "base/ThreadName.h"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace sb::journal {

namespace {

constexpr std::size_t kFlushBytes = 1u << 20; ///< of records in memory, per write

} // namespace

void Journal::Impl::startSync()
{
    syncThread = std::thread([this] {
        nameThisThread("journal-sync");
        syncLoop();
    });
}

Journal::Impl::~Impl()
{
    {
        const std::lock_guard lock(mutex);
        m_stopping = true;
    }
    m_syncWanted.notify_all();
    if (syncThread.joinable())
        syncThread.join();
}

/// Records that the disk did not take go to it, now that it takes something again.
void Journal::Impl::flushMemory(std::unique_lock<std::mutex>& lock)
{
    while (!isFull() && index.countInMemory() > 0) {
        batchDone.wait(lock, [this] { return !m_writing; });
        Batch& batch = *m_gathering;
        for (const DeliveryIndex::Entry& entry : index.inMemory(kFlushBytes)) {
            Queued record{Kind::Close, nextSequence++, {}, entry.time, batch.frames.size()};
            appendFrame(batch.frames, record.sequence, *entry.payload);
            record.size = static_cast<std::uint32_t>(batch.frames.size() - record.offset);
            record.before = entry.sequence;
            batch.records.push_back(std::move(record));
        }
        const auto leading = m_gathering;
        lead(lock);
        if (leading->error) {
            log.write(LogLevel::Error, "journal", leading->error->what);
            return;
        }
    }
    if (!isFull() && acknowledgeLater) {
        acknowledgeLater = false;
        const std::uint64_t sequence = index.acknowledgedUpTo();
        lock.unlock();
        const auto written = append(Kind::Ack, encode(AckRecord{sequence}), {}, {});
        lock.lock();
        acknowledgeLater = acknowledgeLater || !written;
    }
}

void Journal::Impl::enterLowSpace(std::unique_lock<std::mutex>& lock)
{
    lowOnSpace = true;
    lock.unlock();
    const bool freed = directory.releaseReserve();
    log.write(LogLevel::Error, "journal",
              freed ? "the disk is full: requests that a limit counts are refused, those under way use the reserve"
                    : "the disk is full and there is no reserve: requests that a limit counts are refused");
    lock.lock();
    m_syncWanted.notify_one();
}

void Journal::Impl::leaveLowSpace(std::unique_lock<std::mutex>& lock)
{
    lock.unlock();
    // Without a reserve of its own the journal asks for as much room before it believes in it.
    const bool room = directory.takeReserve(std::max<std::uint64_t>(options.reserveBytes, 1));
    if (room && options.reserveBytes == 0)
        directory.releaseReserve();
    if (room)
        log.write(LogLevel::Info, "journal", "there is space on the disk again");
    lock.lock();
    lowOnSpace = !room;
}

/// One group commit; called with the mutex, which it drops while the disk works.
Result<void> Journal::Impl::syncNow(std::unique_lock<std::mutex>& lock)
{
    std::string covered;
    covered.swap(m_unsynced);
    auto files = std::exchange(m_unsyncedFiles, {});
    files.push_back(active.file);
    const bool directoryChanged = std::exchange(m_directoryChanged, false);

    lock.unlock();
    int failed = 0;
    for (const auto& file : files)
        if (failed == 0 && ::fdatasync(file->fd()) != 0)
            failed = errno;
    if (failed == 0 && directoryChanged)
        if (const auto synced = directory.sync(); !synced)
            failed = EIO;
    lock.lock();
    if (failed == 0)
        return {};
    m_unsynced.insert(0, covered);
    m_directoryChanged = true;
    syncFailed = true;
    return systemError("cannot sync the journal", failed);
}

/// After a failed sync nobody knows which pages reached the disk: everything since the last good one goes to a new
/// segment.
Result<void> Journal::Impl::rewriteUnsynced(std::unique_lock<std::mutex>& lock)
{
    batchDone.wait(lock, [this] { return !m_writing; });
    m_writing = true;
    const auto release = [this] {
        m_writing = false;
        batchDone.notify_all();
    };
    const std::string frames = m_unsynced;
    const auto first = frameAt(frames, 0, salt);
    auto next = createSegment(first ? first->sequence : nextSequence);
    if (!next) {
        release();
        return std::move(next).error();
    }
    lock.unlock();
    int failed = writeAll(next->file->fd(), frames, kHeaderBytes);
    if (failed == 0 && (::fdatasync(next->file->fd()) != 0 || !directory.sync()))
        failed = errno;
    lock.lock();
    if (failed != 0) {
        ::unlink(directory.segmentPath(next->number).c_str());
        release();
        return systemError("cannot write the journal again", failed);
    }
    sizes[active.number] = active.size;
    active = *std::move(next);
    active.size += frames.size();
    for (auto frame = first; frame; frame = frameAt(frames, frame->offset + frame->size, salt))
        index.moved(frame->sequence, active.number, kHeaderBytes + frame->offset);
    m_unsynced.clear();
    m_unsyncedFiles.clear();
    m_directoryChanged = false;
    syncFailed = false;
    release();
    return {};
}

void Journal::Impl::syncLoop()
{
    std::unique_lock lock(mutex);
    while (!m_stopping) {
        const bool owes = index.countInMemory() > 0 || acknowledgeLater;
        if (isFull() || owes)
            m_syncWanted.wait_for(lock, options.retryInterval, [this] { return m_stopping; });
        else
            m_syncWanted.wait(lock, [this] { return m_stopping || lowOnSpace || !m_unsynced.empty(); });
        if (m_stopping)
            break;
        if (syncFailed) {
            if (const auto rewritten = rewriteUnsynced(lock); rewritten) {
                log.write(LogLevel::Info, "journal", "the journal is written to the disk again");
            } else {
                log.write(LogLevel::Error, "journal", rewritten.error().what);
                if (rewritten.error().field == "disk" && !lowOnSpace)
                    enterLowSpace(lock);
            }
        }
        if (!m_unsynced.empty() && !syncFailed) {
            m_syncWanted.wait_for(lock, options.syncInterval, [this] { return m_stopping; });
            if (const auto synced = syncNow(lock); !synced)
                log.write(LogLevel::Error, "journal", synced.error().what);
        }
        if (lowOnSpace && !syncFailed && !m_stopping)
            leaveLowSpace(lock);
        flushMemory(lock);
    }
    lowOnSpace = false; // at the end it need only fit, without a reserve
    flushMemory(lock);
    if (const std::size_t lost = index.countInMemory(); lost > 0)
        log.write(LogLevel::Error, "journal",
                  std::to_string(lost) + " requests were neither delivered nor recorded: the disk is full");
    if (!m_unsynced.empty() && !syncFailed)
        if (const auto synced = syncNow(lock); !synced)
            log.write(LogLevel::Error, "journal", synced.error().what);
}

} // namespace sb::journal
