// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "base/Time.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sb::journal {

/// What the journal still has to keep: which requests are open and which CLOSE records are not yet delivered, and where
/// they lie. Positions only, so that an outage of the database costs little memory; but for those that a full disk did
/// not take. Not thread-safe.
class DeliveryIndex {
public:
    struct Entry {
        std::uint64_t sequence = 0;
        std::uint64_t segment = 0;
        std::uint64_t offset = 0;
        std::uint32_t size = 0;
        Timestamp time{};                                ///< of the request
        std::shared_ptr<const std::string> payload = {}; ///< of a record that is in memory only
    };

    void opened(const EventId& id, std::uint64_t segment);
    void closed(const EventId& id, const Entry& entry); ///< in rising sequence
    void acknowledged(std::uint64_t sequence);
    void moved(std::uint64_t sequence, std::uint64_t segment, std::uint64_t offset); ///< the record was written again
    bool isOpen(const EventId& id) const { return m_open.contains(id); }

    /// Up to `bytes` of the records that are in memory only, at least one if there is any.
    std::vector<Entry> inMemory(std::size_t bytes) const;
    std::size_t countInMemory() const { return m_inMemory; }
    /// Records that were in memory are on the disk now, each under a sequence number of its own (rising, and above all
    /// others). One that was acknowledged meanwhile stays so.
    struct Written {
        std::uint64_t before = 0;
        Entry entry;
    };
    void written(const std::vector<Written>& records);

    std::vector<Entry> after(std::uint64_t sequence, std::size_t limit) const;
    std::uint64_t oldestNeeded(std::uint64_t active) const; ///< segments with lower numbers may go
    std::uint64_t acknowledgedUpTo() const { return m_acknowledged; }
    std::size_t undelivered() const { return m_pending.size(); }
    std::optional<Timestamp> oldest() const;

private:
    std::deque<Entry> m_pending;
    std::unordered_map<EventId, std::uint64_t> m_open; ///< to the segment of the first OPEN
    std::uint64_t m_acknowledged = 0;
    std::size_t m_inMemory = 0;
};

} // namespace sb::journal
