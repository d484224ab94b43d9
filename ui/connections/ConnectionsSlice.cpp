// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/ConnectionsSlice.h"

#include "kit/UiText.h"
#include "storage/repositories/OrganizationRepository.h"

#include <algorithm>

namespace sb::ui {

Result<ConnectionsContent> ConnectionsContent::read(storage::DbSession& db, Timestamp now)
{
    storage::OrganizationRepository organizations(db);
    auto connections = storage::ConnectionRepository(db).list();
    auto services = storage::ServiceRepository(db).list(now);
    auto projects = organizations.projects();
    auto environments = organizations.environments();
    if (!connections)
        return std::move(connections).error();
    if (!services)
        return std::move(services).error();
    if (!projects)
        return std::move(projects).error();
    if (!environments)
        return std::move(environments).error();
    return ConnectionsContent{std::move(*connections), std::move(*services), std::move(*projects),
                              std::move(*environments)};
}

const Environment* ConnectionsContent::environment(EnvironmentId id) const
{
    const auto found =
        std::find_if(environments.begin(), environments.end(), [id](const Environment& e) { return e.id == id; });
    return found == environments.end() ? nullptr : &*found;
}

QString ConnectionsContent::environmentName(EnvironmentId id) const
{
    const Environment* found = environment(id);
    return found ? UiText::qs(found->name) : QString();
}

const storage::ServiceListRow* ConnectionsContent::service(ServiceId id) const
{
    const auto found = std::find_if(services.begin(), services.end(),
                                    [id](const storage::ServiceListRow& s) { return s.service.id == id; });
    return found == services.end() ? nullptr : &*found;
}

ConnectionText::Callee ConnectionsContent::callee(ServiceId id, const std::string& routeName) const
{
    if (!routeName.empty())
        return ConnectionText::Callee::route(UiText::qs(routeName));
    const storage::ServiceListRow* row = service(id);
    return ConnectionText::Callee::service(row ? row->service.provider : ProviderKind::OpenAiCompatible);
}

} // namespace sb::ui
