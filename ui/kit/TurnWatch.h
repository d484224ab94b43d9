// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ThreadMeter.h"

#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QEvent;
class QObject;

namespace sb::ui {

/// Tells when the GUI thread stands still: a turn of its event loop, from one look for new events to the next, that
/// takes longer than 50 ms of the thread's own time.
///
/// Wall time alone would blame the thread for a machine that is busy with something else, and make tests that fail by
/// chance. So a turn is split into what the kernel knows: the thread computed, it was ready but had no processor, or it
/// slept. Its own time is the first and the last: somebody waited in it (a lock, a file, another program), or it
/// computed too much. Computing is slower in a build for debugging or with sanitizers, and is weighed accordingly;
/// sleeping is not. Two kinds of sleep are not held against it: while a page of the program itself comes from the disk,
/// and while other threads of the program stand ready without a processor, for then it may only wait for one of them
/// (Qt paints with helper threads).
class TurnWatch {
public:
    struct Meter {
        std::function<ThreadTimes()> own;
        std::function<std::chrono::nanoseconds()> readyOthers; ///< as ThreadMeter's
    };

    struct Turn {
        ThreadTimes times;
        int events = 0;
        QString longest; ///< which of the events took longest: "UpdateRequest to QWidgetWindow MainWindowWindow"
        QString text() const;
    };

    /// What one turn may take.
    struct Bar {
        std::chrono::nanoseconds own = std::chrono::milliseconds{50};
        int slowness = 1; ///< how many times slower this build computes than the one that is shipped
        static Bar ofThisBuild();
    };

    /// Every event is a turn of its own: for tests, which hand events to widgets without a loop.
    enum class Unit { Turn, Event };

    struct Figures {
        int turns = 0;
        std::chrono::nanoseconds busy{};
        std::chrono::nanoseconds median{};
        std::chrono::nanoseconds percentile99{};
        Turn longest;
    };

    TurnWatch(Unit unit, Bar bar, Meter meter);

    void onStall(std::function<void(const Turn&)> stalled) { m_stalled = std::move(stalled); }

    /// Around the delivery of every event, nested ones too.
    void beginEvent(const QObject* receiver, const QEvent* event);
    void endEvent();
    /// The loop looks for new events. Inside an event that is a loop within a loop: the outer event then does not hold
    /// up the others, and is not judged.
    void look();

    /// What was seen since the last call; by wall time, as a person sees it.
    Figures take();

private:
    struct EventName {
        int type = 0;
        const char* receiverClass = nullptr;
        QString receiver;
        QString text() const;
    };
    struct Frame {
        int depth = 0;
        bool isInterrupted = false;
        ThreadTimes begin;
        EventName event; ///< noted at its begin: afterwards the receiver may be gone
        EventName longestEvent;
        std::chrono::nanoseconds longest{};
        Turn turn;
    };

    void finish(Frame& frame);
    bool isStall(const Turn& turn);
    std::chrono::nanoseconds blamedSleep(const Turn& turn);

    Unit m_unit;
    Bar m_bar;
    Meter m_meter;
    std::function<void(const Turn&)> m_stalled;
    std::vector<Frame> m_frames{1};
    std::chrono::nanoseconds m_readyOthers{}; ///< as it was at m_othersAt
    std::optional<std::chrono::nanoseconds> m_othersAt;
    std::map<int, int> m_bins; ///< LogHistogram of microseconds
    Figures m_figures;
};

} // namespace sb::ui
