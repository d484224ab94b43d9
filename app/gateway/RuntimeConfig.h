// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "domain/DomainSnapshot.h"
#include "zones/ZoneRules.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sb::gateway {

/// Secrets by the text of their reference (SecretRef::toString). A reference that could not be read is absent; requests that
/// need it are answered 503 secret_unavailable.
using ResolvedSecrets = std::map<std::string, Secret>;

/// Something in the configuration that an operator should know: a service without usable secret, a limit nothing reaches.
struct Finding {
    enum class Severity { Warning, Error };
    Severity severity = Severity::Warning;
    std::string object; ///< "service /openai in staging"
    std::string what;
};

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

/// Pure: indexes, resolves references, precomputes. Never fails as a whole for one bad row: that becomes a Finding and the row
/// is left out.
Result<std::shared_ptr<const RuntimeConfig>> compile(const DomainSnapshot& snapshot, const ResolvedSecrets& secrets,
                                                     std::shared_ptr<const ZoneRules> zone);

} // namespace sb::gateway
