// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace sb::ctl {

/// Turns SIGTERM and SIGINT (on Windows: Ctrl+C and closing the console) into a Qt signal in the main thread. One per
/// program; a second SIGINT while the first is being served ends the program at once.
class StopSignal : public QObject {
    Q_OBJECT
public:
    explicit StopSignal(QObject* parent = nullptr);
    ~StopSignal() override;

Q_SIGNALS:
    void requested();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::ctl
