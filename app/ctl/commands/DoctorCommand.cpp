// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/DoctorCommand.h"

#include "ctl/Advice.h"
#include "ctl/Await.h"
#include "ctl/Format.h"
#include "ctl/Session.h"
#include "runtime/OrphanedSecrets.h"
#include "secrets/SecretStore.h"
#include "storage/StorageService.h"
#include "storage/repositories/OrganizationRepository.h"
#include "zones/ZoneRules.h"

#include <QJsonArray>
#include <QTcpServer>

#include <filesystem>
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

Finding checkDatabase(Session& session)
{
    const QString location = session.databaseUrl().masked();
    if (auto opened = session.openDatabase(); !opened)
        return {Finding::Verdict::Bad, QStringLiteral("database"), QString::fromStdString(opened.error().what),
                adviceOn(opened.error())};
    return {Finding::Verdict::Good, QStringLiteral("database"), location};
}

Finding checkSchema(Session& session, bool reachable)
{
    if (!reachable)
        return {Finding::Verdict::Bad, QStringLiteral("schema"),
                QStringLiteral("unknown: the database cannot be opened"),
                QStringLiteral("run `signalboxctl migrate --status`")};
    return {Finding::Verdict::Good, QStringLiteral("schema"),
            QStringLiteral("version %1").arg(session.storage().health().schemaVersion)};
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

Finding checkSecrets(Session& session, bool reachable)
{
    if (!reachable)
        return {Finding::Verdict::Doubtful, QStringLiteral("secrets"), QStringLiteral("not checked")};
    auto orphans = await(runtime::orphanedSecrets(session.storage(), session.secrets(), session.profileDirectory()));
    if (!orphans)
        return {Finding::Verdict::Doubtful, QStringLiteral("secrets"), QString::fromStdString(orphans.error().what)};
    if (orphans->empty())
        return {Finding::Verdict::Good, QStringLiteral("secrets"), QStringLiteral("all of them are used")};
    QStringList names;
    for (const SecretRef& ref : *orphans)
        names << QString::fromStdString(ref.toString());
    return {Finding::Verdict::Doubtful, QStringLiteral("secrets"),
            QStringLiteral("no service of this database uses %1").arg(names.join(QStringLiteral(", "))),
            QStringLiteral("left by a program that ended too early: remove them, unless another database uses them")};
}

Finding checkClock(Session& session)
{
    using namespace std::chrono;
    const Timestamp now = session.clock().now();
    const bool plausible = now > sys_days{year{2025} / January / 1} && now < sys_days{year{2100} / January / 1};
    if (plausible)
        return {Finding::Verdict::Good, QStringLiteral("clock"), isoTime(now)};
    return {Finding::Verdict::Bad, QStringLiteral("clock"), isoTime(now) + QStringLiteral(" cannot be right"),
            QStringLiteral("set the system time: limits, prices and signatures depend on it")};
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
    return QStringLiteral("Checks database, keychain, secrets, clock, port, disk and schema.");
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
        std::vector<Finding> findings{checkDatabase(session)};
        const bool reachable = findings.front().verdict == Finding::Verdict::Good;
        findings.push_back(checkSchema(session, reachable));
        findings.push_back(checkTimeZone(session, reachable));
        findings.push_back(checkKeychain(session));
        findings.push_back(checkSecrets(session, reachable));
        findings.push_back(checkClock(session));
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
