// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/StrongId.h"

namespace sb {

using OrganizationId = StrongId<struct OrganizationTag>;
using ProjectId = StrongId<struct ProjectTag>;
using EnvironmentId = StrongId<struct EnvironmentTag>;
using ServiceId = StrongId<struct ServiceTag>;
using ServiceEnvironmentId = StrongId<struct ServiceEnvironmentTag>;
using ConnectionId = StrongId<struct ConnectionTag>;
using ConnectionEnvironmentId = StrongId<struct ConnectionEnvironmentTag>;
using GatewayKeyId = StrongId<struct GatewayKeyTag>;
using RouteId = StrongId<struct RouteTag>;
using ModelId = StrongId<struct ModelTag>;
using PriceId = StrongId<struct PriceTag>;
using LimitRuleId = StrongId<struct LimitRuleTag>;

} // namespace sb
