// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace sb::ui {

/// Gives a control its object name (for tests) and its accessible name, which equals its visible label and is unique in
/// the window. QComboBox ignores the accessible name: give it a QLabel buddy.
template <class W>
W* named(W* widget, const char* objectName, const QString& accessibleName)
{
    widget->setObjectName(QLatin1String(objectName));
    widget->setAccessibleName(accessibleName);
    return widget;
}

} // namespace sb::ui
