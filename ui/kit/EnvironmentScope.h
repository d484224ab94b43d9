// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Organization.h"

#include <QObject>

#include <vector>

namespace sb::ui {

/// The environment chosen in the window's header; pages that show one environment start with it. None: all
/// environments.
class EnvironmentScope : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const std::vector<Environment>& environments() const { return m_environments; }
    EnvironmentId current() const { return m_current; }
    void setEnvironments(std::vector<Environment> environments);
    void setCurrent(EnvironmentId id);

Q_SIGNALS:
    void environmentsChanged();
    void currentChanged(sb::EnvironmentId id);

private:
    std::vector<Environment> m_environments;
    EnvironmentId m_current;
};

} // namespace sb::ui
