// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>
#include <vector>

class QLabel;
class QPushButton;

namespace sb::ui {

/// "Service 'x' deleted - Undo" for ten seconds: what takes the place of "Are you sure?". A newer offer stands before
/// the older ones, which come back when it is taken; ten seconds after the last one all are over. Ctrl+Z is bound to
/// undo() by the main window.
class UndoBar : public QFrame {
    Q_OBJECT
public:
    explicit UndoBar(QWidget* parent = nullptr);

    void offer(const QString& text, std::function<void()> undo, int milliseconds = 10'000);
    /// A short confirmation without anything to undo.
    void note(const QString& text, int milliseconds = 5'000);
    bool canUndo() const { return !m_offers.empty(); }

public Q_SLOTS:
    void undo();

protected:
    /// A field that has nothing of its own to undo leaves Ctrl+Z to what is offered here.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Offer {
        QString text;
        std::function<void()> undo;
        int milliseconds;
    };
    void showLatest();
    void show(const QString& text, int milliseconds);

    QLabel* m_text;
    QPushButton* m_button;
    QTimer m_timer;
    std::vector<Offer> m_offers; ///< the latest is the last
};

} // namespace sb::ui
