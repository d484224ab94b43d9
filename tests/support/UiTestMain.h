// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/WatchedApplication.h"

#include <QTest>

/// The main function of a test of windows: QTEST_MAIN, and an event that keeps the GUI thread for too long fails the
/// test in which it happens (kit/TurnWatch.h says what counts).
#define SB_UI_TEST_MAIN(TestClass)                                                                                     \
    int main(int argc, char** argv)                                                                                    \
    {                                                                                                                  \
        sb::ui::WatchedApplication application(argc, argv);                                                            \
        application.setAttribute(Qt::AA_Use96Dpi, true);                                                               \
        application.watchEvents([](const sb::ui::TurnWatch::Turn& turn) {                                              \
            QTest::qFail(qPrintable(QStringLiteral("the GUI thread stood still for ") + turn.text()), __FILE__,        \
                         __LINE__);                                                                                    \
        });                                                                                                            \
        TestClass test;                                                                                                \
        QTEST_SET_MAIN_SOURCE_PATH                                                                                     \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }
