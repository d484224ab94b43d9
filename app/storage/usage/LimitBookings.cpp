// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/usage/LimitBookings.h"

#include "storage/LimitSql.h"
#include "storage/SqlValues.h"
#include "storage/usage/Intern.h"

#include <algorithm>

namespace sb::storage {

Result<LimitBookings::Counter> LimitBookings::counter(DbSession& db, const journal::Hold& hold)
{
    const std::int64_t key = std::int64_t{hold.limit} * 8 + hold.dimension;
    if (const auto found = m_counters.find(key); found != m_counters.end())
        return found->second;
    auto rule = limitsql::rules(db, QStringLiteral("id = ?"), {sql::bind(hold.limit)});
    if (!rule)
        return std::move(rule).error();
    if (rule->empty())
        return Counter{};
    const LimitRule& found = rule->front();
    const QVariantList identity{limitsql::scopeName(found.scope), sql::bind(found.scopeId),
                                static_cast<int>(hold.dimension), limitsql::windowName(found.per)};
    auto state = intern(
        db,
        QStringLiteral(
            "INSERT INTO limit_state(scope_kind, scope_id, dimension, per) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"),
        identity,
        QStringLiteral(
            "SELECT id FROM limit_state WHERE scope_kind = ? AND scope_id = ? AND dimension = ? AND per = ?"),
        identity);
    if (!state)
        return std::move(state).error();
    return m_counters.emplace(key, Counter{*state, found.per}).first->second;
}

Result<std::vector<LimitBooking>> LimitBookings::of(DbSession& db, const journal::CloseRecord& close)
{
    std::vector<LimitBooking> result;
    const Timestamp end = close.record.time + std::chrono::milliseconds{close.record.latencyMs};
    const std::int64_t endUs = toMicros(end);
    for (const journal::Hold& hold : close.booked) {
        if (hold.amount <= 0)
            continue;
        auto found = counter(db, hold);
        if (!found)
            return std::move(found).error();
        const auto [state, per] = *found;
        if (state == 0)
            continue;
        LimitBooking booking{.state = state, .startUs = 0, .amount = hold.amount};
        switch (per) {
        case LimitWindow::Minute:
            booking.startUs = endUs - endUs % 1'000'000;
            break;
        case LimitWindow::Hour:
            booking.startUs = endUs - endUs % 60'000'000;
            break;
        case LimitWindow::Day:
            booking.startUs = toMicros(m_zone->startOfDay(m_zone->dayOf(end)));
            break;
        case LimitWindow::Month:
            booking.startUs = toMicros(m_zone->startOfMonth(end));
            break;
        }
        const auto same =
            std::find_if(result.begin(), result.end(), [s = state](const LimitBooking& b) { return b.state == s; });
        if (same == result.end())
            result.push_back(booking);
        else
            same->amount = std::max(same->amount, booking.amount);
    }
    return result;
}

} // namespace sb::storage
