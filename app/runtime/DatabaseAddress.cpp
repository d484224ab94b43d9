// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/DatabaseAddress.h"

#include "settings/Settings.h"

#include <QDir>

#include <algorithm>

namespace sb::runtime {

namespace Settings = settings::Settings;

namespace {

constexpr int kReadersOnSqlite = 2;
constexpr int kMostReaders = 16;

} // namespace

Result<DatabaseAddress> DatabaseAddress::read(const settings::AppSettings& settings, const QString& profileDirectory)
{
    QString text = settings.value(Settings::databaseUrl);
    if (text.isEmpty())
        text = QStringLiteral("sqlite://") + QDir(profileDirectory).absoluteFilePath(QStringLiteral("signalbox.db"));
    auto url = storage::DatabaseUrl::parse(text);
    if (!url)
        return std::move(url).error();
    DatabaseAddress address;
    address.url = *std::move(url);
    const auto reference = SecretRef::parse(settings.value(Settings::databasePassword).toStdString());
    if (settings.origin(Settings::databaseUrl) == settings::Origin::Stored && reference)
        address.password = *reference;
    return address;
}

storage::StorageOptions storageOptions(const settings::AppSettings& settings, storage::DatabaseUrl url)
{
    storage::StorageOptions options;
    options.url = std::move(url);
    options.readers = kReadersOnSqlite;
    if (options.url.engine == storage::DatabaseUrl::Engine::PostgreSql)
        options.readers = static_cast<int>(std::clamp<qint64>(settings.value(Settings::poolSize), 1, kMostReaders));
    options.echo = settings.value(Settings::echoStatements);
    return options;
}

} // namespace sb::runtime
