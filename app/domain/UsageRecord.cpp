// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/UsageRecord.h"

namespace sb {

std::uint32_t UsageFlags::toBits() const
{
    return (streamed ? 1u : 0u) | (cacheHit ? 2u : 0u) | (fallbackTaken ? 4u : 0u) | (completionClamped ? 8u : 0u) |
           (inconsistentUsage ? 16u : 0u) | (recovered ? 32u : 0u);
}

UsageFlags UsageFlags::fromBits(std::uint32_t bits)
{
    return {.streamed = (bits & 1u) != 0,
            .cacheHit = (bits & 2u) != 0,
            .fallbackTaken = (bits & 4u) != 0,
            .completionClamped = (bits & 8u) != 0,
            .inconsistentUsage = (bits & 16u) != 0,
            .recovered = (bits & 32u) != 0};
}

} // namespace sb
