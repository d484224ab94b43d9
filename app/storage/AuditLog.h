// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Time.h"
#include "domain/Ids.h"
#include "storage/DbSession.h"

#include <QJsonObject>

#include <string>
#include <string_view>

namespace sb::storage {

/// One change of something governed. The documents hold references to secrets, never secrets.
struct AuditEntry {
    std::string_view actor;
    std::string_view action; ///< "service.create", "key.revoke"...
    std::string_view objectKind;
    std::string objectId;
    QJsonObject before = {}; ///< empty: nothing there before
    QJsonObject after = {};  ///< empty: nothing left
    EnvironmentId environment = {};
};

/// Appends to the audit trail inside the caller's transaction. Every entry carries the SHA-256 of its own text and of
/// the entry before it, so that a removed or edited row breaks the chain.
Result<void> appendAudit(DbSession& db, const AuditEntry& entry, Timestamp now);

/// Number of the newest entry, 0: none. It rises with every audited change, in the order of the commits: whoever has
/// read the catalogue need not read it again as long as this stays.
Result<std::int64_t> auditHead(DbSession& db);

/// Follows the whole chain. Corrupt (what = number of the first row that does not fit).
Result<void> verifyAudit(DbSession& db);

} // namespace sb::storage
