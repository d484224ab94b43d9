// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Limit.h"
#include "storage/DbSession.h"

#include <QString>

#include <vector>

/// Rows of limit_rule and request_cap, shared by the repositories.
namespace sb::storage::limitsql {

QString scopeName(LimitScope scope);
LimitScope scopeFrom(const QString& name);
QString windowName(LimitWindow window);
LimitWindow windowFrom(const QString& name);

/// `where` is SQL of ours with positional values, e.g. "scope_kind = 'service_env' AND scope_id = ?".
Result<std::vector<LimitRule>> rules(DbSession& db, const QString& where, const QVariantList& values);
Result<std::vector<RequestCaps>> caps(DbSession& db, const QString& where, const QVariantList& values);

/// Makes the rules of a scope exactly `rules`. A rule of the same window and mode keeps its id, so that what is in
/// flight under it is still booked.
Result<void> replaceRules(DbSession& db, LimitScope scope, std::int32_t scopeId, const std::vector<LimitRule>& rules);
Result<void> replaceCaps(DbSession& db, LimitScope scope, std::int32_t scopeId, const RequestCaps& caps);

} // namespace sb::storage::limitsql
