// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "storage/DatabaseUrl.h"
#include "storage/DbSession.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>

namespace sb::storage {

struct StorageOptions {
    DatabaseUrl url;
    int readers = 2;
    int statementTimeoutMs = 5000; ///< of a read; it then fails with Timeout (0: none)
    bool echo = false;             ///< every statement's text goes to the log, never a value
    QString backupDirectory;       ///< where a SQLite file is copied before a migration; empty: beside it
};

/// How the store is doing, as shown on screens.
struct StorageHealth {
    enum class State { Opening, Ready, Unavailable, NewerSchema, Damaged };
    State state = State::Opening;
    Error error; ///< when not ready
    int schemaVersion = 0;
    QString location; ///< masked URL
    QString backup;   ///< copy made before this program migrated the file, empty when none was needed
};

/// The only door to the database: any thread may call, work runs on storage threads (one writer, n readers), each with
/// its own connection. A read gets a read-only session; a write runs inside one transaction, serialised, rolled back on
/// Error. Calls made before `open` has ended wait for it. A lost connection is reopened with backoff; meanwhile calls
/// fail with Unavailable. Cancelling the future of a running read interrupts its statement. Destruction finishes queued
/// writes, drops reads.
class StorageService : public QObject {
    Q_OBJECT
public:
    explicit StorageService(StorageOptions options, QObject* parent = nullptr);
    ~StorageService() override;

    /// Opens, backs up and migrates on the writer thread. Call once; may be called again after a failure. Unavailable:
    /// the service goes on trying by itself. Conflict: the schema is newer than this program. Corrupt: not a database
    /// of ours, or its history was altered.
    QFuture<Result<void>> open();
    /// Before `open`: a password that is kept apart from the address.
    void setPassword(const QString& password);
    StorageHealth health() const;
    const StorageOptions& options() const;
    std::size_t queuedWrites() const;

    /// `fn(DbSession&)` returns a Result. Dropped (future cancelled) if the caller cancelled it before it ran.
    template <class F>
    auto read(F fn) -> QFuture<std::invoke_result_t<F, DbSession&>>
    {
        return post(Lane::Read, std::move(fn));
    }
    template <class F>
    auto write(F fn) -> QFuture<std::invoke_result_t<F, DbSession&>>
    {
        return post(Lane::Write, std::move(fn));
    }
    /// On the writer thread, but `fn` manages its own transactions (the usage writer).
    template <class F>
    auto writeRaw(F fn) -> QFuture<std::invoke_result_t<F, DbSession&>>
    {
        return post(Lane::WriteRaw, std::move(fn));
    }

Q_SIGNALS:
    void healthChanged();
    /// Usage rows were committed (at most 10 times a second).
    void usageWritten();
    /// Catalogue rows (services, connections, limits, prices) were committed by `notifyCatalogueChanged`.
    void catalogueChanged();

public:
    void notifyUsageWritten();
    void notifyCatalogueChanged();

private:
    enum class Lane { Read, Write, WriteRaw };
    /// Runs `job` on a thread of the lane with its session, or with the error that explains why there is none.
    void enqueue(Lane lane, std::function<bool()> cancelled, std::function<void(Result<DbSession*>)> job);

    template <class F>
    auto post(Lane lane, F fn) -> QFuture<std::invoke_result_t<F, DbSession&>>
    {
        using R = std::invoke_result_t<F, DbSession&>;
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        auto future = promise->future();
        enqueue(
            lane, [promise] { return promise->isCanceled(); },
            [promise, lane, fn = std::move(fn)](Result<DbSession*> session) mutable {
                if (!session)
                    promise->addResult(R(std::move(session).error()));
                else if (lane == Lane::Write)
                    promise->addResult(inTransaction(**session, [&] { return fn(**session); }));
                else
                    promise->addResult(fn(**session));
                promise->finish();
            });
        return future;
    }

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::storage
