// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DbSession.h"

#include "storage/SqlError.h"
#include "storage/SqlValues.h"
#include "storage/SqliteInterrupt.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLoggingCategory>
#include <QSqlDriver>
#include <QSqlError>
#include <QStringList>

#include <atomic>

namespace sb::storage {
namespace {

Q_LOGGING_CATEGORY(sqlLog, "signalbox.sql")

constexpr int kConnectTimeoutSeconds = 5;

QString uniqueConnectionName(const QString& purpose)
{
    static std::atomic<quint64> serial{0}; // Qt's registry of connections is global, so their names must be unique
    return QStringLiteral("signalbox-%1-%2").arg(purpose).arg(++serial);
}

/// libpq's connection string syntax: quotes and backslashes are escaped inside single quotes.
QString quoted(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\"));
    value.replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + value + u'\'';
}

void configurePostgres(QSqlDatabase& database, const DatabaseUrl& url, const QString& purpose)
{
    QStringList hosts;
    QStringList ports;
    for (const auto& [host, port] : url.hosts) {
        hosts << host;
        ports << QString::number(port);
    }
    database.setHostName(hosts.join(u','));
    database.setDatabaseName(url.database);
    database.setUserName(url.user);
    database.setPassword(url.password);
    QStringList options{QStringLiteral("connect_timeout=%1").arg(kConnectTimeoutSeconds),
                        QStringLiteral("application_name=%1").arg(quoted(QStringLiteral("signalbox ") + purpose)),
                        QStringLiteral("client_encoding=UTF8"), QStringLiteral("port=%1").arg(quoted(ports.join(u','))),
                        QStringLiteral("target_session_attrs=read-write"),
                        // A host that vanishes without a word is noticed in half a minute instead of a quarter of an
                        // hour, so that neither a page nor the end of the program waits for it.
                        QStringLiteral("keepalives_idle=10"), QStringLiteral("keepalives_interval=5"),
                        QStringLiteral("keepalives_count=3"), QStringLiteral("tcp_user_timeout=25000")};
    if (const QString mode = url.effectiveSslMode(); !mode.isEmpty())
        options << QStringLiteral("sslmode=%1").arg(mode);
    if (!url.sslRootCert.isEmpty())
        options << QStringLiteral("sslrootcert=%1").arg(quoted(url.sslRootCert));
    database.setConnectOptions(options.join(u';'));
}

/// A new file is made before SQLite does it, so that nobody else can ever read it.
Result<void> prepareSqliteFile(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return Error{ErrorCode::Unavailable, "this is a folder, not a file", "database"};
    if (info.exists() && !info.isReadable())
        return Error{ErrorCode::Unavailable, "this user may not read the file", "database"};
    if (info.exists())
        return {};
    if (!QDir().mkpath(info.absolutePath()))
        return Error{ErrorCode::Unavailable, "cannot create the folder " + sql::utf8(info.absolutePath()), "database"};
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return Error{ErrorCode::Unavailable, "cannot create " + sql::utf8(path) + ": " + sql::utf8(file.errorString()),
                     "database"};
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

} // namespace

struct DbSession::Impl {
    DatabaseUrl url;
    QSqlDatabase database;
    QString name;
    bool readOnly = false;
    bool echo = false;
    bool broken = false;
    bool transaction = false;
    bool doomed = false; ///< PostgreSQL: a statement failed in this transaction, and its COMMIT would quietly roll back
    QHash<QString, std::shared_ptr<QSqlQuery>> prepared;
    /// A failed statement outlives the failed transaction: PostgreSQL cannot free it before the rollback.
    std::vector<QSqlQuery> graveyard;
    QString backendPid;        ///< PostgreSQL: what cancel() names
    SqliteInterrupt interrupt; ///< SQLite

    void tell(const QString& statement) const
    {
        if (echo)
            qCInfo(sqlLog).noquote() << statement.simplified();
    }

