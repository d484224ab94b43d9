// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "kit/Tone.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace sb::ui {

/// A message inside the page, next to what caused it: what happened, what to do, at most one action, Details, Dismiss.
/// Hidden while there is nothing to say. The same message again only raises a counter. The text is a plain label
/// without an explicit accessible name: that is what a screen reader announces.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    /// `name` says which bar this is where a window has several ("Wizard message"); the buttons are named after it.
    explicit MessageBar(const QString& name, QWidget* parent = nullptr);

    struct Message {
        Tone tone = Tone::Info;
        QString text;
        QString action = {};  ///< button text, empty: none
        QString details = {}; ///< copyable, redacted; empty: no Details button
    };

    void showMessage(const Message& message, std::function<void()> onAction = {});
    /// UiText::sentence plus the error's own text as details.
    void showError(const Error& error, const QString& action = {}, std::function<void()> onAction = {});
    void clear();
    QString text() const;

Q_SIGNALS:
    void dismissed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTone();
    void setDetailsVisible(bool visible);

    Message m_message;
    int m_count = 0;
    std::function<void()> m_onAction;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_action;
    QPushButton* m_details;
    QPushButton* m_dismiss;
    QPlainTextEdit* m_detailsText;
    QString m_name;
};

} // namespace sb::ui
