// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "domain/Model.h"
#include "domain/UsageRecord.h"
#include "storage/DbSession.h"

#include <optional>
#include <string>
#include <vector>

namespace sb::storage {

/// The filter of the Requests page; absent means any.
struct RequestFilter {
    Timestamp from{};
    Timestamp to{};
    std::vector<EnvironmentId> environments;
    std::optional<ServiceId> service;
    std::optional<ConnectionId> connection;
    std::string model; ///< contained in the selected model, case-insensitive
    std::optional<RequestStatus> status;
    bool errorsOnly = false;
    bool includeSample = true;

    bool operator==(const RequestFilter&) const = default;
};

/// A position in the list, newest first: the page continues below it.
struct RequestCursor {
    Timestamp time{};
    EventId id;
    bool operator==(const RequestCursor&) const = default;
};

struct RequestRow {
    EventId id;
    Timestamp time{};
    std::string environment;
    std::string project;
    std::string service;
    std::string connection;
    std::string model;
    RequestStatus status = RequestStatus::Ok;
    int httpStatus = 0;
    std::string errorCode;
    std::uint64_t tokensIn = 0;
    std::uint64_t tokensOut = 0;
    UsageSource usageSource = UsageSource::None;
    std::optional<Money> cost;
    std::uint32_t latencyMs = 0;
    std::optional<std::uint32_t> ttftMs;
    std::uint32_t attempts = 0;
    bool streamed = false;

    bool operator==(const RequestRow&) const = default;
};

struct RequestDetail {
    RequestRow row;
    UsageRecord record;            ///< tokens, timings, decision, raw usage, error text
    std::optional<PriceRow> price; ///< the dated row it was charged by
    std::string route;
    std::string keyPublicId;
};

class RequestRepository {
public:
    explicit RequestRepository(DbSession& db) : m_db(db) {}

    /// At most `limit` rows below `after` (absent: from the newest), newest first. Keyset: constant cost at any depth.
    Result<std::vector<RequestRow>> page(const RequestFilter& filter, std::optional<RequestCursor> after, int limit);
    Result<RequestDetail> detail(const EventId& id);
    /// Exact up to `cap`, else cap (shown as "cap or more").
    Result<std::int64_t> count(const RequestFilter& filter, std::int64_t cap);

private:
    DbSession& m_db;
};

} // namespace sb::storage
