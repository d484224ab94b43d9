// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>
#include <QString>

namespace sb::ui {

/// Fusion everywhere with our own light and dark palette. "System" follows the desktop portal's colour scheme where
/// there is one, else the palette the platform gave the program at its start.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    Q_ENUM(Scheme)

    explicit Theme(QObject* parent = nullptr);

    void setScheme(Scheme scheme);
    Scheme scheme() const { return m_scheme; }

    static QPalette palette(bool dark);

Q_SIGNALS:
    void schemeChanged();

private:
    void apply();
    void askPortal();

    Scheme m_scheme = Scheme::System;
    bool m_systemIsDark = false;
};

} // namespace sb::ui
