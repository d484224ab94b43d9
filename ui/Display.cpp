// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Display.h"

#include <QString>
#include <QtGlobal>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace sb::ui::Display {

namespace {

void endOnFatal(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type == QtFatalMsg) {
        std::fprintf(stderr, "%s\n", qPrintable(text));
        std::_Exit(sayThereIsNone());
    }
    if (type >= QtWarningMsg)
        std::fprintf(stderr, "%s\n", qPrintable(text));
}

} // namespace

bool isNamed(int argc, char** argv)
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "-platform" || std::string_view(argv[i]) == "--platform")
            return true;
    }
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    Q_UNUSED(argc)
    Q_UNUSED(argv)
    return true;
#endif
}

void watchForFailure()
{
    qInstallMessageHandler(endOnFatal);
}

void trustDisplay()
{
    qInstallMessageHandler(nullptr);
}

int sayThereIsNone()
{
    std::fputs("signalbox: no display to show a window on. Start it in a desktop session, or use \"signalboxctl "
               "gateway\" here.\n",
               stderr);
    return 3;
}

} // namespace sb::ui::Display
