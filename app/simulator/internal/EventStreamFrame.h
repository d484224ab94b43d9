// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace sb::simulator {

/// Appends one `application/vnd.amazon.eventstream` message: prelude, headers, payload, both CRC-32. `messageType`
/// "event" puts `name` into :event-type, "exception" into :exception-type.
void appendFrame(std::string& out, std::string_view messageType, std::string_view name, std::string_view payload);

} // namespace sb::simulator
