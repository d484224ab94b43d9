// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Service.h"
#include "kit/Tone.h"

#include <QString>

#include <map>
#include <utility>

namespace sb::ui {

/// What the running gateway found in its configuration because of which it refuses the calls of a service in an
/// environment, as a sentence; environment none: in all of them.
using ServingFaults = std::map<std::pair<ServiceId, EnvironmentId>, QString>;

/// How a service stands in an environment: as it is deployed, unless the gateway found that it cannot serve it so.
struct ServingState {
    Tone tone;
    QString word;
    QString why; ///< a sentence, when it is not served
};
ServingState servingState(DeploymentState deployed, const ServingFaults& faults, ServiceId service,
                          EnvironmentId environment);

} // namespace sb::ui
