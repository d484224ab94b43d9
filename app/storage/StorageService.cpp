// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/StorageService.h"

#include "base/Clock.h"
#include "storage/Migrator.h"
#include "storage/SqlValues.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace sb::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kFirstRetry{200};
constexpr milliseconds kLongestRetry{5000};
constexpr milliseconds kWatchInterval{50};
constexpr int kUsageSignalMs = 100;

Error notOpen()
{
    return {ErrorCode::Unavailable, "the database is not open", "database"};
}

} // namespace

struct StorageService::Impl {
    struct Job {
        std::function<bool()> cancelled;
        std::function<void(Result<DbSession*>)> run;
    };
    /// Queued: calls wait for the first `open`. Down: they fail with health.error.
    enum class Phase { Queued, Ready, Down };

    /// What a reader is doing, for the watchdog. `session` is only touched under `guard`.
    struct ReaderSlot {
        std::mutex guard;
        DbSession* session = nullptr; ///< set while a job runs
        std::function<bool()> cancelled;
        SteadyClock::time_point started;
        SteadyClock::time_point lastFired;
        bool fired = false;
    };

    StorageService* self;
    StorageOptions options;
    SystemClock clock;

    mutable std::mutex mutex;
    std::condition_variable changed;
    Phase phase = Phase::Queued;
    unsigned generation = 0; ///< counts the openings: a reader's session of an earlier one may be dead
    StorageHealth health;
    std::deque<Job> writes;
    std::deque<Job> reads;
    std::vector<std::shared_ptr<QPromise<Result<void>>>> openRequests;
    bool suspect = false; ///< a reader lost its connection: the writer shall look
    bool stopping = false;
    bool retryable = false;
    milliseconds backoff = kFirstRetry;
    SteadyClock::time_point retryAt;

    std::vector<std::unique_ptr<ReaderSlot>> slots;
    std::vector<std::unique_ptr<QThread>> threads;
    std::unique_ptr<DbSession> writer; ///< writer thread only

    QTimer* usageTimer = nullptr; ///< owned by self
    bool usagePending = false;    ///< thread of self
    std::atomic<bool> usageQueued{false};

    void publishHealth()
    {
        QMetaObject::invokeMethod(
            self, [this] { Q_EMIT self->healthChanged(); }, Qt::QueuedConnection);
    }

    // ---- writer thread

    Result<SchemaStatus> connectAndMigrate()
    {
        auto session = DbSession::open(options.url, QStringLiteral("writer"), false);
        if (!session)
            return std::move(session).error();
        (*session)->setEcho(options.echo);
        Migrator migrator(
            **session, options.url,
            {.backupDirectory = options.backupDirectory, .appVersion = QCoreApplication::applicationVersion()});
        auto status = migrator.migrate(clock.now());
        if (status)
            writer = std::move(*session);
        return status;
    }

    Result<void> attemptOpen()
    {
        writer.reset();
        auto status = connectAndMigrate();

        StorageHealth next;
        next.location = options.url.masked();
        bool mayRetry = false;
        if (!status) {
            next.error = status.error();
            mayRetry = next.error.code == ErrorCode::Unavailable || next.error.code == ErrorCode::Timeout;
            next.state = next.error.code == ErrorCode::Corrupt ? StorageHealth::State::Damaged
                                                               : StorageHealth::State::Unavailable;
        } else {
            next.schemaVersion = status->version;
            next.backup = status->backup;
            switch (status->state) {
            case SchemaStatus::State::Current:
                next.state = StorageHealth::State::Ready;
                break;
            case SchemaStatus::State::Newer:
                next.state = StorageHealth::State::NewerSchema;
                next.error = {ErrorCode::Conflict,
                              "the database was made by a newer program: it has step " + sql::utf8(status->problem),
                              "schema"};
                break;
            case SchemaStatus::State::Foreign:
                next.state = StorageHealth::State::Damaged;
                next.error = {ErrorCode::Corrupt, "this is a database of another program"};
                break;
            case SchemaStatus::State::Altered:
            case SchemaStatus::State::Empty:
            case SchemaStatus::State::Older:
                next.state = StorageHealth::State::Damaged;
                next.error = {ErrorCode::Corrupt,
                              "the schema's history was altered at step " + sql::utf8(status->problem)};
                break;
            }
        }
        const bool ready = next.state == StorageHealth::State::Ready;
        if (!ready)
            writer.reset();
        const Error error = next.error;
        {
            const std::scoped_lock lock(mutex);
            phase = ready ? Phase::Ready : Phase::Down;
            generation += ready ? 1 : 0;
            health = std::move(next);
            retryable = mayRetry;
            suspect = false;
            retryAt = SteadyClock::now() + backoff;
            backoff = ready ? kFirstRetry : std::min(backoff * 2, kLongestRetry);
        }
        changed.notify_all();
        publishHealth();
        return ready ? Result<void>() : Result<void>(error);
    }

