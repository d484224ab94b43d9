// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/ConnectionText.h"

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace sb::ui {

/// Code for calling a connection in several languages, one tab each, with a button that copies the tab in front.
class SnippetTabs : public QWidget {
    Q_OBJECT
public:
    explicit SnippetTabs(QWidget* parent = nullptr);

    /// `dotEnv`: text of the .env tab; with a real key in it the clipboard is cleared 45 s after copying it.
    void setConnection(const QString& name, const ConnectionText::Callee& callee, const QString& dotEnv,
                       bool dotEnvHoldsKey);
    void clear();

private:
    QPlainTextEdit* addTab(const QString& title, const char* objectName);
    void copy();

    QTabWidget* m_tabs;
    QPushButton* m_copy;
    QPlainTextEdit* m_dotEnv;
    QPlainTextEdit* m_curl;
    QPlainTextEdit* m_python;
    QPlainTextEdit* m_typeScript;
    QTimer m_forget;
    QString m_copied;
    bool m_sensitive = false;
};

} // namespace sb::ui
