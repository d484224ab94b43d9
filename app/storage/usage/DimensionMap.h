// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/UsageRecord.h"
#include "journal/JournalRecord.h"
#include "storage/DbSession.h"
#include "storage/usage/LimitBookings.h"
#include "storage/usage/UsageFact.h"
#include "zones/ZoneRules.h"

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace sb::storage {

/// Turns records into facts: every text and every combination of dimensions gets its row once and is then known in
/// memory. New rows are written inside the caller's transaction; `forget` after it was rolled back.
class DimensionMap {
public:
    explicit DimensionMap(std::shared_ptr<const ZoneRules> zone);

    /// InvalidArgument: a value that no column takes (the record belongs into dead_letter).
    Result<UsageFact> resolve(DbSession& db, const journal::CloseRecord& close);
    void forget();

private:
    static constexpr std::size_t kColumns = 16; ///< level, org ... status: the unique columns of dim
    using DimKey = std::array<std::int32_t, kColumns>;
    struct KeyHash {
        std::size_t operator()(const DimKey& key) const noexcept;
    };
    using TextIds = std::unordered_map<std::string, std::int32_t>;

    Result<DimIds> dimension(DbSession& db, const DimKey& full);
    Result<std::int32_t> dimensionRow(DbSession& db, const DimKey& key, std::int32_t coarse, std::int32_t histogram);
    Result<std::int32_t> word(DbSession& db, std::string_view text);
    Result<std::int32_t> task(DbSession& db, std::string_view name);
    Result<std::int32_t> endUser(DbSession& db, OrganizationId organization, std::string_view externalId);
    Result<std::int32_t> cappedUser(DbSession& db, std::int32_t user);
    Result<std::int32_t> client(DbSession& db, std::string_view ip, std::string_view agent);
    Result<std::int32_t> session(DbSession& db, const UsageRecord& record, std::int32_t user);
    Result<std::int32_t> model(DbSession& db, const UsageRecord& record);
    Result<std::int32_t> tier(DbSession& db, PriceId price);
    std::int32_t dayOf(std::int64_t timeUs);

    std::shared_ptr<const ZoneRules> m_zone;
    LimitBookings m_bookings;
    std::unordered_map<DimKey, DimIds, KeyHash> m_dimensions;
    std::unordered_map<std::int64_t, std::int32_t> m_days; ///< by quarter of an hour
    TextIds m_words;
    TextIds m_tasks;
    TextIds m_users;
    TextIds m_clients;
    TextIds m_sessions;
    TextIds m_models;
    std::unordered_map<std::int32_t, std::int32_t> m_tiers;
    std::unordered_set<std::int32_t> m_dimensionUsers; ///< users that have dimensions of their own
    bool m_usersLoaded = false;
};

} // namespace sb::storage
