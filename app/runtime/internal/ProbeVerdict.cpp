// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/internal/ProbeVerdict.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sb::runtime {

namespace {

using Answer = ProbeExchange::Answer;
using Request = ConnectionTest::Request;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sb::runtime::ConnectionTest)
};

QJsonDocument parsed(const Answer& answer)
{
    return QJsonDocument::fromJson(
        QByteArray::fromRawData(answer.body.data(), static_cast<qsizetype>(answer.body.size())));
}

/// The provider's own sentence, without any copy of the credential it may echo.
QString providerMessage(const Request& request, const Answer& answer)
{
    const QJsonObject root = parsed(answer).object();
    const QJsonValue error = root.value(QLatin1String("error"));
    QString text = error.toObject().value(QLatin1String("message")).toString();
    for (const char* name : {"message", "Message", "detail"}) {
        if (text.isEmpty())
            text = root.value(QLatin1String(name)).toString();
    }
    if (text.isEmpty() && error.isString())
        text = error.toString();
    for (const auto& secret : {request.secret, request.accessKey, request.secretKey, request.sessionToken}) {
        if (secret && !secret->isEmpty()) {
            const std::string_view reveal = secret->reveal();
            text.replace(QString::fromUtf8(reveal.data(), static_cast<qsizetype>(reveal.size())),
                         QStringLiteral("****"));
        }
    }
    return text.simplified().left(500);
}

QString joined(const QString& cause, const QString& message)
{
    return message.isEmpty() ? cause : Words::tr("%1 The provider says: %2").arg(cause, message);
}

QString header(const Answer& answer, const char* name)
{
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? QString() : QString::fromStdString(found->second);
}

/// AWS names its errors in a header or in the body's type, before a '#' or ':'.
QString awsError(const Answer& answer)
{
    QString type = header(answer, "x-amzn-errortype");
    if (type.isEmpty())
        type = parsed(answer).object().value(QLatin1String("__type")).toString().section(QLatin1Char('#'), -1);
    return type.section(QLatin1Char(':'), 0, 0);
}

/// Likely cause of an answer that is not 2xx; empty: the credential was good enough to get this answer.
QString refusal(const Request& request, const Answer& answer)
{
    const bool aws = request.service.provider == ProviderKind::AwsBedrock;
    if (answer.status >= 300 && answer.status < 400) {
        return Words::tr("The server redirects to %1. Redirects are not followed, or the key would go there: if that "
                         "is the right address, enter it as the Service URL.")
            .arg(header(answer, "location"));
    }
    switch (answer.status) {
    case 401:
        return Words::tr("401: the provider refused the key. Is it complete, of this provider and not revoked?");
    case 403:
        if (aws && awsError(answer) == QLatin1String("AccessDeniedException"))
            return Words::tr(
                "403: AWS knows the credential, but it may not use Bedrock here. Allow bedrock:InvokeModel for it.");
        if (aws)
            return Words::tr("403: AWS refused the credential. Check key, region and this computer's clock.");
        return Words::tr(
            "403: the provider knows the key but does not allow this. Check its permissions, project and IP list.");
    case 404:
        return Words::tr(
            "404: the server has nothing at this path. Check the path of the Service URL and the API version.");
    case 407:
        return Words::tr("407: a proxy stands between and wants credentials.");
    default:
        break;
    }
    if (answer.status >= 500)
        return Words::tr("%1: the provider has a problem of its own. Try again later.").arg(answer.status);
    return Words::tr("%1: the server refused the request.").arg(answer.status);
}

int modelCount(const Answer& answer)
{
    const QJsonDocument document = parsed(answer);
    if (document.isArray())
        return static_cast<int>(document.array().size());
    for (const char* name : {"data", "models", "modelSummaries"}) {
        const QJsonValue list = document.object().value(QLatin1String(name));
        if (list.isArray())
            return static_cast<int>(list.toArray().size());
    }
    return -1;
}

} // namespace

ProbeVerdict ProbeVerdict::ofCredentialProbe(const Request& request, const Answer& answer, bool listsModels)
{
    ProbeVerdict verdict;
    const QString message = providerMessage(request, answer);
    const QString accepted =
        request.security.kind == AuthKind::None ? Words::tr("No credential needed") : Words::tr("Credential accepted");
    if (answer.status >= 200 && answer.status < 300) {
        if (!listsModels) {
            verdict.credential = Outcome::Passed;
            verdict.credentialText = accepted;
            verdict.modelsText = Words::tr("This provider lists its models at another address.");
            return verdict;
        }
        const int count = answer.truncated ? 0 : modelCount(answer);
        if (count < 0) {
            verdict.credentialText =
                Words::tr("The server answered, but not with a list of models. Is this the address of an API?");
            return verdict;
        }
        verdict.credential = Outcome::Passed;
        verdict.credentialText = accepted;
        verdict.models = Outcome::Passed;
        verdict.modelsText =
            answer.truncated ? Words::tr("A very long list of models") : Words::tr("%n model(s)", nullptr, count);
        return verdict;
    }
    if (answer.status == 429) {
        verdict.credential = Outcome::Passed;
        verdict.credentialText = joined(
            Words::tr("429: the provider's own limit is reached just now; the credential was accepted."), message);
        verdict.modelsText = Words::tr("Not listed because of that limit.");
        return verdict;
    }
    const bool refusedByContent = !listsModels && (answer.status == 400 || answer.status == 404);
    if (refusedByContent) {
        const QString kind = awsError(answer);
        if (kind != QLatin1String("UnrecognizedClientException") && !kind.contains(QLatin1String("Signature"))) {
            verdict.credential = Outcome::Passed;
            verdict.credentialText = accepted;
            verdict.modelsText = Words::tr("This provider lists its models at another address.");
            return verdict;
        }
    }
    if (request.service.provider == ProviderKind::OpenAiCompatible && (answer.status == 404 || answer.status == 405)) {
        verdict.credential = Outcome::Skipped;
        verdict.credentialText = Words::tr("Could not be checked: the server has no list of models.");
        verdict.modelsText = Words::tr("%1: this server does not list its models.").arg(answer.status);
        return verdict;
    }
    verdict.credentialText = joined(refusal(request, answer), message);
    return verdict;
}

ProbeVerdict ProbeVerdict::ofOneToken(const Request& request, const Answer& answer)
{
    ProbeVerdict verdict;
    const QString message = providerMessage(request, answer);
    if (answer.status >= 200 && answer.status < 300) {
        verdict.credential = Outcome::Passed;
        verdict.credentialText = Words::tr("%1 answered").arg(QString::fromStdString(request.oneTokenModel));
    } else if (answer.status == 404) {
        verdict.credentialText = joined(Words::tr("404: there is no model or deployment \"%1\" for this key.")
                                            .arg(QString::fromStdString(request.oneTokenModel)),
                                        message);
    } else if (answer.status == 429) {
        verdict.credentialText = joined(Words::tr("429: the provider's own limit or budget is used up."), message);
    } else {
        verdict.credentialText = joined(refusal(request, answer), message);
    }
    return verdict;
}

} // namespace sb::runtime
