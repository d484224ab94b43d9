// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/SampleDomain.h"

#include "domain/validation/ServiceValidation.h"

namespace sb::gateway {

ResolvedSecrets SampleDomain::secrets() const
{
    ResolvedSecrets result;
    for (const ServiceEnvironment& row : snapshot.serviceEnvironments) {
        for (const Service& service : snapshot.services) {
            if (service.id != row.service)
                continue;
            const auto url = validation::parseServiceUrl(row.urlOverride.empty() ? service.url : row.urlOverride);
            if (!url)
                continue;
            for (const SecretRef& ref :
                 {row.security.secret, row.security.accessKey, row.security.secretKey, row.security.sessionToken}) {
                if (!ref.isNone())
                    result.insert_or_assign(secretKey(ref, url->origin()), Secret("provider-secret-" + ref.name));
            }
        }
    }
    return result;
}

Result<std::shared_ptr<const RuntimeConfig>> SampleDomain::compiled() const
{
    auto zone = ZoneRules::load("UTC");
    if (!zone)
        return zone.error();
    const ResolvedSecrets resolved = secrets();
    return compile(snapshot, resolved, *zone);
}

} // namespace sb::gateway
