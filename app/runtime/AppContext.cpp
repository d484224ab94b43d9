// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/AppContext.h"

#include "async/OnResult.h"
#include "domain/SecretRef.h"
#include "runtime/CommandLine.h"
#include "runtime/DatabaseAddress.h"
#include "runtime/GatewayHost.h"
#include "runtime/LocalHosts.h"
#include "runtime/QtLogSink.h"
#include "secrets/SecretStore.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "storage/StorageService.h"
#include "storage/repositories/OrganizationRepository.h"

namespace sb::runtime {

namespace Settings = settings::Settings;

namespace {

struct Tenants {
    Organization organization;
    std::vector<Project> projects;
    std::vector<Environment> environments;

    bool operator==(const Tenants&) const = default;
};

QString nameOf(settings::Origin origin)
{
    switch (origin) {
    case settings::Origin::CommandLine:
        return QStringLiteral("command line");
    case settings::Origin::Environment:
        return QStringLiteral("environment");
    case settings::Origin::Stored:
        return QStringLiteral("setting");
    case settings::Origin::Default:
        break;
    }
    return QStringLiteral("default");
}

} // namespace

struct AppContext::Impl {
    Impl(AppContext& context, LaunchOptions launch)
        : self(context), options(std::move(launch)), settings(options.profileDirectory, {options.given, {}}),
          secrets(QStringLiteral("io.signalbox.Signalbox"), options.profileDirectory), storage(storageOptions()),
          gateway(gatewayOptions(), storage, secrets, clock, log)
    {
    }

    storage::StorageOptions storageOptions()
    {
        const settings::Origin origin = settings.origin(Settings::databaseUrl);
        const bool isGiven = !settings.value(Settings::databaseUrl).isEmpty();
        options.databaseUrlOrigin = nameOf(isGiven ? origin : settings::Origin::Default);

        storage::DatabaseUrl url;
        auto address = DatabaseAddress::read(settings, options.profileDirectory);
        if (address) {
            url = std::move(address->url);
            databasePassword = std::move(address->password);
        } else {
            // Without an address the database stays unavailable: silently using another one would look like lost data.
            problems.push_back({ErrorCode::InvalidArgument,
                                "the database address is not usable: " + address.error().what, "database_url"});
        }
        options.databaseUrl = url.masked();
        return runtime::storageOptions(settings, std::move(url));
    }

    GatewayHost::Options gatewayOptions()
    {
        auto listen = ListenText::parse(settings.value(Settings::listen));
        if (!listen) {
            problems.push_back(listen.error());
            listen = ListenText::parse(Settings::listen.fallback);
        }
        options.listenHost = listen->host;
        options.listenPort = listen->port;
        GatewayHost::Options result;
        result.profileDirectory = options.profileDirectory;
        result.gateway.listenHost = options.listenHost.toStdString();
        result.gateway.port = options.listenPort;
        if (auto hosts = readLocalHosts(settings.value(Settings::localHosts)))
            result.gateway.localHosts = *std::move(hosts);
        else
            problems.push_back(hosts.error());
        return result;
    }

    void open()
    {
        if (databasePassword.isNone()) {
            storage.open();
            return;
        }
        onResult(secrets.read(databasePassword), &self, [this](Result<Secret> password) {
            if (password) {
                const std::string_view text = password->reveal();
                storage.setPassword(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
            } else {
                problems.push_back({password.error().code,
                                    "the database password cannot be read: " + password.error().what, "database_url"});
            }
            storage.open();
        });
    }

    AppContext& self;
    LaunchOptions options;
    std::vector<Error> problems;
    SystemClock clock;
    QtLogSink log;
    settings::AppSettings settings;
    secrets::SecretStore secrets;
    SecretRef databasePassword; ///< filled in while the options of the next are made
    storage::StorageService storage;
    GatewayHost gateway;
    Tenants tenants;
};

AppContext::AppContext(const LaunchOptions& options, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*this, options))
{
    connect(&m_impl->storage, &storage::StorageService::catalogueChanged, this, &AppContext::reloadOrganization);
    connect(&m_impl->storage, &storage::StorageService::healthChanged, this, [this] {
        if (m_impl->storage.health().state == storage::StorageHealth::State::Ready)
            reloadOrganization();
    });
    connect(&m_impl->settings, &settings::AppSettings::changed, this, [this](const QString& name) {
        if (name != Settings::localHosts.name)
            return;
        if (auto hosts = readLocalHosts(m_impl->settings.value(Settings::localHosts)))
            m_impl->gateway.setLocalHosts(*std::move(hosts));
    });
    m_impl->open();
}

AppContext::~AppContext() = default;

const LaunchOptions& AppContext::options() const
{
    return m_impl->options;
}
const std::vector<Error>& AppContext::problems() const
{
    return m_impl->problems;
}
const Clock& AppContext::clock() const
{
    return m_impl->clock;
}
settings::AppSettings& AppContext::settings()
{
    return m_impl->settings;
}
storage::StorageService& AppContext::storage()
{
    return m_impl->storage;
}
secrets::SecretStore& AppContext::secrets()
{
    return m_impl->secrets;
}
GatewayHost& AppContext::gateway()
{
    return m_impl->gateway;
}
const Organization& AppContext::organization() const
{
    return m_impl->tenants.organization;
}
const std::vector<Project>& AppContext::projects() const
{
    return m_impl->tenants.projects;
}
const std::vector<Environment>& AppContext::environments() const
{
    return m_impl->tenants.environments;
}

void AppContext::reloadOrganization()
{
    auto read = m_impl->storage.read([](storage::DbSession& db) -> Result<Tenants> {
        storage::OrganizationRepository repository(db);
        auto organization = repository.current();
        if (!organization)
            return std::move(organization).error();
        auto projects = repository.projects();
        if (!projects)
            return std::move(projects).error();
        auto environments = repository.environments();
        if (!environments)
            return std::move(environments).error();
        return Tenants{*std::move(organization), *std::move(projects), *std::move(environments)};
    });
    onResult(read, this, [this](Result<Tenants> tenants) {
        if (!tenants) {
            if (tenants.error().code != ErrorCode::Cancelled)
                m_impl->log.write(LogLevel::Warning, "runtime",
                                  "the organization cannot be read: " + tenants.error().what);
            return;
        }
        if (m_impl->tenants == *tenants)
            return;
        m_impl->tenants = *std::move(tenants);
        Q_EMIT organizationChanged();
    });
}

QString AppContext::actor() const
{
    const QString login = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return login.isEmpty() ? QStringLiteral("unknown") : login;
}

} // namespace sb::runtime
