// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "zones/ZoneRules.h"

#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <array>

namespace sb {

using std::chrono::milliseconds;

namespace {

using Millis = std::chrono::sys_time<milliseconds>;

/// No zone was ever further than 16 hours from UTC, so the instants of a local midnight lie within this of it.
constexpr milliseconds kWidest = std::chrono::hours{16};

std::int32_t toDay(std::chrono::sys_days days)
{
    const std::chrono::year_month_day date{days};
    return static_cast<int>(date.year()) * 10000 +
           static_cast<std::int32_t>(static_cast<unsigned>(date.month())) * 100 +
           static_cast<std::int32_t>(static_cast<unsigned>(date.day()));
}

std::chrono::year_month_day toDate(std::int32_t day)
{
    return std::chrono::year{day / 10000} / std::chrono::month{static_cast<unsigned>(day / 100 % 100)} /
           std::chrono::day{static_cast<unsigned>(day % 100)};
}

UDate toUDate(Millis t)
{
    return static_cast<UDate>(t.time_since_epoch().count());
}

icu::UnicodeString fromAscii(std::string_view text)
{
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

} // namespace

struct ZoneRules::Impl {
    std::string name;
    std::unique_ptr<icu::BasicTimeZone> zone;

    milliseconds offset(Millis t) const
    {
        std::int32_t raw = 0;
        std::int32_t dst = 0;
        UErrorCode status = U_ZERO_ERROR;
        zone->getOffset(toUDate(t), false, raw, dst, status);
        return milliseconds{raw + dst};
    }

    /// The first instant whose local time is at or after `local` (read as if it were UTC).
    Millis firstInstantAt(Millis local) const
    {
        Millis from = local - kWidest;
        const Millis end = local + kWidest;
        milliseconds shift = offset(from);
        if (shift == offset(end))
            return local - shift;
        // A change of the offset is near. Within each stretch of equal offset local time runs with real time; the
        // answer is where a stretch reaches `local`, or the start of a stretch that begins beyond it (midnight was
        // skipped).
        icu::TimeZoneTransition change;
        while (zone->getNextTransition(toUDate(from), false, change)) {
            const Millis until{milliseconds{static_cast<std::int64_t>(change.getTime())}};
            const Millis reached = std::max(from, local - shift);
            if (reached < until)
                return reached;
            from = until;
            shift = offset(until);
        }
        return std::max(from, local - shift);
    }

    Timestamp startOf(std::chrono::sys_days day) const { return firstInstantAt(Millis{day}); }

    std::chrono::sys_days dayAt(Timestamp t) const
    {
        const Millis at = std::chrono::floor<milliseconds>(t);
        auto day = std::chrono::floor<std::chrono::days>(at + offset(at));
        while (startOf(day + std::chrono::days{1}) <=
               t) // the clock was set back over midnight: that day has begun already
            day += std::chrono::days{1};
        return day;
    }

    Timestamp startOfMonth(Timestamp t, int ahead) const
    {
        const std::chrono::year_month_day date{dayAt(t)};
        return startOf(std::chrono::sys_days{date.year() / date.month() / 1 + std::chrono::months{ahead}});
    }
};

ZoneRules::ZoneRules(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ZoneRules::~ZoneRules() = default;

Result<std::shared_ptr<const ZoneRules>> ZoneRules::load(std::string_view ianaName)
{
    const Error unknown{ErrorCode::InvalidArgument, "unknown time zone: " + std::string(ianaName), "timezone"};
    const icu::UnicodeString id = fromAscii(ianaName);
    icu::UnicodeString canonical;
    UBool isSystemId = false;
    UErrorCode status = U_ZERO_ERROR;
    icu::TimeZone::getCanonicalID(id, canonical, isSystemId, status);
    if (U_FAILURE(status) || !isSystemId || canonical == icu::UnicodeString(u"Etc/Unknown"))
        return unknown;

    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (basic == nullptr)
        return unknown;
    auto impl = std::make_unique<Impl>();
    impl->name = ianaName;
    static_cast<void>(zone.release()); // the same object as basic
    impl->zone.reset(basic);
    return std::shared_ptr<const ZoneRules>(new ZoneRules(std::move(impl)));
}

std::vector<std::string> ZoneRules::knownZones()
{
    static constexpr std::array<std::string_view, 10> kAreas{"Africa/", "America/",  "Antarctica/", "Arctic/",
                                                             "Asia/",   "Atlantic/", "Australia/",  "Europe/",
                                                             "Indian/", "Pacific/"};
    std::vector<std::string> names{"UTC"};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> ids(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
    if (U_FAILURE(status) || !ids)
        return names;
    while (const char* id = ids->next(nullptr, status)) {
        const std::string_view name(id);
        if (std::any_of(kAreas.begin(), kAreas.end(), [name](std::string_view area) { return name.starts_with(area); }))
            names.emplace_back(name);
    }
    std::sort(names.begin() + 1, names.end());
    return names;
}

const std::string& ZoneRules::name() const
{
    return m_impl->name;
}

std::int32_t ZoneRules::dayOf(Timestamp t) const
{
    return toDay(m_impl->dayAt(t));
}

Timestamp ZoneRules::startOfDay(std::int32_t day) const
{
    return m_impl->startOf(std::chrono::sys_days{toDate(day)});
}

std::int32_t ZoneRules::addDays(std::int32_t day, int days) const
{
    return toDay(std::chrono::sys_days{toDate(day)} + std::chrono::days{days});
}

Timestamp ZoneRules::startOfNextDay(Timestamp t) const
{
    return m_impl->startOf(m_impl->dayAt(t) + std::chrono::days{1});
}

Timestamp ZoneRules::startOfMonth(Timestamp t) const
{
    return m_impl->startOfMonth(t, 0);
}

Timestamp ZoneRules::startOfNextMonth(Timestamp t) const
{
    return m_impl->startOfMonth(t, 1);
}

std::chrono::minutes ZoneRules::offsetAt(Timestamp t) const
{
    return std::chrono::floor<std::chrono::minutes>(m_impl->offset(std::chrono::floor<milliseconds>(t)));
}

} // namespace sb
