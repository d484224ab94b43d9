// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace sb {

/// The bins of the mergeable histograms (tables hh and hd): bin = floor(ln max(x, 1) / ln 1.1); the value of a bin is
/// 2 * 1.1^(bin+1) / 2.1, at most 4.8 % off. Histograms are merged by adding counts; percentiles are never averaged.
namespace LogHistogram {

std::int32_t binOf(double value);
double valueOf(std::int32_t bin);

} // namespace LogHistogram
} // namespace sb
