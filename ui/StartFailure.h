// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QMessageBox>

namespace sb::ui {

/// Why the program cannot start and what to do about it, for whoever started it from a menu and sees no terminal.
class StartFailure : public QMessageBox {
    Q_OBJECT
public:
    /// The profile cannot be written.
    explicit StartFailure(const Error& error, QWidget* parent = nullptr);
    /// Another process holds the profile and shows no window; 0 when it is not known.
    explicit StartFailure(qint64 holder, QWidget* parent = nullptr);

private:
    void present(const QString& what, const QString& advice);
};

} // namespace sb::ui
