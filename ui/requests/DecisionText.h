// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/UsageRecord.h"

#include <QString>

/// Why a request went where it went. Pure; translated.
namespace sb::ui::DecisionText {

/// The decision record in words, one fact per line; says so when none was taken. A member of a later version is shown
/// under its own name.
QString words(const UsageRecord& record);

} // namespace sb::ui::DecisionText
