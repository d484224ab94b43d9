// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "domain/Provider.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace sb::promptlab {

/// The wire format a lane speaks: the provider's own, so that nothing is lost in translation.
enum class LabDialect { OpenAiChat, AnthropicMessages, BedrockConverse };
LabDialect dialectOf(ProviderKind provider);

/// One question as the person put it.
struct LabRequest {
    QString target;                               ///< a service's context path, "/openai", or a route's name
    ProviderKind provider = ProviderKind::OpenAi; ///< a route's: of its first target, for the wire format
    QString model;                                ///< a route's own name where one is asked
    EnvironmentId environment;
    QString system;
    QString user;
    std::optional<int> maxTokens;
    std::optional<double> temperature;

    bool operator==(const LabRequest&) const = default;
    bool isToRoute() const { return !target.startsWith(QLatin1Char('/')); }
};

/// The same as an HTTP request to the gateway, without its key.
struct WireRequest {
    QString path; ///< percent-encoded
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
};
WireRequest wireRequest(const LabRequest& request);

/// The parameters as kept in the history, and back.
QJsonObject parametersOf(const LabRequest& request);
void applyParameters(LabRequest& request, const QJsonObject& parameters);

} // namespace sb::promptlab
