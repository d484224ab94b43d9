// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "simulator/internal/HttpRequest.h"
#include "simulator/internal/Reply.h"

#include <string>

namespace sb::simulator {

/// What the answers depend on besides the request.
struct RouterOptions {
    std::string apiKey;
    double failRate = 0;
    int failStatus = 500;
};

/// From a request to its reply: face by path, credential, operation. Pure but for `now`, which SigV4 needs.
Reply route(const HttpRequest& request, const RouterOptions& options, Timestamp now);

} // namespace sb::simulator
