// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ThreadMeter.h"

#include <algorithm>

#ifdef __linux__
#include <array>
#include <charconv>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace sb {

using std::chrono::nanoseconds;

nanoseconds ThreadTimes::slept() const
{
    return sleeps == 0 ? nanoseconds::zero() : std::max(nanoseconds::zero(), wall - computed - ready);
}

#ifdef __linux__

namespace {

/// "computed ready slices", in nanoseconds. The first is not brought up to date for a thread that runs: it is not used.
nanoseconds readyTime(int schedule)
{
    std::array<char, 96> text{};
    const ssize_t size = ::pread(schedule, text.data(), text.size(), 0);
    const char* const end = text.data() + std::max<ssize_t>(size, 0);
    const char* at = std::find(static_cast<const char*>(text.data()), end, ' ');
    std::int64_t value = 0;
    if (at != end)
        std::from_chars(at + 1, end, value);
    return nanoseconds{value};
}

} // namespace

ThreadMeter::ThreadMeter() : m_schedule(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)) {}

ThreadMeter::~ThreadMeter()
{
    if (m_schedule >= 0)
        ::close(m_schedule);
}

nanoseconds ThreadMeter::readyOthers()
{
    const std::string own = std::to_string(::gettid());
    std::map<std::string, nanoseconds> present;
    std::error_code ended; // a thread may end while it is looked at
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", ended)) {
        const std::string name = task.path().filename();
        const int schedule = name == own ? -1 : ::open((task.path() / "schedstat").c_str(), O_RDONLY | O_CLOEXEC);
        if (schedule < 0)
            continue;
        const nanoseconds ready = readyTime(schedule);
        ::close(schedule);
        m_readyOthers += std::max(nanoseconds::zero(), ready - m_others[name]);
        present.emplace(name, ready);
    }
    m_others = std::move(present);
    return m_readyOthers;
}

ThreadTimes ThreadMeter::read() const
{
    ThreadTimes times;
    times.wall = std::chrono::steady_clock::now().time_since_epoch();
    if (m_schedule < 0) {
        times.ready = times.wall;
        return times;
    }
    timespec computed{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &computed);
    times.computed = std::chrono::seconds{computed.tv_sec} + nanoseconds{computed.tv_nsec};
    times.ready = readyTime(m_schedule);
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    times.sleeps = usage.ru_nvcsw;
    times.pagesRead = usage.ru_majflt;
    return times;
}

#else

ThreadMeter::ThreadMeter() = default;
ThreadMeter::~ThreadMeter() = default;

nanoseconds ThreadMeter::readyOthers()
{
    return {};
}

ThreadTimes ThreadMeter::read() const
{
    const nanoseconds now = std::chrono::steady_clock::now().time_since_epoch();
    return {.wall = now, .ready = now};
}

#endif

} // namespace sb
