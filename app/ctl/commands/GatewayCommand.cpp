// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/GatewayCommand.h"

#include "ctl/Session.h"
#include "ctl/StopSignal.h"
#include "runtime/GatewayHost.h"
#include "runtime/LocalHosts.h"
#include "runtime/QtLogSink.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "storage/StorageService.h"

#include <QCoreApplication>

namespace sb::ctl {
namespace {

using runtime::GatewayHost;

constexpr int kMostWorkers = 64;

/// Follows the host's states until it has stopped: the exit code.
class Watch : public QObject {
public:
    Watch(GatewayHost& host, Console& console) : m_host(host), m_console(console)
    {
        connect(&host, &GatewayHost::stateChanged, this, [this] { onState(); });
    }

    void stop()
    {
        if (m_host.state() == GatewayHost::State::Stopped || m_host.state() == GatewayHost::State::Failed)
            return QCoreApplication::exit(m_exitCode);
        m_console.err << "stopping: finishing what is running" << Qt::endl;
        m_host.stop();
    }

private:
    void onState()
    {
        switch (m_host.state()) {
        case GatewayHost::State::Running:
            m_console.out << "listening on " << m_host.url() << Qt::endl;
            return;
        case GatewayHost::State::Failed:
            m_exitCode = m_console.failed(m_host.lastError());
            m_console.err.flush();
            return QCoreApplication::exit(m_exitCode);
        case GatewayHost::State::Stopped:
            return QCoreApplication::exit(m_exitCode);
        case GatewayHost::State::Starting:
        case GatewayHost::State::Stopping:
            return;
        }
    }

    GatewayHost& m_host;
    Console& m_console;
    int m_exitCode = Done;
};

Result<gateway::GatewayOptions> readOptions(const QCommandLineParser& parser, Session& session)
{
    gateway::GatewayOptions options;
    options.listenHost = session.listen().host.toStdString();
    options.port = session.listen().port;
    bool ok = true;
    if (parser.isSet(QStringLiteral("workers")))
        options.workers = parser.value(QStringLiteral("workers")).toUInt(&ok);
    if (!ok || options.workers > kMostWorkers)
        return Error{ErrorCode::InvalidArgument, "--workers wants a number from 0 to 64"};
    options.behindTlsProxy = parser.isSet(QStringLiteral("behind-tls-proxy"));
    options.metricsOnLoopback = parser.isSet(QStringLiteral("metrics-on-loopback"));
    options.caFile = parser.value(QStringLiteral("ca-file")).toStdString();
    const bool given = parser.isSet(QStringLiteral("local-host"));
    auto localHosts = runtime::readLocalHosts(given ? parser.values(QStringLiteral("local-host"))
                                                    : session.settings().value(settings::Settings::localHosts));
    if (!localHosts)
        return Error{ErrorCode::InvalidArgument,
                     (given ? "--local-host: " : "gateway/localHosts in the settings: ") + localHosts.error().what};
    options.localHosts = *std::move(localHosts);
    for (const QString& host : parser.values(QStringLiteral("allow-host")))
        options.allowedHosts.push_back(host.toStdString());
    for (const QString& origin : parser.values(QStringLiteral("allow-origin")))
        options.allowedOrigins.push_back(origin.toStdString());
    if (auto usable = options.check(); !usable)
        return std::move(usable).error();
    return options;
}

} // namespace

QString GatewayCommand::name() const
{
    return QStringLiteral("gateway");
}
QString GatewayCommand::summary() const
{
    return QStringLiteral("Runs the gateway; SIGTERM drains and stops it.");
}

void GatewayCommand::declare(QCommandLineParser& parser) const
{
    const auto option = [&parser](const char* name, const char* text, const char* value) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value)});
    };
    option("workers", "Worker threads; 0: as many as cores, at most 4.", "N");
    option("allow-host", "A further Host that clients may name; repeatable.", "HOST");
    option("allow-origin", "A browser origin that may call; repeatable.", "ORIGIN");
    option("ca-file", "Further trusted certificates (PEM), for private model servers.", "FILE");
    option("local-host", "A service's host that may be in a private network; repeatable.", "HOST");
    parser.addOption(
        {QStringLiteral("behind-tls-proxy"), QStringLiteral("Listen beyond this machine: a proxy in front does TLS.")});
    parser.addOption(
        {QStringLiteral("metrics-on-loopback"), QStringLiteral("Serve /metrics without a key to this machine.")});
}

int GatewayCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (!parser.positionalArguments().isEmpty())
        return console.misuse(QStringLiteral("gateway takes no arguments"));
    return withSession(parser, console, [&](Session& session) -> int {
        const auto options = readOptions(parser, session);
        if (!options)
            return console.misused(options.error());
        if (auto opened = session.openDatabase(); !opened)
            return console.failed(opened.error());
        runtime::QtLogSink log;
        StopSignal stop;
        GatewayHost host({session.profileDirectory(), *options}, session.storage(), session.secrets(), session.clock(),
                         log);
        Watch watch(host, console);
        QObject::connect(&stop, &StopSignal::requested, &watch, [&watch] { watch.stop(); });
        // Inside the event loop, so that a failure at once finds it running.
        QMetaObject::invokeMethod(
            &host, [&host] { host.start(); }, Qt::QueuedConnection);
        return QCoreApplication::exec();
    });
}

} // namespace sb::ctl
