// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/ConnectionsSlice.h"
#include "kit/EntityTableModel.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace sb::ui {

class CopyField;
class SnippetTabs;

/// One connection: its address, its keys with Revoke and New key, snippets that take the key from a variable.
class ConnectionDetails : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionDetails(const ConnectionsSlice& slice, QWidget* parent = nullptr);

    void show(const storage::ConnectionListRow& row, const ConnectionsContent& content);

Q_SIGNALS:
    void revokeRequested(const QString& publicId, const QString& environment);
    void newKeyRequested(sb::EnvironmentId environment);
    void labRequested();

private:
    struct KeyRow {
        GatewayKey key;
        QString environment;
        bool operator==(const KeyRow&) const = default;
    };
    using Model = EntityTableModel<KeyRow, std::string>;

    std::optional<KeyRow> current() const;
    void showButtons();

    const ConnectionsSlice m_slice;
    QLabel* m_title;
    CopyField* m_address;
    Model* m_model;
    QTableView* m_keys;
    QPushButton* m_revoke;
    QComboBox* m_environment;
    QPushButton* m_newKey;
    SnippetTabs* m_snippets;
};

} // namespace sb::ui