    void declareDown(Error error)
    {
        writer.reset();
        {
            const std::scoped_lock lock(mutex);
            phase = Phase::Down;
            health.state = StorageHealth::State::Unavailable;
            health.error = std::move(error);
            retryable = true;
            suspect = false;
            backoff = kFirstRetry;
            retryAt = SteadyClock::now() + backoff;
        }
        changed.notify_all();
        publishHealth();
    }

    Error currentError() const
    {
        const std::scoped_lock lock(mutex);
        return health.error;
    }

    void checkWriter()
    {
        if (writer == nullptr)
            return;
        auto answer = writer->exec(QStringLiteral("SELECT 1"));
        if (!writer->isUsable())
            declareDown(answer ? notOpen() : answer.error());
    }

    void runWrite(Job job)
    {
        if (job.cancelled())
            return;
        if (writer == nullptr) {
            job.run(Result<DbSession*>(currentError()));
            return;
        }
        job.run(writer.get());
        if (!writer->isUsable())
            declareDown({ErrorCode::Unavailable, "the connection to the database was lost", "database"});
    }

    void writerLoop()
    {
        for (;;) {
            std::unique_lock lock(mutex);
            const auto awake = [&] {
                return stopping || suspect || !openRequests.empty() || (!writes.empty() && phase != Phase::Queued);
            };
            const bool retrying = phase == Phase::Down && retryable;
            if (retrying)
                changed.wait_until(lock, retryAt, awake);
            else
                changed.wait(lock, awake);

            if (stopping && (phase != Phase::Ready || writes.empty()))
                break;
            if (!openRequests.empty() || (phase == Phase::Down && retryable && SteadyClock::now() >= retryAt)) {
                const auto requests = std::exchange(openRequests, {});
                lock.unlock();
                const Result<void> result = attemptOpen();
                for (const auto& request : requests) {
                    request->addResult(result);
                    request->finish();
                }
                continue;
            }
            if (std::exchange(suspect, false)) {
                lock.unlock();
                checkWriter();
                continue;
            }
            if (!writes.empty() && phase != Phase::Queued) {
                Job job = std::move(writes.front());
                writes.pop_front();
                lock.unlock();
                runWrite(std::move(job));
            }
        }
        writer.reset();
    }

    // ---- reader threads

    Result<std::unique_ptr<DbSession>> openReader()
    {
        auto session = DbSession::open(options.url, QStringLiteral("reader"), true);
        if (session) {
            (*session)->setEcho(options.echo);
            if (auto set = (*session)->setStatementTimeout(options.statementTimeoutMs); !set)
                return std::move(set).error();
        }
        return session;
    }

    void runRead(ReaderSlot& slot, std::unique_ptr<DbSession>& session, Job job)
    {
        if (session == nullptr) {
            auto opened = openReader();
            if (!opened) {
                job.run(Result<DbSession*>(opened.error()));
                raiseSuspicion();
                return;
            }
            session = std::move(*opened);
        }
        {
            const std::scoped_lock lock(slot.guard);
            slot.session = session.get();
            slot.cancelled = job.cancelled;
            slot.started = SteadyClock::now();
            slot.fired = false;
        }
        wakeWatchdog();
        job.run(session.get());
        bool fired = false;
        {
            const std::scoped_lock lock(slot.guard);
            slot.session = nullptr;
            fired = slot.fired;
        }
        if (fired) // a late interrupt shall hit this statement, not the next caller's
            static_cast<void>(session->exec(QStringLiteral("SELECT 1")).has_value());
        if (!session->isUsable()) {
            session.reset();
            raiseSuspicion();
        }
    }

    void wakeWatchdog()
    {
        // Taking the mutex first keeps the signal from falling between the watchdog's look and its sleep.
        {
            const std::scoped_lock lock(mutex);
        }
        changed.notify_all();
    }

    void raiseSuspicion()
    {
        {
            const std::scoped_lock lock(mutex);
            suspect = true;
        }
        changed.notify_all();
    }

