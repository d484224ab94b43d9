// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "domain/UsageRecord.h"
#include "gateway/internal/ConfigData.h"
#include "gateway/internal/GatewayCore.h"
#include "gateway/stages/Reserve.h"
#include "gateway/stages/Resolve.h"
#include "gateway/stages/Route.h"
#include "http/CancelToken.h"
#include "http/MessageHead.h"
#include "providers/RequestFacts.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sb::gateway {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Everything about one request while it lasts. Allocated when its first byte arrives, so an idle connection does not
/// carry it.
struct Exchange {
    http::RequestParser parser;
    http::RequestHead head;
    std::string headCopy; ///< the head, when the body did not arrive with it
    std::string bodyCopy; ///< the same for the body
    std::string_view body;

    std::shared_ptr<const RuntimeConfig> config; ///< the one it began with
    EventId id;
    std::string idText;
    Timestamp opened{};
    SteadyTime begun{};                              ///< head complete
    SteadyTime bodyRead{};                           ///< from here on time is ours, unless it is the provider's
    std::chrono::steady_clock::duration elsewhere{}; ///< spent waiting for the provider
    std::optional<SteadyTime> waitingSince;          ///< for the provider's answer, which has not begun

    catalog::Dialect dialect = catalog::Dialect::OpenAiChat; ///< of errors; from the path until the target is known
    const Principal* principal = nullptr;
    Resolved resolved;
    RoutePlan plan;             ///< on routing paths only
    std::size_t attempt = 0;    ///< index into plan.candidates
    std::uint32_t attempts = 0; ///< that a provider was asked, the running one included
    providers::RequestFacts facts;
    std::string clientModel;   ///< as the client names it
    std::string targetModel;   ///< as the target is asked for it: the client's word, or the route's
    std::string providerModel; ///< the maker's id, as far as known
    std::optional<Held> held;

    UsageRecord record;
    bool sent = false;     ///< the provider may have begun to work
    bool closed = false;   ///< CLOSE is written
    bool headSent = false; ///< the client has our response head
    bool keepAlive = true;
    bool bodyConsumed = false;    ///< nothing of it is left to be read
    bool headMoved = false;       ///< into headCopy
    bool headConsumed = false;    ///< from the session's buffer
    std::size_t bodyInBuffer = 0; ///< bytes of the body that lie in the session's buffer, behind the head
    std::unique_ptr<MemoryCharge> memory;
    http::CancelToken cancel;
    limits::Amounts booked{0, 0, 0, 0};      ///< on the limits, at settlement of the running attempt
    std::vector<journal::Hold> bookedBefore; ///< by the attempts that failed before it
    std::optional<ApiError> firstError;      ///< what is answered when every target failed
    bool failed = false;                     ///< the running attempt, in a way that lets the next target be tried
    bool again = false;                      ///< ... and the same target is asked once more, on a connection of its own
    bool freshConnection = false;            ///< no kept one is taken any more
    bool clientGone = false;
    bool streaming = false;

    /// Whether a body that is not wanted lies in a buffer of `buffered` bytes as a whole, so that the next request can
    /// be found.
    bool keepsFraming(std::size_t buffered) const
    {
        return head.framing == http::Framing::Length && !headConsumed &&
               buffered >= parser.headBytes() + head.contentLength;
    }

    /// Our own time up to the head of the answer; one that has gone out is not measured again.
    void measureOverhead()
    {
        if (headSent || closed)
            return;
        const auto ours = waitingSince.value_or(std::chrono::steady_clock::now()) - bodyRead - elsewhere;
        record.overheadUs =
            static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(ours).count());
    }

    const Target& target() const { return *resolved.target; }
    bool isRouted() const { return !plan.candidates.empty(); }
    /// Whether another target may be asked when this attempt fails before the client has seen anything.
    bool mayFallBack() const
    {
        return isRouted() && attempt + 1 < plan.usable && static_cast<int>(attempts) < plan.maxAttempts && !headSent &&
               !clientGone;
    }
    const RuntimeConfig::Data& data() const { return config->data(); }
};

} // namespace sb::gateway