    Error fail(const QSqlError& error)
    {
        Error result = toError(error, url.engine);
        doomed = transaction && url.engine == Engine::PostgreSql;
        if (url.engine == Engine::PostgreSql && !database.driver()->isOpen()) {
            broken = true;
            result.code = ErrorCode::Unavailable;
            result.field = "database";
        }
        return result;
    }
};

DbSession::DbSession(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

DbSession::~DbSession()
{
    if (m_impl->transaction)
        rollback();
    m_impl->graveyard.clear();
    m_impl->prepared.clear();
    const QString name = m_impl->name;
    m_impl->database.close();
    m_impl->database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<std::unique_ptr<DbSession>> DbSession::open(const DatabaseUrl& url, const QString& purpose, bool readOnly)
{
    const bool sqlite = url.engine == Engine::Sqlite;
    const QString driver = sqlite ? QStringLiteral("QSQLITE") : QStringLiteral("QPSQL");
    if (!QSqlDatabase::isDriverAvailable(driver))
        return Error{ErrorCode::Unavailable, "the Qt database driver " + sql::utf8(driver) + " is not installed",
                     "database"};

    auto impl = std::make_unique<Impl>();
    impl->url = url;
    impl->readOnly = readOnly;
    impl->name = uniqueConnectionName(purpose);
    impl->database = QSqlDatabase::addDatabase(driver, impl->name);
    std::unique_ptr<DbSession> session(new DbSession(std::move(impl)));
    QSqlDatabase& database = session->m_impl->database;

    bool emptyFile = false;
    if (sqlite) {
        if (auto ready = prepareSqliteFile(url.path); !ready)
            return std::move(ready).error();
        emptyFile = QFileInfo(url.path).size() == 0;
        database.setDatabaseName(url.path);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    } else {
        configurePostgres(database, url, purpose);
    }
    if (!database.open()) {
        Error error = toError(database.lastError(), url.engine);
        if (error.code == ErrorCode::Internal)
            error = {ErrorCode::Unavailable, std::move(error.what), "database"};
        if (url.sslMode != url.effectiveSslMode())
            error.what += " (a server beyond this machine has to prove who it is, unless the address says otherwise: "
                          "sslmode=verify-full; sslrootcert=FILE names the authority)";
        return error;
    }

    std::vector<QString> statements;
    if (sqlite) {
        // auto_vacuum only takes effect before the first table and before WAL
        if (emptyFile && !readOnly)
            statements.push_back(QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"));
        if (!readOnly)
            statements.push_back(QStringLiteral("PRAGMA journal_mode = WAL"));
        statements.insert(statements.end(),
                          {QStringLiteral("PRAGMA foreign_keys = ON"), QStringLiteral("PRAGMA synchronous = FULL"),
                           QStringLiteral("PRAGMA cache_size = -65536"), QStringLiteral("PRAGMA temp_store = MEMORY")});
        if (readOnly)
            statements.push_back(QStringLiteral("PRAGMA query_only = ON"));
    } else {
        statements = {QStringLiteral("SET search_path = signalbox, public"), QStringLiteral("SET timezone = 'UTC'"),
                      QStringLiteral("SET synchronous_commit = on"), QStringLiteral("SET lc_messages = 'C'"),
                      QStringLiteral("SET client_min_messages = warning")};
        if (readOnly)
            statements.push_back(QStringLiteral("SET default_transaction_read_only = on"));
    }
    for (const QString& statement : statements) {
        auto done = session->exec(statement);
        // only a superuser may choose the server's message language: without it the messages come in the server's own
        if (!done && !(done.error().code == ErrorCode::PermissionDenied && statement.contains(u"lc_messages")))
            return std::move(done).error();
    }

    if (sqlite) {
        session->m_impl->interrupt.attach(*database.driver(), [&](const QString& question) {
            auto query = session->exec(question);
            return query && query->next() ? query->value(0).toString() : QString();
        });
    } else {
        auto pid = session->exec(QStringLiteral("SELECT pg_backend_pid()"));
        if (!pid)
            return std::move(pid).error();
        if (pid->next())
            session->m_impl->backendPid = pid->value(0).toString();
    }
    return session;
}

DbSession::Engine DbSession::engine() const
{
    return m_impl->url.engine;
}

bool DbSession::isReadOnly() const
{
    return m_impl->readOnly;
}

bool DbSession::isUsable() const
{
    return !m_impl->broken;
}

bool DbSession::inTransaction() const
{
    return m_impl->transaction;
}

Result<QSqlQuery> DbSession::exec(const QString& statement, const QVariantList& values)
{
    m_impl->tell(statement);
    QSqlQuery query(m_impl->database);
    query.setForwardOnly(true);
    if (values.isEmpty()) { // PostgreSQL cannot prepare BEGIN, SET or DDL
        if (!query.exec(statement))
            return m_impl->fail(query.lastError());
        return query;
    }
    if (!query.prepare(statement))
        return m_impl->fail(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec()) {
        Error error = m_impl->fail(query.lastError());
        if (m_impl->doomed)
            m_impl->graveyard.push_back(std::move(query));
        return error;
    }
    return query;
}

Result<QSqlQuery*> DbSession::execPrepared(const QString& statement, const QVariantList& values)
{
    m_impl->tell(statement);
    auto found = m_impl->prepared.find(statement);
    if (found == m_impl->prepared.end()) {
        auto query = std::make_shared<QSqlQuery>(m_impl->database);
        query->setForwardOnly(true);
        if (!query->prepare(statement))
            return m_impl->fail(query->lastError());
        found = m_impl->prepared.insert(statement, query);
    }
    QSqlQuery& query = **found;
    query.finish();
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
    if (!query.exec()) {
        Error error = m_impl->fail(query.lastError());
        query.finish();
        return error;
    }
    return &query;
}

Result<void> DbSession::begin()
{
    QString statement = QStringLiteral("BEGIN");
    if (m_impl->url.engine == Engine::Sqlite && !m_impl->readOnly)
        statement = QStringLiteral("BEGIN IMMEDIATE");
    else if (m_impl->url.engine == Engine::PostgreSql && m_impl->readOnly)
        statement = QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ");
    if (auto begun = exec(statement); !begun)
        return std::move(begun).error();
    m_impl->transaction = true;
    m_impl->doomed = false;
    return {};
}

Result<void> DbSession::commit()
{
    if (m_impl->doomed)
        return Error{ErrorCode::Internal, "a statement of this transaction had failed"};
    auto committed = exec(QStringLiteral("COMMIT"));
    if (!committed)
        return std::move(committed).error(); // the caller rolls back
    m_impl->transaction = false;
    return {};
}

void DbSession::rollback()
{
    m_impl->transaction = false;
    // An Error here means that nothing was left to undo: SQLite rolled back by itself, or the server is gone.
    static_cast<void>(exec(QStringLiteral("ROLLBACK")).has_value());
    m_impl->graveyard.clear();
}

void DbSession::setEcho(bool on)
{
    m_impl->echo = on;
}

Result<void> DbSession::setStatementTimeout(int milliseconds)
{
    if (m_impl->url.engine == Engine::Sqlite)
        return {};
    auto set = exec(QStringLiteral("SET statement_timeout = %1").arg(milliseconds));
    return set ? Result<void>() : Result<void>(std::move(set).error());
}

void DbSession::cancel()
{
    if (m_impl->url.engine == Engine::Sqlite) {
        m_impl->interrupt.fire();
        return;
    }
    // A cancelled statement is a wish: when the server cannot be reached the statement ends by its timeout instead.
    if (auto other = open(m_impl->url, QStringLiteral("cancel"), true))
        static_cast<void>(
            (*other)->exec(QStringLiteral("SELECT pg_cancel_backend(?)"), {m_impl->backendPid.toInt()}).has_value());
}

Result<std::int64_t> execute(DbSession& db, const QString& statement, const QVariantList& values)
{
    auto query = db.exec(statement, values);
    if (!query)
        return std::move(query).error();
    return std::int64_t{query->numRowsAffected()};
}

Result<std::int64_t> insertReturningId(DbSession& db, const QString& statement, const QVariantList& values)
{
    auto id = selectOne(db, statement, values, [](const QSqlQuery& row) { return sql::int64Of(row.value(0)); });
    if (!id)
        return std::move(id).error();
    if (!*id)
        return Error{ErrorCode::Internal, "the insert returned no id"};
    return **id;
}

} // namespace sb::storage
