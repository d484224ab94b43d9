// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Connection.h"
#include "domain/Provider.h"
#include "kit/Tone.h"

#include <QString>

#include <vector>

namespace sb::ui::ConnectionText {

/// How a connection's keys are doing, as its list says it: the most pressing state of its usable keys.
struct KeyState {
    Tone tone = Tone::Neutral;
    QString word; ///< "active", "expires in 9 days", "revoked", "expired", "no key"
};
KeyState stateOf(const GatewayKey& key, Timestamp now);
KeyState stateOf(const std::vector<GatewayKey>& keys, Timestamp now);

QString masked(const GatewayKey& key); ///< "sbx_a1B2…_****"

/// "web-frontend" -> "SIGNALBOX_WEB_FRONTEND".
QString variablePrefix(const QString& connection);

/// Two lines for a .env file: the address up to the context path, and the key.
QString dotEnv(const QString& connection, const QString& serviceUrl, const QString& key);

/// What a connection's code asks for: a service in its provider's own way, or a route by its name.
struct Callee {
    ProviderKind provider = ProviderKind::OpenAiCompatible;
    QString model;

    static Callee service(ProviderKind provider); ///< with an example of its models
    static Callee route(const QString& name) { return {ProviderKind::OpenAiCompatible, name}; }
};

/// Code that calls it with the provider's own client, address and key taken from the variables of dotEnv().
QString curl(const QString& connection, const Callee& callee);
QString python(const QString& connection, const Callee& callee);
QString typeScript(const QString& connection, const Callee& callee);

} // namespace sb::ui::ConnectionText
