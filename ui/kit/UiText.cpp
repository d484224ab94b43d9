// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kit/UiText.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>
#include <utility>

namespace sb::ui::UiText {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(UiText)
};

QString grouped(const QString& decimal)
{
    const qsizetype dot = decimal.indexOf(QLatin1Char('.'));
    const QString whole = dot < 0 ? decimal : decimal.left(dot);
    const QLocale locale;
    QString text = locale.toString(whole.toLongLong());
    if (dot >= 0)
        text += locale.decimalPoint() + decimal.mid(dot + 1);
    return text;
}

QString keychainLocked()
{
    return Words::tr("The keychain is locked. Unlock it with “Test keychain” in the settings, then try again.");
}

} // namespace

QString qs(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString sentence(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidArgument:
        if (error.field == "beyond_loopback")
            return Words::tr("The gateway of this program listens on this computer only (127.0.0.1, ::1 or localhost), "
                             "because it speaks no TLS. For other computers run “signalboxctl gateway "
                             "--behind-tls-proxy” behind a proxy that does.");
        if (error.field == "host")
            return Words::tr(
                "The gateway cannot listen on this address: it is none of this computer. Write 127.0.0.1.");
        return Words::tr("That input cannot be used. Correct it and try again.");
    case ErrorCode::NotFound:
        if (error.field == "variable")
            return Words::tr("The environment variable is not set where Signalbox was started. Set it there and start "
                             "Signalbox again, or choose another place for the key.");
        return Words::tr("This no longer exists. Refresh to see what is there now.");
    case ErrorCode::Conflict:
        if (error.field == "row_version")
            return Words::tr("Somebody else changed this meanwhile. Reload to see their change, then repeat yours.");
        if (error.field == "context_path")
            return Words::tr("This context path is already used by another service. Choose another one.");
        if (error.field == "name")
            return Words::tr("This name is already used. Choose another one.");
        if (error.field == "schema")
            return Words::tr(
                "This database was upgraded by a newer Signalbox. Nothing was changed; update this program "
                "or choose another database.");
        return Words::tr("This collides with something that exists or is in use.");
    case ErrorCode::PermissionDenied:
        if (error.field == "origin")
            return Words::tr(
                "This secret belongs to another address and was not sent to this one. Use a secret of its own "
                "for every provider.");
        if (error.field == "keychain")
            return keychainLocked();
        return Words::tr("Access was refused. Check the permissions of the file or of your database role.");
    case ErrorCode::Unauthenticated:
        return Words::tr("The credential was refused. Check the key.");
    case ErrorCode::LimitExceeded:
        return Words::tr("A limit is used up. Wait until its window moves on, or raise it.");
    case ErrorCode::BudgetExceeded:
        return Words::tr("The budget is spent.");
    case ErrorCode::Timeout:
        if (error.field == "keychain")
            return keychainLocked();
        return Words::tr(
            "This took too long and was stopped. Try again; if it stays so, look at the Databases and Gateway pages.");
    case ErrorCode::Cancelled:
        return Words::tr("Cancelled.");
    case ErrorCode::Unavailable:
        if (error.field == "port")
            return Words::tr("The port is already used by another program. Choose another port or stop that program.");
        if (error.field == "disk")
            return Words::tr("The disk is full. Nothing saved is lost; free some space and try again.");
        if (error.field == "database")
            return Words::tr(
                "The database does not answer at the moment. Nothing saved is lost; it is tried again by itself.");
        return Words::tr("Not reachable at the moment. Nothing saved is lost; try again.");
    case ErrorCode::Corrupt:
        return Words::tr(
            "Stored data is damaged. Nothing was changed; restore a backup or ask for help with the details.");
    case ErrorCode::Internal:
        break;
    }
    return Words::tr("Something went wrong inside Signalbox. The details help to find out why.");
}

