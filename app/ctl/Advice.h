// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QString>

namespace sb::ctl {

/// What can be done about a failure, for a reader of stderr; empty when its own text says it.
QString adviceOn(const Error& error);

} // namespace sb::ctl
