// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/UsageIngest.h"

#include "base/ThreadName.h"
#include "journal/Journal.h"
#include "storage/StorageService.h"
#include "storage/UsageWriter.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sb::runtime {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kBatch = 500;
constexpr std::size_t kBatchWhenBehind = 2000;
constexpr milliseconds kGather{250};
constexpr milliseconds kFirstRetry{250};
constexpr milliseconds kLongestRetry{5000};
constexpr milliseconds kPoll{2}; ///< of the storage's answer: a QFuture cannot be waited for and abandoned

/// Lives on the storage writer thread between batches; remade after every failure, since it remembers rows that it saw.
struct WriterSlot {
    std::unique_ptr<storage::UsageWriter> writer;
};

} // namespace

class UsageIngest::Impl {
public:
    Impl(journal::Journal& source, storage::StorageService& target, std::shared_ptr<const ZoneRules> rules,
         LogSink& logSink)
        : m_journal(source), m_storage(target), m_log(logSink), m_zone(std::move(rules))
    {
        m_journal.onClose([this] { wake(); });
        m_thread = std::thread([this] {
            nameThisThread("usage-bridge");
            run();
        });
    }

    ~Impl()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_changed.notify_all();
        m_thread.join();
        m_journal.onClose({});
    }

    void setZone(std::shared_ptr<const ZoneRules> rules)
    {
        const std::lock_guard lock(m_mutex);
        m_zone = std::move(rules);
        m_slot = std::make_shared<WriterSlot>();
    }

    bool drain(milliseconds timeout)
    {
        std::unique_lock lock(m_mutex);
        ++m_drains;
        m_changed.notify_all();
        const bool empty =
            m_changed.wait_for(lock, timeout, [this] { return m_stopping || m_journal.depth().undelivered == 0; });
        --m_drains;
        return empty && m_journal.depth().undelivered == 0;
    }

    std::optional<Error> lastError() const
    {
        const std::lock_guard lock(m_mutex);
        return m_error;
    }

