// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promptlab/LabText.h"

#include "kit/UiText.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

namespace sb::ui::LabText {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LabText)
};

using promptlab::LaneResult;

QString retryAfter(const LaneResult& result)
{
    for (const auto& [name, value] : result.responseHeaders) {
        if (name.compare("retry-after", Qt::CaseInsensitive) == 0)
            return QString::fromLatin1(value);
    }
    return {};
}

/// What to do about one of the contract's codes.
QString advice(const LaneResult& result)
{
    const QString& code = result.errorCode;
    const auto is = [&code](const char* name) { return code == QLatin1String(name); };
    if (is("token_limit_exceeded") || is("request_limit_exceeded")) {
        const QString wait = retryAfter(result);
        return wait.isEmpty() ? Words::tr("A limit of this service is reached. Wait until its window moves on, or "
                                          "raise the limit on the service's page.")
                              : Words::tr("A limit of this service is reached. There is room again in %1 s; or raise "
                                          "the limit on the service's page.")
                                    .arg(wait);
    }
    if (is("budget_exceeded"))
        return Words::tr("The money for this period is spent. Raise the limit on the service's page.");
    if (is("prompt_tokens_exceeded"))
        return Words::tr(
            "The prompt is longer than the service's maximum per request. Shorten it, or raise that maximum.");
    if (is("context_length_exceeded"))
        return Words::tr(
            "The prompt does not fit into the model's context. Shorten it, or choose a model with a larger one.");
    if (is("content_filter"))
        return Words::tr("The provider's content filter refused this.");
    if (is("model_not_found"))
        return Words::tr("The provider does not know this model, or the key may not use it. Check its spelling.");
    if (is("not_found"))
        return Words::tr("The gateway does not know this address. Was the service deleted?");
    if (is("secret_unavailable"))
        return Words::tr(
            "The service's key could not be read. Unlock the keychain, or enter the key again on the service's page.");
    if (is("upstream_rate_limited"))
        return Words::tr("The provider's own limit is reached. Try again later.");
    if (is("upstream_unavailable"))
        return Words::tr("The provider cannot be reached. Test the connection on the service's page.");
    if (is("upstream_timeout"))
        return Words::tr("The provider did not answer in time. Try again.");
    if (is("upstream_error"))
        return Words::tr("The provider failed. Try again; test the connection on the service's page if it goes on.");
    if (is("gateway_overloaded"))
        return Words::tr("The gateway has too much to do. Try again in a moment.");
    if (is("ledger_unavailable"))
        return Words::tr("The gateway cannot keep its books just now, probably because the disk is full, and therefore "
                         "sends nothing.");
    if (result.httpStatus == 401)
        return Words::tr("The gateway refused this session's key. Restart the gateway and send again.");
    if (result.httpStatus == 403)
        return Words::tr("This environment may not call the service.");
    return {};
}

} // namespace

QString end(LaneResult::End end)
{
    switch (end) {
    case LaneResult::End::Complete:
        return Words::tr("Complete");
    case LaneResult::End::Stopped:
        return Words::tr("Stopped");
    case LaneResult::End::Cut:
        return Words::tr("Broken off");
    case LaneResult::End::Refused:
        return Words::tr("Refused");
    case LaneResult::End::Unreachable:
        return Words::tr("No answer");
    }
    return {};
}

QString explanation(const LaneResult& result)
{
    QString what;
    switch (result.end) {
    case LaneResult::End::Complete:
    case LaneResult::End::Stopped:
        return {};
    case LaneResult::End::Cut:
        what = Words::tr("The answer broke off before its end; what arrived is kept.");
        break;
    case LaneResult::End::Refused:
        break;
    case LaneResult::End::Unreachable:
        return Words::tr("The gateway did not answer. Is it still running?");
    }
    const QString todo = advice(result);
    QStringList parts{what, todo};
    if (!result.error.isEmpty())
        parts.append(result.httpStatus >= 400 ? Words::tr("Answer %1: %2").arg(result.httpStatus).arg(result.error)
                                              : result.error);
    else if (todo.isEmpty() && result.httpStatus >= 400)
        parts.append(Words::tr("Answer %1.").arg(result.httpStatus));
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

QString tokensPerSecond(const std::optional<double>& speed)
{
    return speed ? Words::tr("%1 tok/s").arg(QLocale().toString(*speed, 'f', *speed < 10 ? 1 : 0))
                 : QStringLiteral("–");
}

QString headers(const LaneResult& result)
{
    QString text = QStringLiteral("HTTP %1\n").arg(result.httpStatus);
    for (const auto& [name, value] : result.responseHeaders)
        text += QString::fromLatin1(name) + QStringLiteral(": ") + QString::fromUtf8(value) + QLatin1Char('\n');
    return text;
}

QString header(const LaneResult& result, const char* lowerName)
{
    for (const auto& [name, value] : result.responseHeaders) {
        if (name.toLower() == lowerName)
            return QString::fromUtf8(value);
    }
    return {};
}

QString rawResponse(const LaneResult& result)
{
    const QJsonDocument document = QJsonDocument::fromJson(result.rawResponse);
    QString text = document.isNull() ? QString::fromUtf8(result.rawResponse)
                                     : QString::fromUtf8(document.toJson(QJsonDocument::Indented));
    text.replace(QChar(0), QChar(0x2400)); // event-stream frames are binary
    if (result.rawTruncated)
        text += Words::tr("\n… cut here: only the first MiB is kept");
    return text;
}

storage::PromptRun run(const promptlab::LabRequest& request, const LaneResult& result, Timestamp at,
                       const std::optional<Money>& cost)
{
    storage::PromptRun run;
    run.time = at;
    run.target = request.target.toStdString();
    run.model = request.model.toStdString();
    run.environment = request.environment;
    run.systemText = request.system.toStdString();
    run.userText = request.user.toStdString();
    run.parameters = QJsonDocument(promptlab::parametersOf(request)).toJson(QJsonDocument::Compact).toStdString();
    run.answer = result.text.toStdString();
    run.rawRequest = result.rawRequest.toStdString();
    run.rawAnswer = rawResponse(result).toStdString();
    run.httpStatus = result.httpStatus;
    run.error = explanation(result).toStdString();
    run.ttftMs = result.ttftMs;
    run.totalMs = result.totalMs;
    run.tokensPerSecond = result.tokensPerSecond;
    run.tokensIn = result.tokensIn;
    run.tokensOut = result.tokensOut;
    run.cost = cost ? cost : result.cost;
    run.requestId = result.requestId.toStdString();
    return run;
}

} // namespace sb::ui::LabText
