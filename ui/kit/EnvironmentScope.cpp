// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/EnvironmentScope.h"

#include <algorithm>

namespace sb::ui {

void EnvironmentScope::setEnvironments(std::vector<Environment> environments)
{
    if (environments == m_environments)
        return;
    m_environments = std::move(environments);
    Q_EMIT environmentsChanged();
    const bool known = std::any_of(m_environments.begin(), m_environments.end(),
                                   [this](const Environment& environment) { return environment.id == m_current; });
    if (!known)
        setCurrent({});
}

void EnvironmentScope::setCurrent(EnvironmentId id)
{
    if (id == m_current)
        return;
    m_current = id;
    Q_EMIT currentChanged(id);
}

} // namespace sb::ui