private:
    /// On the gateway's hot path: only the first record after a pause takes the mutex.
    void wake()
    {
        if (m_signalled.exchange(true))
            return;
        {
            const std::lock_guard lock(m_mutex);
        }
        m_changed.notify_all();
    }

    void run()
    {
        milliseconds retry = kFirstRetry;
        while (waitForRecords()) {
            const Result<std::size_t> delivered = deliverBatch();
            std::unique_lock lock(m_mutex);
            if (delivered) {
                if (m_error)
                    m_log.write(LogLevel::Info, "ingest", "usage reaches the database again");
                m_error.reset();
                retry = kFirstRetry;
                m_changed.notify_all(); // for drain()
                lock.unlock();
                replayDeadLetters();
                continue;
            }
            if (!m_error && !m_stopping)
                m_log.write(LogLevel::Warning, "ingest", "usage stays in the journal: " + delivered.error().what);
            m_error = delivered.error();
            m_slot = std::make_shared<WriterSlot>();
            m_changed.wait_for(lock, retry, [this] { return m_stopping; });
            retry = std::min(retry * 2, kLongestRetry);
        }
    }

    /// Until there is something to deliver and a batch is full or old enough. False: stopping.
    bool waitForRecords()
    {
        std::unique_lock lock(m_mutex);
        const auto undelivered = [this] { return m_journal.depth().undelivered; };
        m_changed.wait(lock, [&] { return m_stopping || m_signalled.exchange(false) || undelivered() > 0; });
        m_changed.wait_for(lock, kGather,
                           [&] { return m_stopping || m_drains > 0 || m_error || undelivered() >= kBatch; });
        return !m_stopping;
    }

    Result<std::size_t> deliverBatch()
    {
        // After a failure a small one: where the records are at fault, it is halved until they are found.
        const bool hurry = !lastError() && m_journal.depth().undelivered > kBatchWhenBehind;
        const std::size_t size = hurry ? kBatchWhenBehind : kBatch;
        auto pending = m_journal.pending(m_delivered, size);
        if (!pending)
            return std::move(pending).error();
        if (!pending->empty()) {
            const std::uint64_t last = pending->back().sequence;
            auto batch = std::make_shared<std::vector<journal::CloseRecord>>();
            batch->reserve(pending->size());
            for (journal::Journal::Pending& record : *pending)
                batch->push_back(std::move(record.close));
            if (auto written = write(batch); !written)
                return std::move(written).error();
            m_delivered = last;
            m_storage.notifyUsageWritten();
        }
        if (m_acknowledged != m_delivered) {
            if (auto acknowledged = m_journal.acknowledge(m_delivered); !acknowledged)
                return std::move(acknowledged).error();
            m_acknowledged = m_delivered;
        }
        return pending->size();
    }

    Result<void> write(const std::shared_ptr<std::vector<journal::CloseRecord>>& batch)
    {
        const auto report = onWriter<storage::UsageWriter::Report>(
            [batch](storage::UsageWriter& writer, storage::DbSession& db) { return writer.write(db, *batch); });
        if (!report)
            return report.error();
        if (report->deadLettered > 0) {
            m_log.write(LogLevel::Error, "ingest",
                        std::to_string(report->deadLettered) +
                            " records were refused by the database and set aside; they are tried again at the next "
                            "start");
        }
        return {};
    }

    /// What an earlier run had to set aside; once, after the database took something, or nothing was to be delivered.
    void replayDeadLetters()
    {
        std::size_t stored = 0;
        while (m_replayAfter) {
            auto replay = onWriter<storage::UsageWriter::Replay>(
                [after = *m_replayAfter](storage::UsageWriter& writer, storage::DbSession& db) {
                    return writer.replayDeadLetters(db, after);
                });
            if (!replay) { // from the same page, after the next batch that is delivered
                const std::lock_guard lock(m_mutex);
                m_slot = std::make_shared<WriterSlot>();
                break;
            }
            stored += replay->stored;
            m_replayAfter = replay->last;
        }
        if (stored == 0)
            return;
        m_log.write(LogLevel::Info, "ingest",
                    std::to_string(stored) + " records that had been set aside are in the database now");
        m_storage.notifyUsageWritten();
    }

    template <class T>
    Result<T> onWriter(std::function<Result<T>(storage::UsageWriter&, storage::DbSession&)> work)
    {
        std::shared_ptr<WriterSlot> slot;
        std::shared_ptr<const ZoneRules> zone;
        {
            const std::lock_guard lock(m_mutex);
            slot = m_slot;
            zone = m_zone;
        }
        auto answer = m_storage.writeRaw([slot, zone, work = std::move(work)](storage::DbSession& db) {
            if (!slot->writer)
                slot->writer = std::make_unique<storage::UsageWriter>(zone);
            return work(*slot->writer, db);
        });
        std::unique_lock lock(m_mutex);
        while (!answer.isFinished() && !m_stopping)
            m_changed.wait_for(lock, kPoll);
        lock.unlock();
        if (!answer.isFinished() || answer.resultCount() == 0)
            return Error{ErrorCode::Cancelled, "the program is ending"};
        return answer.takeResult();
    }

    journal::Journal& m_journal;
    storage::StorageService& m_storage;
    LogSink& m_log;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::atomic<bool> m_signalled{true}; ///< true at first: a previous run may have left records
    bool m_stopping = false;
    int m_drains = 0;
    std::optional<Error> m_error;
    std::shared_ptr<const ZoneRules> m_zone;
    std::shared_ptr<WriterSlot> m_slot = std::make_shared<WriterSlot>();
    std::uint64_t m_delivered = 0; ///< this thread only: committed, though perhaps not yet acknowledged
    std::uint64_t m_acknowledged = 0;
    std::optional<EventId> m_replayAfter{EventId{}}; ///< this thread only; absent: done
    std::thread m_thread;
};

UsageIngest::UsageIngest(journal::Journal& journal, storage::StorageService& storage,
                         std::shared_ptr<const ZoneRules> zone, LogSink& log)
    : m_impl(std::make_unique<Impl>(journal, storage, std::move(zone), log))
{
}

UsageIngest::~UsageIngest() = default;

void UsageIngest::setZone(std::shared_ptr<const ZoneRules> zone)
{
    m_impl->setZone(std::move(zone));
}

bool UsageIngest::drain(std::chrono::milliseconds timeout)
{
    return m_impl->drain(timeout);
}

std::optional<Error> UsageIngest::lastError() const
{
    return m_impl->lastError();
}

} // namespace sb::runtime
