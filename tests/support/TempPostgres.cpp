// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TempPostgres.h"

#include "storage/DatabaseUrl.h"
#include "storage/DbSession.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace sb::test {
namespace {

constexpr int kStartMs = 30'000;

QString serverFolder()
{
    QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList found = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString& version : found) {
        const QString bin = versions.filePath(version + QStringLiteral("/bin"));
        if (QFileInfo::exists(bin + QStringLiteral("/initdb")))
            return bin;
    }
    const QString onPath = QStandardPaths::findExecutable(QStringLiteral("initdb"));
    return onPath.isEmpty() ? QString() : QFileInfo(onPath).absolutePath();
}

} // namespace

TempPostgres* TempPostgres::shared()
{
    TempPostgres& cluster = instance();
    return cluster.m_problem.isEmpty() ? &cluster : nullptr;
}

QString TempPostgres::whyNot()
{
    return instance().m_problem;
}

TempPostgres& TempPostgres::instance()
{
    static TempPostgres cluster;
    static const bool prepared = [] {
        cluster.m_problem = cluster.prepare();
        return true;
    }();
    static_cast<void>(prepared);
    return cluster;
}

/// As an unprivileged user when we are root; the server dies with this program, whatever way that ends.
void TempPostgres::run(QProcess& process, const QString& program, const QStringList& arguments) const
{
    QStringList command{QStringLiteral("--pdeathsig"), QStringLiteral("QUIT")};
    if (geteuid() == 0)
        command << QStringLiteral("--reuid=nobody") << QStringLiteral("--regid=nogroup")
                << QStringLiteral("--clear-groups");
    command << m_bin + u'/' + program;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(QStringLiteral("/"));
    process.start(QStringLiteral("setpriv"), command + arguments);
}

QString TempPostgres::prepare()
{
    m_bin = serverFolder();
    if (m_bin.isEmpty())
        return QStringLiteral("no PostgreSQL server is installed (package postgresql-15)");
    if (QStandardPaths::findExecutable(QStringLiteral("setpriv")).isEmpty())
        return QStringLiteral("setpriv is missing (package util-linux)");

    char folder[] = "/tmp/sbpg-XXXXXX"; // short: the path of a Unix socket is limited to 107 bytes
    if (mkdtemp(folder) == nullptr)
        return QStringLiteral("cannot create a temporary folder");
    m_folder = QString::fromUtf8(folder);
    if (geteuid() == 0) {
        const passwd* nobody = getpwnam("nobody");
        if (nobody == nullptr || chown(folder, nobody->pw_uid, nobody->pw_gid) != 0)
            return QStringLiteral("cannot give the folder to an unprivileged user");
    }
    QProcess initdb;
    run(initdb, QStringLiteral("initdb"),
        {QStringLiteral("-D"), m_folder + QStringLiteral("/data"), QStringLiteral("-U"), QStringLiteral("signalbox"),
         QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"), QStringLiteral("UTF8"),
         QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")});
    if (!initdb.waitForFinished(kStartMs) || initdb.exitCode() != 0)
        return QStringLiteral("initdb failed: ") + QString::fromUtf8(initdb.readAll());
    return start() ? QString() : QStringLiteral("the server did not start: ") + QString::fromUtf8(m_server.readAll());
}

bool TempPostgres::start()
{
    if (m_server.state() == QProcess::Running)
        return true;
    run(m_server, QStringLiteral("postgres"),
        {QStringLiteral("-D"), m_folder + QStringLiteral("/data"), QStringLiteral("-k"), m_folder, QStringLiteral("-c"),
         QStringLiteral("listen_addresses="), QStringLiteral("-c"), QStringLiteral("fsync=off"), QStringLiteral("-c"),
         QStringLiteral("max_connections=60"), QStringLiteral("-c"), QStringLiteral("log_min_messages=fatal"),
         QStringLiteral("-c"), QStringLiteral("log_min_error_statement=panic"), QStringLiteral("-c"),
         QStringLiteral("full_page_writes=off"), QStringLiteral("-c"), QStringLiteral("autovacuum=off")});
    QElapsedTimer since;
    since.start();
    while (since.elapsed() < kStartMs && m_server.state() != QProcess::NotRunning) {
        if (administer(QStringLiteral("SELECT 1")).isEmpty())
            return true;
        m_server.waitForFinished(50); // returns early when the server gives up
    }
    return false;
}

void TempPostgres::stop()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_server.processId()), SIGQUIT);
    m_server.waitForFinished(kStartMs);
}

TempPostgres::~TempPostgres()
{
    stop();
    if (!m_folder.isEmpty())
        QDir(m_folder).removeRecursively();
}

QString TempPostgres::url(const QString& database) const
{
    return QStringLiteral("postgresql://signalbox@%1/%2")
        .arg(QString::fromLatin1(QUrl::toPercentEncoding(m_folder)), database);
}

QString TempPostgres::administer(const QString& statement) const
{
    auto parsed = storage::DatabaseUrl::parse(url(QStringLiteral("postgres")));
    if (!parsed)
        return QString::fromStdString(parsed.error().what);
    auto session = storage::DbSession::open(*parsed, QStringLiteral("admin"), false);
    if (!session)
        return QString::fromStdString(session.error().what);
    auto done = (*session)->exec(statement);
    return done ? QString() : QString::fromStdString(done.error().what);
}

} // namespace sb::test
