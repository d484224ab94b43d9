// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits/SelfTest.h"

#include "limits/LimitTable.h"

#include <array>
#include <string>

namespace sb::limits {

namespace {

/// Stands still, so that nothing leaves a window while the test runs.
class StoppedClock final : public Clock {
public:
    Timestamp now() const override { return Timestamp{std::chrono::hours{1}}; }
    std::chrono::nanoseconds bootTime() const override { return std::chrono::hours{1}; }
};

Error failure(std::string_view what)
{
    return {ErrorCode::Internal, "limit self-test failed: " + std::string(what)};
}

} // namespace

Result<void> selfTest()
{
    const StoppedClock clock;
    constexpr std::array kWindows{LimitWindow::Minute, LimitWindow::Hour, LimitWindow::Day, LimitWindow::Month};
    const Amounts one{.promptTokens = 1, .completionTokens = 1, .requests = 1, .costNano = 1};
    const LimitTable::ScopeKey scope{LimitScope::Organization, 1};

    for (const LimitWindow window : kWindows) {
        for (const LimitDimension dimension : kLimitDimensions) {
            LimitTable table(clock, [](LimitWindow, Timestamp now) { return now + std::chrono::hours{1}; });
            CounterSpec spec{.scope = scope.scope, .scopeId = scope.scopeId, .dimension = dimension, .per = window};
            table.configure({&spec, 1});
            if (!table.hold({&scope, 1}, one).refusal)
                return failure("a limit of 0 admitted a request");

            spec.maximum = one.of(dimension);
            table.configure({&spec, 1});
            auto first = table.hold({&scope, 1}, one);
            if (first.refusal)
                return failure("a limit refused what fits");
            if (!table.hold({&scope, 1}, one).refusal)
                return failure("a full limit admitted a request");
            first.reservation.release();
            if (table.hold({&scope, 1}, one).refusal)
                return failure("released capacity did not come back");
        }
    }
    return {};
}

} // namespace sb::limits