QString sentence(const FieldIssue& issue)
{
    static constexpr std::array kSentences{
        std::pair{"required", QT_TRANSLATE_NOOP("UiText", "Please fill this in.")},
        std::pair{"too_long", QT_TRANSLATE_NOOP("UiText", "This is too long; at most %1 characters.")},
        std::pair{"bad_characters",
                  QT_TRANSLATE_NOOP("UiText", "Line breaks, control and other unusual characters are not allowed.")},
        std::pair{"bad_format", QT_TRANSLATE_NOOP("UiText", "This does not have the expected form.")},
        std::pair{"bad_path_character",
                  QT_TRANSLATE_NOOP("UiText",
                                    "A context path cannot hold “%1”: after the / it is written with a-z, 0-9 "
                                    "and -, such as /my-team.")},
        std::pair{"dash_at_end", QT_TRANSLATE_NOOP("UiText", "A context path neither begins nor ends with -: write it "
                                                             "such as /my-team.")},
        std::pair{"bad_url",
                  QT_TRANSLATE_NOOP("UiText", "This is no address; it starts with https:// and a host name.")},
        std::pair{"bad_scheme",
                  QT_TRANSLATE_NOOP("UiText", "Only https:// addresses can be used, and http:// on this computer.")},
        std::pair{"user_info", QT_TRANSLATE_NOOP("UiText", "User names and passwords do not belong into the address.")},
        std::pair{"query", QT_TRANSLATE_NOOP("UiText", "Leave out the question mark and what follows it.")},
        std::pair{"fragment", QT_TRANSLATE_NOOP("UiText", "Leave out the # and what follows it.")},
        std::pair{"placeholder", QT_TRANSLATE_NOOP("UiText", "Replace %1 by your own value.")},
        std::pair{"bad_host", QT_TRANSLATE_NOOP("UiText", "The host name is not valid.")},
        std::pair{"bad_port", QT_TRANSLATE_NOOP("UiText", "The port is a number from 1 to 65535.")},
        std::pair{
            "link_local",
            QT_TRANSLATE_NOOP(
                "UiText", "%1 is a link-local address, where cloud machines keep their credentials; it is refused.")},
        std::pair{"metadata_address", QT_TRANSLATE_NOOP("UiText", "%1 is a cloud metadata service; it is refused.")},
        std::pair{"special_address", QT_TRANSLATE_NOOP("UiText", "%1 is a reserved address; it is refused.")},
        std::pair{"address_form",
                  QT_TRANSLATE_NOOP("UiText", "%1 hides an IPv4 address inside an IPv6 one; write it plainly.")},
        std::pair{"insecure", QT_TRANSLATE_NOOP("UiText", "http:// sends keys and prompts readable for everybody on "
                                                          "the way. Use https://, or allow it knowingly.")},
        std::pair{"insecure_accepted",
                  QT_TRANSLATE_NOOP("UiText", "Not encrypted: keys and prompts can be read on the way.")},
        std::pair{"private_address", QT_TRANSLATE_NOOP("UiText", "%1 is an address of a private network.")},
        std::pair{"bad_header",
                  QT_TRANSLATE_NOOP("UiText", "Write a header name and its prefix, such as Authorization: Bearer.")},
        std::pair{"forbidden_header",
                  QT_TRANSLATE_NOOP("UiText", "%1 has another purpose in HTTP and cannot carry the key.")},
        std::pair{"bad_reference",
                  QT_TRANSLATE_NOOP("UiText", "A reference is written env:NAME or file:/absolute/path.")},
        std::pair{"bad_variable_name",
                  QT_TRANSLATE_NOOP("UiText", "Enter the name of an environment variable, not the key itself.")},
        std::pair{"auth_required", QT_TRANSLATE_NOOP("UiText", "This provider needs a credential.")},
        std::pair{"sigv4_unsupported", QT_TRANSLATE_NOOP("UiText", "AWS access keys are for AWS Bedrock only.")},
        std::pair{"bad_region", QT_TRANSLATE_NOOP("UiText", "A region looks like us-east-1.")},
        std::pair{"bad_api_version", QT_TRANSLATE_NOOP("UiText", "This is no API version. Possible are: %1")},
        std::pair{"bad_deployment",
                  QT_TRANSLATE_NOOP("UiText", "Write model=deployment, one per line; this is not: %1")},
        std::pair{"bad_number", QT_TRANSLATE_NOOP("UiText", "Write a whole number, such as 100 000, 90k or 1.5M.")},
        std::pair{"not_positive",
                  QT_TRANSLATE_NOOP("UiText", "The smallest limit is 1; leave the field empty for no limit.")},
        std::pair{"too_large", QT_TRANSLATE_NOOP("UiText", "This number is too large.")},
        std::pair{"bad_amount", QT_TRANSLATE_NOOP("UiText", "Write an amount in US dollars, such as 25.00.")},
        std::pair{
            "total_below_part",
            QT_TRANSLATE_NOOP("UiText", "The total is below another maximum, which can therefore never be reached.")},
        std::pair{"total_above_sum",
                  QT_TRANSLATE_NOOP("UiText", "The total is above the sum of the other two and can never be reached.")},
        std::pair{"no_limit_in_production",
                  QT_TRANSLATE_NOOP("UiText", "No limit: traffic in production can cost any amount.")},
        std::pair{
            "no_keychain",
            QT_TRANSLATE_NOOP(
                "UiText", "No keychain answers here. Choose a variable or a private file, or unlock the keychain.")},
        std::pair{"none_configured", QT_TRANSLATE_NOOP("UiText", "Configure at least one environment.")},
        std::pair{"unknown_environment", QT_TRANSLATE_NOOP("UiText", "This environment does not exist any more.")},
        std::pair{"secret_not_kept",
                  QT_TRANSLATE_NOOP("UiText",
                                    "The secret could not be kept: %1. Choose another place for it, or try again.")},
        std::pair{"secret_not_moved",
                  QT_TRANSLATE_NOOP("UiText", "The stored key cannot be read here: type the key to store it there.")},
        std::pair{"taken", QT_TRANSLATE_NOOP("UiText", "This is already used; choose another one.")},
        std::pair{"reserved", QT_TRANSLATE_NOOP("UiText", "The gateway uses this path itself; choose another one.")},
    };
    for (const auto& [code, text] : kSentences) {
        if (issue.code == code) {
            const QString words = Words::tr(text);
            return words.contains(QLatin1String("%1")) ? words.arg(qs(issue.detail)) : words;
        }
    }
    return issue.detail.empty() ? Words::tr("This cannot be used: %1.").arg(qs(issue.code))
                                : Words::tr("This cannot be used: %1 (%2).").arg(qs(issue.code), qs(issue.detail));
}

