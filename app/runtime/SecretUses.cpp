// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/SecretUses.h"

#include "domain/validation/ServiceValidation.h"
#include "gateway/RuntimeConfig.h"

#include <algorithm>
#include <set>

namespace sb::runtime {

std::vector<SecretUse> secretUses(const DomainSnapshot& snapshot)
{
    std::vector<SecretUse> uses;
    std::set<std::string> seen;
    for (const ServiceEnvironment& row : snapshot.serviceEnvironments) {
        const auto service = std::ranges::find(snapshot.services, row.service, &Service::id);
        if (service == snapshot.services.end())
            continue;
        const auto url = validation::parseServiceUrl(row.urlOverride.empty() ? service->url : row.urlOverride);
        if (!url)
            continue; // reported by the compiler of the configuration
        const BackendSecurity& security = row.security;
        for (const SecretRef* ref :
             {&security.secret, &security.accessKey, &security.secretKey, &security.sessionToken}) {
            if (!ref->isNone() && seen.insert(gateway::secretKey(*ref, url->origin())).second)
                uses.push_back({*ref, url->origin(), service->contextPath});
        }
    }
    return uses;
}

} // namespace sb::runtime
