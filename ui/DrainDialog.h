// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

class QLabel;

namespace sb::runtime {
class GatewayHost;
}

namespace sb::ui {

/// Shown while the gateway finishes its running requests before the window closes. Accepted when it has stopped or the
/// person does not want to wait; rejected when she wants to stay.
class DrainDialog : public QDialog {
    Q_OBJECT
public:
    explicit DrainDialog(runtime::GatewayHost& gateway, QWidget* parent = nullptr);

private:
    void update();

    runtime::GatewayHost& m_gateway;
    QLabel* m_text;
    QTimer m_timer;
    int m_secondsLeft;
};

} // namespace sb::ui
