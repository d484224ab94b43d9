// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Journal.h"

#include "base/Random.h"
#include "base/ThreadName.h"
#include "journal/internal/DeliveryIndex.h"
#include "journal/internal/Directory.h"
#include "journal/internal/Replay.h"
#include "journal/internal/Segment.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

#include <fcntl.h>
#include <unistd.h>

namespace sb::journal {

namespace {

constexpr std::size_t kFlushBytes = 1u << 20; ///< of records in memory, per write

std::uint64_t randomSalt()
{
    SystemRandom random;
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t salt = 0;
    std::memcpy(&salt, bytes.data(), bytes.size());
    return salt;
}

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

} // namespace

class Journal::Impl {
public:
    Impl(JournalOptions journalOptions, Directory journalDirectory, LogSink& logSink)
        : options(std::move(journalOptions)), directory(std::move(journalDirectory)), log(logSink), salt(randomSalt())
    {
    }
    ~Impl();

    Result<std::uint64_t> append(Kind kind, std::string_view payload, const EventId& id, Timestamp time,
                                 WhenFull whenFull = WhenFull::Refuse);
    bool isFull() const { return lowOnSpace || syncFailed; }
    std::size_t inMemory() const { return m_openInMemory.size() + index.countInMemory(); }
    Result<ActiveSegment> createSegment(std::uint64_t firstSequence);
    void startSync()
    {
        syncThread = std::thread([this] {
            nameThisThread("journal-sync");
            syncLoop();
        });
    }
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
    Result<std::uint64_t> openInMemory(const EventId& id, WhenFull whenFull);
    void lead(std::unique_lock<std::mutex>& lock);
    void finish(Batch& batch, int failed);
    void flushMemory(std::unique_lock<std::mutex>& lock);
    void writeBatch(std::unique_lock<std::mutex>& lock, Batch& batch);
    int writeFrames(std::unique_lock<std::mutex>& lock, Batch& batch);
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

Journal::Journal(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options, const Clock& clock, LogSink& log,
                                               Recovery& recovery)
{
    auto directory = Directory::open(options.directory);
    if (!directory)
        return std::move(directory).error();
    auto impl = std::make_unique<Impl>(std::move(options), *std::move(directory), log);

    auto found = replay(impl->directory, log);
    if (!found)
        return std::move(found).error();
    impl->index = std::move(found->index);
    impl->sizes = std::move(found->segmentSizes);
    impl->nextSequence = found->nextSequence;
    impl->nextSegment = found->nextSegment;
    auto segment = impl->createSegment(impl->nextSequence);
    if (!segment)
        return std::move(segment).error();
    impl->active = *std::move(segment);
    if (impl->options.reserveBytes > 0 && !impl->directory.takeReserve(impl->options.reserveBytes))
        log.write(LogLevel::Warning, "journal", "no space could be reserved for a full disk");

    for (const auto& attempts : found->orphans) {
        const CloseRecord close = closeAtBound(attempts, clock.now());
        if (auto closed = impl->append(Kind::Close, encode(close), close.record.id, close.record.time); !closed)
            return std::move(closed).error();
    }
    if (::fdatasync(impl->active.file->fd()) != 0)
        return systemError("cannot sync the journal", errno);
    if (auto synced = impl->directory.sync(); !synced)
        return std::move(synced).error();

    recovery.undelivered = impl->index.undelivered();
    recovery.orphans = found->orphans.size();
    recovery.highestClose = impl->nextSequence > found->nextSequence ? impl->nextSequence - 1 : found->highestClose;
    recovery.damage = found->damage;
    impl->startSync();
    return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

Result<std::uint64_t> Journal::append(const OpenRecord& record, WhenFull whenFull)
{
    return m_impl->append(Kind::Open, encode(record), record.id, record.time, whenFull);
}

Result<std::uint64_t> Journal::append(const CloseRecord& record)
{
    auto sequence = m_impl->append(Kind::Close, encode(record), record.record.id, record.record.time);
    if (sequence && m_impl->notify)
        m_impl->notify();
    return sequence;
}

Result<std::vector<Journal::Pending>> Journal::pending(std::uint64_t after, std::size_t limit) const
{
    std::vector<DeliveryIndex::Entry> entries;
    std::shared_ptr<File> file;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_impl->mutex);
        entries = m_impl->index.after(after, limit);
        file = m_impl->active.file;
        number = m_impl->active.number;
    }
    std::vector<Pending> result;
    result.reserve(entries.size());
    std::string frame;
    for (const DeliveryIndex::Entry& entry : entries) {
        if (!entry.payload && entry.segment != number) {
            const auto path = m_impl->directory.segmentPath(entry.segment);
            file = std::make_shared<File>(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
            if (!file->isOpen())
                return systemError("cannot open " + path.string(), errno);
            number = entry.segment;
        }
        std::string_view payload;
        if (entry.payload) {
            payload = *entry.payload;
        } else {
            frame.resize(entry.size);
            const ssize_t got = ::pread(file->fd(), frame.data(), frame.size(), static_cast<off_t>(entry.offset));
            if (got < 0)
                return systemError("cannot read the journal", errno);
            if (static_cast<std::size_t>(got) != frame.size())
                return Error{ErrorCode::Corrupt, "a journal segment is shorter than it was"};
            payload = std::string_view(frame).substr(kFrameHeadBytes);
        }
        auto record = decode(payload);
        if (!record)
            return std::move(record).error();
        auto* close = std::get_if<CloseRecord>(&*record);
        if (close == nullptr)
            return Error{ErrorCode::Corrupt, "a journal record is not what was written"};
        result.push_back({entry.sequence, std::move(*close)});
    }
    return result;
}

Result<void> Journal::acknowledge(std::uint64_t sequence)
{
    const auto written = m_impl->append(Kind::Ack, encode(AckRecord{sequence}), {}, {});
    std::vector<std::uint64_t> disposable;
    {
        const std::lock_guard lock(m_impl->mutex);
        if (!written && !m_impl->isFull())
            return written.error();
        m_impl->acknowledgeLater = m_impl->acknowledgeLater || !written;
        m_impl->index.acknowledged(sequence);
        const std::uint64_t needed = m_impl->index.oldestNeeded(m_impl->active.number);
        while (!m_impl->sizes.empty() && m_impl->sizes.begin()->first < needed) {
            disposable.push_back(m_impl->sizes.begin()->first);
            m_impl->sizes.erase(m_impl->sizes.begin());
        }
    }
    for (const std::uint64_t number : disposable) // oldest first, so that a CLOSE never goes before its OPEN
        ::unlink(m_impl->directory.segmentPath(number).c_str());
    return {};
}

void Journal::onClose(std::function<void()> notify)
{
    m_impl->notify = std::move(notify);
}

Journal::Depth Journal::depth() const
{
    const std::lock_guard lock(m_impl->mutex);
    Depth depth;
    depth.undelivered = m_impl->index.undelivered();
    depth.oldest = m_impl->index.oldest();
    depth.bytes = m_impl->active.size;
    for (const auto& [number, size] : m_impl->sizes)
        depth.bytes += size;
    depth.isFull = m_impl->isFull();
    depth.inMemory = m_impl->inMemory();
    return depth;
}

} // namespace sb::journal
