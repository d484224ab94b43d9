// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"

#include <QColor>

#include <vector>

namespace sb::ui {

/// `mark` made darker or lighter, hue kept, until it stands out from `background` by `ratio` (WCAG 2).
QColor withContrast(QColor mark, const QColor& background, double ratio);

/// One colour per series from the palette of Okabe and Ito, each at least 3:1 against `background`. The slot follows
/// from the series' key, not from its rank, so the same thing keeps its colour when the order changes; when two keys of
/// one chart want the same slot, the alphabetically later one takes the next free slot. Other is grey.
std::vector<QColor> seriesColours(const std::vector<ChartSeries>& series, const QColor& background);

} // namespace sb::ui
