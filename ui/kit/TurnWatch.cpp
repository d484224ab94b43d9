// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/TurnWatch.h"

#include "base/LogHistogram.h"

#include <QEvent>
#include <QMetaEnum>
#include <QObject>

#include <algorithm>

namespace sb::ui {

using std::chrono::nanoseconds;

namespace {

constexpr std::chrono::milliseconds kLookAtOthersEvery{100}; // opens a file per thread

double milliseconds(nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

nanoseconds percentile(const std::map<int, int>& bins, int turns, double share)
{
    int seen = 0;
    for (const auto& [bin, count] : bins) {
        seen += count;
        if (seen >= turns * share)
            return std::chrono::duration_cast<nanoseconds>(
                std::chrono::duration<double, std::micro>(LogHistogram::valueOf(bin)));
    }
    return {};
}

} // namespace

QString TurnWatch::Turn::text() const
{
    return QStringLiteral("%1 ms (computed %2, slept %3, without a processor %4) in %5 event(s), longest: %6")
        .arg(milliseconds(times.wall), 0, 'f', 1)
        .arg(milliseconds(times.computed), 0, 'f', 1)
        .arg(milliseconds(times.slept()), 0, 'f', 1)
        .arg(milliseconds(times.ready), 0, 'f', 1)
        .arg(events)
        .arg(longest);
}

QString TurnWatch::EventName::text() const
{
    const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    const QString event = name != nullptr ? QString::fromLatin1(name) : QStringLiteral("event %1").arg(type);
    return QStringLiteral("%1 to %2 %3").arg(event, QString::fromLatin1(receiverClass), receiver).trimmed();
}

TurnWatch::Bar TurnWatch::Bar::ofThisBuild()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return {.slowness = 20};
#elif defined(NDEBUG)
    return {.slowness = 1};
#else
    return {.slowness = 3};
#endif
}

TurnWatch::TurnWatch(Unit unit, Bar bar, Meter meter) : m_unit(unit), m_bar(bar), m_meter(std::move(meter)) {}

void TurnWatch::beginEvent(const QObject* receiver, const QEvent* event)
{
    Frame& frame = m_frames.back();
    if (frame.depth++ > 0)
        return;
    frame.event = {event->type(), receiver->metaObject()->className(), receiver->objectName()};
    frame.begin = m_meter.own();
    if (!m_othersAt || frame.begin.wall - *m_othersAt > kLookAtOthersEvery) {
        m_readyOthers = m_meter.readyOthers();
        m_othersAt = frame.begin.wall;
    }
}

void TurnWatch::endEvent()
{
    if (m_frames.back().depth == 0) { // the loop within the loop has ended
        finish(m_frames.back());
        m_frames.pop_back();
    }
    Frame& frame = m_frames.back();
    if (--frame.depth > 0)
        return;
    if (frame.isInterrupted) {
        frame = {};
        return;
    }
    const ThreadTimes times = m_meter.own() - frame.begin;
    frame.turn.times += times;
    ++frame.turn.events;
    if (times.wall > frame.longest) {
        frame.longest = times.wall;
        frame.longestEvent = std::move(frame.event);
    }
    if (m_unit == Unit::Event)
        finish(frame);
}

void TurnWatch::look()
{
    if (m_frames.back().depth > 0) {
        m_frames.back().isInterrupted = true;
        m_frames.emplace_back();
        return;
    }
    finish(m_frames.back());
}

void TurnWatch::finish(Frame& frame)
{
    if (frame.turn.events > 0) {
        const Frame finished = std::exchange(frame, {}); // whoever hears of it may cause further events
        Turn turn = finished.turn;
        ++m_figures.turns;
        m_figures.busy += turn.times.wall;
        ++m_bins[LogHistogram::binOf(std::chrono::duration<double, std::micro>(turn.times.wall).count())];
        const bool isLongest = turn.times.wall > m_figures.longest.times.wall;
        const bool stalled = m_stalled && isStall(turn);
        if (isLongest || stalled)
            turn.longest = finished.longestEvent.text();
        if (isLongest)
            m_figures.longest = turn;
        if (stalled)
            m_stalled(turn);
    }
}

bool TurnWatch::isStall(const Turn& turn)
{
    const nanoseconds computed = turn.times.computed / m_bar.slowness;
    return computed > m_bar.own ||
           (computed + turn.times.slept() > m_bar.own && computed + blamedSleep(turn) > m_bar.own);
}

nanoseconds TurnWatch::blamedSleep(const Turn& turn)
{
    if (turn.times.pagesRead > 0)
        return {};
    const nanoseconds slept = turn.times.slept();
    return m_meter.readyOthers() - m_readyOthers > slept / 2 ? nanoseconds::zero() : slept;
}

TurnWatch::Figures TurnWatch::take()
{
    m_figures.median = percentile(m_bins, m_figures.turns, 0.5);
    m_figures.percentile99 = percentile(m_bins, m_figures.turns, 0.99);
    m_bins.clear();
    return std::exchange(m_figures, {});
}

} // namespace sb::ui
