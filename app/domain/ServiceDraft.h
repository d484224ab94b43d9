// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "domain/Limit.h"
#include "domain/Service.h"

#include <string>
#include <vector>

namespace sb {

/// Where the person wants a typed secret to be kept.
enum class SecretPlace { Keychain, Environment, File };
/// Where the secret of a stored configuration is; the keychain when there is none.
SecretPlace placeOf(const BackendSecurity& security);

/// One environment tab of the registration, as typed. Texts stay texts until validation reads them, so that nothing
/// typed is lost; a secret is held as a Secret and never leaves this object except into a SecretStore.
struct EnvironmentDraft {
    EnvironmentId environment;
    bool configured = false;

    AuthKind authKind = AuthKind::Header;
    std::string authorizationHeader; ///< as typed: "Authorization: Bearer", "api-key"
    Secret apiKey;                   ///< a literal key or the text of a reference (env:NAME, file:/path)
    std::string region;
    Secret accessKeyId;
    Secret secretAccessKey;
    Secret sessionToken;
    SecretPlace place = SecretPlace::Keychain;

    std::string apiVersion;
    std::string deployments; ///< Azure: "model=deployment" per line

    bool keepsLimits = false; ///< the stored window quotas stay: several, or of a kind that the texts below cannot hold
    LimitWindow timeUnit = LimitWindow::Minute;
    std::string maxPromptTokens; ///< "", "100 000", "90k", "1.5M"
    std::string maxCompletionTokens;
    std::string maxTotalTokens;
    std::string maxRequests;
    std::string maxCostUsd;
    std::string requestMaxPromptTokens;
    std::string requestMaxCompletionTokens;
    std::string requestMaxTotalTokens;
};

/// A service registration as typed: what the wizard edits and the configuration file yields.
struct ServiceDraft {
    Service service;                            ///< id none; texts as typed
    std::vector<EnvironmentDraft> environments; ///< one per environment, in promotion order
    bool allowInsecureUrl = false;              ///< the worded tick box for http beyond loopback
};

/// A validated registration with references instead of secrets: what storage writes in one transaction.
struct ServiceRegistration {
    struct PerEnvironment {
        ServiceEnvironment configuration;
        std::vector<LimitRule> limits; ///< scopeId is filled in when written
        RequestCaps caps;
    };
    Service service;
    std::vector<PerEnvironment> environments;
};

} // namespace sb
