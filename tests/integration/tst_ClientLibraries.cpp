// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs sdk/clients.mjs: the official OpenAI and Anthropic client libraries, unmodified but for base URL and key,
// through the gateway to the simulator. Exit 77 with the reason when they cannot be installed here.
#include "Landscape.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

#include <cstdio>

using namespace sb::test;

namespace {

constexpr int kSkipped = 77;

QString str(const char* text)
{
    return QString::fromLatin1(text);
}

/// True when the program ended well; its output otherwise goes to stderr.
bool runQuietly(const QString& program, const QStringList& arguments, const QString& folder, int milliseconds)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool ended = process.waitForFinished(milliseconds);
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    const bool good = ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!good)
        std::fprintf(stderr, "%s\n", process.readAll().constData());
    return good;
}

/// The libraries in a folder of the build, installed from the lock file unless they are there already.
bool install(const QString& folder)
{
    QDir().mkpath(folder);
    bool current = QFile::exists(folder + str("/node_modules/.package-lock.json"));
    for (const char* name : {"package.json", "package-lock.json", "clients.mjs"}) {
        QFile source(str(SB_SDK_DIR "/") + str(name));
        QFile target(folder + QLatin1Char('/') + str(name));
        if (!source.open(QIODevice::ReadOnly))
            return false;
        const QByteArray wanted = source.readAll();
        const bool same = target.open(QIODevice::ReadOnly) && target.readAll() == wanted;
        target.close();
        current = current && (same || qstrcmp(name, "clients.mjs") == 0);
        if (!same &&
            (!target.open(QIODevice::WriteOnly | QIODevice::Truncate) || target.write(wanted) != wanted.size()))
            return false;
    }
    return current || runQuietly(str("npm"), {str("ci"), str("--no-audit"), str("--no-fund"), str("--ignore-scripts")},
                                 folder, 120'000);
}

int skip(const char* reason)
{
    std::fprintf(stderr, "skipped: %s\n", reason);
    return kSkipped;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (!runQuietly(str("node"), {str("--version")}, QDir::tempPath(), 10'000))
        return skip("node is not installed");
    if (!runQuietly(str("npm"), {str("--version")}, QDir::tempPath(), 20'000))
        return skip("npm is not installed");
    const QString folder = str(SB_BINARY_DIR "/client-libraries");
    if (!install(folder))
        return skip("the client libraries cannot be installed: no package registry answers");

    Landscape landscape;
    if (!landscape.problem().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(landscape.problem()));
        return 1;
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(str("GATEWAY_URL"), landscape.gatewayUrl());
    environment.insert(str("OPENAI_KEY"), QString::fromStdString(landscape.key("openai")));
    environment.insert(str("ANTHROPIC_KEY"), QString::fromStdString(landscape.key("claude")));
    QProcess clients;
    clients.setWorkingDirectory(folder);
    clients.setProcessEnvironment(environment);
    clients.setProcessChannelMode(QProcess::ForwardedChannels);
    clients.start(str("node"), {str("clients.mjs")});
    if (!clients.waitForFinished(60'000)) {
        std::fprintf(stderr, "the client libraries did not finish in a minute\n");
        clients.kill();
        clients.waitForFinished();
        return 1;
    }
    return clients.exitStatus() == QProcess::NormalExit ? clients.exitCode() : 1;
}
