// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/DomainSnapshot.h"

#include <string>
#include <vector>

namespace sb::runtime {

/// A secret and the one place it is to be sent to.
struct SecretUse {
    SecretRef ref;
    std::string origin;
    std::string service; ///< context path of the first that wants it there
};

/// What the configured services need; each pair of secret and origin once.
std::vector<SecretUse> secretUses(const DomainSnapshot& snapshot);

} // namespace sb::runtime
