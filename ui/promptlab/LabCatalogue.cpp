// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LabCatalogue.h"

#include "storage/repositories/ModelRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <algorithm>

namespace sb::ui {

Result<LabCatalogue> LabCatalogue::read(storage::DbSession& db, Timestamp now)
{
    auto services = storage::ServiceRepository(db).list(now);
    auto environments = storage::OrganizationRepository(db).environments();
    auto models = storage::ModelRepository(db).models();
    if (!services)
        return std::move(services).error();
    if (!environments)
        return std::move(environments).error();
    if (!models)
        return std::move(models).error();

    std::map<ProviderKind, QStringList> names;
    for (const Model& model : *models) {
        if (model.capabilities.find("embeddings") == std::string::npos) // they answer with vectors, not with words
            names[model.provider].append(QString::fromUtf8(model.wireName().data(), static_cast<qsizetype>(model.wireName().size())));
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
        target.service = std::move(row.service);
        if (!target.environments.empty())
            catalogue.targets.push_back(std::move(target));
    }
    return catalogue;
}

const LabCatalogue::Target* LabCatalogue::find(const QString& contextPath) const
{
    const std::string path = contextPath.toStdString();
    const auto found = std::find_if(targets.begin(), targets.end(),
                                    [&path](const Target& t) { return t.service.contextPath == path; });
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
