// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/internal/JournalImpl.h"

#include <unistd.h>

namespace sb::journal {

Result<ActiveSegment> Journal::Impl::createSegment(std::uint64_t firstSequence)
{
    const std::uint64_t number = nextSegment++;
    const auto path = directory.segmentPath(number);
    auto file = directory.create(path);
    if (!file)
        return std::move(file).error();
    if (const int failed = writeAll(file->fd(), encodeHeader({salt, firstSequence}), 0)) {
        ::unlink(path.c_str());
        return systemError("cannot write " + path.string(), failed);
    }
    return ActiveSegment{std::make_shared<File>(*std::move(file)), number, kHeaderBytes};
}

Result<std::uint64_t> Journal::Impl::append(Kind kind, std::string_view payload, const EventId& id, Timestamp time,
                                            WhenFull whenFull)
{
    if (payload.size() > kMaxPayloadBytes)
        return Error{ErrorCode::InvalidArgument, "the record is larger than a journal frame may be"};
    std::unique_lock lock(mutex);
    if (isFull() && kind == Kind::Open)
        return openInMemory(id, whenFull);
    if (syncFailed && kind == Kind::Ack)
        return Error{ErrorCode::Unavailable, "the journal could not be written to the disk"};
    // What is left of the disk belongs to the requests that are open on it.
    const bool keepInMemory = isFull() && kind == Kind::Close && (syncFailed || !index.isOpen(id));
    const bool hasPlace = (kind == Kind::Close && m_openInMemory.erase(id) > 0) || index.isOpen(id);
    if (keepInMemory && !hasPlace && inMemory() >= options.memoryEvents)
        return Error{ErrorCode::Unavailable, "the disk is full, and so is what may be kept in memory", "disk"};

    const auto batch = m_gathering;
    Queued record{kind, nextSequence++, id, time};
    const std::uint64_t sequence = record.sequence;
    if (keepInMemory) {
        record.payload = std::make_shared<const std::string>(payload);
    } else {
        record.offset = batch->frames.size();
        appendFrame(batch->frames, sequence, payload);
        record.size = static_cast<std::uint32_t>(batch->frames.size() - record.offset);
    }
    batch->records.push_back(std::move(record));

    // Whoever finds nobody writing writes for all that gathered meanwhile; the others wait for their batch.
    batchDone.wait(lock, [&] { return batch->done || !m_writing; });
    if (!batch->done)
        lead(lock);
    if (!batch->error || keepInMemory)
        return sequence;
    if (batch->kept && kind == Kind::Open)
        return openInMemory(id, whenFull);
    if (batch->kept && kind == Kind::Close)
        return sequence;
    return *batch->error;
}

Result<std::uint64_t> Journal::Impl::openInMemory(const EventId& id, WhenFull whenFull)
{
    if (whenFull == WhenFull::Refuse)
        return Error{ErrorCode::Unavailable, "the disk is full", "disk"};
    if (inMemory() >= options.memoryEvents)
        return Error{ErrorCode::Unavailable, "the disk is full, and so is what may be kept in memory", "disk"};
    m_openInMemory.insert(id);
    return nextSequence++;
}

/// Writes everything that has gathered.
void Journal::Impl::lead(std::unique_lock<std::mutex>& lock)
{
    const auto batch = std::exchange(m_gathering, std::make_shared<Batch>());
    m_writing = true;
    writeBatch(lock, *batch);
    m_writing = false;
    batch->done = true;
    batchDone.notify_all();
}

void Journal::Impl::writeBatch(std::unique_lock<std::mutex>& lock, Batch& batch)
{
    int failed = writeFrames(lock, batch);
    if (isSpace(failed) && !lowOnSpace) {
        enterLowSpace(lock);
        failed = writeFrames(lock, batch);
    }
    finish(batch, failed);
}

/// Tells the index where each record of a batch is now, in their order.
void Journal::Impl::finish(Batch& batch, int failed)
{
    const std::uint64_t start = active.size;
    if (failed != 0) {
        batch.error = systemError("cannot write the journal", failed);
        batch.kept = isFull();
    } else if (!batch.frames.empty()) {
        active.size += batch.frames.size();
        const bool firstSinceSync = m_unsynced.empty();
        m_unsynced += batch.frames;
        if (firstSinceSync) // afterwards the thread waits for its interval, and waking it would only cost
            m_syncWanted.notify_one();
    }
    std::vector<DeliveryIndex::Written> fromMemory;
    for (Queued& record : batch.records) {
        DeliveryIndex::Entry entry{record.sequence, active.number, start + record.offset, record.size, record.time};
        if (record.before != 0) {
            if (failed == 0)
                fromMemory.push_back({record.before, entry});
            continue;
        }
        if (failed != 0 && !record.payload) {
            // A request that is over stays over, even if the disk takes nothing at all.
            if (record.kind != Kind::Close || !batch.kept)
                continue;
            record.payload = std::make_shared<const std::string>(batch.frames, record.offset + kFrameHeadBytes,
                                                                 record.size - kFrameHeadBytes);
        }
        if (record.payload) {
            entry.segment = entry.offset = entry.size = 0;
            entry.payload = std::move(record.payload);
        }
        if (record.kind == Kind::Open) {
            index.opened(record.id, active.number);
        } else if (record.kind == Kind::Close) {
            index.closed(record.id, entry);
        }
    }
    index.written(fromMemory);
}

/// Writes the frames behind the active segment, or into a new one when it is full; leaves nothing half-written. An
/// error number, or 0.
int Journal::Impl::writeFrames(std::unique_lock<std::mutex>& lock, Batch& batch)
{
    if (batch.frames.empty())
        return 0;
    if (active.size > kHeaderBytes && active.size + batch.frames.size() > options.segmentBytes) {
        if (auto next = createSegment(batch.records.front().sequence)) {
            sizes[active.number] = active.size;
            m_unsyncedFiles.push_back(active.file);
            m_directoryChanged = true;
            active = *std::move(next);
        } else { // the old one simply grows on; a record is worth more than the size of a file
            log.write(LogLevel::Warning, "journal", next.error().what);
        }
    }
    const auto file = active.file;
    const std::uint64_t at = active.size;
    lock.unlock();
    sealFrames(batch.frames, salt);
    const int failed = writeAll(file->fd(), batch.frames, at);
    if (failed != 0 && ::ftruncate(file->fd(), static_cast<off_t>(at)) != 0)
        log.write(LogLevel::Error, "journal", "a half-written record could not be cut; the next one overwrites it");
    lock.lock();
    return failed;
}

} // namespace sb::journal
