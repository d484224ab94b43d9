// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ConsoleLog.h"

#include "base/Clock.h"
#include "ctl/Format.h"

#include <cstdio>
#include <string>

namespace sb::ctl {
namespace {

std::string_view word(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    }
    return {};
}

} // namespace

void ConsoleLog::write(LogLevel level, std::string_view library, std::string_view message)
{
    if (level < m_lowest)
        return;
    std::string line = isoTime(SystemClock().now()).toStdString();
    line.append(" ").append(word(level)).append(" ").append(library).append(": ").append(message).append("\n");
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace sb::ctl
