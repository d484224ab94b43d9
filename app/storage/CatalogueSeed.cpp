// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/CatalogueSeed.h"

#include "domain/Provider.h"
#include "storage/SqlValues.h"

#include <QDate>
#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

namespace sb::storage {
namespace {

Error unreadable(const QString& file, const QString& line)
{
    return {ErrorCode::Corrupt, "resources/prices/" + sql::utf8(file) + ": cannot read \"" + sql::utf8(line) + '"'};
}

/// Data lines of a seed file: comments and the header line are left out; no field contains a comma.
Result<std::vector<QStringList>> readSeed(const QString& file, qsizetype columns)
{
    QFile resource(QStringLiteral(":/storage/prices/") + file);
    if (!resource.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Corrupt, "resources/prices/" + sql::utf8(file) + " is not compiled in"};
    std::vector<QStringList> rows;
    bool header = true;
    for (const QString& line : QString::fromUtf8(resource.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(u'#'))
            continue;
        if (std::exchange(header, false))
            continue;
        QStringList fields = line.split(u',');
        if (fields.size() != columns)
            return unreadable(file, line);
        rows.push_back(std::move(fields));
    }
    return rows;
}

/// NULL for an empty field; otherwise nano-USD of a decimal amount. A price of USD 0.15 per million tokens is 150 000
/// 000.
Result<QVariant> priceOf(const QString& field)
{
    if (field.isEmpty())
        return QVariant();
    auto amount = parseUsd(sql::utf8(field));
    if (!amount)
        return std::move(amount).error();
    return sql::bind(amount->nano);
}

Result<QVariant> dayOf(const QString& field)
{
    if (field.isEmpty())
        return QVariant();
    const QDate date = QDate::fromString(field, Qt::ISODate);
    if (!date.isValid())
        return Error{ErrorCode::Corrupt, "not a date"};
    return sql::bind(static_cast<std::int64_t>(date.startOfDay(Qt::UTC).toSecsSinceEpoch()) * 1'000'000);
}

QVariant countOf(const QString& field)
{
    return field.isEmpty() ? QVariant() : QVariant(field.toLongLong());
}

Result<void> seedModels(DbSession& db, Timestamp now)
{
    const QString file = QStringLiteral("models.csv");
    auto rows = readSeed(file, 6);
    if (!rows)
        return std::move(rows).error();
    for (const QStringList& row : *rows) {
        const auto provider = providerFromCode(sql::utf8(row[0]));
        if (!provider)
            return unreadable(file, row.join(u','));
        const QString capabilities =
            QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(row[5].split(u' ', Qt::SkipEmptyParts)))
                                  .toJson(QJsonDocument::Compact));
        auto done = db.execPrepared(
            QStringLiteral("INSERT INTO model(code, name, provider_id, context_window, max_output, capabilities, "
                           "status, updated_us) VALUES (?, ?, ?, ?, ?, ?, 'available', ?)"),
            {row[1], row[2], static_cast<int>(*provider), countOf(row[3]), countOf(row[4]), capabilities,
             sql::bind(now)});
        if (!done)
            return std::move(done).error();
    }
    return {};
}

Result<void> seedPrices(DbSession& db)
{
    const QString file = QStringLiteral("prices.csv");
    auto rows = readSeed(file, 11);
    if (!rows)
        return std::move(rows).error();
    for (const QStringList& row : *rows) {
        QVariantList values{countOf(row[1]), countOf(row[2])};
        for (const int column : {3, 4}) {
            auto day = dayOf(row[column]);
            if (!day)
                return unreadable(file, row.join(u','));
            values << *day;
        }
        for (const int column : {5, 6, 7, 8, 9}) {
            auto price = priceOf(row[column]);
            if (!price)
                return unreadable(file, row.join(u','));
            values << *price;
        }
        values << row[10] << row[0];
        auto done = db.execPrepared(
            QStringLiteral(
                "INSERT INTO price(model_id, tier, context_over, from_us, to_us, in_npm, out_npm, cache_read_npm, "
                "cache_write5_npm, cache_write1_npm, source) "
                "SELECT id, CAST(? AS int), CAST(? AS int), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint), "
                "CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint), ? FROM model WHERE code = "
                "?"),
            values);
        if (!done)
            return std::move(done).error();
        if ((*done)->numRowsAffected() != 1)
            return unreadable(file, row.join(u','));
    }
    return {};
}

} // namespace

Result<void> seedCatalogue(DbSession& db, Timestamp now)
{
    if (auto models = seedModels(db, now); !models)
        return models;
    return seedPrices(db);
}

} // namespace sb::storage
