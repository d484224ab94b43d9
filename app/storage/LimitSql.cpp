// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/LimitSql.h"

#include "storage/SqlValues.h"

#include <algorithm>
#include <array>

namespace sb::storage::limitsql {
namespace {

constexpr std::array kScopes{u"organization", u"project", u"service_env", u"connection_env", u"user", u"model"};
constexpr std::array kWindows{u"minute", u"hour", u"day", u"month"};

template <class Enum, std::size_t N>
Enum enumFrom(const std::array<const char16_t*, N>& names, const QString& name)
{
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const char16_t* n) { return name == QStringView(n); });
    return static_cast<Enum>(found - names.begin());
}

QVariantList maxima(const LimitRule& rule)
{
    return {sql::bind(rule.maxPromptTokens), sql::bind(rule.maxCompletionTokens), sql::bind(rule.maxTotalTokens),
            sql::bind(rule.maxRequests), sql::bind(rule.maxCost)};
}

QString modeName(LimitMode mode)
{
    return mode == LimitMode::Enforce ? QStringLiteral("enforce") : QStringLiteral("shadow");
}

Result<void> done(Result<std::int64_t> changed)
{
    return changed ? Result<void>() : Result<void>(std::move(changed).error());
}

} // namespace

QString scopeName(LimitScope scope)
{
    return QString::fromUtf16(kScopes.at(static_cast<std::size_t>(scope)));
}

LimitScope scopeFrom(const QString& name)
{
    return enumFrom<LimitScope>(kScopes, name);
}

QString windowName(LimitWindow window)
{
    return QString::fromUtf16(kWindows.at(static_cast<std::size_t>(window)));
}

LimitWindow windowFrom(const QString& name)
{
    return enumFrom<LimitWindow>(kWindows, name);
}

Result<std::vector<LimitRule>> rules(DbSession& db, const QString& where, const QVariantList& values)
{
    return selectAll(
        db,
        QStringLiteral("SELECT id, scope_kind, scope_id, per, max_prompt, max_completion, max_total, max_requests, "
                       "max_cost_nano, mode, enabled FROM limit_rule WHERE %1 ORDER BY id")
            .arg(where),
        values, [](const QSqlQuery& q) {
            return LimitRule{.id = sql::idOf<LimitRuleId>(q.value(0)),
                             .scope = scopeFrom(q.value(1).toString()),
                             .scopeId = static_cast<std::int32_t>(q.value(2).toLongLong()),
                             .per = windowFrom(q.value(3).toString()),
                             .maxPromptTokens = sql::optionalOf<std::int64_t>(q.value(4)),
                             .maxCompletionTokens = sql::optionalOf<std::int64_t>(q.value(5)),
                             .maxTotalTokens = sql::optionalOf<std::int64_t>(q.value(6)),
                             .maxRequests = sql::optionalOf<std::int64_t>(q.value(7)),
                             .maxCost = sql::optionalMoneyOf(q.value(8)),
                             .mode = q.value(9).toString() == u"enforce" ? LimitMode::Enforce : LimitMode::Shadow,
                             .enabled = q.value(10).toBool()};
        });
}

Result<std::vector<RequestCaps>> caps(DbSession& db, const QString& where, const QVariantList& values)
{
    return selectAll(
        db,
        QStringLiteral("SELECT scope_kind, scope_id, max_prompt, max_completion, max_total FROM request_cap WHERE %1 "
                       "ORDER BY scope_kind, scope_id")
            .arg(where),
        values, [](const QSqlQuery& q) {
            return RequestCaps{.scope = scopeFrom(q.value(0).toString()),
                               .scopeId = static_cast<std::int32_t>(q.value(1).toLongLong()),
                               .maxPromptTokens = sql::optionalOf<std::int64_t>(q.value(2)),
                               .maxCompletionTokens = sql::optionalOf<std::int64_t>(q.value(3)),
                               .maxTotalTokens = sql::optionalOf<std::int64_t>(q.value(4))};
        });
}

Result<void> replaceRules(DbSession& db, LimitScope scope, std::int32_t scopeId, const std::vector<LimitRule>& wanted)
{
    auto present = rules(db, QStringLiteral("scope_kind = ? AND scope_id = ?"), {scopeName(scope), sql::bind(scopeId)});
    if (!present)
        return std::move(present).error();
    for (const LimitRule& rule : wanted) {
        if (rule.isEmpty())
            continue;
        const auto same = std::find_if(present->begin(), present->end(),
                                       [&](const LimitRule& p) { return p.per == rule.per && p.mode == rule.mode; });
        Result<void> written;
        if (same != present->end()) {
            written = done(execute(
                db,
                QStringLiteral(
                    "UPDATE limit_rule SET max_prompt = ?, max_completion = ?, max_total = ?, max_requests = ?, "
                    "max_cost_nano = ?, enabled = ? WHERE id = ?"),
                maxima(rule) + QVariantList{rule.enabled, sql::bind(same->id)}));
            present->erase(same);
        } else {
            written = done(execute(
                db,
                QStringLiteral(
                    "INSERT INTO limit_rule(max_prompt, max_completion, max_total, max_requests, max_cost_nano, "
                    "scope_kind, scope_id, per, mode, enabled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                maxima(rule) + QVariantList{scopeName(scope), sql::bind(scopeId), windowName(rule.per),
                                            modeName(rule.mode), rule.enabled}));
        }
        if (!written)
            return written;
    }
    for (const LimitRule& gone : *present) {
        if (auto deleted =
                done(execute(db, QStringLiteral("DELETE FROM limit_rule WHERE id = ?"), {sql::bind(gone.id)}));
            !deleted)
            return deleted;
    }
    return {};
}

Result<void> replaceCaps(DbSession& db, LimitScope scope, std::int32_t scopeId, const RequestCaps& wanted)
{
    const QVariantList key{scopeName(scope), sql::bind(scopeId)};
    if (auto deleted =
            done(execute(db, QStringLiteral("DELETE FROM request_cap WHERE scope_kind = ? AND scope_id = ?"), key));
        !deleted)
        return deleted;
    if (wanted.isEmpty())
        return {};
    return done(execute(db,
                        QStringLiteral("INSERT INTO request_cap(scope_kind, scope_id, max_prompt, max_completion, "
                                       "max_total) VALUES (?, ?, ?, ?, ?)"),
                        key + QVariantList{sql::bind(wanted.maxPromptTokens), sql::bind(wanted.maxCompletionTokens),
                                           sql::bind(wanted.maxTotalTokens)}));
}

} // namespace sb::storage::limitsql
