// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "home/SimulatorHost.h"

#include "async/OnResult.h"
#include "domain/validation/ServiceValidation.h"
#include "simulator/Simulator.h"
#include "storage/StorageService.h"
#include "storage/repositories/ServiceRepository.h"

namespace sb::ui {

namespace {

constexpr quint16 kUsualPort = 8485; // beside the gateway's 8484; another free one when it is taken
const QString kName = QStringLiteral("Simulator");

std::shared_ptr<ServiceDraft> draftFor(quint16 port, const Environment& environment, const std::string& key)
{
    auto draft = std::make_shared<ServiceDraft>();
    draft->service.provider = ProviderKind::OpenAiCompatible;
    draft->service.name = kName.toStdString();
    draft->service.contextPath = SimulatorHost::kContextPath;
    draft->service.url = "http://127.0.0.1:" + std::to_string(port) + "/v1";
    draft->service.summary =
        SimulatorHost::tr("Built in: answers like a provider, on this computer, at no cost.").toStdString();
    EnvironmentDraft tab;
    tab.environment = environment.id;
    tab.configured = true;
    tab.authorizationHeader = "Authorization: Bearer";
    tab.apiKey = Secret(std::string_view(key));
    tab.place = SecretPlace::File; // no secret: every simulator has this key
    draft->environments.push_back(std::move(tab));
    return draft;
}

} // namespace

SimulatorHost::SimulatorHost(Parts parts, QObject* parent) : QObject(parent), m_parts(std::move(parts))
{
    connect(&m_parts.registrar, &runtime::ServiceRegistrar::registered, this, [this] {
        if (std::exchange(m_registering, false))
            Q_EMIT ready();
    });
    connect(&m_parts.registrar, &runtime::ServiceRegistrar::registrationFailed, this,
            [this](const runtime::ServiceRegistrar::Failure& failure) {
                if (std::exchange(m_registering, false))
                    Q_EMIT failed(failure.error);
            });
    connect(&m_parts.storage, &storage::StorageService::healthChanged, this, &SimulatorHost::resume);
    resume();
}

SimulatorHost::~SimulatorHost() = default;

Result<quint16> SimulatorHost::start(quint16 port)
{
    if (m_simulator)
        return m_port;
    simulator::SimulatorOptions options;
    options.port = port;
    auto simulator = std::make_unique<simulator::Simulator>(options);
    auto bound = simulator->start();
    if (!bound)
        return std::move(bound).error();
    m_simulator = std::move(simulator);
    m_port = *bound;
    return m_port;
}

void SimulatorHost::tryOut()
{
    const std::vector<Environment> environments = m_parts.environments();
    if (environments.empty() || m_registering || m_parts.registrar.isRegistering()) {
        Q_EMIT failed({ErrorCode::Unavailable, "the database is not ready, or another registration is running"});
        return;
    }
    auto port = start(kUsualPort);
    if (!port)
        port = start(0);
    if (!port) {
        Q_EMIT failed(port.error());
        return;
    }
    m_registering = true;
    m_parts.registrar.registerService(draftFor(*port, environments.front(), simulator::SimulatorOptions().apiKey));
}

void SimulatorHost::resume()
{
    if (m_simulator || m_parts.storage.health().state != storage::StorageHealth::State::Ready)
        return;
    onResult(m_parts.storage.read([](storage::DbSession& db) -> Result<Service> {
        storage::ServiceRepository services(db);
        const auto id = services.findByContextPath(kContextPath);
        if (!id)
            return id.error();
        auto details = services.get(*id);
        if (!details)
            return std::move(details).error();
        return details->service;
    }),
             this, [this](Result<Service> service) {
                 if (!service)
                     return; // not registered: nothing to resume
                 const auto url = validation::parseServiceUrl(service->url);
                 if (!url || !url->isLoopback())
                     return;
                 if (const auto port = start(url->port); !port)
                     Q_EMIT failed(port.error());
             });
}

} // namespace sb::ui
