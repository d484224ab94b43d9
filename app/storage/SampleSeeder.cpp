// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SampleSeeder.h"

#include "storage/UsageWriter.h"
#include "storage/repositories/OrganizationRepository.h"

#include <QPromise>

namespace sb::storage {
namespace {

constexpr std::size_t kBatch = 5000;

/// One seeding, handed from batch to batch. Storage writer thread after `begin`.
struct Seeding : std::enable_shared_from_this<Seeding> {
    StorageService& storage;
    SampleOptions options;
    Timestamp now;
    std::function<void(double)> progress;
    QPromise<Result<std::int64_t>> promise;
    std::unique_ptr<SampleTraffic> traffic;
    std::unique_ptr<UsageWriter> writer;
    std::int64_t written = 0;

    Seeding(StorageService& service, const SampleOptions& wanted, Timestamp at, std::function<void(double)> report)
        : storage(service), options(wanted), now(at), progress(std::move(report))
    {
    }

    /// What ends a step ends here too when it could not run at all: the database is away.
    void enqueue()
    {
        auto step = storage.writeRaw([self = shared_from_this()](DbSession& db) { return self->step(db); });
        step.then([self = shared_from_this()](const Result<bool>& more) {
            if (!more)
                self->end(more.error());
            else if (*more)
                self->enqueue();
            else
                self->end(self->written);
        });
    }

    Result<void> prepare(DbSession& db)
    {
        auto organization = OrganizationRepository(db).current();
        if (!organization)
            return std::move(organization).error();
        auto zone = ZoneRules::load(organization->timeZone);
        if (!zone)
            return std::move(zone).error();
        auto made = SampleTraffic::prepare(db, options, now);
        if (!made)
            return std::move(made).error();
        traffic = std::move(*made);
        writer = std::make_unique<UsageWriter>(std::move(*zone));
        return {};
    }

    /// Writes one batch; false when there is no more to do.
    Result<bool> step(DbSession& db)
    {
        if (promise.isCanceled())
            return false;
        if (traffic == nullptr) {
            if (auto ready = prepare(db); !ready)
                return std::move(ready).error();
        }
        const auto batch = traffic->next(kBatch);
        if (batch.empty())
            return false;
        auto report = writer->write(db, batch);
        if (!report)
            return std::move(report).error();
        written += static_cast<std::int64_t>(report->inserted);
        if (progress)
            progress(static_cast<double>(traffic->produced()) / static_cast<double>(traffic->total()));
        storage.notifyUsageWritten();
        return true;
    }

    void end(const Result<std::int64_t>& result)
    {
        promise.addResult(result);
        promise.finish();
    }
};

} // namespace

QFuture<Result<std::int64_t>> seedSample(StorageService& storage, const SampleOptions& options, const Clock& clock,
                                         std::function<void(double)> progress)
{
    auto seeding = std::make_shared<Seeding>(storage, options, clock.now(), std::move(progress));
    seeding->promise.start();
    auto future = seeding->promise.future();
    seeding->enqueue();
    return future;
}

QFuture<Result<void>> removeSample(StorageService& storage)
{
    return storage.writeRaw([&storage](DbSession& db) {
        auto removed = SampleTraffic::remove(db);
        if (removed)
            storage.notifyUsageWritten();
        return removed;
    });
}

} // namespace sb::storage
