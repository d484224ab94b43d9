// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/CommandLine.h"

#include "storage/DatabaseUrl.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace sb::runtime {

Result<ListenText> ListenText::parse(const QString& text)
{
    const Error wrong{ErrorCode::InvalidArgument, "--listen wants HOST:PORT, not '" + text.toStdString() + "'",
                      "listen"};
    const auto colon = text.lastIndexOf(u':');
    if (colon <= 0)
        return wrong;
    QString host = text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    else if (host.contains(u':'))
        return wrong;
    bool isNumber = false;
    const QString digits = text.mid(colon + 1);
    const quint16 port = digits.toUShort(&isNumber);
    if (!isNumber || host.isEmpty() || digits.startsWith(u'+'))
        return wrong;
    return ListenText{host, port};
}

void CommandLine::declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("database"), QStringLiteral("Database URL: sqlite:///path or postgresql://…"),
                      QStringLiteral("URL")});
    parser.addOption(
        {QStringLiteral("profile"), QStringLiteral("Where the program keeps its own files."), QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("listen"), QStringLiteral("Address to listen on; port 0 picks a free one."),
                      QStringLiteral("HOST:PORT")});
}

Result<LaunchOptions> CommandLine::read(const QCommandLineParser& parser)
{
    LaunchOptions options;
    for (const QString& name : {QStringLiteral("database"), QStringLiteral("listen")}) {
        if (parser.isSet(name))
            options.given.insert(name, parser.value(name));
    }
    if (const auto database = options.given.constFind(QStringLiteral("database")); database != options.given.cend()) {
        if (const auto url = storage::DatabaseUrl::parse(*database); !url)
            return Error{ErrorCode::InvalidArgument, "--database: " + url.error().what, "database"};
    }
    if (const auto listen = options.given.constFind(QStringLiteral("listen")); listen != options.given.cend()) {
        if (const auto address = ListenText::parse(*listen); !address)
            return address.error();
    }

    QString profile = parser.value(QStringLiteral("profile"));
    if (profile.isEmpty())
        profile = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    profile = QDir(profile).absolutePath();
    const bool isNew = !QFileInfo::exists(profile);
    if (!QDir().mkpath(profile) || !QFileInfo(profile).isWritable())
        return Error{ErrorCode::PermissionDenied,
                     "the profile directory " + profile.toStdString() + " cannot be written", "profile"};
    if (isNew && !QFile::setPermissions(profile, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return Error{ErrorCode::PermissionDenied,
                     "the profile directory " + profile.toStdString() + " cannot be protected", "profile"};
    options.profileDirectory = profile;
    return options;
}

} // namespace sb::runtime
