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

/// Code that calls the service with its provider's own client, address and key taken from the variables of dotEnv().
QString curl(const QString& connection, ProviderKind provider);
QString python(const QString& connection, ProviderKind provider);
QString typeScript(const QString& connection, ProviderKind provider);

} // namespace sb::ui::ConnectionText
