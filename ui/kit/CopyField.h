// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;

namespace sb::ui {

/// A read-only value with its own copy button, named "Copy <label>". A sensitive value is marked as a password for
/// clipboard managers and taken off the clipboard after 45 seconds if it is still there.
class CopyField : public QWidget {
    Q_OBJECT
public:
    explicit CopyField(const QString& label, QWidget* parent = nullptr);

    void setValue(const QString& value);
    QString value() const;
    void setSensitive(bool sensitive) { m_sensitive = sensitive; }
    QLineEdit* edit() const { return m_edit; }
    QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void copied();

private:
    void copy();
    void clearClipboard();

    QLineEdit* m_edit;
    QPushButton* m_button;
    QTimer m_clearTimer;
    bool m_sensitive = false;
};

} // namespace sb::ui
