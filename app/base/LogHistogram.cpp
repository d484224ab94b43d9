// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LogHistogram.h"

#include <algorithm>
#include <cmath>

namespace sb::LogHistogram {

namespace {
constexpr double kGamma = 1.1;
} // namespace

std::int32_t binOf(double value)
{
    return static_cast<std::int32_t>(std::floor(std::log(std::max(value, 1.0)) / std::log(kGamma)));
}

double valueOf(std::int32_t bin)
{
    return 2.0 * std::pow(kGamma, bin + 1) / (kGamma + 1.0);
}

} // namespace sb::LogHistogram
