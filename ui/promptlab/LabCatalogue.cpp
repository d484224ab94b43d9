// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LabCatalogue.h"

#include "storage/repositories/ModelRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/RouteRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <algorithm>

namespace sb::ui {

namespace {

/// A route's wire format is that of its first target, where that one can be called on a routing path.
ProviderKind formatOf(const Route& route, const LabCatalogue& services)
{
    const LabCatalogue::Target* first =
        route.targets.empty() ? nullptr : services.find(QString::fromStdString(route.targets.front().context));
    return first != nullptr && first->provider == ProviderKind::Anthropic ? ProviderKind::Anthropic
                                                                          : ProviderKind::OpenAiCompatible;
}

/// Routes of one name, each for an environment of its own or for all others, are one thing to ask.
std::vector<LabCatalogue::Target> routeTargets(const std::vector<Route>& routes, const LabCatalogue& services)
{
    std::map<std::string, LabCatalogue::Target> byName;
    for (const Route& route : routes) {
        LabCatalogue::Target& target = byName[route.name];
        if (target.key.isEmpty()) {
            target.key = target.name = QString::fromStdString(route.name);
            target.provider = formatOf(route, services);
        }
        for (const Environment& environment : services.environments) {
            const bool listed = std::count(target.environments.begin(), target.environments.end(), environment.id) > 0;
            if (!listed && (route.environment.isNone() || route.environment == environment.id))
                target.environments.push_back(environment.id);
        }
    }
    std::vector<LabCatalogue::Target> targets;
    targets.reserve(byName.size());
    for (auto& [name, target] : byName)
        targets.push_back(std::move(target));
    return targets;
}

} // namespace

Result<LabCatalogue> LabCatalogue::read(storage::DbSession& db, Timestamp now)
{
    auto services = storage::ServiceRepository(db).list(now);
    auto environments = storage::OrganizationRepository(db).environments();
    auto models = storage::ModelRepository(db).models();
    auto routes = storage::RouteRepository(db).list();
    if (!services)
        return std::move(services).error();
    if (!environments)
        return std::move(environments).error();
    if (!models)
        return std::move(models).error();
    if (!routes)
        return std::move(routes).error();

    std::map<ProviderKind, QStringList> names;
    for (const Model& model : *models) {
        if (model.capabilities.find("embeddings") == std::string::npos) // they answer with vectors, not with words
            names[model.provider].append(
                QString::fromUtf8(model.wireName().data(), static_cast<qsizetype>(model.wireName().size())));
    }
    for (auto& [provider, list] : names)
        list.sort(Qt::CaseInsensitive);

    LabCatalogue catalogue;
    catalogue.environments = std::move(*environments);
    for (storage::ServiceListRow& row : *services) {
        Target target;
        for (const Environment& environment : catalogue.environments) {
            const auto state = row.states.find(environment.id);
            if (state != row.states.end() && state->second != DeploymentState::NotConfigured)
                target.environments.push_back(environment.id);
        }
        target.models = names[row.service.provider];
        target.key = QString::fromStdString(row.service.contextPath);
        target.name = QString::fromStdString(row.service.name);
        target.provider = row.service.provider;
        if (!target.environments.empty())
            catalogue.targets.push_back(std::move(target));
    }
    for (LabCatalogue::Target& target : routeTargets(*routes, catalogue))
        catalogue.targets.push_back(std::move(target));
    return catalogue;
}

const LabCatalogue::Target* LabCatalogue::find(const QString& key) const
{
    const auto found = std::find_if(targets.begin(), targets.end(), [&key](const Target& t) { return t.key == key; });
    return found == targets.end() ? nullptr : &*found;
}

QString LabCatalogue::environmentName(EnvironmentId id) const
{
    const auto found =
        std::find_if(environments.begin(), environments.end(), [id](const Environment& e) { return e.id == id; });
    return found == environments.end() ? QString() : QString::fromStdString(found->name);
}

bool LabCatalogue::isProduction(EnvironmentId id) const
{
    return std::any_of(environments.begin(), environments.end(),
                       [id](const Environment& e) { return e.id == id && e.isProduction; });
}

} // namespace sb::ui
