// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/StopSignal.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

namespace sb::ctl {
namespace {

// A handler may only do what is async-signal-safe: it writes one byte, the event loop does the rest.
volatile std::sig_atomic_t wakeDescriptor = -1;

extern "C" void onStopSignal(int number)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(wakeDescriptor, &byte, 1);
    std::signal(number, SIG_DFL); // the second one ends the program
}

} // namespace

struct StopSignal::Impl {
    std::array<int, 2> descriptors{-1, -1};
    std::unique_ptr<QSocketNotifier> notifier;
};

StopSignal::StopSignal(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_impl->descriptors.data()) != 0)
        qFatal("no descriptors left for a signal pipe");
    wakeDescriptor = m_impl->descriptors[0];
    m_impl->notifier = std::make_unique<QSocketNotifier>(m_impl->descriptors[1], QSocketNotifier::Read);
    connect(m_impl->notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(m_impl->descriptors[1], &byte, 1) == 1)
            Q_EMIT requested();
    });
    std::signal(SIGTERM, onStopSignal);
    std::signal(SIGINT, onStopSignal);
}

StopSignal::~StopSignal()
{
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    wakeDescriptor = -1;
    m_impl->notifier.reset();
    ::close(m_impl->descriptors[0]);
    ::close(m_impl->descriptors[1]);
}

} // namespace sb::ctl