    void readerLoop(ReaderSlot& slot)
    {
        std::unique_ptr<DbSession> session;
        unsigned openedIn = 0;
        for (;;) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return stopping || (!reads.empty() && phase != Phase::Queued); });
            if (stopping)
                break;
            Job job = std::move(reads.front());
            reads.pop_front();
            const bool ready = phase == Phase::Ready;
            const bool outdated = std::exchange(openedIn, generation) != generation;
            const Error error = health.error;
            lock.unlock();
            if (!ready || outdated)
                session.reset();
            if (job.cancelled())
                continue;
            if (!ready)
                job.run(Result<DbSession*>(error));
            else
                runRead(slot, session, std::move(job));
        }
    }

    // ---- watchdog thread: interrupts reads whose caller gave up, and on SQLite those that run too long

    bool anyReaderBusy()
    {
        return std::any_of(slots.begin(), slots.end(), [](const auto& slot) {
            const std::scoped_lock lock(slot->guard);
            return slot->session != nullptr;
        });
    }

    void interruptIfDue(ReaderSlot& slot, bool always)
    {
        const std::scoped_lock lock(slot.guard);
        if (slot.session == nullptr)
            return;
        const auto now = SteadyClock::now();
        const bool sqlite = slot.session->engine() == DbSession::Engine::Sqlite;
        const bool tooLong =
            sqlite && options.statementTimeoutMs > 0 && now - slot.started > milliseconds{options.statementTimeoutMs};
        if (!always && !tooLong && !slot.cancelled())
            return;
        if (slot.fired && !sqlite && now - slot.lastFired < 10 * kWatchInterval)
            return;
        slot.fired = true;
        slot.lastFired = now;
        slot.session->cancel();
    }

    void watchdogLoop()
    {
        for (;;) {
            {
                std::unique_lock lock(mutex);
                if (anyReaderBusy())
                    changed.wait_for(lock, kWatchInterval, [&] { return stopping; });
                else
                    changed.wait(lock, [&] { return stopping || anyReaderBusy(); });
                if (stopping)
                    return;
            }
            for (const auto& slot : slots)
                interruptIfDue(*slot, false);
        }
    }

    // ---- thread of self

    void start(const QString& name, std::function<void()> body)
    {
        std::unique_ptr<QThread> thread(QThread::create(std::move(body)));
        thread->setObjectName(name);
        thread->start();
        threads.push_back(std::move(thread));
    }

    void deliverUsageSignal()
    {
        usageQueued = false;
        if (usageTimer->isActive()) {
            usagePending = true;
            return;
        }
        usageTimer->start();
        Q_EMIT self->usageWritten();
    }
};

StorageService::StorageService(StorageOptions options, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->self = this;
    m_impl->options = std::move(options);
    m_impl->health.location = m_impl->options.url.masked();

    m_impl->usageTimer = new QTimer(this);
    m_impl->usageTimer->setSingleShot(true);
    m_impl->usageTimer->setInterval(kUsageSignalMs);
    connect(m_impl->usageTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_impl->usagePending, false))
            m_impl->deliverUsageSignal();
    });

    const int readers = std::max(1, m_impl->options.readers);
    for (int i = 0; i < readers; ++i)
        m_impl->slots.push_back(std::make_unique<Impl::ReaderSlot>());
    m_impl->start(QStringLiteral("storage-writer"), [impl = m_impl.get()] { impl->writerLoop(); });
    for (int i = 0; i < readers; ++i) {
        auto* slot = m_impl->slots[static_cast<std::size_t>(i)].get();
        m_impl->start(QStringLiteral("storage-reader"), [impl = m_impl.get(), slot] { impl->readerLoop(*slot); });
    }
    m_impl->start(QStringLiteral("storage-watchdog"), [impl = m_impl.get()] { impl->watchdogLoop(); });
}

StorageService::~StorageService()
{
    {
        const std::scoped_lock lock(m_impl->mutex);
        m_impl->stopping = true;
    }
    m_impl->changed.notify_all();
    for (const auto& slot : m_impl->slots)
        m_impl->interruptIfDue(*slot, true);
    for (const auto& thread : m_impl->threads)
        thread->wait();
}

QFuture<Result<void>> StorageService::open()
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    auto future = promise->future();
    {
        const std::scoped_lock lock(m_impl->mutex);
        m_impl->openRequests.push_back(std::move(promise));
        m_impl->backoff = kFirstRetry;
    }
    m_impl->changed.notify_all();
    return future;
}

void StorageService::setPassword(const QString& password)
{
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->options.url.password = password;
}

StorageHealth StorageService::health() const
{
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->health;
}

const StorageOptions& StorageService::options() const
{
    return m_impl->options;
}

std::size_t StorageService::queuedWrites() const
{
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->writes.size();
}

void StorageService::notifyUsageWritten()
{
    if (m_impl->usageQueued.exchange(true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { m_impl->deliverUsageSignal(); }, Qt::QueuedConnection);
}

void StorageService::notifyCatalogueChanged()
{
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT catalogueChanged(); }, Qt::QueuedConnection);
}

void StorageService::enqueue(Lane lane, std::function<bool()> cancelled, std::function<void(Result<DbSession*>)> job)
{
    {
        const std::scoped_lock lock(m_impl->mutex);
        auto& queue = lane == Lane::Read ? m_impl->reads : m_impl->writes;
        queue.push_back({std::move(cancelled), std::move(job)});
    }
    m_impl->changed.notify_all();
}

} // namespace sb::storage
