// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Route.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sb::routing {

/// In which order the usable targets of a route are tried: indices into `targets`. Pure: the same arguments give the
/// same order, so that a recorded decision can be run again. `usable` has one entry per target; a target that a filter
/// removed never appears, whatever the policy. Empty: none is usable.
std::vector<std::size_t> attemptOrder(RoutingPolicy policy, std::span<const RouteTarget> targets,
                                      const std::vector<bool>& usable, std::uint64_t seed);

} // namespace sb::routing
