// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/OriginBindings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>

namespace sb::secrets {

namespace {

constexpr int kLockLimitMs = 5000;

} // namespace

Result<void> OriginBindings::load()
{
    QFile file(m_file);
    if (!file.exists()) {
        m_text.clear();
        m_origins.clear();
        return {};
    }
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Unavailable,
                     "cannot read " + m_file.toStdString() + ": " + file.errorString().toStdString()};
    const QByteArray text = file.readAll();
    if (!text.isEmpty() && text == m_text)
        return {};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(text, &fault);
    const QJsonValue bindings = document.object().value(QLatin1String("bindings"));
    if (fault.error != QJsonParseError::NoError || !bindings.isObject()) {
        return Error{ErrorCode::Corrupt,
                     m_file.toStdString() + " is damaged: restore it, or remove it to confirm every address anew"};
    }
    m_text = text;
    m_origins.clear();
    const QJsonObject object = bindings.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        m_origins.emplace(it.key().toStdString(), it.value().toString().toStdString());
    return {};
}

/// Between processes, too: nobody's change is lost.
Result<void> OriginBindings::change(const std::function<void(Origins&)>& edit)
{
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return Error{ErrorCode::Unavailable, "cannot create the folder of " + m_file.toStdString()};
    QLockFile lock(m_file + QLatin1String(".lock"));
    if (!lock.tryLock(kLockLimitMs))
        return Error{ErrorCode::Unavailable, m_file.toStdString() + " is locked by another program"};
    if (auto loaded = load(); !loaded)
        return loaded;
    Origins changed = m_origins;
    edit(changed);
    return save(changed);
}

Result<void> OriginBindings::save(const Origins& origins) const
{
    QJsonObject object;
    for (const auto& [reference, origin] : origins)
        object.insert(QString::fromStdString(reference), QString::fromStdString(origin));
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
    const auto found = m_origins.find(ref.toString());
    if (found == m_origins.end())
        return std::optional<std::string>{};
    return std::optional(found->second);
}

Result<void> OriginBindings::bind(const SecretRef& ref, const std::string& origin)
{
    auto bound = originOf(ref);
    if (!bound)
        return std::move(bound).error();
    if (*bound == origin)
        return {};
    return change([&](Origins& origins) { origins.insert_or_assign(ref.toString(), origin); });
}

Result<std::vector<SecretRef>> OriginBindings::references()
{
    if (auto loaded = load(); !loaded)
        return std::move(loaded).error();
    std::vector<SecretRef> references;
    for (const auto& [text, origin] : m_origins) {
        if (auto ref = SecretRef::parse(text))
            references.push_back(*std::move(ref));
    }
    return references;
}

Result<void> OriginBindings::forget(const SecretRef& ref)
{
    auto bound = originOf(ref);
    if (!bound)
        return std::move(bound).error();
    if (!*bound)
        return {};
    return change([&](Origins& origins) { origins.erase(ref.toString()); });
}

} // namespace sb::secrets
