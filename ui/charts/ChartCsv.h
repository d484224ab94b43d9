// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ChartSpec.h"

namespace sb::ui {

/// RFC 4180, C locale, one line per bucket: from, to (local, ISO 8601), zone, utc_offset, unfinished, a column per
/// series, total for stacked charts. Amounts are exact decimal strings; names that a spreadsheet would run as a formula
/// are escaped.
QString toCsv(const ChartSpec& spec);

/// One CSV field: quoted when needed, formula-like text defused with a leading apostrophe.
QString csvText(const QString& text);

} // namespace sb::ui
