// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "EngineTest.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"

namespace sb::test {

/// A service "OpenAI" under /openai, configured in no environment.
inline ServiceId storeService(storage::DbSession& db, Timestamp now)
{
    ServiceRegistration registration;
    registration.service.organization = valueOf(storage::OrganizationRepository(db).current()).id;
    registration.service.name = "OpenAI";
    registration.service.contextPath = "/openai";
    registration.service.url = "https://api.openai.com/v1";
    return valueOf(storage::ServiceRepository(db).insert(registration, "me", now));
}

} // namespace sb::test
