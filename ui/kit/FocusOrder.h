// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace sb::ui {

/// The order in which the keyboard reaches controls: as the layouts show them, whenever they were made. Qt's own order
/// is that of creation, which puts pages and form parts that are made later behind the status bar.
class FocusOrder {
public:
    /// What Tab can reach in `root`, in that order.
    static QList<QWidget*> of(QWidget* root);
    /// Tab and Shift+Tab from `from` within `root`; false when there is nowhere to go.
    static bool step(QWidget* root, QWidget* from, bool forward);
    /// To the control of `area` that had the focus last, else to its first one.
    static bool enter(QWidget* area);
    /// F6: from the area that holds `from` to the next one with a control.
    static bool stepArea(const QList<QWidget*>& areas, const QWidget* from, bool forward);

private:
    FocusOrder() = delete;
};

} // namespace sb::ui
