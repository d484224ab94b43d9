// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/Journal.h"

#include "base/Random.h"
#include "journal/internal/JournalImpl.h"
#include "journal/internal/Replay.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace sb::journal {

namespace {

std::uint64_t randomSalt()
{
    SystemRandom random;
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t salt = 0;
    std::memcpy(&salt, bytes.data(), bytes.size());
    return salt;
}

} // namespace

Journal::Impl::Impl(JournalOptions journalOptions, Directory journalDirectory, LogSink& logSink)
    : options(std::move(journalOptions)), directory(std::move(journalDirectory)), log(logSink), salt(randomSalt())
{
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
