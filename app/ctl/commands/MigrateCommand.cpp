// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/MigrateCommand.h"

#include "ctl/Format.h"
#include "ctl/Session.h"
#include "storage/Migrator.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

namespace sb::ctl {
namespace {

using storage::SchemaStatus;

QString stateWord(SchemaStatus::State state)
{
    switch (state) {
    case SchemaStatus::State::Empty:
        return QStringLiteral("empty");
    case SchemaStatus::State::Current:
        return QStringLiteral("current");
    case SchemaStatus::State::Older:
        return QStringLiteral("older");
    case SchemaStatus::State::Newer:
        return QStringLiteral("newer");
    case SchemaStatus::State::Altered:
        return QStringLiteral("altered");
    case SchemaStatus::State::Foreign:
        return QStringLiteral("foreign");
    }
    return {};
}

bool isRefused(const SchemaStatus& status)
{
    return status.state == SchemaStatus::State::Newer || status.state == SchemaStatus::State::Altered ||
           status.state == SchemaStatus::State::Foreign;
}

QString refusal(const SchemaStatus& status)
{
    switch (status.state) {
    case SchemaStatus::State::Newer:
        return QStringLiteral("the database was made by a newer version of Signalbox (schema %1, this program knows "
                              "%2): upgrade the program")
            .arg(status.version)
            .arg(status.latest);
    case SchemaStatus::State::Altered:
        return QStringLiteral("a migration that was applied differs from this program's: %1").arg(status.problem);
    default:
        return QStringLiteral("the database holds other tables: give Signalbox one of its own");
    }
}

void print(const SchemaStatus& status, const QString& database, bool asJson, QTextStream& out)
{
    if (asJson) {
        QJsonArray pending;
        for (const QString& step : status.pending)
            pending.append(step);
        QJsonObject object{{QStringLiteral("database"), database},
                           {QStringLiteral("state"), stateWord(status.state)},
                           {QStringLiteral("version"), status.version},
                           {QStringLiteral("latest"), status.latest},
                           {QStringLiteral("pending"), pending}};
        if (!status.backup.isEmpty())
            object.insert(QStringLiteral("backup"), status.backup);
        return printJson(out, object);
    }
    out << "database  " << database << "\nschema    " << status.version << " of " << status.latest << " ("
        << stateWord(status.state) << ")\n";
    for (const QString& step : status.pending)
        out << "pending   " << step << '\n';
    if (!status.backup.isEmpty())
        out << "backup    " << status.backup << '\n';
}

Result<SchemaStatus> readStatus(const storage::DatabaseUrl& url)
{
    if (url.engine == storage::DatabaseUrl::Engine::Sqlite && !QFileInfo::exists(url.path)) {
        SchemaStatus none; // asking must not create the file
        for (const storage::Migration& step : storage::Migrator::known(url.engine)) {
            none.latest = step.version;
            none.pending.push_back(step.name);
        }
        return none;
    }
    auto db = storage::DbSession::open(url, QStringLiteral("migrate"), true);
    if (!db)
        return std::move(db).error();
    return storage::Migrator(**db, url, {}).status();
}

Result<SchemaStatus> migrate(const storage::DatabaseUrl& url, Timestamp now)
{
    auto db = storage::DbSession::open(url, QStringLiteral("migrate"), false);
    if (!db)
        return std::move(db).error();
    storage::Migrator::Options options;
    options.appVersion = QCoreApplication::applicationVersion();
    return storage::Migrator(**db, url, options).migrate(now);
}

} // namespace

QString MigrateCommand::name() const
{
    return QStringLiteral("migrate");
}
QString MigrateCommand::summary() const
{
    return QStringLiteral("Upgrades the database schema, with a backup first on SQLite.");
}

void MigrateCommand::declare(QCommandLineParser& parser) const
{
    parser.addOption({QStringLiteral("status"), QStringLiteral("Only say where the schema stands.")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("Machine-readable output.")});
}

int MigrateCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (!parser.positionalArguments().isEmpty())
        return console.misuse(QStringLiteral("migrate takes no arguments"));
    const bool onlyStatus = parser.isSet(QStringLiteral("status"));
    const bool asJson = parser.isSet(QStringLiteral("json"));
    return withSession(parser, console, [&](Session& session) -> int {
        const storage::DatabaseUrl& url = session.databaseUrl();
        auto status = onlyStatus ? readStatus(url) : migrate(url, session.clock().now());
        if (!status)
            return console.fail(
                QStringLiteral("database %1: %2").arg(url.masked(), QString::fromStdString(status.error().what)));
        print(*status, url.masked(), asJson, console.out);
        return isRefused(*status) ? console.fail(refusal(*status)) : Done;
    });
}

} // namespace sb::ctl
