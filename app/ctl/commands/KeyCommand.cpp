// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/KeyCommand.h"

#include "ctl/Await.h"
#include "ctl/Format.h"
#include "ctl/Session.h"
#include "runtime/ServiceRegistrar.h"
#include "storage/StorageService.h"
#include "storage/repositories/ConnectionRepository.h"
#include "storage/repositories/OrganizationRepository.h"

#include <QJsonArray>

#include <algorithm>

namespace sb::ctl {
namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// "90d" or "12w" in days; empty text is 0: never expires.
Result<int> readTtl(const QString& typed)
{
    if (typed.isEmpty())
        return 0;
    bool ok = false;
    const int count = typed.chopped(1).toInt(&ok);
    const int unit = typed.endsWith(QLatin1Char('d')) ? 1 : typed.endsWith(QLatin1Char('w')) ? 7 : 0;
    if (!ok || unit == 0 || count < 1 || count > 3650 / unit)
        return Error{ErrorCode::InvalidArgument, "--ttl wants days or weeks, such as 90d or 12w, at most 3650 days"};
    return count * unit;
}

struct Place {
    ConnectionId connection;
    EnvironmentId environment;
};

Result<Place> findPlace(storage::DbSession& db, const std::string& project, const std::string& connection,
                        const std::string& environment)
{
    auto rows = storage::ConnectionRepository(db).list();
    if (!rows)
        return std::move(rows).error();
    auto projects = storage::OrganizationRepository(db).projects();
    if (!projects)
        return std::move(projects).error();
    auto environments = storage::OrganizationRepository(db).environments();
    if (!environments)
        return std::move(environments).error();
    std::erase_if(*rows, [&](const auto& row) {
        const auto owner = std::ranges::find(*projects, row.connection.project, &Project::id);
        const bool otherProject = !project.empty() && (owner == projects->end() || owner->handle != project);
        return row.connection.name != connection || otherProject;
    });
    if (rows->empty())
        return Error{ErrorCode::NotFound, "there is no connection '" + connection + "'"};
    if (rows->size() > 1)
        return Error{ErrorCode::Conflict,
                     "several projects have a connection '" + connection + "': say which with --project"};
    const auto where = std::ranges::find(*environments, environment, &Environment::name);
    if (where == environments->end())
        return Error{ErrorCode::NotFound, "there is no environment '" + environment + "'"};
    return Place{rows->front().connection.id, where->id};
}

int createKey(const QCommandLineParser& parser, Session& session, Console& console)
{
    const QString connection = parser.value(QStringLiteral("connection"));
    const QString environment = parser.value(QStringLiteral("environment"));
    if (connection.isEmpty() || environment.isEmpty())
        return console.misuse(QStringLiteral("key create needs --connection and --environment"));
    const auto ttl = readTtl(parser.value(QStringLiteral("ttl")));
    if (!ttl)
        return console.misuse(QString::fromStdString(ttl.error().what));
    const std::string project = parser.value(QStringLiteral("project")).toStdString();
    auto place =
        await(session.storage().read([project, name = connection.toStdString(), where = environment.toStdString()](
                                         storage::DbSession& db) { return findPlace(db, project, name, where); }));
    if (!place)
        return console.failed(place.error());
    runtime::ServiceRegistrar registrar({session.storage(), session.secrets(), session.clock(), session.random(),
                                         session.profileDirectory(), session.actor()});
    auto keys = await(registrar.issueKey(place->connection, place->environment, *ttl));
    if (!keys)
        return console.failed(keys.error());
    const auto& key = keys->front();
    if (parser.isSet(QStringLiteral("json"))) {
        printJson(console.out, QJsonObject{{QStringLiteral("id"), text(key.publicId)},
                                           {QStringLiteral("key"), text(key.key.reveal())},
                                           {QStringLiteral("connection"), connection},
                                           {QStringLiteral("environment"), environment}});
        return Done;
    }
    console.out << text(key.key.reveal()) << Qt::endl;
    console.err << "The key of " << connection << " in " << environment << ", id " << text(key.publicId)
                << ". Keep it: it is not shown again." << Qt::endl;
    return Done;
}

int revokeKey(const QString& id, Session& session, Console& console)
{
    auto revoked = await(session.storage().write([id = id.toStdString(), actor = session.actor().toStdString(),
                                                  now = session.clock().now()](storage::DbSession& db) {
        return storage::ConnectionRepository(db).revokeKey(id, actor, now);
    }));
    if (!revoked)
        return console.failed(revoked.error());
    console.err << "revoked " << id << Qt::endl;
    return Done;
}

struct KeyRow {
    GatewayKey key;
    std::string connection;
    std::string project;
    std::string environment;
};

Result<std::vector<KeyRow>> readKeys(storage::DbSession& db)
{
    auto connections = storage::ConnectionRepository(db).list();
    if (!connections)
        return std::move(connections).error();
    auto environments = storage::OrganizationRepository(db).environments();
    if (!environments)
        return std::move(environments).error();
    std::vector<KeyRow> rows;
    for (const auto& row : *connections) {
        for (const GatewayKey& key : row.keys) {
            const auto where = std::ranges::find(*environments, key.environment, &Environment::id);
            rows.push_back({key, row.connection.name, row.projectName,
                            where == environments->end() ? std::string() : where->name});
        }
    }
    return rows;
}

int listKeys(bool asJson, Session& session, Console& console)
{
    auto rows = await(session.storage().read(readKeys));
    if (!rows)
        return console.failed(rows.error());
    const Timestamp now = session.clock().now();
    std::vector<QStringList> table;
    QJsonArray array;
    for (const KeyRow& row : *rows) {
        const QString state = row.key.revoked            ? QStringLiteral("revoked")
                              : !row.key.isUsableAt(now) ? QStringLiteral("expired")
                                                         : QStringLiteral("valid");
        table.push_back({text(row.key.publicId), text(row.connection), text(row.project), text(row.environment),
                         isoTime(row.key.created), isoTime(row.key.expires), state});
        array.append(QJsonObject{{QStringLiteral("id"), text(row.key.publicId)},
                                 {QStringLiteral("connection"), text(row.connection)},
                                 {QStringLiteral("project"), text(row.project)},
                                 {QStringLiteral("environment"), text(row.environment)},
                                 {QStringLiteral("created"), isoTime(row.key.created)},
                                 {QStringLiteral("expires"), isoTime(row.key.expires)},
                                 {QStringLiteral("revoked"), isoTime(row.key.revoked)},
                                 {QStringLiteral("state"), state}});
    }
    if (asJson)
        printJson(console.out, array);
    else
        printTable(console.out,
                   {QStringLiteral("ID"), QStringLiteral("CONNECTION"), QStringLiteral("PROJECT"),
                    QStringLiteral("ENVIRONMENT"), QStringLiteral("CREATED"), QStringLiteral("EXPIRES"),
                    QStringLiteral("STATE")},
                   table);
    return Done;
}

} // namespace

