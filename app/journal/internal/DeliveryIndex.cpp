// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/internal/DeliveryIndex.h"

#include <algorithm>

namespace sb::journal {

void DeliveryIndex::opened(const EventId& id, std::uint64_t segment)
{
    m_open.try_emplace(id, segment); // a retry's OPEN does not release the first one's segment
}

void DeliveryIndex::closed(const EventId& id, const Entry& entry)
{
    m_open.erase(id);
    if (entry.sequence <= m_acknowledged)
        return;
    m_pending.push_back(entry);
    m_inMemory += entry.payload ? 1 : 0;
}

void DeliveryIndex::acknowledged(std::uint64_t sequence)
{
    m_acknowledged = std::max(m_acknowledged, sequence);
    while (!m_pending.empty() && m_pending.front().sequence <= m_acknowledged) {
        m_inMemory -= m_pending.front().payload ? 1 : 0;
        m_pending.pop_front();
    }
}

std::vector<DeliveryIndex::Entry> DeliveryIndex::inMemory(std::size_t bytes) const
{
    std::vector<Entry> entries;
    std::size_t size = 0;
    for (auto it = m_pending.begin(); entries.size() < m_inMemory && it != m_pending.end(); ++it) {
        if (!it->payload)
            continue;
        size += it->payload->size();
        if (!entries.empty() && size > bytes)
            break;
        entries.push_back(*it);
    }
    return entries;
}

void DeliveryIndex::written(const std::vector<Written>& records)
{
    if (records.empty()) // the usual case, and what waits may be long
        return;
    std::vector<Entry> moved;
    auto next = records.begin();
    auto kept = m_pending.begin();
    for (auto it = m_pending.begin(); it != m_pending.end(); ++it) {
        while (next != records.end() && next->before < it->sequence)
            ++next;
        if (next != records.end() && next->before == it->sequence) {
            moved.push_back(next->entry);
            continue;
        }
        if (kept != it)
            *kept = std::move(*it);
        ++kept;
    }
    m_pending.erase(kept, m_pending.end());
    m_pending.insert(m_pending.end(), moved.begin(), moved.end());
    m_inMemory -= moved.size();
}

void DeliveryIndex::moved(std::uint64_t sequence, std::uint64_t segment, std::uint64_t offset)
{
    const auto found =
        std::lower_bound(m_pending.begin(), m_pending.end(), sequence,
                         [](const Entry& entry, std::uint64_t wanted) { return entry.sequence < wanted; });
    if (found != m_pending.end() && found->sequence == sequence) {
        found->segment = segment;
        found->offset = offset;
    }
}

std::vector<DeliveryIndex::Entry> DeliveryIndex::after(std::uint64_t sequence, std::size_t limit) const
{
    const auto first =
        std::upper_bound(m_pending.begin(), m_pending.end(), sequence,
                         [](std::uint64_t wanted, const Entry& entry) { return wanted < entry.sequence; });
    const auto count = std::min<std::size_t>(limit, static_cast<std::size_t>(m_pending.end() - first));
    return {first, first + static_cast<std::ptrdiff_t>(count)};
}

std::uint64_t DeliveryIndex::oldestNeeded(std::uint64_t active) const
{
    std::uint64_t oldest = active;
    if (!m_pending.empty())
        oldest = std::min(oldest, m_pending.front().segment);
    for (const auto& [id, segment] : m_open)
        oldest = std::min(oldest, segment);
    return oldest;
}

std::optional<Timestamp> DeliveryIndex::oldest() const
{
    if (m_pending.empty())
        return std::nullopt;
    return m_pending.front().time;
}

} // namespace sb::journal
