// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands/SimulateCommand.h"

#include "ctl/StopSignal.h"
#include "runtime/CommandLine.h"
#include "simulator/Simulator.h"

#include <QCoreApplication>

namespace sb::ctl {
namespace {

/// An option's number within [low, high], or an Error that names the option.
Result<double> number(const QCommandLineParser& parser, const QString& option, double low, double high)
{
    bool ok = false;
    const double value = parser.value(option).toDouble(&ok);
    if (!ok || value < low || value > high)
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("--%1 wants a number from %2 to %3").arg(option).arg(low).arg(high).toStdString()};
    return value;
}

Result<simulator::SimulatorOptions> readOptions(const QCommandLineParser& parser)
{
    simulator::SimulatorOptions options;
    if (parser.isSet(QStringLiteral("listen"))) {
        auto address = runtime::ListenText::parse(parser.value(QStringLiteral("listen")));
        if (!address)
            return std::move(address).error();
        options.listenHost = address->host.toStdString();
        options.port = address->port;
    }
    const auto latency = number(parser, QStringLiteral("latency-ms"), 0, 600'000);
    const auto pace = number(parser, QStringLiteral("tokens-per-second"), 0, 1'000'000);
    const auto status = number(parser, QStringLiteral("status"), 400, 599);
    const auto workers = number(parser, QStringLiteral("workers"), 1, 64);
    // --status alone means every request; with --fail-rate that share of them.
    const bool failsAll = parser.isSet(QStringLiteral("status")) && !parser.isSet(QStringLiteral("fail-rate"));
    const auto rate = failsAll ? Result<double>(1.0) : number(parser, QStringLiteral("fail-rate"), 0, 1);
    for (const auto* value : {&latency, &pace, &status, &workers, &rate}) {
        if (!*value)
            return value->error();
    }
    options.latency = std::chrono::milliseconds(static_cast<std::int64_t>(*latency));
    options.tokensPerSecond = *pace;
    options.failStatus = static_cast<int>(*status);
    options.failRate = *rate;
    options.workers = static_cast<unsigned>(*workers);
    options.ledger = parser.value(QStringLiteral("ledger")).toStdString();
    options.apiKey = parser.value(QStringLiteral("key")).toStdString();
    if (options.apiKey.empty())
        return Error{ErrorCode::InvalidArgument, "--key must not be empty"};
    return options;
}

} // namespace

QString SimulateCommand::name() const
{
    return QStringLiteral("simulate");
}

QString SimulateCommand::summary() const
{
    return QStringLiteral("Runs the provider simulator: five wire formats, no key needed from anyone.");
}

void SimulateCommand::declare(QCommandLineParser& parser) const
{
    const auto option = [&parser](const char* name, const char* text, const char* value, const char* fallback) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value),
                          QString::fromLatin1(fallback)});
    };
    option("latency-ms", "Wait before the first byte of every answer.", "MS", "0");
    option("tokens-per-second", "Pace of streams; 0 is as fast as possible.", "N", "0");
    option("fail-rate", "Share of the requests to fail, chosen by their body.", "0..1", "0");
    option("status", "Status of failed requests; without --fail-rate all of them.", "CODE", "500");
    option("ledger", "Append a JSON line per request that was really served.", "FILE", "");
    option("key", "The credential it expects; the secret key of AWS signatures.", "KEY", "sim-key");
    option("workers", "Threads.", "N", "1");
}

int SimulateCommand::run(const QCommandLineParser& parser, Console& console)
{
    if (!parser.positionalArguments().isEmpty())
        return console.misuse(QStringLiteral("simulate takes no arguments"));
    const auto options = readOptions(parser);
    if (!options)
        return console.misuse(QString::fromStdString(options.error().what));

    StopSignal stop;
    simulator::Simulator simulator(*options);
    const auto port = simulator.start();
    if (!port)
        return console.failed(port.error());
    const bool v6 = options->listenHost.find(':') != std::string::npos;
    console.out << "listening on http://" << (v6 ? "[" : "") << QString::fromStdString(options->listenHost)
                << (v6 ? "]:" : ":") << *port << Qt::endl;
    QObject::connect(&stop, &StopSignal::requested, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    simulator.stop();
    return Done;
}

} // namespace sb::ctl
