// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ModelRepository.h"

#include "storage/SqlError.h"
#include "storage/SqlValues.h"

namespace sb::storage {
namespace {

const QString kModelColumns =
    QStringLiteral("id, code, name, provider_id, context_window, max_output, capabilities, status");
const QString kPriceColumns = QStringLiteral("id, model_id, service_id, region, tier, context_over, from_us, to_us, "
                                             "in_npm, out_npm, cache_read_npm, cache_write5_npm, "
                                             "cache_write1_npm, reasoning_npm, image_in_npm, audio_in_npm, "
                                             "image_out_npm, audio_out_npm, web_search_nano, source");

Model modelOf(const QSqlQuery& q)
{
    return {.id = sql::idOf<ModelId>(q.value(0)),
            .code = sql::textOf(q.value(1)),
            .name = sql::textOf(q.value(2)),
            .provider = static_cast<ProviderKind>(q.value(3).toInt()),
            .contextWindow = sql::optionalOf<std::int64_t>(q.value(4)),
            .maxOutput = sql::optionalOf<std::int64_t>(q.value(5)),
            .capabilities = sql::textOf(q.value(6)),
            .status = sql::textOf(q.value(7))};
}

PriceRow priceOf(const QSqlQuery& q)
{
    const auto npm = [&](int column) { return sql::optionalOf<NanoPerMillion>(q.value(column)); };
    return {.id = sql::idOf<PriceId>(q.value(0)),
            .model = sql::idOf<ModelId>(q.value(1)),
            .service = sql::idOf<ServiceId>(q.value(2)),
            .region = sql::textOf(q.value(3)),
            .tier = sql::intOf(q.value(4)),
            .contextOver = sql::int64Of(q.value(5)),
            .from = sql::timeOf(q.value(6)),
            .to = sql::optionalTimeOf(q.value(7)),
            .input = sql::int64Of(q.value(8)),
            .output = sql::int64Of(q.value(9)),
            .cacheRead = npm(10),
            .cacheWrite5m = npm(11),
            .cacheWrite1h = npm(12),
            .reasoning = npm(13),
            .imageIn = npm(14),
            .audioIn = npm(15),
            .imageOut = npm(16),
            .audioOut = npm(17),
            .webSearchNano = npm(18),
            .source = sql::textOf(q.value(19))};
}

} // namespace

std::string ModelRepository::codeOf(ProviderKind provider, std::string_view name)
{
    const std::string_view prefix = provider == ProviderKind::AzureOpenAi  ? "azure/"
                                    : provider == ProviderKind::AwsBedrock ? "bedrock/"
                                                                           : "";
    return name.starts_with(prefix) ? std::string(name) : std::string(prefix).append(name);
}

Result<std::vector<Model>> ModelRepository::models()
{
    return selectAll(m_db, QStringLiteral("SELECT %1 FROM model ORDER BY provider_id, code").arg(kModelColumns), {},
                     modelOf);
}

Result<std::vector<PriceRow>> ModelRepository::prices(ModelId model)
{
    return selectAll(m_db,
                     QStringLiteral("SELECT %1 FROM price WHERE model_id = ? ORDER BY from_us DESC, tier, service_id")
                         .arg(kPriceColumns),
                     {sql::bind(model)}, priceOf);
}

Result<std::vector<PriceRow>> ModelRepository::pricesEndingAfter(Timestamp time)
{
    return selectAll(
        m_db, QStringLiteral("SELECT %1 FROM price WHERE to_us IS NULL OR to_us > ? ORDER BY id").arg(kPriceColumns),
        {sql::bind(time)}, priceOf);
}

Result<std::optional<PriceRow>> ModelRepository::price(PriceId id)
{
    return selectOne(m_db, QStringLiteral("SELECT %1 FROM price WHERE id = ?").arg(kPriceColumns), {sql::bind(id)},
                     priceOf);
}

Result<ModelId> ModelRepository::ensure(std::string_view name, ProviderKind provider, Timestamp now)
{
    const std::string code = codeOf(provider, name);
    auto inserted = execute(m_db,
                            QStringLiteral("INSERT INTO model(code, name, provider_id, status, updated_us) "
                                           "VALUES (?, ?, ?, 'unknown', ?) ON CONFLICT (code) DO NOTHING"),
                            {sql::bind(code), sql::bind(name), static_cast<int>(provider), sql::bind(now)});
    if (!inserted)
        return std::move(inserted).error();
    auto id = selectOne(m_db, QStringLiteral("SELECT id FROM model WHERE code = ?"), {sql::bind(code)},
                        [](const QSqlQuery& q) { return sql::idOf<ModelId>(q.value(0)); });
    if (!id)
        return std::move(id).error();
    return id->value_or(ModelId{});
}

Result<PriceId> ModelRepository::insertPrice(const PriceRow& price)
{
    constexpr std::int64_t kHour = 3'600'000'000;
    const auto aligned = [](Timestamp t) { return toMicros(t) % kHour == 0; };
    if (!aligned(price.from) || (price.to && (!aligned(*price.to) || *price.to <= price.from)))
        return Error{ErrorCode::InvalidArgument, "a price starts and ends on a whole hour (UTC)", "from"};

    const QVariantList identity{sql::bind(price.model), sql::bind(price.service), sql::bind(price.region), price.tier,
                                sql::bind(price.contextOver)};
    const QString same =
        QStringLiteral("model_id = ? AND service_id = ? AND region = ? AND tier = ? AND context_over = ?");
    auto closed =
        execute(m_db, QStringLiteral("UPDATE price SET to_us = ? WHERE %1 AND to_us IS NULL AND from_us < ?").arg(same),
                QVariantList{sql::bind(price.from)} + identity + QVariantList{sql::bind(price.from)});
    if (!closed)
        return std::move(closed).error();
    auto overlap = selectOne(m_db,
                             QStringLiteral("SELECT count(*) FROM price WHERE %1 AND (to_us IS NULL OR to_us > ?) AND "
                                            "from_us < coalesce(CAST(? AS bigint), 9223372036854775807)")
                                 .arg(same),
                             identity + QVariantList{sql::bind(price.from), sql::bind(price.to)},
                             [](const QSqlQuery& q) { return sql::int64Of(q.value(0)); });
    if (!overlap)
        return std::move(overlap).error();
    if (overlap->value_or(0) > 0)
        return Error{ErrorCode::Conflict, "another price of this model covers a part of that time", "from"};

    auto id = insertReturningId(
        m_db,
        QStringLiteral(
            "INSERT INTO price(%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")
            .arg(kPriceColumns.mid(4)),
        identity + QVariantList{sql::bind(price.from), sql::bind(price.to), sql::bind(price.input),
                                sql::bind(price.output), sql::bind(price.cacheRead), sql::bind(price.cacheWrite5m),
                                sql::bind(price.cacheWrite1h), sql::bind(price.reasoning), sql::bind(price.imageIn),
                                sql::bind(price.audioIn), sql::bind(price.imageOut), sql::bind(price.audioOut),
                                sql::bind(price.webSearchNano), sql::bind(price.source)});
    if (!id)
        return std::move(id).error();
    return PriceId(static_cast<std::int32_t>(*id));
}

} // namespace sb::storage
