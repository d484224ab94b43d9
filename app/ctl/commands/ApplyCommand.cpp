// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/ApplyCommand.h"

#include "config/ConfigFile.h"
#include "ctl/ApplyPlan.h"
#include "ctl/Await.h"
#include "ctl/Format.h"
#include "ctl/Session.h"
#include "domain/validation/ServiceValidation.h"
#include "secrets/SecretStore.h"
#include "storage/Migrator.h"
#include "storage/StorageService.h"
#include "storage/repositories/SnapshotRepository.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <map>

namespace sb::ctl {
namespace {

using config::ConfigFile;
using config::ConfigIssues;
using config::ConfigPlan;
using config::PlannedConfig;

constexpr std::size_t kShortestKey = 16;

int report(Console& console, const QString& file, const ConfigIssues& issues)
{
    for (const auto& issue : issues)
        console.err << file << ':' << issue.line << ": " << QString::fromStdString(issue.what) << '\n';
    return console.fail(QStringLiteral("%1 was not applied").arg(file));
}

struct KeyHashes {
    std::map<std::string, Sha256Digest> hashes;
    ConfigIssues issues;
};

/// Gateway keys that the file gives by reference are read now; only their hashes go on.
KeyHashes readKeys(const ConfigFile& file, Session& session)
{
    KeyHashes result;
    if (!file.connections)
        return result;
    for (const auto& connection : *file.connections) {
        for (const auto& environment : connection.environments) {
            if (environment.key.isNone())
                continue;
            auto secret = await(session.secrets().read(environment.key));
            if (!secret)
                result.issues.push_back(
                    {environment.line, "the key " + environment.key.toString() + ": " + secret.error().what});
            else if (secret->reveal().size() < kShortestKey)
                result.issues.push_back(
                    {environment.line, "the key " + environment.key.toString() + " has less than 16 characters"});
            else
                result.hashes[environment.key.toString()] = sha256(secret->reveal());
        }
    }
    return result;
}

QChar sign(ConfigPlan::Change change)
{
    switch (change) {
    case ConfigPlan::Change::Added:
        return QLatin1Char('+');
    case ConfigPlan::Change::Changed:
        return QLatin1Char('~');
    case ConfigPlan::Change::Removed:
        return QLatin1Char('-');
    }
    return {};
}

void printPlan(const ConfigPlan& plan, bool applied, bool asJson, QTextStream& out)
{
    QJsonArray lists[3];
    for (const ConfigPlan::Line& line : plan.lines) {
        const QString what = QString::fromStdString(line.what);
        const QString detail = QString::fromStdString(line.detail);
        if (!asJson)
            out << sign(line.change) << ' ' << what
                << (detail.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(detail)) << '\n';
        lists[static_cast<std::size_t>(line.change)].append(
            QJsonObject{{QStringLiteral("what"), what}, {QStringLiteral("detail"), detail}});
    }
    if (asJson)
        return printJson(out, QJsonObject{{QStringLiteral("added"), lists[0]},
                                          {QStringLiteral("changed"), lists[1]},
                                          {QStringLiteral("removed"), lists[2]},
                                          {QStringLiteral("applied"), applied}});
    if (plan.isEmpty())
        out << "nothing to change\n";
    else
        out << lists[0].size() << " added, " << lists[1].size() << " changed, " << lists[2].size() << " removed"
            << (applied ? "\n" : " (dry run: nothing was written)\n");
}

/// Confirms, for this profile, the address that the file names for each secret: whoever applies a file at this machine
/// says where its secrets may go. Asks what is bound rather than what the plan changes: another machine may have
/// changed the database already, and a service's address is that of all its environments.
class SecretBinder {
public:
    SecretBinder(Session& session, Console& console) : m_session(session), m_console(console) {}

    void run(const ConfigFile& file)
    {
        if (!file.services)
            return;
        for (const auto& entry : *file.services) {
            for (const auto& environment : entry.environments)
                bindAll(entry.service, environment);
        }
    }

private:
    void bindAll(const Service& service, const ConfigFile::ServiceEnvironmentEntry& environment)
    {
        const std::string& own = environment.configuration.urlOverride;
        const auto url = validation::parseServiceUrl(own.empty() ? service.url : own);
        if (!url)
            return;
        const std::string user = "service " + service.contextPath + " in " + environment.environment;
        const BackendSecurity& security = environment.configuration.security;
        for (const SecretRef& reference :
             {security.secret, security.accessKey, security.secretKey, security.sessionToken}) {
            if (!reference.isNone())
                bind(reference, url->origin(), user);
        }
    }

    void bind(const SecretRef& reference, const std::string& origin, const std::string& user)
    {
        const std::string name = reference.toString();
        const auto [first, isNew] = m_origins.emplace(name, origin);
        if (first->second != origin) {
            warn(name + " is already for " + first->second + " and is not sent to " + origin + " for " + user +
                 ": a secret belongs to one address, give the other one a reference of its own");
            return;
        }
        if (!isNew)
            return;
        const auto before = await(m_session.secrets().originOf(reference));
        if (before && *before == origin)
            return;
        const auto bound = before ? await(m_session.secrets().bind(reference, origin)) : Result<void>(before.error());
        if (!bound)
            warn(name + " for " + user + ": " + bound.error().what);
        else if (*before)
            m_console.err << "note: " << QString::fromStdString(name) << " is now for "
                          << QString::fromStdString(origin) << ", no longer for " << QString::fromStdString(**before)
                          << '\n';
    }

