// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/Finding.h"

#include <QString>

/// What is wrong with the configuration, in the language of the window. Pure.
namespace sb::ui::FindingText {

QString object(const gateway::Finding& finding); ///< "Service /openai in staging"
QString what(const gateway::Finding& finding);   ///< a sentence that says what to do where that is not plain

} // namespace sb::ui::FindingText
