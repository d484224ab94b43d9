// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>

#include <sys/resource.h>
#include <sys/types.h>

namespace sb::test {

/// A disk that is full for one process: no file of it may grow any more. The process has to ignore SIGXFSZ, which is
/// inherited by what it starts.
class FullDisk {
public:
    explicit FullDisk(pid_t process = 0) : m_process(process)
    {
        ::prlimit(m_process, RLIMIT_FSIZE, nullptr, &m_before);
        set(0);
    }
    ~FullDisk() { set(m_before.rlim_cur); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

    static void ignoreSignal() { ::signal(SIGXFSZ, SIG_IGN); }

private:
    void set(rlim_t bytes)
    {
        const rlimit limit{bytes, m_before.rlim_max};
        ::prlimit(m_process, RLIMIT_FSIZE, &limit, nullptr);
    }

    pid_t m_process;
    rlimit m_before{};
};

} // namespace sb::test
