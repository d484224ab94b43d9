// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/DatabaseRepository.h"

#include "storage/SqlValues.h"

#include <chrono>

namespace sb::storage {

Result<DatabaseFigures> DatabaseRepository::figures()
{
    DatabaseFigures figures;
    const auto before = std::chrono::steady_clock::now();
    auto ping = selectOne(m_db, QStringLiteral("SELECT 1"), {}, [](const QSqlQuery&) { return true; });
    if (!ping)
        return std::move(ping).error();
    figures.pingMs = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();

    const bool sqlite = m_db.engine() == DbSession::Engine::Sqlite;
    const QString about =
        sqlite ? QStringLiteral("SELECT 'SQLite ' || sqlite_version(), (SELECT page_count FROM pragma_page_count()) * "
                                "(SELECT page_size FROM pragma_page_size())")
               : QStringLiteral(
                     "SELECT 'PostgreSQL ' || current_setting('server_version'), pg_database_size(current_database())");
    auto server = selectOne(m_db, about, {}, [&](const QSqlQuery& q) {
        figures.serverVersion = sql::textOf(q.value(0));
        figures.sizeBytes = sql::int64Of(q.value(1));
        return true;
    });
    if (!server)
        return std::move(server).error();
    auto counts = selectOne(
        m_db,
        QStringLiteral(
            "SELECT (SELECT CAST(coalesce(sum(n), 0) AS bigint) FROM rdc), (SELECT count(*) FROM dead_letter), "
            "(SELECT error FROM dead_letter ORDER BY event_id DESC LIMIT 1)"),
        {}, [&](const QSqlQuery& q) {
            figures.requests = sql::int64Of(q.value(0));
            figures.deadLetters = sql::int64Of(q.value(1));
            figures.deadLetterError = sql::textOf(q.value(2));
            return true;
        });
    if (!counts)
        return std::move(counts).error();
    return figures;
}

Result<DatabaseTimes> DatabaseRepository::times()
{
    DatabaseTimes times;
    const auto known = [](const QVariant& value) {
        return value.isNull() ? std::nullopt : std::optional(sql::timeOf(value));
    };
    auto newest = selectOne(m_db, QStringLiteral("SELECT max(ts_us) FROM req"), {}, [&](const QSqlQuery& q) {
        times.newestRequest = known(q.value(0));
        return true;
    });
    if (!newest)
        return std::move(newest).error();
    if (m_db.engine() == DbSession::Engine::Sqlite)
        return times;
    auto server =
        selectOne(m_db, QStringLiteral("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"), {},
                  [&](const QSqlQuery& q) {
                      times.server = known(q.value(0));
                      return true;
                  });
    if (!server)
        return std::move(server).error();
    return times;
}

} // namespace sb::storage
