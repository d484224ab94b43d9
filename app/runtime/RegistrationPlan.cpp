// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RegistrationPlan.h"

#include "domain/validation/ServiceValidation.h"
#include "domain/validation/Text.h"

#include <QDir>

#include <algorithm>
#include <array>

namespace sb::runtime {

namespace {

using validation::trimmed;

constexpr std::size_t kSuffixLength = 8;
constexpr const char* kApiKey = "api-key";
constexpr const char* kAccessKey = "access-key";
constexpr const char* kSecretKey = "secret-key";
constexpr const char* kSessionToken = "session-token";
constexpr std::array<std::string_view, 4> kEntries{kApiKey, kAccessKey, kSecretKey, kSessionToken};

class Builder {
public:
    Builder(RegistrationPlan& plan, const Service& service, const std::string& secretFolder, Random& random)
        : m_plan(plan), m_service(service), m_secretFolder(secretFolder), m_suffix(randomBase62(random, kSuffixLength))
    {
    }

    Result<ServiceRegistration::PerEnvironment> environment(const EnvironmentDraft& draft,
                                                            const Environment& environment, ServiceEnvironment row)
    {
        m_environment = &environment;
        m_place = draft.place;
        row.environment = environment.id;
        row.apiVersion = validation::takesApiVersion(m_service.provider) ? trimmed(draft.apiVersion) : "";
        const bool isAzure = m_service.provider == ProviderKind::AzureOpenAi;
        auto deployments = validation::readDeployments(isAzure ? draft.deployments : std::string());
        auto limits = validation::readLimits(draft);
        auto caps = validation::readCaps(draft);
        if (!deployments)
            return std::move(deployments).error();
        if (!limits)
            return std::move(limits).error();
        if (!caps)
            return std::move(caps).error();
        row.deployments = std::move(*deployments);
        if (auto secured = security(draft, row.security); !secured)
            return std::move(secured).error();
        row.deployedRevision = row.desiredRevision; // registering deploys
        row.state = DeploymentState::Active;

        ServiceRegistration::PerEnvironment result{std::move(row), {}, *caps};
        if (!limits->isEmpty())
            result.limits.push_back(*limits);
        return result;
    }

private:
    Result<void> security(const EnvironmentDraft& draft, BackendSecurity& target)
    {
        const BackendSecurity before = std::exchange(target, {});
        target.kind = draft.authKind;
        switch (draft.authKind) {
        case AuthKind::None:
            return {};
        case AuthKind::Header: {
            auto choice = validation::readAuthorizationHeader(draft.authorizationHeader, m_service.provider);
            if (!choice)
                return std::move(choice).error();
            target.header = choice->header;
            target.prefix = choice->prefix;
            const Secret& typed = draft.apiKey.isEmpty() ? choice->pasted : draft.apiKey;
            return reference(typed, "api_key", kApiKey, before.secret, target.secret);
        }
        case AuthKind::SigV4: {
            target.region = trimmed(draft.region);
            struct Part {
                const Secret& typed;
                const char* field;
                const char* entry;
                const SecretRef& before;
                SecretRef& target;
            };
            for (const Part& part :
                 {Part{draft.accessKeyId, "access_key", kAccessKey, before.accessKey, target.accessKey},
                  Part{draft.secretAccessKey, "secret_key", kSecretKey, before.secretKey, target.secretKey},
                  Part{draft.sessionToken, "session_token", kSessionToken, before.sessionToken, target.sessionToken}}) {
                if (auto made = reference(part.typed, part.field, part.entry, part.before, part.target); !made)
                    return made;
            }
            return {};
        }
        }
        return {};
    }

    Result<void> reference(const Secret& typed, const char* field, const char* entry, const SecretRef& before,
                           SecretRef& target)
    {
        const std::string_view text = trimmed(typed.reveal());
        if (text.empty()) {
            target = before;
            return {};
        }
        auto named = validation::readReference(text, m_place);
        if (!named)
            return std::move(named).error();
        const std::string path = "environments/" + m_environment->name + '/' + field;
        if (!named->isNone()) {
            target = std::move(*named);
            m_plan.entries.push_back({target, Secret(), path});
            return {};
        }
        const std::string name =
            m_service.contextPath.substr(1) + '/' + m_environment->name + '/' + entry + '/' + m_suffix;
        if (m_place == SecretPlace::File) {
            std::string flat = name;
            std::replace(flat.begin(), flat.end(), '/', '.');
            target = {SecretRef::Kind::File, m_secretFolder + '/' + flat};
        } else {
            target = {SecretRef::Kind::Keychain, name};
        }
        m_plan.entries.push_back({target, Secret(text), path});
        return {};
    }

