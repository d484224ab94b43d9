// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "settings/SettingKey.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sb::settings {

/// The settings of this profile. Reading is from memory; a change is in force at once and reaches the disk shortly
/// after, on another thread. Lives in the main thread; made before anything else, as the first read of the file is done
/// in the constructor.
class AppSettings : public QObject {
    Q_OBJECT
public:
    struct Overrides {
        QHash<QString, QString> options; ///< command line: option name without dashes -> value
        std::function<std::optional<QString>(const QString& variable)>
            environment; ///< default: the process environment
    };

    AppSettings(const QString& profileDirectory, Overrides overrides, QObject* parent = nullptr);
    ~AppSettings() override; ///< writes what is not written yet

    template <class T>
    T value(const SettingKey<T>& key) const
    {
        return lookUp(key.name, key.variable, key.option, QMetaType::fromType<T>())
            .value.value_or(QVariant::fromValue(key.fallback))
            .template value<T>();
    }
    template <class T>
    Origin origin(const SettingKey<T>& key) const
    {
        return lookUp(key.name, key.variable, key.option, QMetaType::fromType<T>()).origin;
    }

    /// PermissionDenied when the command line or the environment holds the value.
    template <class T>
    Result<void> set(const SettingKey<T>& key, const T& value)
    {
        return store(key.name, origin(key), value == key.fallback ? QVariant() : QVariant::fromValue(value));
    }
    template <class T>
    Result<void> reset(const SettingKey<T>& key)
    {
        return store(key.name, origin(key), QVariant());
    }

    /// What was wrong at the start: a damaged file, an environment variable that is no number.
    const std::vector<Error>& problems() const;
    /// Where a file that was damaged at the start is kept; empty when none is.
    const QString& damagedFile() const;

    /// Writes now and blocks until that is done: for the end of the program and for tests.
    Result<void> flush();

Q_SIGNALS:
    void changed(const QString& name);
    void saveFailed(const sb::Error& error);

private:
    struct Found {
        std::optional<QVariant> value;
        Origin origin = Origin::Default;
    };
    Found lookUp(QLatin1String name, QLatin1String variable, QLatin1String option, QMetaType type) const;
    Result<void> store(QLatin1String name, Origin origin, const QVariant& value);

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sb::settings
