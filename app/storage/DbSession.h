// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "storage/DatabaseUrl.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <type_traits>

namespace sb::storage {

/// One open connection, used only in the thread that opened it. Values are always bound. Every failure comes back as an Error:
/// Conflict (unique violation; `field` = constraint or column), Unavailable (connection lost, disk full), Timeout, Internal.
class DbSession {
public:
    using Engine = DatabaseUrl::Engine;

    static Result<std::unique_ptr<DbSession>> open(const DatabaseUrl& url, const QString& purpose, bool readOnly);
    ~DbSession();

    Engine engine() const;

    /// Runs one statement with positional parameters. Forward-only.
    Result<QSqlQuery> exec(const QString& sql, const QVariantList& values = {});
    /// Prepares once per statement text and connection, then reuses it: for the writer's hot statements.
    Result<QSqlQuery*> execPrepared(const QString& sql, const QVariantList& values);

    Result<void> begin();  ///< BEGIN IMMEDIATE on SQLite
    Result<void> commit();
    void rollback();

    /// Interrupts the statement that is running, from another thread.
    void cancel();

private:
    struct Impl;
    explicit DbSession(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// begin, `body`, commit; rolls back on an Error.
template <class F>
auto inTransaction(DbSession& db, F&& body) -> std::invoke_result_t<F>
{
    if (auto begun = db.begin(); !begun)
        return std::move(begun).error();
    auto result = body();
    if (!result) {
        db.rollback();
        return result;
    }
    if (auto committed = db.commit(); !committed) {
        db.rollback();
        return std::move(committed).error();
    }
    return result;
}

} // namespace sb::storage
