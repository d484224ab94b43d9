// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

class QPalette;

namespace sb::ui {

/// The meaning of a state, drawn everywhere as word + icon + colour; never by colour alone.
enum class Tone { Neutral, Info, Good, Warning, Bad };

/// Semantic colours that follow the palette: at least 4.5:1 as text on the palette's Base, Window and on their own
/// fill.
namespace Tones {

QColor text(Tone tone, const QPalette& palette);
QColor fill(Tone tone, const QPalette& palette); ///< a quiet background
/// Resource name of the icon that goes with the tone, for Icons::get.
QString iconName(Tone tone);

bool isDark(const QPalette& palette);
/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b);

} // namespace Tones
} // namespace sb::ui
