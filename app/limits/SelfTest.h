// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

namespace sb::limits {

/// Start-up self-test: for every dimension and window a limit too small for the request must refuse, the same limit
/// must admit what fits, and capacity that was released must be there again. Internal says which one failed; a gateway
/// that gets it must not start, since its limits would be switched off silently.
Result<void> selfTest();

} // namespace sb::limits
