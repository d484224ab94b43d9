// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/Deadline.h"

#include <functional>
#include <memory>

namespace sb::http {

/// One thread with one io_context(1): its connections, upstream pool and timers live and die on it. `post` may be
/// called from any thread, everything else only on the worker's own.
class Worker {
public:
    explicit Worker(unsigned index);
    ~Worker(); ///< stop() first

    void start();
    void stop(); ///< any thread but this worker's: lets the loop end and joins. Nothing may be pending on the worker.
    void post(std::function<void()> work);

    unsigned index() const;
    TimerWheel& timers();

    struct Impl; ///< http/internal
    Impl& impl() { return *m_impl; }

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::http
