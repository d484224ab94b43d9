// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "domain/Organization.h"
#include "domain/Service.h"
#include "storage/DbSession.h"

#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace sb::ui {

/// What a question can be put to: services with the environments they are configured in and the models known for them,
/// and routes, which choose the model themselves.
struct LabCatalogue {
    struct Target {
        QString key;                                  ///< a service's context path, "/openai", or a route's name
        QString name;                                 ///< as shown
        ProviderKind provider = ProviderKind::OpenAi; ///< of a route: of its first target
        std::vector<EnvironmentId> environments;      ///< where it can be called
        QStringList models;

        bool isRoute() const { return !key.startsWith(QLatin1Char('/')); }
    };

    std::vector<Target> targets;
    std::vector<Environment> environments;

    /// For a storage thread.
    static Result<LabCatalogue> read(storage::DbSession& db, Timestamp now);

    const Target* find(const QString& key) const;
    QString environmentName(EnvironmentId id) const;
    bool isProduction(EnvironmentId id) const;
};

} // namespace sb::ui
