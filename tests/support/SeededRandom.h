// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"

#include <random>

namespace sb::test {

/// Repeatable bytes.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint32_t seed = 1) : m_engine(seed) {}

    void fill(std::span<std::uint8_t> bytes) override
    {
        for (std::uint8_t& byte : bytes)
            byte = static_cast<std::uint8_t>(m_engine());
    }

private:
    std::mt19937 m_engine;
};

} // namespace sb::test
