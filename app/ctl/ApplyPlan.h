// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "config/ConfigPlan.h"
#include "storage/DbSession.h"

#include <string_view>

namespace sb::ctl {

/// Carries a plan out inside the caller's transaction. `snapshot` is what the plan was made against, read in the same
/// one.
Result<void> applyPlan(storage::DbSession& db, const config::ConfigPlan& plan, const DomainSnapshot& snapshot,
                       std::string_view actor, Timestamp now, Random& random);

} // namespace sb::ctl
