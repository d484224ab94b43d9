// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/AppSettings.h"

#include "settings/SettingsFile.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QThreadPool>
#include <QTimer>

#include <QSet>

namespace sb::settings {

namespace {

constexpr int kSaveDelayMs = 300; ///< a dragged splitter is one save

/// Text of the command line or environment as a value of `type`; nothing when it is none.
std::optional<QVariant> fromText(const QString& text, QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Bool: {
        const QString word = text.trimmed().toLower();
        if (word == QLatin1String("1") || word == QLatin1String("true") || word == QLatin1String("yes") ||
            word == QLatin1String("on"))
            return true;
        if (word == QLatin1String("0") || word == QLatin1String("false") || word == QLatin1String("no") ||
            word == QLatin1String("off"))
            return false;
        return std::nullopt;
    }
    case QMetaType::LongLong: {
        bool ok = false;
        const qlonglong number = text.trimmed().toLongLong(&ok);
        return ok ? std::optional<QVariant>(number) : std::nullopt;
    }
    case QMetaType::QString:
        return text;
    default:
        return std::nullopt;
    }
}

std::optional<QVariant> fromJson(const QJsonValue& json, QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Bool:
        return json.isBool() ? std::optional<QVariant>(json.toBool()) : std::nullopt;
    case QMetaType::LongLong:
        return json.isDouble() ? std::optional<QVariant>(json.toInteger()) : std::nullopt;
    case QMetaType::QString:
        return json.isString() ? std::optional<QVariant>(json.toString()) : std::nullopt;
    case QMetaType::QByteArray:
        return json.isString() ? std::optional<QVariant>(QByteArray::fromBase64(json.toString().toLatin1()))
                               : std::nullopt;
    case QMetaType::QStringList: {
        if (!json.isArray())
            return std::nullopt;
        QStringList list;
        for (const QJsonValue item : json.toArray())
            list.append(item.toString());
        return list;
    }
    default:
        return std::nullopt;
    }
}

QJsonValue toJson(const QVariant& value)
{
    switch (value.metaType().id()) {
    case QMetaType::QByteArray:
        return QString::fromLatin1(value.toByteArray().toBase64());
    case QMetaType::QStringList:
        return QJsonArray::fromStringList(value.toStringList());
    default:
        return QJsonValue::fromVariant(value);
    }
}

std::optional<QString> processEnvironment(const QString& variable)
{
    const QByteArray name = variable.toLocal8Bit();
    if (qEnvironmentVariableIsEmpty(name.constData()))
        return std::nullopt;
    return qEnvironmentVariable(name.constData());
}

} // namespace

struct AppSettings::Impl {
    explicit Impl(const QString& profile) : file(QDir(profile).filePath(QStringLiteral("settings.json")))
    {
        disk.setMaxThreadCount(1);
    }

    SettingsFile file;
    Overrides overrides;
    QJsonObject values;
    bool writable = true;
    QString damagedFile;
    bool unsaved = false;
    mutable std::vector<Error> problems;
    mutable QSet<QString> reported;
    QTimer delay;
    QThreadPool disk; ///< one thread, so that a later save is never overtaken
};

AppSettings::AppSettings(const QString& profileDirectory, Overrides overrides, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(profileDirectory))
{
    m_impl->overrides = std::move(overrides);
    if (!m_impl->overrides.environment)
        m_impl->overrides.environment = processEnvironment;
    SettingsFile::Loaded loaded = m_impl->file.load();
    m_impl->values = std::move(loaded.values);
    m_impl->writable = loaded.writable;
    m_impl->damagedFile = std::move(loaded.keptAside);
    if (loaded.damage)
        m_impl->problems.push_back(*loaded.damage);

    m_impl->delay.setSingleShot(true);
    m_impl->delay.setInterval(kSaveDelayMs);
    connect(&m_impl->delay, &QTimer::timeout, this, [this] {
        m_impl->unsaved = false;
        m_impl->disk.start([this, file = m_impl->file, values = m_impl->values] {
            if (auto saved = file.save(values); !saved) {
                QMetaObject::invokeMethod(
                    this, [this, error = saved.error()] { Q_EMIT saveFailed(error); }, Qt::QueuedConnection);
            }
        });
    });
}

AppSettings::~AppSettings()
{
    // Nobody is left to tell about a failure; saveFailed() has said so at every earlier one.
    static_cast<void>(flush());
}

const std::vector<Error>& AppSettings::problems() const
{
    return m_impl->problems;
}

const QString& AppSettings::damagedFile() const
{
    return m_impl->damagedFile;
}

AppSettings::Found AppSettings::lookUp(QLatin1String name, QLatin1String variable, QLatin1String option,
                                       QMetaType type) const
{
    const auto report = [this](const QString& key, const QString& what) {
        if (!m_impl->reported.contains(key)) {
            m_impl->reported.insert(key);
            m_impl->problems.push_back({ErrorCode::InvalidArgument, what.toStdString(), key.toStdString()});
        }
    };
    if (!option.isEmpty()) {
        if (const auto given = m_impl->overrides.options.constFind(QString(option));
            given != m_impl->overrides.options.cend()) {
            if (auto value = fromText(*given, type))
                return {std::move(value), Origin::CommandLine};
            report(name, QStringLiteral("option --%1 is ignored: its value does not fit").arg(option));
        }
    }
    if (!variable.isEmpty()) {
        if (const auto given = m_impl->overrides.environment(QString(variable))) {
            if (auto value = fromText(*given, type))
                return {std::move(value), Origin::Environment};
            report(name, QStringLiteral("environment variable %1 is ignored: its value does not fit").arg(variable));
        }
    }
    if (const auto stored = m_impl->values.constFind(name); stored != m_impl->values.constEnd()) {
        if (auto value = fromJson(*stored, type))
            return {std::move(value), Origin::Stored};
        report(name, QStringLiteral("stored setting %1 is ignored: it has another type").arg(name));
    }
    return {};
}

Result<void> AppSettings::store(QLatin1String name, Origin origin, const QVariant& value)
{
    if (origin == Origin::CommandLine || origin == Origin::Environment) {
        return Error{ErrorCode::PermissionDenied,
                     std::string(name.data(), static_cast<std::size_t>(name.size())) +
                         " is given by the command line or the environment",
                     std::string(name.data(), static_cast<std::size_t>(name.size()))};
    }
    const QJsonValue json = value.isValid() ? toJson(value) : QJsonValue(QJsonValue::Undefined);
    if (m_impl->values.value(name) == json)
        return {};
    if (value.isValid())
        m_impl->values.insert(name, json);
    else
        m_impl->values.remove(name);
    if (m_impl->writable) {
        m_impl->unsaved = true;
        m_impl->delay.start();
    }
    Q_EMIT changed(name);
    return {};
}

Result<void> AppSettings::flush()
{
    m_impl->delay.stop();
    m_impl->disk.waitForDone();
    if (!std::exchange(m_impl->unsaved, false))
        return {};
    return m_impl->file.save(m_impl->values);
}

} // namespace sb::settings
