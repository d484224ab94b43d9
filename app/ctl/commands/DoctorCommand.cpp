// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/DoctorCommand.h"

#include "ctl/Advice.h"
#include "ctl/Await.h"
#include "ctl/Format.h"
#include "ctl/Session.h"
#include "runtime/OrphanedSecrets.h"
#include "runtime/SecretUses.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"
#include "storage/repositories/DatabaseRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/SnapshotRepository.h"
#include "zones/ZoneRules.h"

#include <QJsonArray>
#include <QTcpServer>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <system_error>

namespace sb::ctl {
namespace {

struct Finding {
    enum class Verdict { Good, Doubtful, Bad };
    Verdict verdict = Verdict::Good;
    QString what;
    QString found;
    QString advice = {};
};

constexpr std::uintmax_t kNeededBytes = 200ULL * 1024 * 1024;
constexpr std::chrono::seconds kClockTolerance{5};

/// Schema and address are found out at once.
std::vector<Finding> checkDatabase(Session& session)
{
    const auto opened = session.openDatabase();
    if (opened)
        return {{Finding::Verdict::Good, QStringLiteral("database"), session.databaseUrl().masked()},
                {Finding::Verdict::Good, QStringLiteral("schema"),
                 QStringLiteral("version %1").arg(session.storage().health().schemaVersion)}};
    const QString advice = adviceOn(opened.error());
    if (opened.error().code == ErrorCode::Conflict)
        return {{Finding::Verdict::Good, QStringLiteral("database"), session.databaseUrl().masked()},
                {Finding::Verdict::Bad, QStringLiteral("schema"), QString::fromStdString(opened.error().what), advice}};
    return {{Finding::Verdict::Bad, QStringLiteral("database"), QString::fromStdString(opened.error().what), advice},
            {Finding::Verdict::Doubtful, QStringLiteral("schema"), QStringLiteral("not checked")}};
}

Finding checkTimeZone(Session& session, bool reachable)
{
    if (!reachable)
        return {Finding::Verdict::Doubtful, QStringLiteral("time zone"), QStringLiteral("not checked")};
    auto organization = await(
        session.storage().read([](storage::DbSession& db) { return storage::OrganizationRepository(db).current(); }));
    if (!organization)
        return {Finding::Verdict::Bad, QStringLiteral("time zone"), QString::fromStdString(organization.error().what)};
    const QString zone = QString::fromStdString(organization->timeZone);
    if (!ZoneRules::load(organization->timeZone))
        return {Finding::Verdict::Bad, QStringLiteral("time zone"), zone + QStringLiteral(" is unknown to this system"),
                QStringLiteral("set the organization's time zone to an IANA name")};
    return {Finding::Verdict::Good, QStringLiteral("time zone"), zone};
}

Finding checkKeychain(Session& session)
{
    const auto probed = await(session.secrets().probe());
    switch (probed ? *probed : secrets::KeychainState::Unknown) {
    case secrets::KeychainState::Available:
        return {Finding::Verdict::Good, QStringLiteral("keychain"), QStringLiteral("available")};
    case secrets::KeychainState::LockedOrAbsent:
        return {Finding::Verdict::Doubtful, QStringLiteral("keychain"), QStringLiteral("locked or absent"),
                QStringLiteral("unlock it, or use env: and file: references")};
    case secrets::KeychainState::NoService:
    case secrets::KeychainState::Unknown:
        break;
    }
    return {Finding::Verdict::Doubtful, QStringLiteral("keychain"), QStringLiteral("no service answers"),
            QStringLiteral("use env: and file: references on this machine")};
}

Finding checkRecords(Session& session, bool reachable)
{
    if (!reachable)
        return {Finding::Verdict::Doubtful, QStringLiteral("records"), QStringLiteral("not checked")};
    const auto figures =
        await(session.storage().read([](storage::DbSession& db) { return storage::DatabaseRepository(db).figures(); }));
    if (!figures)
        return {Finding::Verdict::Bad, QStringLiteral("records"), QString::fromStdString(figures.error().what)};
    if (figures->deadLetters == 0)
        return {Finding::Verdict::Good, QStringLiteral("records"),
                QStringLiteral("%1 stored, none set aside").arg(figures->requests)};
    return {Finding::Verdict::Doubtful, QStringLiteral("records"),
            QStringLiteral("%1 could not be stored and are set aside, the newest because of: %2")
                .arg(figures->deadLetters)
                .arg(QString::fromStdString(figures->deadLetterError)),
            QStringLiteral("they are tried again at every start of the gateway")};
}

/// Left behind by a program that ended too early.
std::vector<Finding> findOrphans(Session& session)
{
    const QString what = QStringLiteral("secrets");
    auto orphans = await(runtime::orphanedSecrets(session.storage(), session.secrets(), session.profileDirectory()));
    if (!orphans)
        return {{Finding::Verdict::Doubtful, what, QString::fromStdString(orphans.error().what)}};
    if (orphans->empty())
        return {};
    QStringList names;
    for (const SecretRef& ref : *orphans)
        names << QString::fromStdString(ref.toString());
    return {{Finding::Verdict::Doubtful, what,
             QStringLiteral("no service of this database uses %1").arg(names.join(QStringLiteral(", "))),
             QStringLiteral("left by a program that ended too early: remove them, unless another database uses them")}};
}

/// Why the gateway of this profile would not send a secret; binds nothing.
std::optional<Finding> checkUse(const runtime::SecretUse& use, Session& session)
{
    const QString what = QStringLiteral("secrets");
    const QString name = QString::fromStdString(use.ref.toString());
    const QString service = QString::fromStdString(use.service);
    auto secret = await(session.secrets().read(use.ref));
    if (!secret)
        return Finding{Finding::Verdict::Bad, what,
                       QStringLiteral("%1, for service %2, cannot be read: %3")
                           .arg(name, service, QString::fromStdString(secret.error().what)),
                       use.ref.kind == SecretRef::Kind::Environment
                           ? QStringLiteral("set the variable for the gateway's process, and for this check")
                       : secret.error().field == "keychain"
                           ? QStringLiteral("unlock the keychain")
                           : QStringLiteral("put the key there again, or name another reference in the service")};
    const auto origin = await(session.secrets().originOf(use.ref));
    if (!origin)
        return Finding{Finding::Verdict::Bad, what, QString::fromStdString(origin.error().what)};
    if (!*origin || *origin == use.origin)
        return std::nullopt;
    return Finding{Finding::Verdict::Bad, what,
                   QStringLiteral("%1 is for %2 and is not sent to %3, the address of service %4")
                       .arg(name, QString::fromStdString(**origin), QString::fromStdString(use.origin), service),
                   QStringLiteral("if the address is right, confirm it: apply the configuration with this profile, or "
                                  "save the service in the desktop program")};
}

std::vector<Finding> checkSecrets(Session& session, bool reachable)
{
    const QString what = QStringLiteral("secrets");
    if (!reachable)
        return {{Finding::Verdict::Doubtful, what, QStringLiteral("not checked")}};
    auto snapshot = await(session.storage().read(
        [now = session.clock().now()](storage::DbSession& db) { return storage::SnapshotRepository(db).load(now); }));
    if (!snapshot)
        return {{Finding::Verdict::Bad, what, QString::fromStdString(snapshot.error().what)}};
    const std::vector<runtime::SecretUse> uses = runtime::secretUses(*snapshot);
    std::vector<Finding> findings;
    for (const runtime::SecretUse& use : uses) {
        if (auto found = checkUse(use, session))
            findings.push_back(*std::move(found));
    }
    for (Finding& orphan : findOrphans(session))
        findings.push_back(std::move(orphan));
    if (findings.empty())
        findings.push_back({Finding::Verdict::Good, what,
                            uses.empty() ? QStringLiteral("no service needs one")
                                         : QStringLiteral("%1 can be read and go where they belong").arg(uses.size())});
    return findings;
}

/// Against what others wrote down: a clock alone cannot tell that it is wrong.
Finding checkClock(Session& session, bool reachable)
{
    const QString what = QStringLiteral("clock");
    const QString advice = QStringLiteral("set the system time: limits, prices and signatures depend on it");
    if (!reachable)
        return {Finding::Verdict::Doubtful, what,
                isoTime(session.clock().now()) + QStringLiteral(", compared with nothing")};
    const auto times =
        await(session.storage().read([](storage::DbSession& db) { return storage::DatabaseRepository(db).times(); }));
    const Timestamp now = session.clock().now();
    if (!times)
        return {Finding::Verdict::Doubtful, what,
                isoTime(now) + QStringLiteral(", compared with nothing: ") +
                    QString::fromStdString(times.error().what)};
    if (times->newestRequest && *times->newestRequest > now + kClockTolerance)
        return {Finding::Verdict::Bad, what,
                QStringLiteral("%1, but a request was recorded at %2").arg(isoTime(now), isoTime(times->newestRequest)),
                advice};
    if (times->server && std::chrono::abs(now - *times->server) > kClockTolerance)
        return {Finding::Verdict::Bad, what,
                QStringLiteral("%1, but %2 on the database server").arg(isoTime(now), isoTime(times->server)), advice};
    QStringList agrees;
    if (times->server)
        agrees << QStringLiteral("as on the database server");
    if (times->newestRequest)
        agrees << QStringLiteral("after the newest recorded request");
    return {Finding::Verdict::Good, what,
            isoTime(now) + QStringLiteral(", ") +
                (agrees.isEmpty() ? QStringLiteral("nothing recorded to compare it with")
                                  : agrees.join(QStringLiteral(", ")))};
}

Finding checkPort(const runtime::ListenText& listen)
{
    const QString where = QStringLiteral("%1:%2").arg(listen.host).arg(listen.port);
    QTcpServer server;
    const QHostAddress address(listen.host == QLatin1String("localhost") ? QStringLiteral("127.0.0.1") : listen.host);
    if (server.listen(address, listen.port))
        return {Finding::Verdict::Good, QStringLiteral("port"), where + QStringLiteral(" is free")};
    return {Finding::Verdict::Doubtful, QStringLiteral("port"), where + QStringLiteral(": ") + server.errorString(),
            QStringLiteral("if no gateway of yours runs there, choose another with --listen")};
}

Finding checkDisk(const QString& directory)
{
    // Asked of the folder itself: a mount table, as QStorageInfo reads it, need not list it inside a container.
    std::error_code failed;
    const std::filesystem::space_info disk = std::filesystem::space(directory.toStdString(), failed);
    const QString room = failed
                             ? QString::fromStdString(failed.message())
                             : QStringLiteral("%1 MiB free in %2").arg(disk.available / (1024 * 1024)).arg(directory);
    if (!failed && disk.available >= kNeededBytes)
        return {Finding::Verdict::Good, QStringLiteral("disk"), room};
    return {Finding::Verdict::Bad, QStringLiteral("disk"), room,
            QStringLiteral("make room: usage is written to a journal there first")};
}

QString word(Finding::Verdict verdict)
{
    switch (verdict) {
    case Finding::Verdict::Good:
        return QStringLiteral("ok");
    case Finding::Verdict::Doubtful:
        return QStringLiteral("warning");
    case Finding::Verdict::Bad:
        return QStringLiteral("failed");
    }
    return {};
}

} // namespace

QString DoctorCommand::name() const
{
    return QStringLiteral("doctor");
}
QString DoctorCommand::summary() const
{
    return QStringLiteral("Checks database, schema, records, keychain, secrets, clock, port and disk.");
}

void DoctorCommand::declare(QCommandLineParser& parser) const
{
    parser.addOption({QStringLiteral("json"), QStringLiteral("Machine-readable output.")});
}

int DoctorCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (!parser.positionalArguments().isEmpty())
        return console.misuse(QStringLiteral("doctor takes no arguments"));
    return withSession(parser, console, [&](Session& session) -> int {
        std::vector<Finding> findings = checkDatabase(session);
        const bool reachable =
            std::ranges::all_of(findings, [](const Finding& f) { return f.verdict == Finding::Verdict::Good; });
        findings.push_back(checkRecords(session, reachable));
        findings.push_back(checkTimeZone(session, reachable));
        findings.push_back(checkKeychain(session));
        std::ranges::move(checkSecrets(session, reachable), std::back_inserter(findings));
        findings.push_back(checkClock(session, reachable));
        findings.push_back(checkPort(session.listen()));
        findings.push_back(checkDisk(session.profileDirectory()));

        bool bad = false;
        QJsonArray array;
        for (const Finding& finding : findings) {
            bad = bad || finding.verdict == Finding::Verdict::Bad;
            array.append(QJsonObject{{QStringLiteral("check"), finding.what},
                                     {QStringLiteral("verdict"), word(finding.verdict)},
                                     {QStringLiteral("found"), finding.found},
                                     {QStringLiteral("advice"), finding.advice}});
            if (parser.isSet(QStringLiteral("json")))
                continue;
            console.out << word(finding.verdict).leftJustified(9) << finding.what.leftJustified(11) << finding.found
                        << '\n';
            if (!finding.advice.isEmpty())
                console.out << QString(20, QLatin1Char(' ')) << "-> " << finding.advice << '\n';
        }
        if (parser.isSet(QStringLiteral("json")))
            printJson(console.out, array);
        return bad ? Failed : Done;
    });
}

} // namespace sb::ctl
