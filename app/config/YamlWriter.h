// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/DomainSnapshot.h"

#include <string>

namespace sb::config {

/// The configuration as the file that readYaml reads; secrets as references only. Applying it changes nothing. Gateway
/// keys are left out: only their hashes are known.
std::string writeYaml(const DomainSnapshot& snapshot);

} // namespace sb::config
