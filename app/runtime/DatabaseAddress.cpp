// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/DatabaseAddress.h"

#include "settings/Settings.h"

#include <QDir>

namespace sb::runtime {

namespace Settings = settings::Settings;

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

} // namespace sb::runtime
