// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/AttemptOrder.h"

#include <algorithm>
#include <map>

namespace sb::routing {

namespace {

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): the same everywhere, unlike
/// the distributions of the standard library.
class Lot {
public:
    explicit Lot(std::uint64_t seed) : m_state(seed) {}

    /// 0 .. bound - 1, by rejection, so that no value is likelier than another.
    std::uint64_t below(std::uint64_t bound)
    {
        const std::uint64_t rest = (~bound + 1) % bound; // 2^64 mod bound
        for (;;) {
            if (const std::uint64_t value = next(); value >= rest)
                return value % bound;
        }
    }

private:
    std::uint64_t next()
    {
        std::uint64_t z = m_state += 0x9e3779b97f4a7c15ull;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

    std::uint64_t m_state;
};

/// Draws all of `from` without replacement; what has no weight is never drawn.
void draw(std::vector<std::size_t> from, std::span<const RouteTarget> targets, Lot& lot, std::vector<std::size_t>& to)
{
    std::erase_if(from, [&](std::size_t i) { return targets[i].weight <= 0; });
    while (!from.empty()) {
        std::uint64_t sum = 0;
        for (const std::size_t i : from)
            sum += static_cast<std::uint64_t>(targets[i].weight);
        std::uint64_t at = from.size() == 1 ? 0 : lot.below(sum);
        auto drawn = from.begin();
        while (at >= static_cast<std::uint64_t>(targets[*drawn].weight))
            at -= static_cast<std::uint64_t>(targets[*drawn++].weight);
        to.push_back(*drawn);
        from.erase(drawn);
    }
}

} // namespace

std::vector<std::size_t> attemptOrder(RoutingPolicy policy, std::span<const RouteTarget> targets,
                                      const std::vector<bool>& usable, std::uint64_t seed)
{
    std::map<std::int64_t, std::vector<std::size_t>> tiers;
    for (std::size_t i = 0; i < targets.size() && i < usable.size(); ++i) {
        if (!usable[i])
            continue;
        const auto place = static_cast<std::int64_t>(i) + 1;
        tiers[policy == RoutingPolicy::Priority ? targets[i].priority.value_or(place) : 0].push_back(i);
    }
    Lot lot(seed);
    std::vector<std::size_t> order;
    for (const auto& [priority, members] : tiers)
        draw(members, targets, lot, order);
    return order;
}

} // namespace sb::routing
