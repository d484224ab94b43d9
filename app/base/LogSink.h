// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sb {

enum class LogLevel { Debug, Info, Warning, Error };

/// Where the Qt-free libraries write their log lines. Called from any thread, must not block. A line carries a request
/// id or a key's public id, never a credential, a prompt or an answer.
class LogSink {
public:
    virtual ~LogSink() = default;
    virtual void write(LogLevel level, std::string_view library, std::string_view message) = 0;
};

/// Swallows everything: for tests and benchmarks.
class NullLog final : public LogSink {
public:
    void write(LogLevel, std::string_view, std::string_view) override {}
};

} // namespace sb
