// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "base/Time.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sb::journal {

/// What the journal still has to keep: which requests are open and which CLOSE records are not yet delivered, and where
/// they lie. Positions only, so that an outage of the database costs little memory. Not thread-safe.
class DeliveryIndex {
public:
    struct Entry {
        std::uint64_t sequence = 0;
        std::uint64_t segment = 0;
        std::uint64_t offset = 0;
        std::uint32_t size = 0;
        Timestamp time{}; ///< of the request
    };

    void opened(const EventId& id, std::uint64_t segment);
    void closed(const EventId& id, const Entry& entry); ///< in rising sequence
    void acknowledged(std::uint64_t sequence);
    void moved(std::uint64_t sequence, std::uint64_t segment, std::uint64_t offset); ///< the record was written again

    std::vector<Entry> after(std::uint64_t sequence, std::size_t limit) const;
    std::uint64_t oldestNeeded(std::uint64_t active) const; ///< segments with lower numbers may go
    std::uint64_t acknowledgedUpTo() const { return m_acknowledged; }
    std::size_t undelivered() const { return m_pending.size(); }
    std::optional<Timestamp> oldest() const;

private:
    std::deque<Entry> m_pending;
    std::unordered_map<EventId, std::uint64_t> m_open; ///< to the segment of the first OPEN
    std::uint64_t m_acknowledged = 0;
};

} // namespace sb::journal
