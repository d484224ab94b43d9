// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "domain/Ids.h"

#include <optional>
#include <string>
#include <vector>

namespace sb {

/// Who pays. Its time zone (IANA name) is that of reports and of day and month limits.
struct Organization {
    OrganizationId id;
    std::string handle;
    std::string name;
    std::string currency = "USD";
    std::string timeZone = "UTC";
    int retentionDays = 90;

    bool operator==(const Organization&) const = default;
};

/// Who works.
struct Project {
    ProjectId id;
    OrganizationId organization;
    std::string handle;
    std::string name;
    std::optional<Timestamp> deleted = {};

    bool operator==(const Project&) const = default;
};

/// Development, staging, production or the organization's own; promotion goes in ascending `promotionOrder`.
struct Environment {
    EnvironmentId id;
    OrganizationId organization;
    std::string name;
    bool isProduction = false;
    int promotionOrder = 0;

    bool operator==(const Environment&) const = default;
};

} // namespace sb
