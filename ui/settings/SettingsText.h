// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "secrets/SecretStore.h"
#include "settings/SettingKey.h"

#include <QString>
#include <QStringList>

#include <utility>

namespace sb::ui::SettingsText {

/// Where a value comes from, in words. `variable` and `option` as in its SettingKey.
QString origin(settings::Origin origin, const QString& variable, const QString& option);

QString keychain(secrets::KeychainState state);       ///< "unlocked", "locked or absent"...
QString keychainAdvice(secrets::KeychainState state); ///< what to do; empty when all is well

/// What was wrong with the settings at the start, what is in use instead and what to do. `damagedFile`: where a damaged
/// file is kept, if it is.
QString problem(const Error& problem, const QString& damagedFile);
bool concernsTheFile(const Error& problem); ///< not just one setting

/// "127.0.0.1:8484", "[::1]:0", "localhost:8484". InvalidArgument with field "listen", or "beyond_loopback" for an
/// address that the gateway of this program refuses.
Result<std::pair<QString, quint16>> parseListen(const QString& text);

/// "a.lan, b.lan" -> {"a.lan", "b.lan"}.
QStringList hostList(const QString& text);

/// A database URL without its password, whatever is escaped in it; the rest is kept letter by letter.
QString withoutPassword(const QString& url);

} // namespace sb::ui::SettingsText
