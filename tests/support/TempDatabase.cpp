// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TempDatabase.h"

#include "base/Clock.h"
#include "storage/Migrator.h"
#include "support/TempPostgres.h"

#include <QFile>

namespace sb::test {
namespace {

using storage::DatabaseUrl;
using storage::DbSession;

void require(bool condition, const QString& what)
{
    if (!condition)
        qFatal("%s", qPrintable(what));
}

std::unique_ptr<DbSession> openOrDie(const DatabaseUrl& url, bool readOnly)
{
    auto session = DbSession::open(url, QStringLiteral("test"), readOnly);
    require(session.has_value(), session ? QString() : QString::fromStdString(session.error().what));
    return std::move(*session);
}

DatabaseUrl parseOrDie(const QString& text)
{
    auto url = DatabaseUrl::parse(text);
    require(url.has_value(), text);
    return *url;
}

void migrateOrDie(const DatabaseUrl& url)
{
    const auto session = openOrDie(url, false);
    auto status = storage::Migrator(*session, url, {}).migrate(SystemClock().now());
    require(status.has_value(), status ? QString() : QString::fromStdString(status.error().what));
}

/// Migrating takes longer than copying what was migrated once.
const QByteArray& migratedFile()
{
    static const QByteArray bytes = [] {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("template.db"));
        migrateOrDie(parseOrDie(QStringLiteral("sqlite://") + path));
        QFile file(path);
        require(file.open(QIODevice::ReadOnly), path);
        return file.readAll();
    }();
    return bytes;
}

const QString& migratedTemplate()
{
    static const QString name = [] {
        const QString made = QStringLiteral("migrated_template");
        const QString problem = TempPostgres::shared()->administer(QStringLiteral("CREATE DATABASE ") + made);
        require(problem.isEmpty(), problem);
        migrateOrDie(parseOrDie(TempPostgres::shared()->url(made)));
        return made;
    }();
    return name;
}

} // namespace

QString TempDatabase::whyNot(Engine engine)
{
    return engine == Engine::Sqlite ? QString() : TempPostgres::whyNot();
}

TempDatabase::TempDatabase(Engine engine, Schema schema)
{
    if (engine == Engine::Sqlite)
        createSqlite(schema);
    else
        createPostgres(schema);
    m_url = parseOrDie(m_text);
}

void TempDatabase::createSqlite(Schema schema)
{
    const QString path = m_folder.filePath(QStringLiteral("signalbox.db"));
    m_text = QStringLiteral("sqlite://") + path;
    if (schema == Schema::Empty)
        return;
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(migratedFile()) > 0, path);
}

void TempDatabase::createPostgres(Schema schema)
{
    static int serial = 0;
    m_name = QStringLiteral("test_%1").arg(++serial);
    m_text = TempPostgres::shared()->url(m_name);
    QString statement = QStringLiteral("CREATE DATABASE ") + m_name;
    if (schema == Schema::Newest)
        statement += QStringLiteral(" TEMPLATE ") + migratedTemplate();
    const QString problem = TempPostgres::shared()->administer(statement);
    require(problem.isEmpty(), problem);
}

TempDatabase::~TempDatabase()
{
    if (!m_name.isEmpty())
        TempPostgres::shared()->administer(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_name));
}

std::unique_ptr<DbSession> TempDatabase::open(bool readOnly) const
{
    return openOrDie(m_url, readOnly);
}

} // namespace sb::test
