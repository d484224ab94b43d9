// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/DecisionText.h"

#include "kit/UiText.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStringList>

#include <array>
#include <utility>

namespace sb::ui::DecisionText {

namespace {

struct Context {
    Q_DECLARE_TR_FUNCTIONS(sb::ui::Decision)
};

using Word = std::pair<const char*, const char*>;

/// The record's members, in the order in which they are told.
constexpr std::array kMembers{
    Word{"selected_model", QT_TRANSLATE_NOOP("sb::ui::Decision", "Selected model")},
    Word{"selected_service", QT_TRANSLATE_NOOP("sb::ui::Decision", "Selected service")},
    Word{"environment", QT_TRANSLATE_NOOP("sb::ui::Decision", "Environment")},
    Word{"reason", QT_TRANSLATE_NOOP("sb::ui::Decision", "Reason")},
    Word{"route", QT_TRANSLATE_NOOP("sb::ui::Decision", "Route")},
    Word{"route_version", QT_TRANSLATE_NOOP("sb::ui::Decision", "Version of the route")},
    Word{"policy", QT_TRANSLATE_NOOP("sb::ui::Decision", "Policy")},
    Word{"alternatives_considered", QT_TRANSLATE_NOOP("sb::ui::Decision", "Alternatives considered")},
    Word{"decision_factors", QT_TRANSLATE_NOOP("sb::ui::Decision", "Decision factors")},
    Word{"limits_on_the_path", QT_TRANSLATE_NOOP("sb::ui::Decision", "Limits on the path")},
    Word{"held", QT_TRANSLATE_NOOP("sb::ui::Decision", "Held")},
    Word{"completion_maximum_sent", QT_TRANSLATE_NOOP("sb::ui::Decision", "Completion maximum sent")},
    Word{"booked", QT_TRANSLATE_NOOP("sb::ui::Decision", "Booked")},
    Word{"seed", QT_TRANSLATE_NOOP("sb::ui::Decision", "Seed of the draw")},
};

/// Members inside of them.
constexpr std::array kParts{
    Word{"prompt_tokens", QT_TRANSLATE_NOOP("sb::ui::Decision", "prompt tokens %1")},
    Word{"completion_tokens", QT_TRANSLATE_NOOP("sb::ui::Decision", "completion tokens %1")},
    Word{"cost_usd", QT_TRANSLATE_NOOP("sb::ui::Decision", "cost $%1")},
    Word{"weights", QT_TRANSLATE_NOOP("sb::ui::Decision", "weights %1")},
    Word{"service", "%1"},
    Word{"model", "%1"},
    Word{"state", "%1"},
    Word{"reason", QT_TRANSLATE_NOOP("sb::ui::Decision", "because: %1")},
};

/// What the gateway writes as a value.
constexpr std::array kValues{
    Word{"the path names the service, the key its environment",
         QT_TRANSLATE_NOOP("sb::ui::Decision", "the path names the service, the key its environment")},
    Word{"the policy's first choice", QT_TRANSLATE_NOOP("sb::ui::Decision", "the policy's first choice")},
    Word{"the targets before it failed", QT_TRANSLATE_NOOP("sb::ui::Decision", "the targets before it failed")},
    Word{"the model names the service", QT_TRANSLATE_NOOP("sb::ui::Decision", "the model names the service")},
    Word{"failed", QT_TRANSLATE_NOOP("sb::ui::Decision", "failed")},
    Word{"spare", QT_TRANSLATE_NOOP("sb::ui::Decision", "not needed")},
    Word{"excluded", QT_TRANSLATE_NOOP("sb::ui::Decision", "left out")},
    Word{"disabled", QT_TRANSLATE_NOOP("sb::ui::Decision", "it is switched off")},
    Word{"not_configured", QT_TRANSLATE_NOOP("sb::ui::Decision", "it is not configured in the environment")},
    Word{"not_allowed", QT_TRANSLATE_NOOP("sb::ui::Decision", "the key may not use it")},
    Word{"format", QT_TRANSLATE_NOOP("sb::ui::Decision", "it speaks another format")},
    Word{"secret_unavailable", QT_TRANSLATE_NOOP("sb::ui::Decision", "its secret could not be read")},
    Word{"weight", QT_TRANSLATE_NOOP("sb::ui::Decision", "its weight is 0")},
    Word{"priority", QT_TRANSLATE_NOOP("sb::ui::Decision", "priority")},
    Word{"weighted", QT_TRANSLATE_NOOP("sb::ui::Decision", "weighted")},
};

template <std::size_t N>
const char* lookUp(const std::array<Word, N>& words, const QString& key)
{
    for (const auto& [name, text] : words) {
        if (key == QLatin1String(name))
            return text;
    }
    return nullptr;
}

QString spaced(const QString& key)
{
    return QString(key).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString valueWords(const QJsonValue& value);

QString objectWords(const QJsonObject& object)
{
    QStringList parts;
    QStringList told;
    for (const auto& [name, text] : kParts) {
        const auto found = object.find(QLatin1String(name));
        if (found == object.end())
            continue;
        told << found.key();
        parts << Context::tr(text).arg(valueWords(*found));
    }
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!told.contains(it.key()))
            parts << QStringLiteral("%1 %2").arg(spaced(it.key()), valueWords(*it));
    }
    return parts.isEmpty() ? Context::tr("none") : parts.join(QStringLiteral(", "));
}

QString valueWords(const QJsonValue& value)
{
    if (value.isString()) {
        const char* known = lookUp(kValues, value.toString());
        return known ? Context::tr(known) : value.toString();
    }
    if (value.isBool())
        return value.toBool() ? Context::tr("yes") : Context::tr("no");
    if (value.isDouble())
        return QLocale().toString(value.toDouble(), 'g', 15);
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue item : value.toArray())
            parts << valueWords(item);
        return parts.isEmpty()
                   ? Context::tr("none")
                   : parts.join(parts.first().contains(QLatin1Char(',')) ? QStringLiteral("; ") : QStringLiteral(", "));
    }
    return value.isObject() ? objectWords(value.toObject()) : Context::tr("none");
}

} // namespace

QString words(const UsageRecord& record)
{
    if (record.decision.empty()) {
        return record.route.isNone() ? Context::tr("No decision was taken: the request named its service.")
                                     : Context::tr("No decision was recorded.");
    }
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(record.decision));
    if (!document.isObject())
        return Context::tr("The decision record cannot be read; it is shown below as it was stored.");
    const QJsonObject object = document.object();
    QStringList lines;
    const auto tell = [&lines](const QString& name, const QJsonValue& value) {
        if (!value.isObject() || !value.toObject().isEmpty())
            lines << Context::tr("%1: %2", "a fact of a decision and its value").arg(name, valueWords(value));
    };
    for (const auto& [name, text] : kMembers) {
        if (const auto found = object.find(QLatin1String(name)); found != object.end())
            tell(Context::tr(text), *found);
    }
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (lookUp(kMembers, it.key()) || it.key().isEmpty())
            continue;
        QString name = spaced(it.key());
        name[0] = name[0].toUpper();
        tell(name, *it);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace sb::ui::DecisionText
