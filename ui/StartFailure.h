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
    explicit StartFailure(const Error& error, QWidget* parent = nullptr);
};

} // namespace sb::ui
