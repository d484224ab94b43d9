// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/AuditLog.h"

#include "base/Sha256.h"
#include "storage/SqlValues.h"

#include <QJsonDocument>

#include <algorithm>

namespace sb::storage {
namespace {

constexpr int kWriter = 1; // one chain per database; a second writer id is for installations that write apart
constexpr std::int64_t kChainLock = 0x5349474e424f5841; // "SIGNBOXA"

struct Link {
    std::int64_t sequence = 0;
    Sha256Digest hash{};
};

/// What the hash covers. PostgreSQL rewrites JSON (order of keys, blanks), so documents go in parsed and serialised
/// again.
std::string canonical(const QVariantList& fields, const Sha256Digest& previous)
{
    std::string text = toHex(previous);
    for (const QVariant& field : fields)
        text += '\x1f' + sql::textOf(field);
    return text;
}

QString compact(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString normalised(const QVariant& json)
{
    return json.isNull() ? QString() : compact(QJsonDocument::fromJson(json.toString().toUtf8()).object());
}

Sha256Digest digestOf(const QVariant& value)
{
    Sha256Digest digest{};
    const QByteArray bytes = value.toByteArray();
    std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), static_cast<qsizetype>(digest.size())),
                digest.begin());
    return digest;
}

QVariant orNull(const QString& text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

} // namespace

Result<void> appendAudit(DbSession& db, const AuditEntry& entry, Timestamp now)
{
    if (db.engine() == DbSession::Engine::PostgreSql) { // two programs must not continue the same link
        if (auto locked = db.exec(QStringLiteral("SELECT pg_advisory_xact_lock(?)"), {sql::bind(kChainLock)}); !locked)
            return std::move(locked).error();
    }
    auto last =
        selectOne(db, QStringLiteral("SELECT seq, hash FROM audit WHERE writer_id = ? ORDER BY seq DESC LIMIT 1"),
                  {kWriter}, [](const QSqlQuery& row) {
                      return Link{sql::int64Of(row.value(0)), digestOf(row.value(1))};
                  });
    if (!last)
        return std::move(last).error();
    const Link previous = last->value_or(Link{});

    const QString before = entry.before.isEmpty() ? QString() : compact(entry.before);
    const QString after = entry.after.isEmpty() ? QString() : compact(entry.after);
    const QVariantList fields{sql::bind(previous.sequence + 1),
                              sql::bind(now),
                              sql::bind(entry.environment),
                              sql::bind(entry.actor),
                              sql::bind(entry.action),
                              sql::bind(entry.objectKind),
                              sql::bind(entry.objectId),
                              before,
                              after};
    const Sha256Digest hash = sha256(canonical(fields, previous.hash));

    auto done =
        execute(db,
                QStringLiteral("INSERT INTO audit(writer_id, seq, at_us, org_id, env_id, actor, action, object_kind, "
                               "object_id, before_json, after_json, prev_hash, hash) "
                               "VALUES (?, ?, ?, (SELECT min(id) FROM organization), ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {kWriter, fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], orNull(before),
                 orNull(after), sql::bind(previous.hash), sql::bind(hash)});
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<std::int64_t> auditHead(DbSession& db)
{
    auto head = selectOne(db, QStringLiteral("SELECT max(seq) FROM audit WHERE writer_id = ?"), {kWriter},
                          [](const QSqlQuery& row) { return sql::int64Of(row.value(0)); });
    if (!head)
        return std::move(head).error();
    return head->value_or(0);
}

Result<void> verifyAudit(DbSession& db)
{
    auto rows = db.exec(
        QStringLiteral("SELECT seq, at_us, env_id, actor, action, object_kind, object_id, before_json, after_json, "
                       "prev_hash, hash FROM audit WHERE writer_id = 1 ORDER BY seq"));
    if (!rows)
        return std::move(rows).error();
    Link previous;
    while (rows->next()) {
        QVariantList fields;
        for (int i = 0; i < 7; ++i)
            fields << rows->value(i);
        fields << normalised(rows->value(7)) << normalised(rows->value(8));
        const Link link{sql::int64Of(rows->value(0)), digestOf(rows->value(10))};
        if (link.sequence != previous.sequence + 1 || digestOf(rows->value(9)) != previous.hash ||
            link.hash != sha256(canonical(fields, previous.hash)))
            return Error{ErrorCode::Corrupt, std::to_string(link.sequence)};
        previous = link;
    }
    return {};
}

} // namespace sb::storage
