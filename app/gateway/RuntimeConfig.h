// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "domain/DomainSnapshot.h"
#include "gateway/Finding.h"
#include "zones/ZoneRules.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sb::gateway {

/// Provider secrets by secretKey(), or why one could not be read. Requests that need one that is not there are answered
/// 503 secret_unavailable.
using ResolvedSecrets = std::map<std::string, Result<Secret>>;

/// A secret belongs to an origin: whoever resolves references states for which one (SecretStore::readFor), and a
/// service finds it only under its own. `origin` is validation::ServiceUrl::origin() of the URL the service has in that
/// environment.
std::string secretKey(const SecretRef& ref, std::string_view origin);

/// What the workers serve from: immutable, indexed, shared by pointer. Its insides belong to gateway/internal.
class RuntimeConfig {
public:
    struct Data;
    explicit RuntimeConfig(std::unique_ptr<const Data> data);
    ~RuntimeConfig();

    const Data& data() const { return *m_data; }
    const std::vector<Finding>& findings() const;

private:
    std::unique_ptr<const Data> m_data;
};

/// Pure: indexes, resolves references, precomputes. Never fails as a whole for one bad row: that becomes a Finding and
/// the row is left out. A key without connection (ConnectionId none) is the program's own: it may call every service
/// configured in its environment, and its requests are recorded with source PromptLab.
Result<std::shared_ptr<const RuntimeConfig>> compile(const DomainSnapshot& snapshot, const ResolvedSecrets& secrets,
                                                     std::shared_ptr<const ZoneRules> zone);

} // namespace sb::gateway
