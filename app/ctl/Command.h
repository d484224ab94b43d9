// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QCommandLineParser>
#include <QString>
#include <QTextStream>

#include <memory>
#include <vector>

namespace sb::ctl {

/// The contract's exit codes.
enum ExitCode { Done = 0, Failed = 1, WrongUsage = 2 };

/// Where a command writes: data to `out`, everything else to `err`, so that output can be piped.
struct Console {
    QTextStream out;
    QTextStream err;

    /// "signalboxctl: WHAT", exit code Failed.
    int fail(const QString& what);
    /// The same for an Error, and in a line of its own what can be done.
    int failed(const Error& error);
    /// The same with a hint at --help, exit code WrongUsage.
    int misuse(const QString& what);
    int misused(const Error& error);

private:
    void say(const Error& error);
};

/// One command of signalboxctl. Main thread; may spin the event loop until it is done.
class Command {
public:
    virtual ~Command() = default;

    virtual QString name() const = 0;
    virtual QString summary() const = 0;
    /// Adds the command's own options and positional arguments; the common ones are there already.
    virtual void declare(QCommandLineParser& parser) const = 0;
    /// `parser` was parsed without fault and holds the common options too; positional arguments follow the command's
    /// name.
    virtual int run(const QCommandLineParser& parser, Console& console) = 0;
};

/// Every command, in the order of --help.
std::vector<std::unique_ptr<Command>> allCommands();

/// Options that both programs and every command understand (contract, "Programs").
void declareCommonOptions(QCommandLineParser& parser);

/// Chooses the command, parses its arguments and runs it.
int runCommandLine(const QStringList& arguments, Console& console);

} // namespace sb::ctl
