// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/TurnWatch.h"

#include <QApplication>

#include <memory>

namespace sb::ui {

/// The application object of the program and of its tests. With the logging category signalbox.gui at level debug
/// (QT_LOGGING_RULES=signalbox.gui.debug=true) it watches the turns of the event loop: a warning for each that stood
/// still, and the figures of every second in which there were any.
class WatchedApplication : public QApplication {
public:
    WatchedApplication(int& argc, char** argv);
    ~WatchedApplication() override;

    /// For tests, whatever the logging rules say: `stalled` is called after each event that took too long.
    void watchEvents(std::function<void(const TurnWatch::Turn&)> stalled);

    bool notify(QObject* receiver, QEvent* event) override;

private:
    void watch(TurnWatch::Unit unit, std::function<void(const TurnWatch::Turn&)> stalled);
    void report();

    ThreadMeter m_meter;
    std::unique_ptr<TurnWatch> m_watch;
    bool m_reports = false;
    std::chrono::steady_clock::time_point m_reported;
};

} // namespace sb::ui
