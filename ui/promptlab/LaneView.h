// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promptlab/Lane.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QTabWidget;

namespace sb::storage {
struct PromptRun;
}

namespace sb::ui {

class MessageBar;
class StatePill;

/// One lane on the screen: what it asked, a strip of figures that is always visible, and tabs for the answer and the
/// raw exchange. Owns its Lane.
class LaneView : public QWidget {
    Q_OBJECT
public:
    explicit LaneView(QWidget* parent = nullptr);

    void send(const promptlab::LabRequest& request, const QString& environment, const QUrl& gateway, const Secret& key);
    void stop();
    bool isRunning() const;
    const promptlab::LabRequest& request() const { return m_request; }

    /// The gateway's own figures, which arrive in the database a moment after the answer. Estimated counts are marked.
    void setBooked(const std::optional<Money>& cost, const std::optional<std::uint64_t>& tokensIn,
                   const std::optional<std::uint64_t>& tokensOut, bool isEstimated = false);
    /// Shows a run of the history instead of an answer of its own.
    void showRun(const storage::PromptRun& run, const QString& environment);

Q_SIGNALS:
    void runningChanged(bool running);
    void answered(const sb::promptlab::LabRequest& request, const sb::promptlab::LaneResult& result);

private:
    void clear();
    void append(const QString& text);
    void showResult(const promptlab::LaneResult& result);
    void setTitle(const QString& target, const QString& model, const QString& environment);

    promptlab::Lane* m_lane;
    promptlab::LabRequest m_request;
    QString m_environment; ///< its name
    QLabel* m_title;
    StatePill* m_state;
    QLabel* m_ttft;
    QLabel* m_speed;
    QLabel* m_tokensIn;
    QLabel* m_tokensOut;
    QLabel* m_cost;
    MessageBar* m_message;
    QTabWidget* m_tabs;
    QPlainTextEdit* m_answer;
    QPlainTextEdit* m_reasoning;
    QPlainTextEdit* m_rawRequest;
    QPlainTextEdit* m_rawResponse;
    QPlainTextEdit* m_headers;
};

} // namespace sb::ui
