// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QStringList>

#include <string>
#include <vector>

namespace sb::runtime {

/// The names of model servers and private links that may lead into private networks, as the gateway compares them. None
/// by default: a name that somebody else can point elsewhere must not reach the inside. Invalid: not a host's name.
Result<std::vector<std::string>> readLocalHosts(const QStringList& typed);

} // namespace sb::runtime
