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
    if (entry.sequence > m_acknowledged)
        m_pending.push_back(entry);
}

void DeliveryIndex::acknowledged(std::uint64_t sequence)
{
    m_acknowledged = std::max(m_acknowledged, sequence);
    while (!m_pending.empty() && m_pending.front().sequence <= m_acknowledged)
        m_pending.pop_front();
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
