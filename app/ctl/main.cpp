// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/Command.h"

#include <QCoreApplication>

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationDomain(QStringLiteral("signalbox.io"));
    QCoreApplication::setApplicationName(QStringLiteral("signalbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SB_VERSION));

    qSetMessagePattern(
        QStringLiteral("%{time yyyy-MM-ddTHH:mm:ss.zzz} %{type} %{category}: %{message}")); // log lines, on stderr

    sb::ctl::Console console{QTextStream(stdout), QTextStream(stderr)};
    return sb::ctl::runCommandLine(QCoreApplication::arguments(), console);
}