QString usdExact(Money amount)
{
    const bool negative = amount.nano < 0;
    const QString decimal = grouped(qs(toDecimalUsd(negative ? Money{-amount.nano} : amount)));
    return negative ? QStringLiteral("−$%1").arg(decimal) : QStringLiteral("$%1").arg(decimal);
}

QString usd(Money amount)
{
    const double value = static_cast<double>(amount.nano) / 1e9;
    const double size = std::abs(value);
    int decimals = 2;
    if (size > 0 && size < 1)
        decimals = std::min(9, 3 - static_cast<int>(std::floor(std::log10(size)))); // four significant digits
    QString text = QLocale().toString(size, 'f', decimals);
    if (decimals > 2) { // "0.0270" says no more than "0.027"
        while (text.endsWith(QLatin1Char('0')) && decimals > 2) {
            text.chop(1);
            --decimals;
        }
    }
    return value < 0 ? QStringLiteral("−$%1").arg(text) : QStringLiteral("$%1").arg(text);
}

QString usd(const std::optional<Money>& amount)
{
    return amount ? usd(*amount) : Words::tr("unpriced");
}

QString count(std::int64_t value)
{
    return QLocale().toString(static_cast<qlonglong>(value));
}

QString compactCount(std::int64_t value)
{
    static constexpr std::array kUnits{std::pair{1e12, "T"}, std::pair{1e9, "G"}, std::pair{1e6, "M"},
                                       std::pair{1e3, "k"}};
    const double size = std::abs(static_cast<double>(value));
    if (size < 10'000)
        return count(value);
    for (const auto& [factor, unit] : kUnits) {
        if (size >= factor * 0.99995) {
            const double scaled = static_cast<double>(value) / factor;
            return QLocale().toString(scaled, 'f', std::abs(scaled) < 100 ? 1 : 0) + QChar(0x00A0) +
                   QLatin1String(unit);
        }
    }
    return count(value);
}

QString percent(double share)
{
    const double value = share * 100;
    const double size = std::abs(value);
    return QLocale().toString(value, 'f', size > 0 && size < 10 ? 1 : 0) + QChar(0x00A0) + QLatin1Char('%');
}

QString milliseconds(double ms)
{
    const QLocale locale;
    if (ms == 0) // what was measured in whole milliseconds took less than one, not none
        return QStringLiteral("<\u00A01\u00A0ms");
    if (ms < 1)
        return locale.toString(ms, 'f', 2) + QStringLiteral("\u00A0ms");
    if (ms < 1000)
        return locale.toString(ms, 'f', ms < 10 ? 1 : 0) + QStringLiteral("\u00A0ms");
    if (ms < 60'000)
        return locale.toString(ms / 1000, 'f', ms < 10'000 ? 1 : 0) + QStringLiteral("\u00A0s");
    return locale.toString(ms / 60'000, 'f', 1) + QStringLiteral("\u00A0min");
}

QString dateTime(Timestamp time, const QString& zone)
{
    const qint64 ms = toMicros(time) / 1000;
    const QTimeZone named = zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(zone.toUtf8());
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms, named.isValid() ? named : QTimeZone::utc());
    const QLocale locale;
    return locale.toString(moment.date(), QLocale::ShortFormat) + QLatin1Char(' ') +
           moment.time().toString(QStringLiteral("HH:mm:ss"));
}

QString ago(Timestamp time, Timestamp now)
{
    const std::int64_t seconds = (toMicros(now) - toMicros(time)) / 1'000'000;
    if (seconds < 5)
        return Words::tr("just now");
    if (seconds < 60)
        return Words::tr("%n s ago", nullptr, static_cast<int>(seconds));
    if (seconds < 3600)
        return Words::tr("%n min ago", nullptr, static_cast<int>(seconds / 60));
    if (seconds < 86'400)
        return Words::tr("%n h ago", nullptr, static_cast<int>(seconds / 3600));
    return Words::tr("%n day(s) ago", nullptr, static_cast<int>(seconds / 86'400));
}

QString provider(ProviderKind kind)
{
    return qs(providerName(kind)); // the contract's fixed names, the same in every language
}

QString state(DeploymentState state)
{
    switch (state) {
    case DeploymentState::NotConfigured:
        return Words::tr("not configured");
    case DeploymentState::NotDeployed:
        return Words::tr("not deployed");
    case DeploymentState::Deploying:
        return Words::tr("deploying");
    case DeploymentState::Active:
        return Words::tr("active");
    case DeploymentState::Outdated:
        return Words::tr("outdated");
    case DeploymentState::Failed:
        return Words::tr("failed");
    case DeploymentState::Stopped:
        return Words::tr("stopped");
    }
    return {};
}

QString status(RequestStatus status)
{
    switch (status) {
    case RequestStatus::Ok:
        return Words::tr("ok");
    case RequestStatus::Refused:
        return Words::tr("refused");
    case RequestStatus::Limited:
        return Words::tr("limited");
    case RequestStatus::UpstreamError:
        return Words::tr("provider error");
    case RequestStatus::Timeout:
        return Words::tr("timeout");
    case RequestStatus::Aborted:
        return Words::tr("aborted");
    case RequestStatus::GatewayError:
        return Words::tr("gateway error");
    case RequestStatus::SupersededAttempt:
        return Words::tr("replaced attempt");
    }
    return {};
}

} // namespace sb::ui::UiText
