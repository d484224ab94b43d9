// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DatabaseUrl.h"

#include "domain/validation/HostAddress.h"

#include <QDir>
#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <array>

namespace sb::storage {
namespace {

constexpr int kDefaultPort = 5432;
constexpr std::array kSslModes{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"};

Error bad(const char* what)
{
    return {ErrorCode::InvalidArgument, what, "database_url"};
}

/// Decodes %XX; refuses what cannot be part of a connection: NUL and control characters.
Result<QString> decoded(const QString& text)
{
    static const QRegularExpression malformed(QStringLiteral("%(?![0-9A-Fa-f]{2})"));
    if (text.contains(malformed))
        return bad("a percent sign must be followed by two hexadecimal digits");
    const QString plain = QUrl::fromPercentEncoding(text.toUtf8());
    for (const QChar c : plain) {
        if (c.category() == QChar::Other_Control)
            return bad("control characters are not allowed");
    }
    return plain;
}

Result<int> portFrom(const QString& text)
{
    bool ok = false;
    const int port = text.toInt(&ok);
    if (!ok || port < 1 || port > 65535)
        return bad("the port must be a number from 1 to 65535");
    return port;
}

Result<DatabaseUrl> parseSqlite(const QString& rest)
{
    if (rest.contains(u'?') || rest.contains(u'#'))
        return bad("sqlite:///absolute/path.db takes no options");
    auto path = decoded(rest);
    if (!path)
        return std::move(path).error();
    if (!QDir::isAbsolutePath(*path) || path->endsWith(u'/'))
        return bad("an SQLite database needs an absolute file path: sqlite:///absolute/path.db");
    DatabaseUrl url;
    url.engine = DatabaseUrl::Engine::Sqlite;
    url.path = QDir::cleanPath(*path);
    return url;
}

Result<std::pair<QString, int>> parseHost(const QString& text)
{
    QString host = text;
    int port = kDefaultPort;
    if (host.startsWith(u'[')) { // IPv6
        const qsizetype close = host.indexOf(u']');
        if (close < 0)
            return bad("an IPv6 address needs its closing bracket");
        const QString tail = host.mid(close + 1);
        host = host.mid(1, close - 1);
        if (!tail.isEmpty()) {
            if (!tail.startsWith(u':'))
                return bad("after an IPv6 address only a port may follow");
            auto parsed = portFrom(tail.mid(1));
            if (!parsed)
                return std::move(parsed).error();
            port = *parsed;
        }
    } else if (const qsizetype colon = host.lastIndexOf(u':'); colon >= 0) {
        auto parsed = portFrom(host.mid(colon + 1));
        if (!parsed)
            return std::move(parsed).error();
        port = *parsed;
        host = host.left(colon);
    }
    auto plain = decoded(host);
    if (!plain)
        return std::move(plain).error();
    if (plain->isEmpty() || plain->contains(u',') || plain->contains(u' '))
        return bad("the host name is missing or malformed");
    return std::pair{*plain, port};
}

Result<DatabaseUrl> parsePostgres(const QString& rest)
{
    DatabaseUrl url;
    url.engine = DatabaseUrl::Engine::PostgreSql;

    const qsizetype question = rest.indexOf(u'?');
    const QString query = question < 0 ? QString() : rest.mid(question + 1);
    const QString main = rest.left(question < 0 ? rest.size() : question);
    const qsizetype slash = main.indexOf(u'/');
    QString authority = main.left(slash < 0 ? main.size() : slash);
    if (slash >= 0) {
        auto name = decoded(main.mid(slash + 1));
        if (!name)
            return std::move(name).error();
        url.database = *name;
    }
    if (url.database.isEmpty())
        return bad("the database name is missing: postgresql://user:password@host:5432/name");

    if (const qsizetype at = authority.lastIndexOf(u'@'); at >= 0) {
        const QString credentials = authority.left(at);
        authority = authority.mid(at + 1);
        const qsizetype colon = credentials.indexOf(u':');
        auto user = decoded(colon < 0 ? credentials : credentials.left(colon));
        auto password = decoded(colon < 0 ? QString() : credentials.mid(colon + 1));
        if (!user)
            return std::move(user).error();
        if (!password)
            return std::move(password).error();
        url.user = *user;
        url.password = *password;
    }
    for (const QString& part : authority.split(u',')) {
        auto host = parseHost(part);
        if (!host)
            return std::move(host).error();
        url.hosts.push_back(*host);
    }

    for (const QString& option : query.split(u'&', Qt::SkipEmptyParts)) {
        const qsizetype equals = option.indexOf(u'=');
        const QString key = option.left(equals < 0 ? option.size() : equals);
        auto value = decoded(equals < 0 ? QString() : option.mid(equals + 1));
        if (!value)
            return std::move(value).error();
        if (key == u"sslmode") {
            const bool known = std::any_of(kSslModes.begin(), kSslModes.end(),
                                           [&](const char* mode) { return *value == QLatin1String(mode); });
            if (!known)
                return bad("sslmode is one of disable, allow, prefer, require, verify-ca, verify-full");
            url.sslMode = *value;
        } else if (key == u"sslrootcert") {
            if (value->contains(u';')) // Qt's driver splits its options there
                return bad("the path of sslrootcert must not contain a semicolon");
            url.sslRootCert = *value;
        } else {
            return bad("only sslmode and sslrootcert are understood after the question mark");
        }
    }
    return url;
}

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace

Result<DatabaseUrl> DatabaseUrl::parse(const QString& typed)
{
    const QString text = typed.trimmed();
    const auto after = [&](QLatin1String scheme) -> std::optional<QString> {
        return text.startsWith(scheme, Qt::CaseInsensitive) ? std::optional(text.mid(scheme.size())) : std::nullopt;
    };
    if (const auto rest = after(QLatin1String("sqlite://")))
        return parseSqlite(*rest);
    for (const auto scheme : {QLatin1String("postgresql://"), QLatin1String("postgres://")}) {
        if (const auto rest = after(scheme))
            return parsePostgres(*rest);
    }
    return bad("a database URL starts with sqlite:/// or postgresql://");
}

QString DatabaseUrl::effectiveSslMode() const
{
    const auto isHere = [](const std::pair<QString, int>& host) {
        if (host.first.startsWith(u'/') || host.first.compare(u"localhost", Qt::CaseInsensitive) == 0)
            return true;
        const auto address = validation::HostAddress::parse(host.first.toStdString());
        return address && validation::classify(*address) == validation::AddressClass::Loopback;
    };
    if (!sslMode.isEmpty() || std::all_of(hosts.begin(), hosts.end(), isHere))
        return sslMode;
    return QStringLiteral("verify-full");
}

QString DatabaseUrl::masked() const
{
    if (engine == Engine::Sqlite)
        return QStringLiteral("sqlite://") + path;
    QString text = QStringLiteral("postgresql://");
    if (!user.isEmpty())
        text += encoded(user) + (password.isEmpty() ? QString() : QStringLiteral(":****")) + u'@';
    QStringList names;
    for (const auto& [host, port] : hosts) {
        const QString name = host.contains(u':') ? u'[' + host + u']' : encoded(host);
        names << (port == kDefaultPort ? name : name + u':' + QString::number(port));
    }
    text += names.join(u',') + u'/' + encoded(database);
    if (!sslMode.isEmpty())
        text += QStringLiteral("?sslmode=") + sslMode;
    return text;
}

} // namespace sb::storage
