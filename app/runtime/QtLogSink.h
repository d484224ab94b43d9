// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LogSink.h"

#include <memory>

namespace sb::runtime {

/// Forwards the log lines of the Qt-free libraries to Qt's logging, category `signalbox.<library>`: filtered by
/// QT_LOGGING_RULES like everything else. Any thread.
class QtLogSink final : public LogSink {
public:
    QtLogSink();
    ~QtLogSink() override;

    void write(LogLevel level, std::string_view library, std::string_view message) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::runtime
