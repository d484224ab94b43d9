// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "base/Money.h"
#include "domain/Ids.h"
#include "storage/DbSession.h"

#include <optional>
#include <string>
#include <vector>

namespace sb::storage {

/// One answer of the Prompt Lab, kept until the person deletes it.
struct PromptRun {
    std::int64_t id = 0;
    Timestamp time{};
    std::string target; ///< context path or route name
    std::string model;
    EnvironmentId environment;
    std::string systemText;
    std::string userText;
    std::string parameters; ///< JSON object
    std::string answer;
    std::string rawRequest;
    std::string rawAnswer;
    int httpStatus = 0;
    std::string error;
    std::optional<std::uint32_t> ttftMs;
    std::optional<std::uint32_t> totalMs;
    std::optional<double> tokensPerSecond;
    std::optional<std::uint64_t> tokensIn;
    std::optional<std::uint64_t> tokensOut;
    std::optional<Money> cost;
    std::string requestId; ///< x-signalbox-request-id

    bool operator==(const PromptRun&) const = default;
};

class PromptRunRepository {
public:
    explicit PromptRunRepository(DbSession& db) : m_db(db) {}

    Result<std::int64_t> insert(const PromptRun& run);
    /// Newest first, below `beforeId` (0: from the newest), texts containing `search`.
    Result<std::vector<PromptRun>> page(std::int64_t beforeId, const std::string& search, int limit);
    Result<void> remove(std::int64_t id);

private:
    DbSession& m_db;
};

} // namespace sb::storage
