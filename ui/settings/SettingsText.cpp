// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/SettingsText.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace sb::ui::SettingsText {

namespace {
struct Context {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Settings)
};
} // namespace

QString origin(settings::Origin origin, const QString& variable, const QString& option)
{
    switch (origin) {
    case settings::Origin::Default:
        return Context::tr("Default.");
    case settings::Origin::Stored:
        return Context::tr("Set here.");
    case settings::Origin::Environment:
        return Context::tr("From the environment variable %1; unset it to change this here.").arg(variable);
    case settings::Origin::CommandLine:
        return Context::tr("From the command line option --%1; start without it to change this here.").arg(option);
    }
    return {};
}

QString keychain(secrets::KeychainState state)
{
    switch (state) {
    case secrets::KeychainState::Unknown:
        return Context::tr("not asked yet");
    case secrets::KeychainState::Available:
        return Context::tr("available");
    case secrets::KeychainState::LockedOrAbsent:
        return Context::tr("locked or absent");
    case secrets::KeychainState::NoService:
        return Context::tr("no keychain service");
    }
    return {};
}

QString keychainAdvice(secrets::KeychainState state)
{
    switch (state) {
    case secrets::KeychainState::Unknown:
    case secrets::KeychainState::Available:
        return {};
    case secrets::KeychainState::LockedOrAbsent:
        return Context::tr("Unlock the keychain of your desktop, then test again. Stored keys are not lost.");
    case secrets::KeychainState::NoService:
        return Context::tr(
            "Install and start a keychain (gnome-keyring or KWallet), or keep keys in environment variables or "
            "private files.");
    }
    return {};
}

QString problem(const Error& problem, const QString& damagedFile)
{
    if (problem.code == ErrorCode::Conflict)
        return Context::tr("The settings were written by a newer Signalbox. What this one understands of them is used, "
                           "and changes are not saved: update this program.");
    if (problem.code != ErrorCode::Corrupt)
        return Context::tr("A setting could not be read; its default is used.");
    const QString kept = damagedFile.isEmpty() ? Context::tr("The damaged file could not be kept.")
                                               : Context::tr("The damaged file is kept as %1.").arg(damagedFile);
    return (problem.field == "earlier_settings"
                ? Context::tr(
                      "The settings file was damaged, so the version before it is in use: what was changed last "
                      "may be missing. %1 Check the settings.")
                : Context::tr("The settings file was damaged, and there is no earlier version of it: every setting has "
                              "its default. %1 Check the settings."))
        .arg(kept);
}

bool concernsTheFile(const Error& problem)
{
    return problem.code == ErrorCode::Corrupt || problem.code == ErrorCode::Conflict;
}

Result<std::pair<QString, quint16>> parseListen(const QString& text)
{
    const Error wrong{ErrorCode::InvalidArgument, "expected HOST:PORT, for example 127.0.0.1:8484", "listen"};
    const QString trimmed = text.trimmed();
    const qsizetype colon = trimmed.lastIndexOf(QLatin1Char(':'));
    if (colon <= 0)
        return wrong;
    QString host = trimmed.left(colon);
    const bool bracketed = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    if (bracketed)
        host = host.mid(1, host.size() - 2);
    bool isNumber = false;
    const quint16 port = trimmed.mid(colon + 1).toUShort(&isNumber);
    const QHostAddress address(host);
    const bool isAddress = !address.isNull() && (address.protocol() == QAbstractSocket::IPv6Protocol) == bracketed;
    const bool isLocalName = host == QLatin1String("localhost");
    if (!isNumber || !(isAddress || isLocalName))
        return wrong;
    if (!isLocalName && !address.isLoopback())
        return Error{ErrorCode::InvalidArgument, "the gateway listens beyond this computer only behind a TLS proxy",
                     "beyond_loopback"};
    return std::pair(host, port);
}

QStringList hostList(const QString& text)
{
    QStringList hosts;
    for (const QString& part : text.split(QLatin1Char(','))) {
        if (const QString host = part.trimmed(); !host.isEmpty())
            hosts << host;
    }
    return hosts;
}

QString withoutPassword(const QString& url)
{
    const qsizetype scheme = url.indexOf(QLatin1String("://"));
    if (scheme < 0)
        return url;
    const qsizetype start = scheme + 3;
    const qsizetype path = url.indexOf(QLatin1Char('/'), start);
    const qsizetype at = url.left(path < 0 ? url.size() : path).lastIndexOf(QLatin1Char('@'));
    const qsizetype colon = url.indexOf(QLatin1Char(':'), start);
    return at > colon && colon > 0 ? url.left(colon) + url.mid(at) : url;
}

} // namespace sb::ui::SettingsText
