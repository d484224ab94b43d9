// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/SampleCatalogue.h"

#include "storage/SqlValues.h"
#include "storage/repositories/ModelRepository.h"
#include "storage/repositories/OrganizationRepository.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <map>
#include <random>

namespace sb::storage {
namespace {

struct ModelShape {
    const char* code;
    const char* name; ///< as the provider knows it
    double share;
    double prompt, output, firstToken, speed, cache;
    bool reasoning;
};
constexpr std::array<ModelShape, 12> kModels{{
    {"gpt-4o-mini", "gpt-4o-mini", 30, 900, 220, 380, 95, 0.3, false},
    {"gpt-4o", "gpt-4o", 10, 1500, 320, 450, 80, 0.3, false},
    {"gpt-4.1-mini", "gpt-4.1-mini", 12, 1800, 260, 420, 90, 0.4, false},
    {"gpt-5-mini", "gpt-5-mini", 7, 2200, 300, 900, 100, 0.4, true},
    {"gpt-5", "gpt-5", 3, 3000, 420, 1500, 70, 0.4, true},
    {"text-embedding-3-small", "text-embedding-3-small", 6, 400, 0, 120, 1000, 0, false},
    {"claude-sonnet-4-6", "claude-sonnet-4-6", 12, 4500, 480, 800, 70, 0.6, false},
    {"claude-haiku-4-5", "claude-haiku-4-5", 8, 1600, 280, 400, 140, 0.5, false},
    {"claude-opus-4-8", "claude-opus-4-8", 1.5, 5200, 650, 1200, 45, 0.6, false},
    {"mistral-small-2603", "mistral-small-2603", 6, 700, 200, 250, 120, 0, false},
    {"mistral-large-2512", "mistral-large-2512", 2.5, 1400, 350, 450, 60, 0, false},
    {"bedrock/amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0", 4, 1200, 260, 500, 85, 0, false},
}};

constexpr std::array kProjects{"Shop assistant",  "Support desk",   "Contract review", "Developer tools",
                               "Marketing texts", "Search",         "Data extraction", "Translation",
                               "Meeting notes",   "Sales coach",    "Risk reports",    "HR assistant",
                               "Code review",     "Product data",   "Voice bot",       "Invoice reader",
                               "Research",        "Quality checks", "Travel planner",  "Sandbox"};
constexpr std::array kTasks{"chat",        "chat",     "coding", "summarization", "rag", "rag", "structured_output",
                            "translation", "reasoning"};
constexpr int kKeyCount = 200;

struct ServiceShape {
    ProviderKind provider;
    const char* name;
    const char* path;
    const char* url;
};
constexpr std::array<ServiceShape, 4> kServices{{
    {ProviderKind::OpenAi, "OpenAI (sample)", "/sample-openai", "https://api.openai.com/v1"},
    {ProviderKind::Anthropic, "Claude (sample)", "/sample-claude", "https://api.anthropic.com"},
    {ProviderKind::Mistral, "Mistral (sample)", "/sample-mistral", "https://api.mistral.ai/v1"},
    {ProviderKind::AwsBedrock, "Bedrock (sample)", "/sample-bedrock",
     "https://bedrock-runtime.us-east-1.amazonaws.com"},
}};

/// The row's id, made when it is missing.
Result<std::int32_t> ensure(DbSession& db, const QString& find, const QVariantList& key, const QString& insert,
                            const QVariantList& values)
{
    auto found =
        selectOne(db, find, key, [](const QSqlQuery& q) { return static_cast<std::int32_t>(q.value(0).toInt()); });
    if (!found)
        return std::move(found).error();
    if (*found)
        return **found;
    auto made = insertReturningId(db, insert, values);
    if (!made)
        return std::move(made).error();
    return static_cast<std::int32_t>(*made);
}

Result<std::vector<SampleModel>> findModels(DbSession& db)
{
    auto all = ModelRepository(db).models();
    if (!all)
        return std::move(all).error();
    std::vector<SampleModel> models;
    for (const ModelShape& shape : kModels) {
        const auto found = std::find_if(all->begin(), all->end(), [&](const Model& m) { return m.code == shape.code; });
        if (found == all->end())
            return Error{ErrorCode::NotFound, std::string("the catalogue has no model ") + shape.code};
        models.push_back({.id = found->id,
                          .name = shape.name,
                          .provider = found->provider,
                          .promptMedian = shape.prompt,
                          .outputMedian = shape.output,
                          .firstTokenMs = shape.firstToken,
                          .tokensPerSecond = shape.speed,
                          .cacheShare = shape.cache,
                          .reasoning = shape.reasoning});
    }
    return models;
}

Result<std::vector<ProjectId>> makeProjects(DbSession& db, OrganizationId organization)
{
    std::vector<ProjectId> projects;
    for (std::size_t i = 0; i < kProjects.size(); ++i) {
        const QString handle = QStringLiteral("sample-%1").arg(i + 1);
        auto id = ensure(db, QStringLiteral("SELECT id FROM project WHERE org_id = ? AND handle = ?"),
                         {sql::bind(organization), handle},
                         QStringLiteral("INSERT INTO project(org_id, handle, name, created_us, deleted_us) VALUES (?, "
                                        "?, ?, 0, 0) RETURNING id"),
                         {sql::bind(organization), handle, sql::bind(kProjects[i])});
        if (!id)
            return std::move(id).error();
        projects.emplace_back(*id);
    }
    return projects;
}

Result<std::map<ProviderKind, ServiceId>> makeServices(DbSession& db, OrganizationId organization)
{
    std::map<ProviderKind, ServiceId> services;
    for (const ServiceShape& shape : kServices) {
        auto id = ensure(
            db, QStringLiteral("SELECT id FROM service WHERE org_id = ? AND context_path = ? AND deleted_us = 0"),
            {sql::bind(organization), sql::bind(shape.path)},
            QStringLiteral(
                "INSERT INTO service(org_id, scope, provider_id, name, name_key, context_path, url, marketplace_state, "
                "created_us, updated_us, deleted_us) VALUES (?, 'organization', ?, ?, ?, ?, ?, 'removed', 0, 0, 0) "
                "RETURNING id"),
            {sql::bind(organization), static_cast<int>(shape.provider), sql::bind(shape.name), sql::bind(shape.name),
             sql::bind(shape.path), sql::bind(shape.url)});
        if (!id)
            return std::move(id).error();
        services.emplace(shape.provider, ServiceId(*id));
    }
    return services;
}

/// A connection with one key that was never valid: its hash is no digest of anything and it is revoked since the
/// beginning.
Result<void> makeKey(DbSession& db, int number, SampleKey& key)
{
    const QString name = QStringLiteral("sample-%1").arg(number, 3, 10, QLatin1Char('0'));
    auto connection = ensure(
        db, QStringLiteral("SELECT id FROM connection WHERE name = ? AND deleted_us = 0"), {name},
        QStringLiteral("INSERT INTO connection(project_id, name, target_kind, service_id, created_us, deleted_us) "
                       "VALUES (?, ?, 'service', ?, 0, 0) RETURNING id"),
        {sql::bind(key.project), name, sql::bind(key.service)});
    if (!connection)
        return std::move(connection).error();
    key.connection = ConnectionId(*connection);
    auto id = ensure(
        db, QStringLiteral("SELECT id FROM access_key WHERE public_id = ?"), {name},
        QStringLiteral("INSERT INTO access_key(connection_id, env_id, public_id, secret_hash, created_us, revoked_us) "
                       "VALUES (?, ?, ?, ?, 0, 0) RETURNING id"),
        {sql::bind(key.connection), sql::bind(key.environment), name, QByteArray("never valid")});
    if (!id)
        return std::move(id).error();
    key.id = GatewayKeyId(*id);
    return {};
}

} // namespace

Result<SampleCatalogue> makeSampleCatalogue(DbSession& db, std::uint32_t seed)
{
    OrganizationRepository organizations(db);
    auto organization = organizations.current();
    if (!organization)
        return std::move(organization).error();
    auto environments = organizations.environments();
    if (!environments)
        return std::move(environments).error();
    if (environments->empty())
        return Error{ErrorCode::NotFound, "the organization has no environment"};
    auto models = findModels(db);
    if (!models)
        return std::move(models).error();
    auto prices = ModelRepository(db).pricesEndingAfter(Timestamp{});
    if (!prices)
        return std::move(prices).error();
    auto projects = makeProjects(db, organization->id);
    if (!projects)
        return std::move(projects).error();
    auto services = makeServices(db, organization->id);
    if (!services)
        return std::move(services).error();

    SampleCatalogue catalogue{
        .organization = organization->id, .models = std::move(*models), .keys = {}, .prices = std::move(*prices)};
    std::mt19937 shape(4711); // the cast stays the same whatever the seed: its rows are made once
    std::mt19937 dice(seed);
    std::vector<double> shares;
    shares.reserve(std::size(kModels));
    for (const ModelShape& model : kModels)
        shares.push_back(model.share);
    std::discrete_distribution<std::size_t> favourite(shares.begin(), shares.end());
    for (int number = 1; number <= kKeyCount; ++number) {
        SampleKey key;
        key.project = (*projects)[static_cast<std::size_t>(number - 1) % projects->size()];
        const std::size_t first = favourite(shape);
        const ProviderKind provider = catalogue.models[first].provider;
        key.models = {first};
        for (std::size_t i = 0; i < catalogue.models.size() && key.models.size() < 3; ++i) {
            if (i != first && catalogue.models[i].provider == provider && shape() % 3 == 0)
                key.models.push_back(i);
        }
        key.service = services->at(provider);
        const std::size_t last = environments->size() - 1;
        key.environment = (*environments)[number % 10 < 6 ? last : number % 10 < 8 ? last / 2 : 0].id;
        key.task = kTasks[shape() % kTasks.size()];
        if (number % 5 == 0) {
            for (int user = 0; user < 4; ++user)
                key.users.push_back("sample-user-" + std::to_string((number + user * 7) % 50));
        }
        const bool production = key.environment == environments->back().id;
        key.weight = std::lognormal_distribution<>(0, 1)(dice) * (production ? 3 : 0.5);
        if (auto made = makeKey(db, number, key); !made)
            return std::move(made).error();
        catalogue.keys.push_back(std::move(key));
    }
    return catalogue;
}

Result<void> removeSampleRows(DbSession& db)
{
    const QString dims = QStringLiteral("dim_id IN (SELECT dim_id FROM dim WHERE source = 3)");
    const QString keys = QStringLiteral("(SELECT id FROM connection WHERE deleted_us = 0)");
    const auto run = [&](const QString& statement) -> Result<void> {
        return inTransaction(db, [&]() -> Result<void> {
            auto done = execute(db, statement);
            return done ? Result<void>() : Result<void>(std::move(done).error());
        });
    };
    // Facts go first: until its last row is gone a sample is only smaller, never wrong against its rollups' meaning.
    const std::array statements{
        QStringLiteral("DELETE FROM req_log WHERE (ts_us, id) IN (SELECT ts_us, id FROM req WHERE %1)").arg(dims),
        QStringLiteral("DELETE FROM attempt WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM req WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM r15 WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM rh WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM rd WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM rdc WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM hh WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM hd WHERE %1").arg(dims),
        QStringLiteral("DELETE FROM dim WHERE source = 3"),
        QStringLiteral("DELETE FROM end_user WHERE external_id LIKE 'sample-user-%' AND NOT EXISTS (SELECT 1 FROM req "
                       "WHERE user_ref = end_user.id)"),
        QStringLiteral("DELETE FROM access_key WHERE connection_id IN %1").arg(keys),
        QStringLiteral("DELETE FROM connection_env WHERE connection_id IN %1").arg(keys),
        QStringLiteral("DELETE FROM connection WHERE deleted_us = 0"),
        QStringLiteral("DELETE FROM service WHERE deleted_us = 0"),
        QStringLiteral("DELETE FROM project WHERE deleted_us = 0"),
    };
    for (const QString& statement : statements) {
        if (auto done = run(statement); !done)
            return done;
    }
    if (db.engine() == DbSession::Engine::Sqlite) {
        // A forward-only step frees one page at a time, so the rows must be read to their end.
        auto vacuum =
            selectAll(db, QStringLiteral("PRAGMA incremental_vacuum"), {}, [](const QSqlQuery&) { return true; });
        if (!vacuum)
            return std::move(vacuum).error();
    }
    return {};
}

Result<bool> sampleRowsExist(DbSession& db)
{
    auto rows = db.exec(QStringLiteral("SELECT 1 FROM project WHERE deleted_us = 0 LIMIT 1"));
    if (!rows)
        return std::move(rows).error();
    return rows->next();
}

} // namespace sb::storage
