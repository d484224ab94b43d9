// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "base/Result.h"
#include "domain/Organization.h"
#include "domain/ServiceDraft.h"

#include <QString>

#include <string>
#include <vector>

namespace sb::runtime {

/// What a validated draft means: rows with references, and the secrets that must be in their stores before the rows are
/// written. Pure but for the random part of new names, which keeps an earlier registration's entries from being
/// overwritten.
struct RegistrationPlan {
    struct Entry {
        SecretRef reference;
        Secret secret;     ///< empty: the person named an existing variable or file, which is only bound
        std::string field; ///< where a failure is shown
        std::string boundBefore =
            {}; ///< of a secret that moves to another address: where it is bound again when undone
    };

    ServiceRegistration registration;
    std::vector<Entry> entries;
    std::string origin; ///< where the secrets may be sent

    /// `draft` has passed validation::check. `secretFolder`: absolute, for secrets that the person wants in files.
    static Result<RegistrationPlan> make(const ServiceDraft& draft, OrganizationId organization,
                                         const std::vector<Environment>& environments, const std::string& secretFolder,
                                         Random& random);

    /// One environment of an existing service; secrets left empty keep the references of `present`.
    static Result<RegistrationPlan> makeEnvironment(const Service& service, const EnvironmentDraft& draft,
                                                    const Environment& environment, const ServiceEnvironment& present,
                                                    const std::string& secretFolder, Random& random);
};

/// Where secrets are kept that the person wants in files.
std::string secretFolderOf(const QString& profileDirectory);

/// Whether a reference is one that a plan made, and not one that the person named: only those are ever removed.
bool isMadeByRegistration(const SecretRef& reference, const std::string& secretFolder);

/// `count` characters of base 62, each from its own unbiased draw.
std::string randomBase62(Random& random, std::size_t count);

} // namespace sb::runtime
