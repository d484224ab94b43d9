// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sb::ctl {

/// "127.0.0.1:8484", "[::1]:0", "localhost:9000".
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;

    static Result<ListenAddress> parse(std::string_view text);
};

} // namespace sb::ctl
