// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/FindingText.h"

#include "kit/UiText.h"

#include <QCoreApplication>

namespace sb::ui::FindingText {

using gateway::Finding;
using Problem = Finding::Problem;
using Subject = Finding::Subject;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Findings)
};

QString subject(const Finding& finding)
{
    const QString name = UiText::qs(finding.name);
    switch (finding.subject) {
    case Subject::Service:
        return Words::tr("Service %1").arg(name);
    case Subject::Route:
        return Words::tr("Route %1").arg(name);
    case Subject::Key:
        return Words::tr("Key %1").arg(name);
    case Subject::Limit:
        return Words::tr("Limit %1").arg(name);
    case Subject::Journal:
        break;
    }
    return Words::tr("Journal");
}

QString unreadable(const Finding& finding)
{
    const QString secret = UiText::qs(finding.detail);
    if (!finding.cause)
        return Words::tr("Its secret %1 is missing. Enter it in the service's configuration.").arg(secret);
    switch (finding.cause->code) {
    case ErrorCode::NotFound:
        return Words::tr("Its secret %1 is not there on this computer. Enter it in the service's configuration.")
            .arg(secret);
    case ErrorCode::PermissionDenied:
        return Words::tr("Its secret %1 may not be read: it belongs to another address, or the keychain or its file "
                         "is closed to this program.")
            .arg(secret);
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
        return Words::tr("Its secret %1 could not be read: the keychain is locked or does not answer.").arg(secret);
    default:
        return Words::tr("Its secret %1 could not be read.").arg(secret);
    }
}

} // namespace

QString object(const Finding& finding)
{
    if (finding.environmentName.empty())
        return subject(finding);
    return Words::tr("%1 in %2", "a service or key, an environment")
        .arg(subject(finding), UiText::qs(finding.environmentName));
}

QString what(const Finding& finding)
{
    const QString detail = UiText::qs(finding.detail);
    switch (finding.problem) {
    case Problem::ContextPathUnusable:
        return Words::tr("Its context path %1 cannot be used.").arg(detail);
    case Problem::ContextPathTaken:
        return Words::tr("Its context path %1 is taken by another service.").arg(detail);
    case Problem::EnvironmentMissing:
        return Words::tr("Its environment does not exist any more.");
    case Problem::UrlUnusable:
        return Words::tr("Its service URL cannot be used. Correct it in the service's details.");
    case Problem::HeaderUnusable:
        return Words::tr("Its authorization header %1 cannot be sent.").arg(detail);
    case Problem::SecretUnreadable:
        return unreadable(finding);
    case Problem::SecretUnusable:
        return Words::tr("Its secret %1 contains a line break or another control character.").arg(detail);
    case Problem::TargetUnusable:
        return Words::tr("Its target %1 is no service that can be used.").arg(detail);
    case Problem::NoUsableTarget:
        return Words::tr("None of its targets is a service that can be used.");
    case Problem::ConnectionMissing:
        return Words::tr("Its connection does not exist any more.");
    case Problem::ConnectionWithoutTarget:
        return Words::tr("What its connection called does not exist any more.");
    case Problem::NotConfigured:
        return Words::tr("What its connection calls is not configured in this environment.");
    case Problem::SameDigest:
        return Words::tr("Another key has the same digest.");
    case Problem::Unreachable:
        return Words::tr("No request can reach it: what it limits is not configured or has no key.");
    case Problem::Unpriced:
        return Words::tr("It limits money, but no model has a price.");
    case Problem::JournalDamaged:
        return Words::tr("A damaged part of the journal was set aside: %1").arg(detail);
    }
    return {};
}

} // namespace sb::ui::FindingText
