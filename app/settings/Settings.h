// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/SettingKey.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace sb::settings {

/// Every setting of the program. A name never changes its meaning; a new meaning gets a new name.
namespace Settings {

inline const SettingKey<QString> language{QLatin1String("general/language"),
                                          Scope::Portable}; ///< "" = the system's, "en", "de"
inline const SettingKey<QString> startPage{QLatin1String("general/startPage"), Scope::Portable}; ///< "" = the last one
inline const SettingKey<QString> theme{QLatin1String("appearance/theme"), Scope::Portable,
                                       QStringLiteral("system")}; ///< system, light, dark

inline const SettingKey<QString> listen{QLatin1String("gateway/listen"), Scope::Machine,
                                        QStringLiteral("127.0.0.1:8484"), QLatin1String(), QLatin1String("listen")};
inline const SettingKey<QStringList> localHosts{
    QLatin1String("gateway/localHosts"), Scope::Machine}; ///< services at these names may be in a private network
inline const SettingKey<bool> startGateway{QLatin1String("gateway/startWithProgram"), Scope::Machine, true};

/// Without its password, which is kept as `storage/databasePassword`; "" = SQLite in the profile.
inline const SettingKey<QString> databaseUrl{QLatin1String("storage/databaseUrl"), Scope::Machine, QString(),
                                             QLatin1String("DATABASE_URL"), QLatin1String("database")};
inline const SettingKey<QString> databasePassword{QLatin1String("storage/databasePassword"),
                                                  Scope::Machine}; ///< a SecretRef as text
inline const SettingKey<QString> redisUrl{QLatin1String("storage/redisUrl"), Scope::Machine, QString(),
                                          QLatin1String("REDIS_URL")};
inline const SettingKey<qint64> poolSize{QLatin1String("storage/poolSize"), Scope::Machine, 5,
                                         QLatin1String("DB_POOL_SIZE")};
inline const SettingKey<qint64> maxOverflow{QLatin1String("storage/maxOverflow"), Scope::Machine, 10,
                                            QLatin1String("DB_MAX_OVERFLOW")};
inline const SettingKey<qint64> retentionDays{QLatin1String("storage/retentionDays"), Scope::Machine, 90,
                                              QLatin1String("ANALYTICS_RETENTION_DAYS")};
inline const SettingKey<bool> echoStatements{QLatin1String("storage/echoStatements"), Scope::Machine, false,
                                             QLatin1String("DB_ECHO")};

inline const SettingKey<QString> labTarget{QLatin1String("promptlab/target"),
                                           Scope::Machine}; ///< context path chosen last
inline const SettingKey<QString> labModel{QLatin1String("promptlab/model"), Scope::Machine};

inline const SettingKey<QByteArray> windowGeometry{QLatin1String("window/geometry"), Scope::Machine};
inline const SettingKey<QByteArray> windowState{QLatin1String("window/state"), Scope::Machine};
inline const SettingKey<QByteArray> windowLists{QLatin1String("window/lists"), Scope::Machine};
inline const SettingKey<QString> lastPage{QLatin1String("window/lastPage"), Scope::Machine};

} // namespace Settings
} // namespace sb::settings
