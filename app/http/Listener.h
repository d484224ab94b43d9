// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LogSink.h"
#include "base/Result.h"
#include "http/TcpStream.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sb::http {

class Worker;

/// Accepts connections on one address and deals them to the workers in turn. The port is never shared. When descriptors
/// run out, a spare one serves one accept-and-close, accepting pauses for 100 ms, and one line per 10 s is logged.
class Listener {
public:
    struct Callbacks {
        std::function<void(Worker&, std::unique_ptr<TcpStream>)> accepted; ///< on that worker's thread
        std::function<bool()> hasRoom; ///< on the first worker's thread: whether one more connection is welcome
    };

    Listener(std::vector<Worker*> workers, Callbacks callbacks, LogSink& log);
    ~Listener(); ///< after close() has called back

    /// Before the workers run. The bound port; Unavailable with field "port" when it is taken, InvalidArgument with
    /// field "host" when the address is not one of this machine.
    Result<std::uint16_t> open(const std::string& host, std::uint16_t port);

    /// On the first worker's thread: no further connection; `done` when nothing is pending.
    void close(std::function<void()> done);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::http
