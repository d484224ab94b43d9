// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/ApiError.h"
#include "gateway/internal/ConfigData.h"
#include "http/MessageHead.h"

#include <variant>

namespace sb::gateway {

/// Who calls. Either a principal of the configuration or an error: there is no anonymous identity to fall back to.
using Authentication = std::variant<const Principal*, ApiError>;

/// Reads the key from `Authorization: Bearer`, `x-api-key` or `api-key` (all that are present must agree), looks its
/// SHA-256 up and compares in constant time.
Authentication authenticate(const http::FieldTable& fields, const RuntimeConfig::Data& config, Timestamp now);

} // namespace sb::gateway
