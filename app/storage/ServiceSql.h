// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Limit.h"
#include "domain/Service.h"
#include "storage/DbSession.h"

#include <QJsonObject>
#include <QString>

#include <vector>

/// Rows of service and service_env, shared by the repositories.
namespace sb::storage::servicesql {

/// `where` is SQL of ours with positional values; labels are filled in.
Result<std::vector<Service>> services(DbSession& db, const QString& where, const QVariantList& values);
Result<std::vector<ServiceEnvironment>> environments(DbSession& db, const QString& where, const QVariantList& values);

QString stateName(DeploymentState state);
QString authName(AuthKind kind);
QString deploymentsJson(const ServiceEnvironment& environment);

/// Documents for audit and deployment history: references, never secrets.
QJsonObject toJson(const Service& service);
QJsonObject toJson(const ServiceEnvironment& environment, const std::vector<LimitRule>& limits,
                   const RequestCaps& caps);

} // namespace sb::storage::servicesql
