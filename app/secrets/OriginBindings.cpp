// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/OriginBindings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace sb::secrets {

Result<void> OriginBindings::load()
{
    if (m_origins)
        return {};
    QFile file(m_file);
    if (!file.exists()) {
        m_origins.emplace();
        return {};
    }
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Unavailable,
                     "cannot read " + m_file.toStdString() + ": " + file.errorString().toStdString()};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &fault);
    const QJsonValue bindings = document.object().value(QLatin1String("bindings"));
    if (fault.error != QJsonParseError::NoError || !bindings.isObject()) {
        return Error{ErrorCode::Corrupt,
                     m_file.toStdString() + " is damaged: restore it, or remove it to confirm every address anew"};
    }
    std::map<std::string, std::string> origins;
    const QJsonObject object = bindings.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        origins.emplace(it.key().toStdString(), it.value().toString().toStdString());
    m_origins = std::move(origins);
    return {};
}

Result<void> OriginBindings::save() const
{
    QJsonObject object;
    for (const auto& [reference, origin] : *m_origins)
        object.insert(QString::fromStdString(reference), QString::fromStdString(origin));
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return Error{ErrorCode::Unavailable, "cannot create the folder of " + m_file.toStdString()};
    QSaveFile file(m_file);
    const QJsonDocument document(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("bindings"), object}});
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(document.toJson()) < 0 || !file.commit())
        return Error{ErrorCode::Unavailable,
                     "cannot write " + m_file.toStdString() + ": " + file.errorString().toStdString()};
    return {};
}

Result<std::optional<std::string>> OriginBindings::originOf(const SecretRef& ref)
{
    if (auto loaded = load(); !loaded)
        return std::move(loaded).error();
    const auto found = m_origins->find(ref.toString());
    if (found == m_origins->end())
        return std::optional<std::string>{};
    return std::optional(found->second);
}

Result<void> OriginBindings::bind(const SecretRef& ref, const std::string& origin)
{
    if (auto loaded = load(); !loaded)
        return loaded;
    m_origins->insert_or_assign(ref.toString(), origin);
    if (auto saved = save(); !saved) {
        m_origins.reset(); // what is on disk counts
        return saved;
    }
    return {};
}

Result<std::vector<SecretRef>> OriginBindings::references()
{
    if (auto loaded = load(); !loaded)
        return std::move(loaded).error();
    std::vector<SecretRef> references;
    for (const auto& [text, origin] : *m_origins) {
        if (auto ref = SecretRef::parse(text))
            references.push_back(*std::move(ref));
    }
    return references;
}

Result<void> OriginBindings::forget(const SecretRef& ref)
{
    if (auto loaded = load(); !loaded)
        return loaded;
    if (m_origins->erase(ref.toString()) == 0)
        return {};
    if (auto saved = save(); !saved) {
        m_origins.reset();
        return saved;
    }
    return {};
}

} // namespace sb::secrets
