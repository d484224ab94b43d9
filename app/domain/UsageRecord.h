// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/EventId.h"
#include "base/Money.h"
#include "base/Time.h"
#include "domain/Ids.h"
#include "domain/Provider.h"
#include "domain/TokenUsage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sb {

/// How a request ended. The numeric value is column `dim.status`.
enum class RequestStatus : std::uint8_t {
    Ok = 0,
    Refused = 1, ///< by us, before anything was sent: key, framing, caps
    Limited = 2, ///< a window was full or money was spent
    UpstreamError = 3,
    Timeout = 4,
    Aborted = 5, ///< by the client
    GatewayError = 6,
    SupersededAttempt = 7, ///< only on attempts that another one replaced
};

/// Where a record was made. The numeric value is column `dim.source`.
enum class TrafficSource : std::uint8_t { Gateway = 0, PromptLab = 1, Test = 2, Sample = 3 };

/// Bits of column `req.flags`.
struct UsageFlags {
    bool streamed = false;
    bool cacheHit = false;
    bool fallbackTaken = false;
    bool completionClamped = false;
    bool inconsistentUsage = false;
    bool recovered = false; ///< closed by crash recovery at its bound

    bool operator==(const UsageFlags&) const = default;
    std::uint32_t toBits() const;
    static UsageFlags fromBits(std::uint32_t bits);
};

/// One finished request: what dashboards are made of. Written once, when the request ends; `id` and `time` come from
/// the same clock reading, taken when the request was opened, so that a replay has the same key.
struct UsageRecord {
    EventId id;
    Timestamp time{}; ///< when the request was opened

    OrganizationId organization;
    ProjectId project;
    EnvironmentId environment;
    ServiceId service;
    ProviderKind provider = ProviderKind::OpenAi;
    ModelId model; ///< none: refused before selection, or not in the catalogue
    ConnectionId connection;
    GatewayKeyId key;
    RouteId route;
    TrafficSource source = TrafficSource::Gateway;

    std::string modelRequested; ///< as the client wrote it
    std::string modelSelected;  ///< as sent to the provider; gives `model` a catalogue row if it has none
    std::string modelReported;  ///< as the provider answered
    std::string user;           ///< x-signalbox-user
    std::string session;        ///< x-signalbox-session
    std::string task;           ///< x-signalbox-task, empty: other
    std::string tags;           ///< x-signalbox-tags, canonical JSON object, empty: none
    std::string clientIp;
    std::string userAgent;

    RequestStatus status = RequestStatus::Ok;
    std::string errorCode; ///< a code of the contract, empty when ok
    std::string errorText; ///< redacted, at most 1 KiB
    int httpStatus = 0;    ///< sent to the client; 0 when it was gone

    TokenUsage usage;
    std::optional<Money> cost; ///< absent: unpriced, which is not free
    Money attemptsCost{};      ///< billed failed attempts
    PriceId price;

    std::uint32_t latencyMs = 0;
    std::optional<std::uint32_t> ttftMs; ///< only of streamed answers
    std::optional<std::uint32_t> upstreamMs;
    std::uint32_t overheadUs = 0; ///< our own time up to the response head
    std::uint32_t attempts = 1;   ///< upstream attempts, 0 when nothing was sent
    UsageFlags flags;

    std::string decision; ///< JSON of the decision record; empty when none was taken
    std::string rawUsage; ///< the provider's own usage object, at most 4 KiB

    bool operator==(const UsageRecord&) const = default;
};

} // namespace sb
