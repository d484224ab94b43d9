// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Time.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sb {

/// Days and months of one IANA time zone, by ICU (the standard library of GCC 12 has no zone data). Immutable; any
/// thread.
///
/// Days partition time: each instant belongs to exactly one day, days are contiguous and in order. A day begins at the
/// first instant whose local date has reached it and, once begun, does not end by a clock that is set back over
/// midnight. A date that a zone skipped (Samoa, 2011-12-30) is a day of no length.
class ZoneRules {
public:
    /// InvalidArgument: not an IANA zone ("GMT+3" and other rules without a place are refused).
    static Result<std::shared_ptr<const ZoneRules>> load(std::string_view ianaName);
    /// "UTC" and every "Area/City", sorted: what a person chooses from.
    static std::vector<std::string> knownZones();
    ~ZoneRules();

    const std::string& name() const;

    /// yyyymmdd of the local day that contains `t` (columns `rday`).
    std::int32_t dayOf(Timestamp t) const;
    /// First instant of the local day yyyymmdd; days have 23, 24 or 25 hours.
    Timestamp startOfDay(std::int32_t day) const;
    std::int32_t addDays(std::int32_t day, int days) const;
    Timestamp startOfNextDay(Timestamp t) const;
    Timestamp startOfMonth(Timestamp t) const;
    Timestamp startOfNextMonth(Timestamp t) const;
    /// Local minus UTC at `t`, rounded down to whole minutes (only offsets before 1972 have seconds).
    std::chrono::minutes offsetAt(Timestamp t) const;

private:
    struct Impl;
    explicit ZoneRules(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb
