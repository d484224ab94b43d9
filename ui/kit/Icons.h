// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kit/Tone.h"

#include <QIcon>
#include <QString>

namespace sb::ui::Icons {

/// A symbol of resources/icons by its file name without ".svg". It takes its colour from the application's palette when
/// it is painted, so a change of theme needs no new icons. Unknown names give a null icon.
QIcon get(const QString& name);
/// The same in the colour of a tone.
QIcon get(const QString& name, Tone tone);

} // namespace sb::ui::Icons
