// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/ConnectionTest.h"

#include <QWidget>

#include <functional>
#include <map>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sb::ui {

/// "Test connection": starts the test with what is typed, ticks each check as it ends, can be cancelled, never
/// required. Leaving the tab does not stop it; a change of address or credential resets it.
class TestPanel : public QWidget {
    Q_OBJECT
public:
    enum class Verdict { Untested, Running, Passed, Failed };

    explicit TestPanel(QWidget* parent = nullptr);

    /// Gives the request, or calls back with an error (a reference that cannot be read, a field that is empty).
    using Prepare = std::function<void(std::function<void(Result<runtime::ConnectionTest::Request>)>)>;
    void setPrepare(Prepare prepare) { m_prepare = std::move(prepare); }

    void reset();     ///< aborts and forgets
    void startOver(); ///< reset, and the call that costs money is not asked for any more
    Verdict verdict() const { return m_verdict; }
    static QString word(Verdict verdict);

Q_SIGNALS:
    void verdictChanged();

private:
    struct Line {
        QLabel* icon = nullptr;
        QLabel* text = nullptr;
    };
    void start();
    void setVerdict(Verdict verdict);
    void showStep(runtime::ConnectionTest::Step step, runtime::ConnectionTest::Outcome outcome, int milliseconds,
                  const QString& detail);

    runtime::ConnectionTest m_test;
    Prepare m_prepare;
    Verdict m_verdict = Verdict::Untested;
    int m_generation = 0;
    std::map<runtime::ConnectionTest::Step, Line> m_lines;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QLabel* m_summary;
    QWidget* m_checks;
    QCheckBox* m_oneToken;
    QLineEdit* m_model;
};

} // namespace sb::ui
