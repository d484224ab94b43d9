// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/internal/Exchange.h"

#include <string>

namespace sb::gateway {

/// Why this request went where it did and what that took from the limits, as a JSON object: the members that the source
/// documents name (selected_model, reason, alternatives_considered, decision_factors) and the hold. Empty before a
/// target was known: nothing was decided then.
std::string decisionOf(const Exchange& exchange);

} // namespace sb::gateway