    RegistrationPlan& m_plan;
    const Service& m_service;
    const std::string& m_secretFolder;
    std::string m_suffix;
    const Environment* m_environment = nullptr;
    SecretPlace m_place = SecretPlace::Keychain;
};

} // namespace

std::string secretFolderOf(const QString& profileDirectory)
{
    return QDir(profileDirectory).absoluteFilePath(QStringLiteral("secrets")).toStdString();
}

bool isMadeByRegistration(const SecretRef& reference, const std::string& secretFolder)
{
    char separator = '/';
    std::string_view name = reference.name;
    if (reference.kind == SecretRef::Kind::File) {
        if (!name.starts_with(secretFolder + '/'))
            return false;
        name.remove_prefix(secretFolder.size() + 1);
        separator = '.';
    } else if (reference.kind != SecretRef::Kind::Keychain) {
        return false;
    }
    const std::size_t last = name.rfind(separator);
    if (last == std::string_view::npos || name.size() - last - 1 != kSuffixLength ||
        !std::ranges::all_of(name.substr(last + 1), validation::isAlnum))
        return false;
    const std::string_view rest = name.substr(0, last);
    return std::ranges::any_of(kEntries, [&](std::string_view entry) {
        return rest.ends_with(entry) && rest.size() > entry.size() && rest[rest.size() - entry.size() - 1] == separator;
    });
}

std::string randomBase62(Random& random, std::size_t count)
{
    constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::uint8_t kUnbiased = 248; // the largest multiple of 62 that a byte holds
    std::string text;
    std::array<std::uint8_t, 64> bytes{};
    while (text.size() < count) {
        random.fill(bytes);
        for (const std::uint8_t byte : bytes) {
            if (byte < kUnbiased && text.size() < count)
                text += kDigits[byte % kDigits.size()];
        }
    }
    return text;
}

Result<RegistrationPlan> RegistrationPlan::make(const ServiceDraft& draft, OrganizationId organization,
                                                const std::vector<Environment>& environments,
                                                const std::string& secretFolder, Random& random)
{
    RegistrationPlan plan;
    Service& service = plan.registration.service;
    service = draft.service;
    service.id = {};
    service.organization = organization;
    if (service.scope == Scope::Organization)
        service.project = {};
    service.name = validation::normalisedName(service.name);
    service.contextPath = validation::normalisedContextPath(service.contextPath);
    service.summary = trimmed(draft.service.summary);
    service.version = trimmed(draft.service.version);
    service.labels.clear();
    for (const std::string& label : draft.service.labels)
        service.labels.emplace_back(trimmed(label));
    auto url = validation::parseServiceUrl(draft.service.url);
    if (!url)
        return std::move(url).error();
    service.url = trimmed(draft.service.url);
    plan.origin = url->origin();

    Builder builder(plan, service, secretFolder, random);
    for (const EnvironmentDraft& tab : draft.environments) {
        const auto environment = std::find_if(environments.begin(), environments.end(),
                                              [&tab](const Environment& e) { return e.id == tab.environment; });
        if (!tab.configured || environment == environments.end())
            continue;
        auto row = builder.environment(tab, *environment, {});
        if (!row)
            return std::move(row).error();
        plan.registration.environments.push_back(std::move(*row));
    }
    return plan;
}

Result<RegistrationPlan> RegistrationPlan::makeEnvironment(const Service& service, const EnvironmentDraft& draft,
                                                           const Environment& environment,
                                                           const ServiceEnvironment& present,
                                                           const std::string& secretFolder, Random& random)
{
    RegistrationPlan plan;
    plan.registration.service = service;
    auto url = validation::parseServiceUrl(present.urlOverride.empty() ? service.url : present.urlOverride);
    if (!url)
        return std::move(url).error();
    plan.origin = url->origin();
    auto row = Builder(plan, service, secretFolder, random).environment(draft, environment, present);
    if (!row)
        return std::move(row).error();
    plan.registration.environments.push_back(std::move(*row));
    return plan;
}

} // namespace sb::runtime
