// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"

#include <vector>

namespace sb::ui {

struct TimeTick {
    std::size_t bucket = 0;
    QString label;
};

/// At most `most` (usually 6 to 10) ticks on round wall-clock times of the reporting zone: midnights carry the date,
/// other hours the time.
std::vector<TimeTick> timeTicks(const ChartSpec& spec, std::size_t most = 9);

/// A value axis that starts at zero: ends on a whole number of 1-2-5 steps. Values are divided by `divisor` before
/// drawing and `format` (printf, one number) writes them.
struct ValueScale {
    double divisor = 1;
    double step = 1; ///< in divided units, as `maximum`
    double maximum = 1;
    QString format;
};
ValueScale valueScale(double largest, ChartUnit unit);

} // namespace sb::ui
