// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/Command.h"

#include "ctl/Advice.h"
#include "ctl/commands/ApplyCommand.h"
#include "ctl/commands/DoctorCommand.h"
#include "ctl/commands/ExportCommand.h"
#include "ctl/commands/GatewayCommand.h"
#include "ctl/commands/KeyCommand.h"
#include "ctl/commands/MigrateCommand.h"
#include "ctl/commands/SeedDemoCommand.h"
#include "ctl/commands/SimulateCommand.h"
#include "runtime/CommandLine.h"

#include <QCoreApplication>

#include <algorithm>

namespace sb::ctl {
namespace {

void printOverview(const std::vector<std::unique_ptr<Command>>& commands, const QCommandLineParser& parser,
                   QTextStream& out)
{
    out << "Signalbox without windows: the gateway and its tools.\n\nUsage: signalboxctl [options] COMMAND "
           "[arguments]\n\nCommands:\n";
    for (const auto& command : commands)
        out << "  " << command->name().leftJustified(12) << command->summary() << '\n';
    out << "\n`signalboxctl COMMAND --help` tells more about one of them.\n\n"
        << parser.helpText().section(QStringLiteral("\n\n"), -1).trimmed() << '\n';
}

} // namespace

int Console::failed(const Error& error)
{
    say(error);
    return Failed;
}

int Console::fail(const QString& what)
{
    return failed({ErrorCode::Internal, what.toStdString()});
}

int Console::misuse(const QString& what)
{
    return misused({ErrorCode::InvalidArgument, what.toStdString()});
}

int Console::misused(const Error& error)
{
    say(error);
    err << "Try `signalboxctl --help`.\n";
    return WrongUsage;
}

void Console::say(const Error& error)
{
    err << "signalboxctl: " << QString::fromStdString(error.what) << '\n';
    if (const QString advice = adviceOn(error); !advice.isEmpty())
        err << "-> " << advice << '\n';
}

std::vector<std::unique_ptr<Command>> allCommands()
{
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<GatewayCommand>());
    commands.push_back(std::make_unique<ApplyCommand>());
    commands.push_back(std::make_unique<ExportCommand>());
    commands.push_back(std::make_unique<KeyCommand>());
    commands.push_back(std::make_unique<MigrateCommand>());
    commands.push_back(std::make_unique<SimulateCommand>());
    commands.push_back(std::make_unique<SeedDemoCommand>());
    commands.push_back(std::make_unique<DoctorCommand>());
    return commands;
}

void declareCommonOptions(QCommandLineParser& parser)
{
    runtime::CommandLine::declare(parser);
    parser.addOption({QStringLiteral("version"), QStringLiteral("Print the version.")});
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Print this help.")});
}

int runCommandLine(const QStringList& arguments, Console& console)
{
    const auto commands = allCommands();
    QCommandLineParser common;
    common.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    declareCommonOptions(common);
    const bool parsed = common.parse(arguments);
    const QStringList positional = common.positionalArguments();
    if (!parsed)
        return console.misuse(common.errorText());
    if (common.isSet(QStringLiteral("version"))) {
        console.out << "signalboxctl " << QCoreApplication::applicationVersion() << '\n';
        return Done;
    }
    if (positional.isEmpty()) {
        if (!common.isSet(QStringLiteral("help")))
            return console.misuse(QStringLiteral("no command given"));
        printOverview(commands, common, console.out);
        return Done;
    }
    const auto found =
        std::ranges::find_if(commands, [&](const auto& command) { return command->name() == positional.front(); });
    if (found == commands.end())
        return console.misuse(QStringLiteral("unknown command '%1'").arg(positional.front()));

    QCommandLineParser parser;
    parser.setApplicationDescription((*found)->summary());
    declareCommonOptions(parser);
    (*found)->declare(parser);
    QStringList rest = arguments;
    rest.removeAt(static_cast<int>(arguments.size() - positional.size())); // the command's name
    if (!parser.parse(rest))
        return console.misuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help")) || common.isSet(QStringLiteral("help"))) {
        console.out << parser.helpText().replace(QLatin1String("[options]"),
                                                 (*found)->name() + QStringLiteral(" [options]"));
        return Done;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        console.out << "signalboxctl " << QCoreApplication::applicationVersion() << '\n';
        return Done;
    }
    return (*found)->run(parser, console);
}

} // namespace sb::ctl
