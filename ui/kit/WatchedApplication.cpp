// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/WatchedApplication.h"

#include <QAbstractEventDispatcher>
#include <QLoggingCategory>
#include <QThread>

namespace sb::ui {

namespace {
Q_LOGGING_CATEGORY(logGui, "signalbox.gui", QtInfoMsg)

constexpr std::chrono::seconds kReportEvery{1};

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}
} // namespace

WatchedApplication::WatchedApplication(int& argc, char** argv) : QApplication(argc, argv)
{
    if (!logGui().isDebugEnabled())
        return;
    m_reports = true;
    m_reported = std::chrono::steady_clock::now();
    watch(TurnWatch::Unit::Turn,
          [](const TurnWatch::Turn& turn) { qCWarning(logGui).noquote() << "stood still for" << turn.text(); });
}

WatchedApplication::~WatchedApplication() = default;

void WatchedApplication::watchEvents(std::function<void(const TurnWatch::Turn&)> stalled)
{
    watch(TurnWatch::Unit::Event, std::move(stalled));
}

void WatchedApplication::watch(TurnWatch::Unit unit, std::function<void(const TurnWatch::Turn&)> stalled)
{
    const bool isFirst = m_watch == nullptr;
    m_watch = std::make_unique<TurnWatch>(
        unit, TurnWatch::Bar::ofThisBuild(),
        TurnWatch::Meter{[this] { return m_meter.read(); }, [this] { return m_meter.readyOthers(); }});
    m_watch->onStall(std::move(stalled));
    if (!isFirst)
        return;
    // One of the two comes before every look for events: which one depends on whether the loop may wait for some.
    const auto look = [this] { m_watch->look(); };
    connect(eventDispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, look);
    connect(eventDispatcher(), &QAbstractEventDispatcher::awake, this, look);
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    if (!m_watch || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    m_watch->beginEvent(receiver, event);
    const bool handled = QApplication::notify(receiver, event);
    m_watch->endEvent();
    if (m_reports)
        report();
    return handled;
}

void WatchedApplication::report()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_reported < kReportEvery)
        return;
    m_reported = now;
    const TurnWatch::Figures figures = m_watch->take();
    if (figures.turns == 0)
        return;
    qCDebug(logGui).noquote() << QStringLiteral("turns %1, busy %2 ms, median %3 ms, 99 % %4 ms, longest %5")
                                     .arg(figures.turns)
                                     .arg(milliseconds(figures.busy), 0, 'f', 1)
                                     .arg(milliseconds(figures.median), 0, 'f', 2)
                                     .arg(milliseconds(figures.percentile99), 0, 'f', 2)
                                     .arg(figures.longest.text());
}

} // namespace sb::ui
