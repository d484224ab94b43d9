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
#include <optional>
#include <type_traits>
#include <vector>

namespace sb::storage {

/// One open connection, used only in the thread that opened it. Values are always bound. Every failure comes back as an
/// Error: Conflict (unique violation; `field` = constraint or column), InvalidArgument (a value the schema refuses),
/// Unavailable (connection lost, disk full, busy, a transaction to be repeated), Timeout (interrupted),
/// PermissionDenied, Corrupt, Internal.
class DbSession {
public:
    using Engine = DatabaseUrl::Engine;

    static Result<std::unique_ptr<DbSession>> open(const DatabaseUrl& url, const QString& purpose, bool readOnly);
    ~DbSession();
    DbSession(const DbSession&) = delete;
    DbSession& operator=(const DbSession&) = delete;

    Engine engine() const;
    bool isReadOnly() const;
    /// False once the server is gone: the session must be closed and opened again.
    bool isUsable() const;

    /// Runs one statement with positional parameters. Forward-only: on PostgreSQL a second statement ends the first
    /// one's rows.
    Result<QSqlQuery> exec(const QString& sql, const QVariantList& values = {});
    /// Prepares once per statement text and connection, then reuses it: for the writer's hot statements. Valid until
    /// the next call with the same text; call finish() on it when its rows are not read to the end.
    Result<QSqlQuery*> execPrepared(const QString& sql, const QVariantList& values);

    Result<void> begin(); ///< BEGIN IMMEDIATE on SQLite; a consistent snapshot in a read-only session
    Result<void> commit();
    void rollback();
    bool inTransaction() const;

    /// Every statement's text to the log, category signalbox.sql; bound values are never in it.
    void setEcho(bool on);

    /// PostgreSQL only: the server ends statements that run longer (0: never). On SQLite the storage service interrupts
    /// them.
    Result<void> setStatementTimeout(int milliseconds);

    /// Interrupts the statement that is running; it fails with Timeout. Any thread, while the session lives.
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

/// As inTransaction, but joins the transaction that is already open: for repository calls that must see one state.
template <class F>
auto inSameTransaction(DbSession& db, F&& body) -> std::invoke_result_t<F>
{
    return db.inTransaction() ? body() : inTransaction(db, std::forward<F>(body));
}

/// Every row of a query, mapped; the query is finished when it returns.
template <class F>
auto selectAll(DbSession& db, const QString& sql, const QVariantList& values, F&& map)
    -> Result<std::vector<std::invoke_result_t<F, const QSqlQuery&>>>
{
    auto query = db.exec(sql, values);
    if (!query)
        return std::move(query).error();
    std::vector<std::invoke_result_t<F, const QSqlQuery&>> rows;
    while (query->next())
        rows.push_back(map(*query));
    return rows;
}

/// The first row, mapped, or nothing.
template <class F>
auto selectOne(DbSession& db, const QString& sql, const QVariantList& values, F&& map)
    -> Result<std::optional<std::invoke_result_t<F, const QSqlQuery&>>>
{
    using Row = std::invoke_result_t<F, const QSqlQuery&>;
    auto query = db.exec(sql, values);
    if (!query)
        return std::move(query).error();
    std::optional<Row> row;
    if (query->next())
        row = map(*query);
    return row;
}

/// Runs a statement for its effect; returns the number of rows it changed.
Result<std::int64_t> execute(DbSession& db, const QString& sql, const QVariantList& values = {});
/// Runs `INSERT … RETURNING id`.
Result<std::int64_t> insertReturningId(DbSession& db, const QString& sql, const QVariantList& values);

} // namespace sb::storage