QString KeyCommand::name() const
{
    return QStringLiteral("key");
}
QString KeyCommand::summary() const
{
    return QStringLiteral("Gateway keys: key create, key revoke ID, key list.");
}

void KeyCommand::declare(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("action"), QStringLiteral("create, revoke ID or list"),
                                 QStringLiteral("create|revoke ID|list"));
    parser.addOption({QStringLiteral("connection"), QStringLiteral("The connection that the key belongs to."),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("project"),
                      QStringLiteral("Its project, when several have a connection of that name."),
                      QStringLiteral("HANDLE")});
    parser.addOption({QStringLiteral("environment"), QStringLiteral("Where the key is valid."), QStringLiteral("ENV")});
    parser.addOption({QStringLiteral("ttl"), QStringLiteral("How long, such as 90d; without it until revoked."),
                      QStringLiteral("DAYS")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("Machine-readable output.")});
}

int KeyCommand::run(const QCommandLineParser& parser, Console& console)
{
    const QStringList arguments = parser.positionalArguments();
    const QString action = arguments.value(0);
    const int wanted = action == QLatin1String("revoke") ? 2 : 1;
    const bool known =
        action == QLatin1String("create") || action == QLatin1String("revoke") || action == QLatin1String("list");
    if (!known || arguments.size() != wanted)
        return console.misuse(
            QStringLiteral("usage: key create --connection NAME --environment ENV | key revoke ID | key list"));
    return withDatabase(parser, console, [&](Session& session) -> int {
        if (action == QLatin1String("create"))
            return createKey(parser, session, console);
        if (action == QLatin1String("revoke"))
            return revokeKey(arguments[1], session, console);
        return listKeys(parser.isSet(QStringLiteral("json")), session, console);
    });
}

} // namespace sb::ctl
