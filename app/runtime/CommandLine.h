// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "runtime/AppContext.h"

#include <QCommandLineParser>
#include <QString>

namespace sb::runtime {

/// "127.0.0.1:8484", "[::1]:0", "localhost:9000".
struct ListenText {
    QString host;
    quint16 port = 0;

    static Result<ListenText> parse(const QString& text); ///< InvalidArgument, field "listen"
};

/// The options both programs share (contract, "Programs"), but for --help and --version, which each prints in its own
/// way.
class CommandLine {
public:
    static void declare(QCommandLineParser& parser);
    /// Checks what was given, and makes the profile's directory. InvalidArgument: wrong usage; PermissionDenied: the
    /// profile cannot be written.
    static Result<LaunchOptions> read(const QCommandLineParser& parser);
};

} // namespace sb::runtime
