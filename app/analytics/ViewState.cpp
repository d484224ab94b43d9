// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/ViewState.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sb::analytics {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::array<std::pair<PeriodPreset, std::string_view>, 8> kPresets{{{PeriodPreset::Today, "today"},
                                                                             {PeriodPreset::Last24Hours, "24h"},
                                                                             {PeriodPreset::Last7Days, "7d"},
                                                                             {PeriodPreset::Last30Days, "30d"},
                                                                             {PeriodPreset::Last90Days, "90d"},
                                                                             {PeriodPreset::MonthToDate, "month"},
                                                                             {PeriodPreset::LastMonth, "last-month"},
                                                                             {PeriodPreset::Custom, "custom"}}};
constexpr std::array<std::pair<GroupBy, std::string_view>, 5> kGroups{{{GroupBy::Model, "model"},
                                                                       {GroupBy::Provider, "provider"},
                                                                       {GroupBy::Project, "project"},
                                                                       {GroupBy::Environment, "environment"},
                                                                       {GroupBy::Service, "service"}}};

constexpr seconds kQuarter{900};
constexpr seconds kHour{3600};
constexpr std::chrono::days kQuarterPeriod{3};   ///< up to here a series is drawn in quarters of an hour
constexpr std::chrono::days kHourPeriod{16};     ///< up to here in hours, then in days
constexpr std::chrono::days kLongestPeriod{400}; ///< one point a day

template <class Enum, std::size_t N>
std::string_view nameOf(const std::array<std::pair<Enum, std::string_view>, N>& names, Enum value)
{
    return std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == value; })->second;
}

template <class Enum, std::size_t N>
std::optional<Enum> enumFrom(const std::array<std::pair<Enum, std::string_view>, N>& names, std::string_view name)
{
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.second == name; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

template <class Integer>
std::optional<Integer> integerFrom(std::string_view text)
{
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    }
    return parts;
}

Error malformed(std::string_view key)
{
    return {ErrorCode::InvalidArgument, "the view's " + std::string(key) + " cannot be read", std::string(key)};
}

Result<void> readField(std::string_view key, std::string_view value, ViewState& view)
{
    const auto time = [&](Timestamp& target) -> Result<void> {
        const auto micros = integerFrom<std::int64_t>(value);
        if (!micros)
            return malformed(key);
        target = fromMicros(*micros);
        return {};
    };
    if (key == "period") {
        const auto preset = enumFrom(kPresets, value);
        if (!preset)
            return malformed(key);
        view.preset = *preset;
    } else if (key == "group") {
        const auto group = enumFrom(kGroups, value);
        if (!group)
            return malformed(key);
        view.group = *group;
    } else if (key == "from") {
        return time(view.customFrom);
    } else if (key == "to") {
        return time(view.customTo);
    } else if (key == "zone") {
        view.zone = value;
    } else if (key == "sample") {
        view.includeSample = value == "1";
    } else if (key == "environments") {
        for (const std::string_view part : split(value, ',')) {
            const auto id = integerFrom<std::int32_t>(part);
            if (!id)
                return malformed(key);
            view.environments.emplace_back(*id);
        }
    } else {
        return malformed(key);
    }
    return {};
}

Timestamp floorTo(Timestamp t, seconds step)
{
    const auto micros = t.time_since_epoch();
    return Timestamp{micros - micros % microseconds{step}};
}

Timestamp ceilTo(Timestamp t, seconds step)
{
    const Timestamp floor = floorTo(t, step);
    return floor == t ? t : floor + step;
}

Timestamp ceilToDay(Timestamp t, const ZoneRules& zone)
{
    return zone.startOfDay(zone.dayOf(t)) == t ? t : zone.startOfNextDay(t);
}

BucketSize bucketFor(Period period, Timestamp now)
{
    const auto length = period.to - period.from;
    if (length <= kQuarterPeriod && period.from >= now - kQuarterRetention)
        return BucketSize::QuarterHour;
    return length <= kHourPeriod ? BucketSize::Hour : BucketSize::Day;
}

/// Whole buckets, so that the sum of the buckets is the total.
Period aligned(Period period, BucketSize bucket, const ZoneRules& zone)
{
    switch (bucket) {
    case BucketSize::QuarterHour:
        return {floorTo(period.from, kQuarter), ceilTo(period.to, kQuarter)};
    case BucketSize::Hour:
        return {floorTo(period.from, kHour), ceilTo(period.to, kHour)};
    case BucketSize::Day:
        return {zone.startOfDay(zone.dayOf(period.from)), ceilToDay(period.to, zone)};
    }
    return period;
}

/// `days` calendar days, today included.
Period lastDays(int days, const ZoneRules& zone, Timestamp now)
{
    return {zone.startOfDay(zone.addDays(zone.dayOf(now), 1 - days)), now};
}

