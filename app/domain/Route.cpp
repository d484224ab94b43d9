// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Route.h"

namespace sb {

std::string_view policyCode(RoutingPolicy policy)
{
    switch (policy) {
    case RoutingPolicy::Priority:
        return "priority";
    case RoutingPolicy::Weighted:
        return "weighted";
    }
    return {};
}

std::optional<RoutingPolicy> policyFromCode(std::string_view code)
{
    for (const RoutingPolicy policy : {RoutingPolicy::Priority, RoutingPolicy::Weighted}) {
        if (policyCode(policy) == code)
            return policy;
    }
    return std::nullopt;
}

} // namespace sb
