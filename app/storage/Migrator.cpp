// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Migrator.h"

#include "base/Sha256.h"
#include "storage/CatalogueSeed.h"
#include "storage/SqlValues.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <utility>

// Resources of a static library are only linked when something names them; the macro must stand outside of every
// namespace.
static void initialiseStorageResources()
{
    Q_INIT_RESOURCE(storage);
}

namespace sb::storage {
namespace {

constexpr std::int64_t kMigrationLock = 0x5349474e424f5831; // "SIGNBOX1": the advisory lock of every Signalbox program
const QString kSeparator = QStringLiteral("--;;");

struct Applied {
    QString name;
    std::string checksum;
};

Result<bool> tableExists(DbSession& db, const QString& table)
{
    const QString question =
        db.engine() == DbSession::Engine::Sqlite
            ? QStringLiteral("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?")
            : QStringLiteral("SELECT count(*) FROM pg_tables WHERE schemaname = 'signalbox' AND tablename = ?");
    auto found = selectOne(db, question, {table}, [](const QSqlQuery& row) { return row.value(0).toInt(); });
    if (!found)
        return std::move(found).error();
    return found->value_or(0) > 0;
}

/// Tables that were there before us: in the file, or in our schema.
Result<bool> hasTables(DbSession& db)
{
    const QString question =
        db.engine() == DbSession::Engine::Sqlite
            ? QStringLiteral("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            : QStringLiteral("SELECT count(*) FROM pg_tables WHERE schemaname = 'signalbox'");
    auto found = selectOne(db, question, {}, [](const QSqlQuery& row) { return row.value(0).toInt(); });
    if (!found)
        return std::move(found).error();
    return found->value_or(0) > 0;
}

} // namespace

std::vector<Migration> Migrator::known(DbSession::Engine engine)
{
    initialiseStorageResources();
    const QDir folder(engine == DbSession::Engine::Sqlite ? QStringLiteral(":/storage/sql/sqlite")
                                                          : QStringLiteral(":/storage/sql/postgresql"));
    std::vector<Migration> migrations;
    for (const QString& file : folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        QFile resource(folder.filePath(file));
        if (!resource.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = resource.readAll();
        const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        migrations.push_back({.version = file.left(4).toInt(),
                              .name = file.mid(5).chopped(4),
                              .text = QString::fromUtf8(bytes),
                              .checksum = toHex(sha256(view))});
    }
    return migrations;
}

Migrator::Migrator(DbSession& db, const DatabaseUrl& url, Options options)
    : Migrator(db, url, std::move(options), known(db.engine()))
{
}

Migrator::Migrator(DbSession& db, const DatabaseUrl& url, Options options, std::vector<Migration> migrations)
    : m_db(db), m_url(url), m_options(std::move(options)), m_migrations(std::move(migrations))
{
}

Result<SchemaStatus> Migrator::status()
{
    SchemaStatus result;
    result.latest = m_migrations.empty() ? 0 : m_migrations.back().version;

    std::map<int, Applied> applied;
    auto exists = tableExists(m_db, QStringLiteral("schema_history"));
    if (!exists)
        return std::move(exists).error();
    if (*exists) {
        auto rows = selectAll(
            m_db, QStringLiteral("SELECT version, name, checksum FROM schema_history ORDER BY version"), {},
            [](const QSqlQuery& row) {
                return std::pair{row.value(0).toInt(), Applied{row.value(1).toString(), sql::textOf(row.value(2))}};
            });
        if (!rows)
            return std::move(rows).error();
        applied.insert(rows->begin(), rows->end());
    } else {
        auto foreign = hasTables(m_db);
        if (!foreign)
            return std::move(foreign).error();
        if (*foreign) {
            result.state = SchemaStatus::State::Foreign;
            return result;
        }
    }
    if (!applied.empty())
        result.version = applied.rbegin()->first;

    for (const auto& [version, step] : applied) {
        const auto ours = std::find_if(m_migrations.begin(), m_migrations.end(),
                                       [v = version](const Migration& m) { return m.version == v; });
        if (ours != m_migrations.end() && ours->checksum == step.checksum)
            continue;
        result.problem = QStringLiteral("%1_%2").arg(version, 4, 10, QLatin1Char('0')).arg(step.name);
        result.state = ours == m_migrations.end() ? SchemaStatus::State::Newer : SchemaStatus::State::Altered;
        return result;
    }
    for (const Migration& migration : m_migrations) {
        if (!applied.contains(migration.version))
            result.pending.push_back(migration.name);
    }
    if (result.pending.empty())
        result.state = SchemaStatus::State::Current;
    else
        result.state = applied.empty() ? SchemaStatus::State::Empty : SchemaStatus::State::Older;
    return result;
}

Result<SchemaStatus> Migrator::migrate(Timestamp now)
{
    if (m_db.engine() == DbSession::Engine::Sqlite)
        return migrateLocked(now);

    const QVariantList key{sql::bind(kMigrationLock)};
    if (auto set = execute(m_db, QStringLiteral("SET lock_timeout = %1").arg(m_options.lockTimeoutMs)); !set)
        return std::move(set).error();
    if (auto locked = m_db.exec(QStringLiteral("SELECT pg_advisory_lock(?)"), key); !locked)
        return std::move(locked).error();
    auto result = migrateLocked(now);
    // Closing the connection releases the lock too, so a failure here has no consequence.
    static_cast<void>(m_db.exec(QStringLiteral("SELECT pg_advisory_unlock(?)"), key).has_value());
    if (auto reset = execute(m_db, QStringLiteral("RESET lock_timeout")); !reset && result)
        return std::move(reset).error();
    return result;
}

Result<SchemaStatus> Migrator::migrateLocked(Timestamp now)
{
    auto before = status();
    if (!before)
        return before;
    if (before->state != SchemaStatus::State::Empty && before->state != SchemaStatus::State::Older)
        return before;

    QString backup;
    if (before->state == SchemaStatus::State::Older && m_db.engine() == DbSession::Engine::Sqlite) {
        auto copied = backUp(before->version, now);
        if (!copied)
            return std::move(copied).error();
        backup = *copied;
    }
    for (const Migration& migration : m_migrations) {
        if (migration.version <= before->version)
            continue;
        auto applied = sb::storage::inTransaction(m_db, [&] { return apply(migration, now); });
        if (!applied) {
            Error error = std::move(applied).error();
            error.what = "migration " + std::to_string(migration.version) + ": " + error.what;
            return error;
        }
    }
    auto after = status();
    if (after)
        after->backup = backup;
    return after;
}

Result<void> Migrator::apply(const Migration& migration, Timestamp now)
{
    if (m_db.engine() == DbSession::Engine::PostgreSql) {
        if (auto made = execute(m_db, QStringLiteral("CREATE SCHEMA IF NOT EXISTS signalbox")); !made)
            return std::move(made).error();
    }
    auto made = execute(
        m_db,
        QStringLiteral("CREATE TABLE IF NOT EXISTS schema_history(version %1 PRIMARY KEY, name TEXT NOT NULL, "
                       "checksum TEXT NOT NULL, applied_us %2 NOT NULL, app_version TEXT NOT NULL)")
            .arg(m_db.engine() == DbSession::Engine::Sqlite ? QStringLiteral("INTEGER") : QStringLiteral("int4"),
                 m_db.engine() == DbSession::Engine::Sqlite ? QStringLiteral("INTEGER") : QStringLiteral("int8")));
    if (!made)
        return std::move(made).error();

    // Another program may have been faster: the look at the history before this transaction began is only a hint.
    auto present = selectOne(m_db, QStringLiteral("SELECT count(*) FROM schema_history WHERE version = ?"),
                             {migration.version}, [](const QSqlQuery& row) { return row.value(0).toInt(); });
    if (!present)
        return std::move(present).error();
    if (present->value_or(0) > 0)
        return {};

    QString statement;
    const auto run = [&]() -> Result<void> {
        if (statement.trimmed().isEmpty())
            return {};
        auto done = m_db.exec(statement);
        statement.clear();
        return done ? Result<void>() : Result<void>(std::move(done).error());
    };
    for (const QString& line : migration.text.split(u'\n')) {
        if (line.trimmed() != kSeparator) {
            statement += line + u'\n';
            continue;
        }
        if (auto done = run(); !done)
            return done;
    }
    if (auto done = run(); !done)
        return done;

    if (migration.version == 1 && migration.name == u"foundation") {
        if (auto seeded = seedCatalogue(m_db, now); !seeded)
            return seeded;
    }
    auto noted = execute(m_db,
                         QStringLiteral("INSERT INTO schema_history(version, name, checksum, applied_us, app_version) "
                                        "VALUES (?, ?, ?, ?, ?)"),
                         {migration.version, migration.name, sql::bind(migration.checksum), sql::bind(now),
                          m_options.appVersion.isEmpty() ? QStringLiteral("?") : m_options.appVersion});
    return noted ? Result<void>() : Result<void>(std::move(noted).error());
}

Result<QString> Migrator::backUp(int version, Timestamp now)
{
    const QFileInfo file(m_url.path);
    const QDir folder(m_options.backupDirectory.isEmpty() ? file.absolutePath() : m_options.backupDirectory);
    if (!folder.mkpath(QStringLiteral(".")))
        return Error{ErrorCode::Unavailable, "cannot create the backup folder " + sql::utf8(folder.path())};
    const QString stamp =
        QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1000, Qt::UTC).toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString path = folder.filePath(
        QStringLiteral("%1-schema%2-%3.db").arg(file.completeBaseName(), QString::number(version), stamp));
    if (auto copied = m_db.exec(QStringLiteral("VACUUM INTO ?"), {path}); !copied)
        return std::move(copied).error();
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return path;
}

} // namespace sb::storage
