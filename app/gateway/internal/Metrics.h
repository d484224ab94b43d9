// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/UsageRecord.h"

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace sb::gateway {

/// Counters of this process in Prometheus' text form. One short lock per finished request; series beyond a bound are
/// merged under "other", so that no client can make memory grow.
class Metrics {
public:
    void finished(const UsageRecord& record, std::string_view environment);
    void authenticationFailed();

    struct Gauges {
        std::uint64_t activeRequests = 0;
        std::uint64_t activeStreams = 0;
        std::uint64_t openConnections = 0;
        std::uint64_t drains = 0;      ///< answers awaited for their usage, though the client is gone
        std::uint64_t undelivered = 0; ///< journal records that are not in the database yet
    };
    std::string text(const Gauges& gauges) const;

private:
    static constexpr std::size_t kMaxSeries = 1000;
    static constexpr std::array<double, 14> kSeconds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
                                                     1,     2.5,  5,     10,   30,  60,   120};

    struct Histogram {
        std::array<std::uint64_t, kSeconds.size()> buckets{};
        std::uint64_t count = 0;
        double sum = 0;
        void observe(double seconds);
    };
    struct Series {
        std::uint64_t requests = 0;
        std::uint64_t unpriced = 0;
        std::int64_t costNano = 0;
        std::array<std::uint64_t, 8> tokens{};
    };

    static void write(std::string& out, std::string_view name, const Histogram& histogram);

    mutable std::mutex m_mutex;
    std::map<std::string, Series, std::less<>> m_series; ///< by their labels, as written
    Histogram m_duration;
    Histogram m_firstToken;
    Histogram m_overhead;
    std::uint64_t m_authenticationFailures = 0;
};

} // namespace sb::gateway
