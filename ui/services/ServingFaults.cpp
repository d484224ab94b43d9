// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ServingFaults.h"

#include "kit/StatePill.h"
#include "kit/UiText.h"

#include <QCoreApplication>

namespace sb::ui {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ServingState)
};
} // namespace

ServingState servingState(DeploymentState deployed, const ServingFaults& faults, ServiceId service,
                          EnvironmentId environment)
{
    const bool isDeployed = deployed == DeploymentState::Active || deployed == DeploymentState::Outdated;
    auto fault = faults.find({service, environment});
    if (fault == faults.end())
        fault = faults.find({service, EnvironmentId{}});
    if (isDeployed && fault != faults.end())
        return {Tone::Bad, Words::tr("not served"), Words::tr("The gateway refuses its calls. %1").arg(fault->second)};
    return {toneOf(deployed), UiText::state(deployed), {}};
}

} // namespace sb::ui
