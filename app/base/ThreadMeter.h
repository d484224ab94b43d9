// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace sb {

/// What became of a thread's time: it computed, it stood ready without a processor, or (the rest) it slept in a call.
struct ThreadTimes {
    std::chrono::nanoseconds wall{};
    std::chrono::nanoseconds computed{};
    std::chrono::nanoseconds ready{};
    std::int64_t sleeps = 0;    ///< how often it gave its processor up to wait for something
    std::int64_t pagesRead = 0; ///< pages of the program that had to come from the disk, which sleeps as well

    ThreadTimes operator-(const ThreadTimes& earlier) const
    {
        return {wall - earlier.wall, computed - earlier.computed, ready - earlier.ready, sleeps - earlier.sleeps,
                pagesRead - earlier.pagesRead};
    }
    ThreadTimes& operator+=(const ThreadTimes& more)
    {
        wall += more.wall;
        computed += more.computed;
        ready += more.ready;
        sleeps += more.sleeps;
        pagesRead += more.pagesRead;
        return *this;
    }
    /// Nothing without `sleeps`: what is missing then was taken by a virtual machine's host.
    std::chrono::nanoseconds slept() const;
};

/// Reads the times of the thread that made it; to be used in that thread only. Where the platform does not tell the
/// ready time (anywhere but on Linux), all of the time counts as that: nothing can be blamed on the thread.
class ThreadMeter {
public:
    ThreadMeter();
    ~ThreadMeter();
    ThreadMeter(const ThreadMeter&) = delete;
    ThreadMeter& operator=(const ThreadMeter&) = delete;

    ThreadTimes read() const;
    /// How long the other threads of the program stood ready without a processor, together; only grows.
    std::chrono::nanoseconds readyOthers();

private:
    int m_schedule = -1; ///< the kernel's account of the thread
    std::map<std::string, std::chrono::nanoseconds> m_others;
    std::chrono::nanoseconds m_readyOthers{};
};

} // namespace sb
