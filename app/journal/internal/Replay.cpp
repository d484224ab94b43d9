// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/internal/Replay.h"

#include "journal/internal/Segment.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <unordered_map>

#include <unistd.h>

namespace sb::journal {

namespace {

/// A good frame whose record can be read.
struct Entry {
    Frame frame;
    Record record;
};

class Reader {
public:
    Reader(const Directory& directory, LogSink& log, Replay& result)
        : m_directory(directory), m_log(log), m_result(result)
    {
    }

    Result<void> read(std::uint64_t number, bool isNewest);
    void finish();

private:
    void take(std::uint64_t number, const Entry& entry);
    Result<void> setAside(std::uint64_t number, const std::string& bytes, const std::vector<Entry>& good,
                          const std::string& what);

    const Directory& m_directory;
    LogSink& m_log;
    Replay& m_result;
    std::uint64_t m_lastSequence = 0;
    std::unordered_map<EventId, std::vector<OpenRecord>> m_open;
};

Result<void> Reader::read(std::uint64_t number, bool isNewest)
{
    const auto path = m_directory.segmentPath(number);
    const auto bytes = m_directory.read(path);
    if (!bytes)
        return bytes.error();
    m_result.nextSegment = number + 1;

    const SegmentScan scan = scanSegment(*bytes);
    if (!scan.header) {
        const bool neverUsed = bytes->size() <= kHeaderBytes || bytes->find_first_not_of('\0') == std::string::npos;
        if (isNewest && neverUsed) { // the power went while the file was being created
            if (::unlink(path.c_str()) != 0)
                return systemError("cannot delete " + path.string(), errno);
            return {};
        }
        return setAside(number, *bytes, {}, "its header is unreadable");
    }
    m_result.nextSequence = std::max(m_result.nextSequence, scan.header->firstSequence);

    std::vector<Entry> good;
    std::size_t unreadable = 0;
    for (const Frame& frame : scan.frames) {
        if (auto record = decode(frame.payload))
            good.push_back({frame, *std::move(record)});
        else
            unreadable += frame.size;
    }
    const std::size_t tail = bytes->size() - scan.goodEnd;
    const std::size_t damaged = scan.damagedBytes + unreadable + (isNewest ? 0 : tail);
    if (damaged > 0) {
        if (auto aside = setAside(number, *bytes, good, std::to_string(damaged) + " bytes are unreadable"); !aside)
            return aside;
        return {};
    }
    if (tail > 0) {
        m_log.write(LogLevel::Info, "journal",
                    "cut a torn tail of " + std::to_string(tail) + " bytes from " + path.string());
        if (::truncate(path.c_str(), static_cast<off_t>(scan.goodEnd)) != 0)
            return systemError("cannot cut the torn tail of " + path.string(), errno);
    }
    m_result.segmentSizes[number] = scan.goodEnd;
    for (const Entry& entry : good)
        take(number, entry);
    return {};
}

Result<void> Reader::setAside(std::uint64_t number, const std::string& bytes, const std::vector<Entry>& good,
                              const std::string& what)
{
    const auto path = m_directory.segmentPath(number);
    auto aside = path.parent_path() / ("damaged-" + path.filename().string());
    for (int copy = 2; std::filesystem::exists(aside); ++copy)
        aside.replace_filename("damaged-" + std::to_string(copy) + "-" + path.filename().string());
    const auto replacement = path.parent_path() / (path.filename().string() + ".new");

    const SegmentHeader header{decodeHeader(bytes).value_or(SegmentHeader{}).salt,
                               good.empty() ? m_result.nextSequence : good.front().frame.sequence};
    std::string repaired = encodeHeader(header);
    std::vector<Entry> moved = good;
    for (Entry& entry : moved) {
        const std::size_t from = entry.frame.offset;
        entry.frame.offset = repaired.size();
        repaired.append(bytes, from, entry.frame.size);
    }
    ::unlink(replacement.c_str()); // left by a run that ended right here
    auto file = m_directory.create(replacement);
    if (!file)
        return file.error();
    if (const int failed = writeAll(file->fd(), repaired, 0))
        return systemError("cannot write " + replacement.string(), failed);
    // The damaged original keeps a name at every moment: first the second name, then the exchange.
    if (::fsync(file->fd()) != 0 || ::link(path.c_str(), aside.c_str()) != 0 ||
        ::rename(replacement.c_str(), path.c_str()) != 0)
        return systemError("cannot set " + path.string() + " aside", errno);
    if (auto synced = m_directory.sync(); !synced)
        return synced;

    const std::string sentence = path.filename().string() + ": " + what + "; " + std::to_string(good.size()) +
                                 " records were read, the file is kept as " + aside.filename().string() + ".";
    m_log.write(LogLevel::Error, "journal", sentence);
    m_result.damage += (m_result.damage.empty() ? "" : " ") + sentence;
    m_result.segmentSizes[number] = repaired.size();
    for (const Entry& entry : moved)
        take(number, entry);
    return {};
}

void Reader::take(std::uint64_t number, const Entry& entry)
{
    const std::uint64_t sequence = entry.frame.sequence;
    if (sequence <= m_lastSequence) // written again after a failed sync
        return;
    m_lastSequence = sequence;
    m_result.nextSequence = std::max(m_result.nextSequence, sequence + 1);
    if (const auto* open = std::get_if<OpenRecord>(&entry.record)) {
        m_open[open->id].push_back(*open);
        m_result.index.opened(open->id, number);
    } else if (const auto* close = std::get_if<CloseRecord>(&entry.record)) {
        m_open.erase(close->record.id);
        m_result.highestClose = sequence;
        m_result.index.closed(close->record.id, {sequence, number, entry.frame.offset,
                                                 static_cast<std::uint32_t>(entry.frame.size), close->record.time});
    } else {
        m_result.index.acknowledged(std::get<AckRecord>(entry.record).sequence);
    }
}

void Reader::finish()
{
    for (auto& [id, attempts] : m_open)
        m_result.orphans.push_back(std::move(attempts));
    std::sort(m_result.orphans.begin(), m_result.orphans.end(), [](const auto& a, const auto& b) {
        return std::pair(a.front().time, a.front().id) < std::pair(b.front().time, b.front().id);
    });
}

} // namespace

Result<Replay> replay(const Directory& directory, LogSink& log)
{
    const auto numbers = directory.segments();
    if (!numbers)
        return numbers.error();
    Replay result;
    Reader reader(directory, log, result);
    for (const std::uint64_t number : *numbers) {
        if (auto read = reader.read(number, number == numbers->back()); !read)
            return std::move(read).error();
    }
    reader.finish();
    return result;
}

CloseRecord closeAtBound(const std::vector<OpenRecord>& attempts, Timestamp now)
{
    const OpenRecord& last = attempts.back();
    CloseRecord close;
    close.record = last.bound; // the last attempt's OPEN knows what the earlier ones cost
    UsageRecord& record = close.record;
    const auto timeout = std::clamp<std::chrono::microseconds>(std::chrono::microseconds{last.timeoutMicros},
                                                               std::chrono::microseconds{0}, std::chrono::days{1});
    const Timestamp latest = last.time + timeout;
    const auto lasted = std::chrono::floor<std::chrono::milliseconds>(std::min(now, latest) - record.time).count();
    record.id = last.id;
    record.status = RequestStatus::GatewayError;
    record.errorText = "the gateway stopped before the request ended; booked at its bound";
    record.httpStatus = 0;
    record.usage.source = UsageSource::Estimated;
    record.latencyMs =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(lasted, 0, std::numeric_limits<std::int32_t>::max()));
    record.attempts = std::max(record.attempts, last.attempt);
    record.flags.recovered = true;

    // Every attempt's hold counts: what an earlier one really used is not known here, and too much is the safe side.
    for (const OpenRecord& attempt : attempts)
        addHolds(close.booked, attempt.holds);
    return close;
}

} // namespace sb::journal
