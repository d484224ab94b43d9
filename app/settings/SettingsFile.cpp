// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/SettingsFile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace sb::settings {

namespace {

QString checksum(const QJsonObject& values)
{
    const QByteArray text =
        QJsonDocument(values).toJson(QJsonDocument::Compact); // keys are sorted: one text per content
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

struct Read {
    enum class State { Absent, Damaged, Newer, Good };
    State state = State::Absent;
    QJsonObject values;
};

Read readOne(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return {Read::State::Damaged, {}};
    QJsonParseError fault;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll(), &fault).object();
    const QJsonValue values = root.value(QLatin1String("values"));
    if (fault.error != QJsonParseError::NoError || !values.isObject() ||
        root.value(QLatin1String("checksum")).toString() != checksum(values.toObject()))
        return {Read::State::Damaged, {}};
    if (root.value(QLatin1String("version")).toInt() > SettingsFile::kVersion)
        return {Read::State::Newer, values.toObject()};
    return {Read::State::Good, values.toObject()};
}

Error damageError(const char* inUse, const char* field, const QString& keptAside)
{
    const std::string kept = keptAside.isEmpty() ? "the damaged one could not be kept"
                                                 : "the damaged one is kept as " + keptAside.toStdString();
    return {ErrorCode::Corrupt, std::string("the settings file was damaged; ") + inUse + "; " + kept, field};
}

} // namespace

QString SettingsFile::generation(int number) const
{
    return number == 0 ? m_path : m_path + QLatin1Char('.') + QString::number(number);
}

SettingsFile::Loaded SettingsFile::load() const
{
    Loaded loaded;
    bool damaged = false;
    for (int number = 0; number < kGenerations; ++number) {
        Read read = readOne(generation(number));
        if (read.state == Read::State::Absent)
            continue;
        if (read.state == Read::State::Damaged) {
            if (!damaged) { // the first one is the youngest, and the one worth looking at
                const QString aside = m_path + QStringLiteral(".damaged");
                QFile::remove(aside);
                if (QFile::rename(generation(number), aside))
                    loaded.keptAside = aside;
                damaged = true;
            }
            continue;
        }
        loaded.values = std::move(read.values);
        if (read.state == Read::State::Newer) {
            loaded.writable = false;
            loaded.damage = Error{ErrorCode::Conflict,
                                  "the settings were written by a newer version; changes are not saved", "newer"};
        }
        if (damaged)
            loaded.damage = damageError("an earlier version of it is in use", "earlier_settings", loaded.keptAside);
        return loaded;
    }
    if (damaged)
        loaded.damage =
            damageError("no earlier version is readable, so defaults are in use", "default_settings", loaded.keptAside);
    return loaded;
}

Result<void> SettingsFile::save(const QJsonObject& values) const
{
    const auto failed = [this](const QString& why) {
        return Error{ErrorCode::Unavailable,
                     "the settings cannot be saved to " + m_path.toStdString() + ": " + why.toStdString()};
    };
    if (!QDir().mkpath(QFileInfo(m_path).absolutePath()))
        return failed(QStringLiteral("its folder cannot be created"));
    const QJsonDocument document(QJsonObject{{QStringLiteral("version"), kVersion},
                                             {QStringLiteral("checksum"), checksum(values)},
                                             {QStringLiteral("values"), values}});
    QSaveFile file(m_path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly) || file.write(document.toJson()) < 0)
        return failed(file.errorString());

    // The present file stays in place until the new one is complete: its generation is a copy, not a move.
    if (QFile::exists(m_path)) {
        QFile::remove(generation(kGenerations - 1));
        for (int number = kGenerations - 2; number >= 1; --number)
            QFile::rename(generation(number), generation(number + 1));
        QFile::copy(m_path, generation(1));
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!file.commit())
        return failed(file.errorString());
    return {};
}

} // namespace sb::settings