Period custom(const ViewState& view, const ZoneRules& zone, Timestamp now)
{
    Period period{view.customFrom, std::max(view.customTo, view.customFrom + kQuarter)};
    period.from = std::max(period.from, period.to - kLongestPeriod);
    const Period whole = aligned(period, bucketFor(period, now), zone);
    return {whole.from, whole.from < now ? std::min(whole.to, std::max(now, whole.from + kQuarter)) : whole.to};
}

} // namespace

std::string ViewState::serialise() const
{
    std::string text =
        "period=" + std::string(nameOf(kPresets, preset)) + "&group=" + std::string(nameOf(kGroups, group));
    if (preset == PeriodPreset::Custom)
        text += "&from=" + std::to_string(toMicros(customFrom)) + "&to=" + std::to_string(toMicros(customTo));
    if (!zone.empty())
        text += "&zone=" + zone;
    if (!environments.empty()) {
        text += "&environments=";
        for (std::size_t i = 0; i < environments.size(); ++i)
            text += (i == 0 ? "" : ",") + std::to_string(environments[i].value);
    }
    if (includeSample)
        text += "&sample=1";
    return text;
}

Result<ViewState> ViewState::parse(std::string_view text)
{
    ViewState view;
    for (const std::string_view field : split(text, '&')) {
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos)
            return malformed(field);
        if (auto read = readField(field.substr(0, equals), field.substr(equals + 1), view); !read)
            return std::move(read).error();
    }
    return view;
}

ResolvedPeriod resolve(const ViewState& view, std::shared_ptr<const ZoneRules> zone, Timestamp now)
{
    const ZoneRules& rules = *zone;
    ResolvedPeriod result;
    const auto shifted = [&](std::chrono::hours by) {
        return Period{result.current.from - by, result.current.to - by};
    };
    // As many whole days, then as much of the day as has passed today: a day of 23 or 25 hours between does not move
    // the cut.
    const auto sameElapsed = [&](Timestamp previousFrom, int wholeDays) {
        const Timestamp lastDay = rules.startOfDay(rules.addDays(rules.dayOf(previousFrom), wholeDays));
        const auto today = now - rules.startOfDay(rules.dayOf(now));
        return Period{previousFrom, std::min(lastDay + today, result.current.from)};
    };
    switch (view.preset) {
    case PeriodPreset::Today:
        result.current = {rules.startOfDay(rules.dayOf(now)), now};
        result.previous = sameElapsed(rules.startOfDay(rules.addDays(rules.dayOf(now), -1)), 0);
        break;
    case PeriodPreset::Last24Hours:
        result.current = {ceilTo(now, kQuarter) - std::chrono::hours{24}, now};
        result.previous = shifted(std::chrono::hours{24});
        break;
    case PeriodPreset::Last7Days:
        result.current = {ceilTo(now, kHour) - std::chrono::hours{7 * 24}, now};
        result.previous = shifted(std::chrono::hours{7 * 24});
        break;
    case PeriodPreset::Last30Days:
    case PeriodPreset::Last90Days: {
        const int days = view.preset == PeriodPreset::Last30Days ? 30 : 90;
        result.current = lastDays(days, rules, now);
        result.previous = sameElapsed(rules.startOfDay(rules.addDays(rules.dayOf(now), 1 - 2 * days)), days - 1);
        break;
    }
    case PeriodPreset::MonthToDate:
        result.current = {rules.startOfMonth(now), now};
        result.previous =
            sameElapsed(rules.startOfMonth(result.current.from - microseconds{1}), rules.dayOf(now) % 100 - 1);
        break;
    case PeriodPreset::LastMonth: {
        const Timestamp end = rules.startOfMonth(now);
        result.current = {rules.startOfMonth(end - microseconds{1}), end};
        result.previous = {rules.startOfMonth(result.current.from - microseconds{1}), result.current.from};
        break;
    }
    case PeriodPreset::Custom:
        result.current = custom(view, rules, now);
        result.previous = {result.current.from - (result.current.to - result.current.from), result.current.from};
        break;
    }
    result.bucket = bucketFor(result.current, now);
    result.zone = std::move(zone);
    return result;
}

std::vector<Bucket> bucketsOf(const ResolvedPeriod& period, Timestamp now)
{
    std::vector<Bucket> buckets;
    const auto endOf = [&](Timestamp start) {
        switch (period.bucket) {
        case BucketSize::QuarterHour:
            return floorTo(start, kQuarter) + kQuarter;
        case BucketSize::Hour:
            return floorTo(start, kHour) + kHour;
        case BucketSize::Day:
            break;
        }
        return period.zone->startOfNextDay(start);
    };
    for (Timestamp start = period.current.from; start < period.current.to;) {
        const Timestamp end = endOf(start);
        buckets.push_back({.start = start, .end = end, .unfinished = end > now});
        start = end;
    }
    return buckets;
}

} // namespace sb::analytics
