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

/// Days and months of one IANA time zone, by ICU. Immutable; any thread.
class ZoneRules {
public:
    static Result<std::shared_ptr<const ZoneRules>> load(std::string_view ianaName);
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
    /// Local minus UTC at `t`.
    std::chrono::minutes offsetAt(Timestamp t) const;

private:
    struct Impl;
    explicit ZoneRules(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb
