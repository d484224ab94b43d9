// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/TokenUsage.h"

namespace sb {

std::uint64_t TokenUsage::promptTokens() const
{
    return inputUncached.value_or(0) + cacheRead.value_or(0) + cacheWrite5m.value_or(0) + cacheWrite1h.value_or(0) +
           imageIn.value_or(0) + audioIn.value_or(0);
}

std::uint64_t TokenUsage::completionTokens() const
{
    return outputText.value_or(0) + reasoning.value_or(0) + imageOut.value_or(0) + audioOut.value_or(0);
}

} // namespace sb
