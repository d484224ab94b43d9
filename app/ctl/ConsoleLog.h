// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LogSink.h"

namespace sb::ctl {

/// Log lines on stderr, "2026-11-21T10:30:00Z warning gateway: text", from `lowest` on. Any thread; one write per line.
class ConsoleLog final : public LogSink {
public:
    explicit ConsoleLog(LogLevel lowest) : m_lowest(lowest) {}
    void write(LogLevel level, std::string_view library, std::string_view message) override;

private:
    LogLevel m_lowest;
};

} // namespace sb::ctl
