// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/Overview.h"
#include "storage/DbSession.h"

#include <memory>

namespace sb::storage {

/// The Overview's queries over the rollups; never the raw facts.
class OverviewRepository {
public:
    explicit OverviewRepository(DbSession& db) : m_db(db) {}

    Result<analytics::OverviewData> load(const analytics::ViewState& view, std::shared_ptr<const ZoneRules> zone,
                                         Timestamp now);

private:
    DbSession& m_db;
};

} // namespace sb::storage
