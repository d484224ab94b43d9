// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Workbench.h"

#include "storage/repositories/OrganizationRepository.h"

namespace sb::test {

namespace {

Result<ui::Workplace> readWorkplace(storage::DbSession& db)
{
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
    return ui::Workplace{*organization, *projects, *environments};
}

} // namespace

Workbench::Workbench() : database(TempDatabase::Engine::Sqlite)
{
    storage::StorageOptions options;
    options.url = database.url();
    storage = std::make_unique<storage::StorageService>(options);
    if (!wait(storage->open()))
        qFatal("cannot open the temporary database");
    secrets = std::make_unique<secrets::SecretStore>(QStringLiteral("io.signalbox.Test"), profile.path());
    registrar = std::make_unique<runtime::ServiceRegistrar>(runtime::ServiceRegistrar::Parts{
        *storage, *secrets, clock, std::make_shared<SystemRandom>(), profile.path(), QStringLiteral("tester")});
    undo = std::make_unique<ui::UndoBar>();
    auto read = ask([](storage::DbSession& db) { return readWorkplace(db); });
    if (!read)
        qFatal("cannot read the organization: %s", read.error().what.c_str());
    workplace = *std::move(read);
}

Workbench::~Workbench() = default;

ui::ServicesSlice Workbench::slice()
{
    return {*storage,
            *secrets,
            *registrar,
            clock,
            prompts,
            *undo,
            "tester",
            [this] { return workplace; },
            [] { return QStringLiteral("http://127.0.0.1:8484"); },
            [this] { return gatewayRunning; },
            [this] { ++gatewayStarts; },
            [] { return std::vector<std::string>(); },
            [this] { return faults; }};
}

EnvironmentDraft Workbench::environmentDraft(std::size_t index) const
{
    EnvironmentDraft draft;
    draft.environment = workplace.environments[index].id;
    draft.configured = true;
    draft.authorizationHeader = "Authorization: Bearer";
    draft.apiKey = Secret(std::string_view("sk-test-1"));
    draft.place = SecretPlace::File;
    draft.maxTotalTokens = "100000";
    return draft;
}

ServiceId Workbench::registerService(const std::string& name, const std::string& contextPath, ProviderKind provider)
{
    auto draft = std::make_shared<ServiceDraft>();
    draft->service.name = name;
    draft->service.contextPath = contextPath;
    draft->service.url = "https://api.example.com/v1";
    draft->service.provider = provider;
    draft->environments.push_back(environmentDraft());
    ServiceId id;
    std::string failure;
    QObject context;
    QObject::connect(registrar.get(), &runtime::ServiceRegistrar::registered, &context,
                     [&](const runtime::ServiceRegistrar::Registered& result) { id = result.id; });
    QObject::connect(registrar.get(), &runtime::ServiceRegistrar::registrationFailed, &context,
                     [&](const runtime::ServiceRegistrar::Failure& failed) {
                         failure = failed.error.what + " " + (failed.issues.empty() ? "" : failed.issues[0].field);
                     });
    registrar->registerService(draft);
    if (!QTest::qWaitFor([&] { return !id.isNone() || !failure.empty(); }, 10'000) || id.isNone())
        qFatal("registration failed: %s", failure.c_str());
    return id;
}

void Workbench::connectTo(ServiceId service, const std::string& name)
{
    Connection connection;
    connection.name = name;
    connection.service = service;
    connection.project = workplace.projects.front().id;
    auto keys = wait(registrar->createConnection(connection, {workplace.environments.front().id}, 90));
    if (!keys)
        qFatal("no connection: %s", keys.error().what.c_str());
}

} // namespace sb::test
