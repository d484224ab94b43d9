// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SqlError.h"

#include "storage/SqlValues.h"

#include <QRegularExpression>

namespace sb::storage {
namespace {

// SQLite's result codes (sqlite.org/rescode.html); the extended ones carry the primary code in their low byte.
enum SqliteCode {
    kPerm = 3,
    kBusy = 5,
    kLocked = 6,
    kNoMemory = 7,
    kReadOnly = 8,
    kInterrupt = 9,
    kIoError = 10,
    kCorrupt = 11,
    kFull = 13,
    kCantOpen = 14,
    kProtocol = 15,
    kSchema = 17,
    kTooBig = 18,
    kConstraint = 19,
    kMismatch = 20,
    kAuth = 23,
    kNotADatabase = 26,
    kConstraintPrimaryKey = 1555,
    kConstraintUnique = 2067,
};

/// "UNIQUE constraint failed: service.org_id, service.context_path" -> "context_path"; "…: index 'service_name'" ->
/// that.
QString sqliteConstraint(const QString& message)
{
    static const QRegularExpression index(QStringLiteral("index '([^']+)'"));
    if (const auto match = index.match(message); match.hasMatch())
        return match.captured(1);
    static const QRegularExpression column(QStringLiteral("([A-Za-z0-9_]+)[^A-Za-z0-9_]*$"));
    return column.match(message.section(QStringLiteral("Unable to"), 0, 0)).captured(1);
}

/// `duplicate key value violates unique constraint "service_name"` -> service_name, in any server language: the first
/// quoted.
QString postgresConstraint(const QString& message)
{
    static const QRegularExpression quoted(QStringLiteral("[\"«„]([A-Za-z0-9_]+)[\"»“]"));
    return quoted.match(message).captured(1);
}

Error fromSqlite(const QSqlError& error, std::string what)
{
    const int code = error.nativeErrorCode().toInt();
    if (code == kConstraintUnique || code == kConstraintPrimaryKey)
        return {ErrorCode::Conflict, std::move(what), sql::utf8(sqliteConstraint(error.databaseText()))};
    switch (code & 0xff) {
    case kTooBig:
    case kConstraint:
    case kMismatch:
        return {ErrorCode::InvalidArgument, std::move(what)};
    case kFull:
        return {ErrorCode::Unavailable, std::move(what), "disk"};
    case kBusy:
    case kLocked:
    case kNoMemory:
    case kIoError:
    case kCantOpen:
    case kProtocol:
    case kSchema:
        return {ErrorCode::Unavailable, std::move(what), "database"};
    case kPerm:
    case kReadOnly:
    case kAuth:
        return {ErrorCode::PermissionDenied, std::move(what)};
    case kInterrupt:
        return {ErrorCode::Timeout, std::move(what)};
    case kCorrupt:
    case kNotADatabase:
        return {ErrorCode::Corrupt, std::move(what)};
    default:
        return {ErrorCode::Internal, std::move(what)};
    }
}

Error fromPostgres(const QSqlError& error, std::string what)
{
    const QString state = error.nativeErrorCode();
    const QString group = state.left(2);
    if (state == u"23505")
        return {ErrorCode::Conflict, std::move(what), sql::utf8(postgresConstraint(error.databaseText()))};
    // P0001: what a trigger or a function of the database raised about the values
    if (group == u"22" || group == u"23" || state == u"P0001")
        return {ErrorCode::InvalidArgument, std::move(what)};
    if (state == u"57014")
        return {ErrorCode::Timeout, std::move(what)};
    if (state == u"53100")
        return {ErrorCode::Unavailable, std::move(what), "disk"};
    // 08: connection; 40: repeat the transaction; 53: out of memory or connections; 55P03: lock timeout; 57: shutting
    // down; 58: the server's own files
    if (group == u"08" || group == u"40" || group == u"53" || group == u"57" || group == u"58" || state == u"55P03")
        return {ErrorCode::Unavailable, std::move(what), "database"};
    if (state == u"42501" || state == u"25006" || group == u"28")
        return {ErrorCode::PermissionDenied, std::move(what)};
    if (group == u"XX")
        return {ErrorCode::Corrupt, std::move(what)};
    if (error.type() == QSqlError::ConnectionError)
        return {ErrorCode::Unavailable, std::move(what), "database"};
    return {ErrorCode::Internal, std::move(what)};
}

} // namespace

Error toError(const QSqlError& error, DatabaseUrl::Engine engine)
{
    std::string what = sql::utf8(error.databaseText().simplified()); // libpq indents its second line
    if (what.empty())
        what = sql::utf8(error.driverText().trimmed());
    if (const QString code = error.nativeErrorCode(); !code.isEmpty())
        what += " (" + sql::utf8(code) + ")";
    return engine == DatabaseUrl::Engine::Sqlite ? fromSqlite(error, std::move(what))
                                                 : fromPostgres(error, std::move(what));
}

Error conflictOn(Error error, std::initializer_list<std::string_view> columns)
{
    if (error.code != ErrorCode::Conflict)
        return error;
    for (const std::string_view column : columns) {
        if (error.field.find(column) != std::string::npos) {
            error.field = column;
            break;
        }
    }
    return error;
}

Error usedBy(const std::vector<std::string>& names, std::string_view kind)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return {ErrorCode::Conflict, std::move(list), std::string(kind)};
}

} // namespace sb::storage
