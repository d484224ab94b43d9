// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/ConnectionsSlice.h"
#include "runtime/ServiceRegistrar.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace sb::ui {

class SnippetTabs;

/// Keys that were just made, shown this once: per environment with Copy, the .env lines and snippets. Forgets them when
/// closed.
class IssuedKeysPanel : public QWidget {
    Q_OBJECT
public:
    explicit IssuedKeysPanel(QWidget* parent = nullptr);

    void show(const QString& connection, const ConnectionText::Callee& callee, const QString& serviceUrl,
              const std::vector<runtime::ServiceRegistrar::IssuedKey>& keys, const ConnectionsContent& content);
    bool holdsKeys() const { return m_keys != nullptr; }

Q_SIGNALS:
    void closeRequested();
    void labRequested();

private:
    void forget();

    QLabel* m_title;
    QVBoxLayout* m_column;
    QWidget* m_keys = nullptr;
    SnippetTabs* m_snippets;
};

} // namespace sb::ui
