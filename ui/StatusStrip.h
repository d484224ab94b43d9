// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace sb::runtime {
class AppContext;
}

namespace sb::ui {

/// The status bar's buttons: gateway state and address, requests per second, database, secret store. Each opens its
/// page; none is the only place where an error shows.
class StatusStrip : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(runtime::AppContext& context, QWidget* parent = nullptr);

Q_SIGNALS:
    void navigate(const QString& entry);

private:
    QPushButton* addButton(const char* name, const QString& entry);
    void showGateway();
    void showLive();
    void showDatabase();
    void showSecrets();

    runtime::AppContext& m_context;
    QPushButton* m_gateway;
    QPushButton* m_live;
    QPushButton* m_database;
    QPushButton* m_secrets;
};

} // namespace sb::ui
