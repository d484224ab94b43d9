// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "base/Result.h"
#include "domain/UsageRecord.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sb::journal {

/// What was reserved on one limit counter.
struct Hold {
    std::int32_t limit = 0;     ///< LimitRule id
    std::uint8_t dimension = 0; ///< LimitDimension
    std::int64_t amount = 0;

    bool operator==(const Hold&) const = default;
};

/// Adds amounts, counter by counter.
void addHolds(std::vector<Hold>& to, const std::vector<Hold>& more);

/// Written before the first upstream byte of an attempt.
struct OpenRecord {
    EventId id; ///< of the request
    std::uint32_t attempt = 1;
    Timestamp time{};
    std::int64_t bootNanos = 0;
    std::int64_t timeoutMicros = 0; ///< the request's own: recovery closes it at time + timeout at the latest
    std::vector<Hold> holds;
    UsageRecord bound; ///< the record that recovery books if no CLOSE follows: ids, model, usage at the bound, cost at
                       ///< the bound

    bool operator==(const OpenRecord&) const = default;
};

/// Written when a request ends: the usage record and what was booked on the limits.
struct CloseRecord {
    UsageRecord record;
    std::vector<Hold> booked;

    bool operator==(const CloseRecord&) const = default;
};

/// Written after the database committed: every CLOSE up to and including this sequence number is delivered.
struct AckRecord {
    std::uint64_t sequence = 0;

    bool operator==(const AckRecord&) const = default;
};

using Record = std::variant<OpenRecord, CloseRecord, AckRecord>;

/// Versioned binary payloads; decode refuses what encode did not write.
std::string encode(const OpenRecord& record);
std::string encode(const CloseRecord& record);
std::string encode(const AckRecord& record);
Result<Record> decode(std::string_view bytes);

} // namespace sb::journal
