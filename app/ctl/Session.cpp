// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/Session.h"

#include "ctl/Await.h"
#include "runtime/DatabaseAddress.h"
#include "secrets/SecretStore.h"
#include "settings/AppSettings.h"
#include "settings/Settings.h"
#include "storage/StorageService.h"

namespace sb::ctl {

struct Session::Impl {
    QString profile;
    runtime::ListenText listen;
    storage::DatabaseUrl url;
    SystemClock clock;
    std::shared_ptr<Random> random = std::make_shared<SystemRandom>();
    std::unique_ptr<settings::AppSettings> settings;
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<storage::StorageService> storage;
};

namespace {

/// Where an address that cannot be used came from.
std::string sourceOf(const settings::AppSettings& settings)
{
    switch (settings.origin(settings::Settings::databaseUrl)) {
    case settings::Origin::CommandLine:
        return "--database: ";
    case settings::Origin::Environment:
        return "DATABASE_URL: ";
    case settings::Origin::Stored:
    case settings::Origin::Default:
        break;
    }
    return "the database address in the settings: ";
}

/// A stored address has no password in it; that is fetched from where secrets are.
Result<storage::DatabaseUrl> readDatabaseUrl(const settings::AppSettings& settings, secrets::SecretStore& secrets,
                                             const QString& profile)
{
    auto address = runtime::DatabaseAddress::read(settings, profile);
    if (!address)
        return Error{ErrorCode::InvalidArgument, sourceOf(settings) + address.error().what};
    if (!address->password.isNone()) {
        auto password = await(secrets.read(address->password));
        if (!password)
            return Error{password.error().code, "the database password cannot be read: " + password.error().what};
        const std::string_view text = password->reveal();
        address->url.password = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    return std::move(address->url);
}

} // namespace

Result<std::unique_ptr<Session>> Session::start(const QCommandLineParser& parser)
{
    auto impl = std::make_unique<Impl>();
    auto launch = runtime::CommandLine::read(parser);
    if (!launch)
        return std::move(launch).error();
    impl->profile = launch->profileDirectory;
    impl->settings =
        std::make_unique<settings::AppSettings>(impl->profile, settings::AppSettings::Overrides{launch->given, {}});
    impl->secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.Signalbox"), impl->profile);
    auto listen = runtime::ListenText::parse(impl->settings->value(settings::Settings::listen));
    if (!listen)
        return std::move(listen).error();
    impl->listen = *std::move(listen);
    auto url = readDatabaseUrl(*impl->settings, *impl->secrets, impl->profile);
    if (!url)
        return std::move(url).error();
    impl->url = *std::move(url);
    return std::unique_ptr<Session>(new Session(std::move(impl)));
}

Session::Session(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Session::~Session() = default;

Result<void> Session::openDatabase()
{
    m_impl->storage =
        std::make_unique<storage::StorageService>(runtime::storageOptions(*m_impl->settings, m_impl->url));
    auto opened = await(m_impl->storage->open());
    if (!opened)
        return Error{opened.error().code, "database " + m_impl->url.masked().toStdString() + ": " + opened.error().what,
                     opened.error().field.empty() ? "database" : opened.error().field};
    return {};
}

const QString& Session::profileDirectory() const
{
    return m_impl->profile;
}
const storage::DatabaseUrl& Session::databaseUrl() const
{
    return m_impl->url;
}
const runtime::ListenText& Session::listen() const
{
    return m_impl->listen;
}
settings::AppSettings& Session::settings()
{
    return *m_impl->settings;
}
storage::StorageService& Session::storage()
{
    return *m_impl->storage;
}
secrets::SecretStore& Session::secrets()
{
    return *m_impl->secrets;
}
const Clock& Session::clock() const
{
    return m_impl->clock;
}
std::shared_ptr<Random> Session::random() const
{
    return m_impl->random;
}

QString Session::actor() const
{
    QString login = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    if (login.isEmpty())
        login = QStringLiteral("unknown");
    return login;
}

} // namespace sb::ctl
