// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "simulator/internal/HttpRequest.h"

#include <string>
#include <string_view>

namespace sb::simulator {

/// Recomputes an AWS Signature Version 4 for service "bedrock" over the request as it arrived. Empty when it holds,
/// else what AWS would say. `now`: more than five minutes off is refused.
std::string checkSigV4(const HttpRequest& request, std::string_view secretKey, Timestamp now);

} // namespace sb::simulator
