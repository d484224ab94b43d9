// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/JournalRecord.h"
#include "support/SeededRandom.h"

#include <random>

namespace sb::test {

/// A finished request with everything filled in that matters to storage; tests change what they are about.
inline journal::CloseRecord closeRecord(Timestamp time, Random& random)
{
    journal::CloseRecord close;
    UsageRecord& r = close.record;
    r.id = EventId::generate(time, random);
    r.time = time;
    r.organization = OrganizationId(1);
    r.project = ProjectId(1);
    r.environment = EnvironmentId(1);
    r.service = ServiceId(1);
    r.provider = ProviderKind::OpenAi;
    r.model = ModelId(1);
    r.connection = ConnectionId(1);
    r.key = GatewayKeyId(1);
    r.modelRequested = r.modelSelected = r.modelReported = "gpt-4o-mini";
    r.httpStatus = 200;
    r.usage.inputUncached = 1000;
    r.usage.cacheRead = 200;
    r.usage.outputText = 300;
    r.usage.source = UsageSource::Reported;
    r.cost = Money{345'000};
    r.latencyMs = 800;
    r.overheadUs = 120;
    return close;
}

/// One of many believable shapes: errors, streams, unpriced, several projects, users, sessions and tasks.
inline journal::CloseRecord randomRecord(Timestamp time, Random& ids, std::mt19937& dice)
{
    const auto below = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
    journal::CloseRecord close = closeRecord(time, ids);
    UsageRecord& r = close.record;
    r.project = ProjectId(1 + below(3));
    r.environment = EnvironmentId(1 + below(3));
    r.service = ServiceId(1 + below(2));
    r.model = ModelId(1 + below(4));
    r.key = GatewayKeyId(below(5));
    r.price = PriceId(1 + below(4));
    r.user = below(2) != 0 ? "user-" + std::to_string(below(6)) : "";
    r.session = below(3) == 0 ? "session-" + std::to_string(below(9)) : "";
    r.task = below(3) == 0 ? "coding" : "";
    r.status = static_cast<RequestStatus>(below(7));
    r.source = below(10) == 0 ? TrafficSource::Sample : TrafficSource::Gateway;
    r.usage.inputUncached = static_cast<std::uint64_t>(below(100'000));
    r.usage.reasoning = static_cast<std::uint64_t>(below(1000));
    r.usage.source = static_cast<UsageSource>(1 + below(4));
    r.latencyMs = static_cast<std::uint32_t>(below(60'000));
    r.attempts = static_cast<std::uint32_t>(1 + below(3));
    if (below(3) == 0)
        r.ttftMs = static_cast<std::uint32_t>(below(5000));
    r.flags.streamed = r.ttftMs.has_value();
    r.flags.fallbackTaken = below(10) == 0;
    if (below(8) == 0)
        r.cost.reset();
    else
        r.cost = Money{below(1'000'000'000)};
    if (below(10) == 0)
        r.attemptsCost = Money{below(1'000'000)};
    if (r.status != RequestStatus::Ok) {
        r.errorCode = "upstream_error";
        r.errorText = "went wrong";
    }
    return close;
}

} // namespace sb::test
