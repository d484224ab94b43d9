// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sb::ui::Display {

/// Whether windows can be shown as far as the environment tells: an X or Wayland display, or a platform named
/// explicitly.
bool isNamed(int argc, char** argv);

/// Ends the program with exit code 3 and a sentence instead of an abort when Qt cannot reach the display. Call it
/// before the QApplication is made, and trustDisplay() after.
void watchForFailure();
void trustDisplay();

/// Explains on stderr; returns the exit code.
int sayThereIsNone();

} // namespace sb::ui::Display