    void warn(const std::string& what) { m_console.err << "warning: " << QString::fromStdString(what) << '\n'; }

    Session& m_session;
    Console& m_console;
    std::map<std::string, std::string> m_origins; ///< by reference: the first address that the file names for it
};

Result<PlannedConfig> planIn(storage::DbSession& db, const ConfigFile& file, const KeyHashes& keys, Timestamp now)
{
    auto snapshot = storage::SnapshotRepository(db).load(now);
    if (!snapshot)
        return std::move(snapshot).error();
    return config::planConfig(file, *snapshot, keys.hashes);
}

/// Against what `migrate` would make of nothing, in a file of its own.
Result<PlannedConfig> planForNewDatabase(const ConfigFile& file, const KeyHashes& keys, Timestamp now)
{
    const QTemporaryDir folder;
    storage::DatabaseUrl url;
    url.path = folder.filePath(QStringLiteral("plan.db"));
    auto db = storage::DbSession::open(url, QStringLiteral("dry run"), false);
    if (!db)
        return std::move(db).error();
    if (auto made = storage::Migrator(**db, url, {}).migrate(now); !made)
        return std::move(made).error();
    return planIn(**db, file, keys, now);
}

/// A dry run leaves the schema alone too, and makes no database.
Result<PlannedConfig> planOnly(const storage::DatabaseUrl& url, const ConfigFile& file, const KeyHashes& keys,
                               Timestamp now)
{
    if (url.engine == storage::DatabaseUrl::Engine::Sqlite && !QFile::exists(url.path))
        return planForNewDatabase(file, keys, now);
    auto db = storage::DbSession::open(url, QStringLiteral("dry run"), true);
    if (!db)
        return std::move(db).error();
    auto status = storage::Migrator(**db, url, {}).status();
    if (!status)
        return std::move(status).error();
    if (status->state == storage::SchemaStatus::State::Empty)
        return planForNewDatabase(file, keys, now);
    if (status->state != storage::SchemaStatus::State::Current)
        return Error{ErrorCode::Unavailable,
                     "the database has not the newest schema yet: run `signalboxctl migrate` first"};
    return planIn(**db, file, keys, now);
}

} // namespace

QString ApplyCommand::name() const
{
    return QStringLiteral("apply");
}
QString ApplyCommand::summary() const
{
    return QStringLiteral("Makes the database match a YAML file; prints the plan.");
}

void ApplyCommand::declare(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("The configuration file."),
                                 QStringLiteral("FILE.yaml"));
    parser.addOption({QStringLiteral("dry-run"), QStringLiteral("Only print the plan.")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("Machine-readable output.")});
}

int ApplyCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (parser.positionalArguments().size() != 1)
        return console.misuse(QStringLiteral("apply wants one file"));
    const QString path = parser.positionalArguments().front();
    QFile input(path);
    if (!input.open(QIODevice::ReadOnly))
        return console.fail(QStringLiteral("%1: %2").arg(path, input.errorString()));
    const config::ReadConfig read = config::readYaml(input.readAll().toStdString());
    if (!read.issues.empty())
        return report(console, path, read.issues);

    return withSession(parser, console, [&](Session& session) -> int {
        const bool dryRun = parser.isSet(QStringLiteral("dry-run"));
        if (!dryRun) {
            if (auto opened = session.openDatabase(); !opened)
                return console.failed(opened.error());
        }
        const KeyHashes keys = readKeys(read.file, session);
        if (!keys.issues.empty())
            return report(console, path, keys.issues);

        // Snapshot, plan and change in one transaction: what is printed is what was done.
        auto work = [file = read.file, keys, actor = session.actor().toStdString(), now = session.clock().now(),
                     random = session.random()](storage::DbSession& db) -> Result<PlannedConfig> {
            auto snapshot = storage::SnapshotRepository(db).load(now);
            if (!snapshot)
                return std::move(snapshot).error();
            PlannedConfig planned = config::planConfig(file, *snapshot, keys.hashes);
            if (!planned.issues.empty())
                return planned;
            if (auto applied = applyPlan(db, planned.plan, *snapshot, actor, now, *random); !applied)
                return std::move(applied).error();
            return planned;
        };
        auto planned = dryRun ? planOnly(session.databaseUrl(), read.file, keys, session.clock().now())
                              : await(session.storage().write(std::move(work)));
        if (!planned)
            return console.failed(planned.error());
        if (!planned->issues.empty())
            return report(console, path, planned->issues);
        printPlan(planned->plan, !dryRun, parser.isSet(QStringLiteral("json")), console.out);
        if (!dryRun)
            SecretBinder(session, console).run(read.file);
        return Done;
    });
}

} // namespace sb::ctl
