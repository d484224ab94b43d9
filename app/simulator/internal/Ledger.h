// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "simulator/internal/Reply.h"

#include <cstdio>
#include <filesystem>
#include <mutex>

namespace sb::simulator {

/// What was really served, one JSON line each, written with one append so that lines of several processes never mix:
/// the oracle of exactly-once and overshoot tests. Any thread.
class Ledger {
public:
    Ledger() = default;
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    /// An empty path keeps no ledger.
    Result<void> open(const std::filesystem::path& path);

    /// `complete`: the last byte went out; else `tokensSent` completion tokens did.
    void append(const Served& served, std::string_view requestId, bool complete, std::int64_t tokensSent);

private:
    std::mutex m_mutex;
    std::FILE* m_file = nullptr;
};

} // namespace sb::simulator
