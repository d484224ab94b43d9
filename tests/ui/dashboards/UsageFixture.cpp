// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/UsageFixture.h"

#include "journal/JournalRecord.h"
#include "pricing/Cost.h"
#include "storage/UsageWriter.h"
#include "storage/repositories/ModelRepository.h"
#include "storage/repositories/OrganizationRepository.h"
#include "storage/repositories/ServiceRepository.h"

#include <QTest>

#include <algorithm>

namespace sb::test {

namespace {

/// The result of a storage job; the event loop runs meanwhile.
template <class T>
T resultOf(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 30'000))
        qFatal("a storage job did not finish");
    Result<T> result = future.takeResult();
    if (!result)
        qFatal("%s", result.error().what.c_str());
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

storage::StorageOptions optionsFor(const TempDatabase& database)
{
    storage::StorageOptions options;
    options.url = database.url();
    return options;
}

Result<ServiceId> addService(storage::DbSession& db, const Organization& organization, EnvironmentId environment,
                             ProviderKind provider, const std::string& name, const std::string& path, Timestamp now)
{
    ServiceRegistration registration;
    registration.service.organization = organization.id;
    registration.service.provider = provider;
    registration.service.name = name;
    registration.service.contextPath = path;
    registration.service.url = "https://api.example.com/v1";
    ServiceRegistration::PerEnvironment configured;
    configured.configuration.environment = environment;
    configured.configuration.security.header = "Authorization";
    configured.configuration.security.prefix = "Bearer ";
    configured.configuration.security.secret = SecretRef{SecretRef::Kind::Environment, "TEST_KEY"};
    registration.environments.push_back(configured);
    return storage::ServiceRepository(db).insert(registration, "test", now);
}

} // namespace

UsageFixture::UsageFixture()
    : database(TempDatabase::Engine::Sqlite),
      clock(std::chrono::sys_days{std::chrono::year{2026} / 7 / 15} + std::chrono::hours(10)),
      storage(optionsFor(database))
{
    resultOf(storage.open());
    resultOf(storage.write([this](storage::DbSession& db) -> Result<void> {
        storage::OrganizationRepository organizations(db);
        organization = organizations.current().value();
        organization.timeZone = "Europe/Berlin";
        if (auto updated = organizations.update(organization); !updated)
            return updated;
        environments = organizations.environments().value();
        project = organizations.projects().value().front().id;
        const Timestamp now = clock.now();
        openAi =
            addService(db, organization, environments[0].id, ProviderKind::OpenAi, "OpenAI", "/openai", now).value();
        claude =
            addService(db, organization, environments[0].id, ProviderKind::Anthropic, "Claude", "/claude", now).value();
        storage::ModelRepository models(db);
        m_models = models.models().value();
        for (const Model& model : m_models) {
            const auto prices = models.prices(model.id).value();
            m_prices.insert(m_prices.end(), prices.begin(), prices.end());
        }
        return {};
    }));
}

UsageRecord UsageFixture::request(std::chrono::minutes age, const std::string& model, std::uint64_t prompt,
                                  std::uint64_t completion)
{
    UsageRecord record;
    record.time = clock.now() - age;
    record.id = EventId::generate(record.time, m_random);
    record.organization = organization.id;
    record.project = project;
    record.environment = environments[0].id;
    const bool isClaude = model.starts_with("claude");
    record.service = isClaude ? claude : openAi;
    record.provider = isClaude ? ProviderKind::Anthropic : ProviderKind::OpenAi;
    record.modelRequested = model;
    record.modelSelected = model;
    record.modelReported = model;
    record.httpStatus = 200;
    record.usage.inputUncached = prompt;
    record.usage.outputText = completion;
    record.usage.source = UsageSource::Reported;
    record.rawUsage = R"({"total_tokens":1200})";
    record.latencyMs = 1000;
    record.upstreamMs = 950;
    record.overheadUs = 400;
    charge(record);
    return record;
}

void UsageFixture::charge(UsageRecord& record)
{
    const auto model = std::find_if(m_models.begin(), m_models.end(),
                                    [&](const Model& candidate) { return candidate.code == record.modelSelected; });
    if (model == m_models.end())
        return;
    record.model = model->id;
    const PriceRow* price =
        pricing::rowInForce(m_prices, model->id, record.service, record.usage.promptTokens(), record.time);
    if (!price)
        return;
    record.price = price->id;
    record.cost = pricing::costOf(record.usage, *price).total;
}

void UsageFixture::write(const std::vector<UsageRecord>& records)
{
    std::vector<journal::CloseRecord> batch;
    for (const UsageRecord& record : records)
        batch.push_back({record, {}});
    const auto zone = ZoneRules::load(organization.timeZone).value();
    const auto report = resultOf(storage.writeRaw(
        [zone, batch](storage::DbSession& db) { return storage::UsageWriter(zone).write(db, batch); }));
    if (report.inserted != records.size())
        qFatal("only %zu of %zu records were written", report.inserted, records.size());
    storage.notifyUsageWritten();
}

std::int64_t UsageFixture::number(const QString& sql)
{
    return resultOf(storage.read([sql](storage::DbSession& db) -> Result<std::int64_t> {
        auto query = db.exec(sql);
        if (!query)
            return std::move(query).error();
        return query->next() ? std::int64_t{query->value(0).toLongLong()} : 0;
    }));
}

} // namespace sb::test
